"""Rule pages: documentation, `reportlint explain`, and test in one text."""

from __future__ import annotations

from reportlint.resources import folder


def page(name: str) -> str:
    """The page of a rule, in Markdown.

    Raises FileNotFoundError for a rule without one.
    """
    return (folder("docs") / "rules" / f"{name}.md").read_text("utf-8")
