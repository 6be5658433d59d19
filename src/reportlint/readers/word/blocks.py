"""What a Word document is made of: runs, pieces of text with their bytes, paragraphs, cells and tables."""

from __future__ import annotations

from reportlint.readers.word.numbering import Named
from reportlint.records import field, record
from reportlint.tuples import NamedTuple


class Run(NamedTuple):
    """Where a run of text stands in the part, in bytes: its start tag, its properties, the tags of its text.

    Blanks at the ends of its text are shown only where it `keeps` them.
    """

    tag: tuple[int, int]
    properties: tuple[int, int]
    text: tuple[int, int] = (0, 0)
    close: int = 0
    keeps: bool = False


class Piece(NamedTuple):
    """Some characters and the bytes of the part that they are written with; no bytes for what Word makes itself.

    With `exact` the bytes are the characters in UTF-8, else they stand for the characters as a whole.
    """

    text: str
    start: int = -1
    end: int = -1
    exact: bool = False
    run: Run | None = None


@record
class Field:
    """A field, as far as it is read: its instruction comes first, then what it shows."""

    instructing: bool = True
    is_contents: bool = False
    closed: bool = False


@record
class Paragraph:
    """A paragraph: its pieces, what it says of its number, and the page that it begins on where Word has noted it.

    `joined` is set where its end was deleted, so that the next paragraph goes on with it. `close` is where its
    end tag begins in the part, -1 where it has none; `contents` the table of contents that it belongs to.
    """

    pieces: list[Piece] = field(default_factory=list)
    number: Named | None = None
    joined: bool = False
    picture: bool = False
    page: int | None = None
    close: int = -1
    contents: Field | None = None

    @property
    def text(self) -> str:
        """What it says, without its number."""
        return "".join(piece.text for piece in self.pieces)


@record
class Cell:
    """A cell of a table; `covered` where the one above it reaches over it."""

    blocks: list[Block]
    covered: bool


@record
class Table:
    """A table: its rows, each a list of cells."""

    rows: list[list[Cell]]


Block = Paragraph | Table


class Body(NamedTuple):
    """What a document shows; `tracked` is the first paragraph with a change that is neither accepted nor refused."""

    blocks: list[Block]
    tracked: Paragraph | None
