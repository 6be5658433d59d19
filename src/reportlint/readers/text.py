"""Plain text and Markdown, in any encoding that reports come in."""

from reportlint.source import decode as read

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".shtml")
