"""Figures and claims in sentences, and what they are compared with."""
