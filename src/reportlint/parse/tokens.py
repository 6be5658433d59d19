"""The pieces of a text with their terminals, as the parser takes them."""

from __future__ import annotations

from reportlint.forms.tables import LABELS, ROLE_OF, Role
from reportlint.model import How
from reportlint.parse.layout import Segment
from reportlint.parse.nearest import Likeness
from reportlint.records import record


@record
class Token:
    """A piece of the text with its terminal; offsets are into the folded text.

    `text` is its key (see forms.key). `how` says how a label was recognised: How.EXACT,
    "near" (misspelt), "cut" (its end lost), "renamed" (known by its place alone), "inline"
    (a heading with text behind it). `pieces` are the ranges of a torn label, `copies` those where it
    stands again in the cells behind. `blanks` counts
    the empty cells before a figure on its line. `candidates` are labels that a TEXT may be;
    the parser takes one where it fits.
    """

    kind: str
    text: str
    start: int
    end: int
    cell: Segment
    how: How = How.EXACT
    pieces: tuple[tuple[int, int], ...] = ()
    copies: tuple[tuple[int, int], ...] = ()
    blanks: int = 0
    candidates: tuple[Likeness, ...] = ()
    number: str | None = None

    @property
    def role(self) -> Role:
        """What kind of symbol its terminal is."""
        return ROLE_OF[self.kind]

    @property
    def is_label(self) -> bool:
        """Whether the token is fixed wording of the form."""
        return ROLE_OF[self.kind] in LABELS
