"""A report written anew as a web page, and as Markdown with its tables in HTML."""

from __future__ import annotations

from html import escape

from reportlint.late import Late
from reportlint.output.anew.rewritten import Block, Grid

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.8 "Noto Serif CJK SC", SimSun, serif }}
h1 {{ text-align: center; font-size: 1.5rem }}
h2 {{ font-size: 1.15rem; margin-top: 2rem }}
p {{ text-indent: 2em; margin: .4rem 0 }}
p.end {{ text-align: right; text-indent: 0 }}
div {{ overflow-x: auto }}
table {{ border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .9rem; line-height: 1.4 }}
td, th {{ border: 1px solid #444; padding: .3rem .4rem; text-align: center; font-weight: normal }}
</style>
</head>
<body>
{body}
</body>
</html>
"""
_TAGS = {"title": "h1", "heading": "h2", "paragraph": "p"}
_MARKS = Late(r"([*_\[\]|#])")
_BEGINS = Late(r"^(\d+)([.)])(?=\s)|^([-+>])(?=\s)")


def as_html(blocks: list[Block]) -> str:
    """A whole page."""
    title = next((block.text for block in blocks if block.kind == "title"), "")
    return _PAGE.format(title=escape(title), body="\n".join(map(_tagged, blocks)))


def as_markdown(blocks: list[Block]) -> str:
    """Markdown; tables are HTML, for merged cells are beyond Markdown."""
    pieces = []
    for block in blocks:
        if block.grid is not None:
            pieces.append(_table(block.grid))
        else:
            mark = {"title": "# ", "heading": "## "}.get(block.kind, "")
            pieces.append(mark + _BEGINS.sub(r"\1\\\2\3", _MARKS.sub(r"\\\1", escape(block.text, quote=False))))
    return "\n\n".join(pieces) + "\n"


def _tagged(block: Block) -> str:
    if block.grid is not None:
        return f"<div>\n{_table(block.grid)}\n</div>"
    if block.kind == "end":
        return f'<p class="end">{escape(block.text)}</p>'
    tag = _TAGS[block.kind]
    return f"<{tag}>{escape(block.text)}</{tag}>"


def _table(grid: Grid) -> str:
    lines = ["<table>"]
    for row in grid:
        cells = []
        for cell in row:
            tag = "th" if cell.is_head else "td"
            spans = f' colspan="{cell.columns}"' * (cell.columns > 1) + f' rowspan="{cell.rows}"' * (cell.rows > 1)
            cells.append(f"<{tag}{spans}>{escape(cell.text)}</{tag}>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join([*lines, "</table>"])
