"""Timings; see bench.py."""
