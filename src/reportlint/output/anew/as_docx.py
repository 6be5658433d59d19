"""A report written anew as a Word document: headings, paragraphs, tables with merged cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import takewhile, zip_longest
from xml.sax.saxutils import escape

from reportlint.output.anew.rewritten import Block, Cell, Grid

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WHEN = (1980, 1, 1, 0, 0, 0)
"""Nothing of the machine or the hour goes into a document."""
_WIDTH = 8800
"""The width of the text of a page, in twentieths of a point."""
_GROUP, _LABEL, _DIGITS = 1.4, 3.2, 4
"""How much wider than a figure's a column of groups is, and one of labels."""
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
_STYLES = f"""{_HEAD}<w:styles xmlns:w="{_MAIN}">
<w:docDefaults><w:rPrDefault><w:rPr>{_FONT.format(font="仿宋")}<w:sz w:val="32"/><w:lang w:eastAsia="zh-CN"/></w:rPr>
</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr>
<w:rPr>{_FONT.format(font="方正小标宋简体")}<w:sz w:val="44"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:keepNext/>
<w:ind w:firstLine="640"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr>{_FONT.format(font="黑体")}</w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="BodyText"><w:name w:val="Body Text"/>
<w:pPr><w:ind w:firstLine="640"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:pPr><w:spacing w:line="240" w:lineRule="auto"/>
<w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style>
</w:styles>"""
_PAPER = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"/>'  # A4
_APART = '<w:p><w:pPr><w:spacing w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
"""A low line between tables."""
_NAMES = {"title": "Title", "heading": "Heading1", "paragraph": "BodyText"}


def as_docx(blocks: list[Block]) -> bytes:
    """The bytes of a document; the same report gives the same ones."""
    body = "".join(_body(blocks)) + f"<w:sectPr>{_PAPER}</w:sectPr>"
    members = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
        "_rels/.rels": _links("officeDocument", "word/document.xml"),
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_MAIN}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": _links("styles", "styles.xml"),
        "word/styles.xml": _STYLES,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(zipfile.ZipInfo(name, _WHEN), text.encode("utf-8", "replace"), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _body(blocks: list[Block]) -> Iterator[str]:
    """Tables and paragraphs; tables that touch would be one, and a date goes with what it dates."""
    for block, behind in zip_longest(blocks, blocks[1:]):
        if block.grid is None:
            yield _paragraph(block, "<w:keepNext/>" if behind is not None and behind.kind == "end" else "")
            continue
        yield _table(block.grid)
        if behind is None or behind.grid is not None:
            yield _APART


def _links(kind: str, target: str) -> str:
    link = f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{link}</Relationships>'


def _paragraph(block: Block, kept: str) -> str:
    if block.kind == "end":
        return f'<w:p><w:pPr>{kept}<w:jc w:val="right"/></w:pPr>{_run(block.text)}</w:p>'
    return f'<w:p><w:pPr><w:pStyle w:val="{_NAMES[block.kind]}"/>{kept}</w:pPr>{_run(block.text)}</w:p>'


def _run(text: str) -> str:
    sound = "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    return f'<w:r><w:t xml:space="preserve">{escape(sound)}</w:t></w:r>' if sound else ""


def _table(grid: Grid) -> str:
    width = max(sum(cell.columns for cell in row) for row in grid)
    labels = sum(cell.columns for cell in grid[-1] if cell.is_head)
    longest = max((len(cell.text) for row in grid for cell in row if not cell.is_head), default=0)
    figure = min(max(1.0, longest / _DIGITS), _GROUP)
    weights = [_GROUP] * (labels - 1) + [_LABEL] * bool(labels) + [figure] * (width - labels)
    columns = "".join(f'<w:gridCol w:w="{int(_WIDTH * weight / sum(weights))}"/>' for weight in weights)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    # The head stands again on the next page.
    head = sum(1 for _ in takewhile(lambda row: all(cell.is_head for cell in row), grid))
    rows = "".join(
        f"<w:tr><w:trPr>{after}<w:cantSplit/>{'<w:tblHeader/>' * (number < head)}</w:trPr>{''.join(cells)}</w:tr>"
        for number, (cells, after) in enumerate(_rows(grid, width))
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _rows(grid: Grid, width: int) -> Iterator[tuple[list[str], str]]:
    """The cells of each row, and what the grid has behind them; a cell over several rows stands in each of them."""
    down: dict[int, tuple[int, int]] = {}
    for row in grid:
        made: list[str] = []
        cells = iter(row)
        at = 0
        while True:
            if at in down:
                columns, left = down.pop(at)
                made.append(_cell(Cell("", columns), "<w:vMerge/>"))
                if left > 1:
                    down[at] = columns, left - 1
                at += columns
                continue
            cell = next(cells, None)
            if cell is None:
                break
            made.append(_cell(cell, '<w:vMerge w:val="restart"/>' * (cell.rows > 1)))
            if cell.rows > 1:
                down[at] = cell.columns, cell.rows - 1
            at += cell.columns
        yield made, f'<w:gridAfter w:val="{width - at}"/>' * (at < width)


def _cell(cell: Cell, merge: str) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' * (cell.columns > 1)
    properties = f'<w:tcPr>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
    return f'<w:tc>{properties}<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr>{_run(cell.text)}</w:p></w:tc>'
