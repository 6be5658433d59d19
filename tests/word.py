"""Word documents for tests, made of a report's text: as an author writes them in Word."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_NUMBERED = re.compile(r"(?:#+ )?([一二三四五六七八九]、|（[一二三四五六七八九]）)")
_TRACKED = re.compile(r"\{([+-])(.*?)[+-]\}")
STYLES = ("plain", "split", "numbered", "tracked")


def package(body: str, **parts: str | bytes) -> bytes:
    """A document with that body (WordprocessingML) and more parts below word/, by their names without .xml."""
    document = f'<w:document xmlns:w="{SPACE}"><w:body>{body}</w:body></w:document>'
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts)
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}relationships">{links}</Relationships>',
        "word/document.xml": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + document,
        **{f"word/{name}.xml": part for name, part in parts.items()},
        "word/media/image1.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    }
    return archive(members)


def archive(members: dict[str, str | bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def document(text: str, style: str = "plain") -> bytes:
    """A report's text as a document: a line with bars is a row of a table, any other a paragraph.

    "split": every character is a run of its own; "numbered": Word writes the headings' numbers; "tracked":
    every paragraph was inserted and something deleted from it. {+added+} and {-deleted-} are tracked too.
    """
    body = []
    for is_row, lines in groupby((line for line in text.splitlines() if line.strip()), key=lambda line: "|" in line):
        if is_row:
            body.append(table([cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines))
        else:
            body += [paragraph(line, style) for line in lines]
    return package("".join(body), **({"numbering": NUMBERING} if style == "numbered" else {}))


def paragraph(line: str, style: str = "plain") -> str:
    """A paragraph with one line of a report."""
    number = _NUMBERED.match(line) if style == "numbered" else None
    if number:
        level = 0 if number[1].endswith("、") else 1
        properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        return f"<w:p>{properties}{run(line[number.end() :])}</w:p>"
    if style == "split":
        bold = "<w:rPr><w:b/></w:rPr>"
        return f"<w:p>{''.join(run(char, bold if n % 2 else '') for n, char in enumerate(line))}</w:p>"
    if style == "tracked":
        line = f"{{+{line}+}}{{-旧稿-}}"
    return f"<w:p>{''.join(_tracked(line))}</w:p>"


def _tracked(line: str) -> Iterator[str]:
    done = 0
    who = 'w:id="7" w:author="某" w:date="2023-01-05T09:00:00Z"'
    for match in _TRACKED.finditer(line):
        yield run(line[done : match.start()])
        if match[1] == "+":
            yield f"<w:ins {who}>{run(match[2])}</w:ins>"
        else:
            yield f"<w:del {who}><w:r><w:delText>{escape(match[2])}</w:delText></w:r></w:del>"
        done = match.end()
    yield run(line[done:])


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def table(rows: Iterable[Iterable[str]]) -> str:
    """A table of cells."""
    made = "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in rows)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"<w:tbl><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>{made}</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    """A cell with one paragraph; an empty one too."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def level(number: int, form: str, text: str) -> str:
    """A level of a list that Word numbers."""
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def lists(*levels: str) -> str:
    """The part that tells how lists are numbered; the list 1 has these levels."""
    return (
        f'<w:numbering xmlns:w="{SPACE}"><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


NUMBERING = lists(level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"))
