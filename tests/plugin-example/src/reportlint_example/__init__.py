"""An example of a reportlint plugin."""

from pathlib import Path

LIBRARY = Path(__file__).with_name("library.lark")
"""The form that is registered as `library`."""
