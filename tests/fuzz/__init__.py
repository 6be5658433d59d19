"""Mutated reports, and what must hold of every one of them (docs/promises.md)."""
