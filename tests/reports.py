"""Sound reports of invented places, in every layout, and faults put into them.

`draft` makes a report as data, `render` writes it in a layout and tells on which line each part
stands; a test changes the data between the two.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from reportlint.forms.form import Form
from reportlint.forms.load import registered
from reportlint.text.script import complicate

FORMS = {form.name: form for form in registered()}


@dataclass
class Line:
    """A row of a table: its group labels on the left, its own label, its figures as text."""

    key: str
    label: str
    figures: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


@dataclass
class Block:
    """A heading, a paragraph or a table."""

    kind: str
    key: str
    text: str = ""
    heads: list[list[str]] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)


@dataclass
class Rendered:
    """The text, and the 1-based lines that each part stands on."""

    text: str
    lines: dict[str, range]


PROSE = {
    "H_OVERVIEW": [
        "{year}年，青湖县坚持以公开促落实、促规范、促服务，认真落实《中华人民共和国政府信息公开条例》，各项工作平稳有序。",
        "（一）主动公开情况。全年通过政府网站发布信息1203条，通过政务新媒体发布信息866条，发布政策解读材料32份。",
        "（二）依申请公开情况。畅通当面、信函、网络等渠道，规范受理、审核、答复各环节，答复均在法定期限内作出。",
        "（三）政府信息管理情况。完善公文公开属性认定机制，开展规范性文件清理，落实保密审查制度。",
        "（四）平台建设情况。优化政府网站栏目设置，建成政务公开专区3个，编印政府公报4期。",
        "（五）监督保障情况。将政务公开纳入年度考核，举办业务培训2次，全年没有发生责任追究情形。",
    ],
    "H_PROBLEMS": [
        "{year}年的工作还存在一些不足：一是政策解读形式不够丰富；二是基层公开能力有待加强。",
        "{next}年，我县将从两方面改进：一是增加图解和视频解读；二是加强对乡镇的业务指导。",
    ],
    "H_OTHERS": ["本年度没有收取政府信息公开信息处理费。"],
}
FURNITURE_BEFORE = [
    "首页 > 政务公开 > 政府信息公开年报",
    "发布时间：2023-01-18 来源：青湖县人民政府办公室 浏览次数：25",
    "【字体：大 中 小】",
]
FURNITURE_AFTER = ["【打印本页】 【关闭窗口】", "上一篇：没有了", "版权所有：青湖县人民政府 备案号：某ICP备00000001号"]
SIGNED = ["青湖县人民政府办公室", "{next}年1月20日"]


def draft(
    form_name: str = "2021", *, seed: int = 0, size: str = "small", signed: bool = True, preface: bool = True
) -> list[Block]:
    """A sound report under a form; `size` is zero, small or large figures."""
    form = FORMS[form_name]
    rng = random.Random(seed)
    year = 2022 if form_name == "2021" else 2020
    blocks = [Block("para", "title", f"青湖县{year}年政府信息公开工作年度报告")]
    if preface:
        blocks.append(
            Block(
                "para",
                "preface",
                f"本报告根据《中华人民共和国政府信息公开条例》编制，数据统计期限为{year}年1月1日至{year}年12月31日。",
            )
        )
    for section in form.sections:
        blocks.append(Block("heading", section.heading, form.labels[section.heading]))
        for n, text in enumerate(PROSE.get(section.heading, ())):
            blocks.append(Block("para", f"{section.heading}.{n}", text.format(year=year, next=year + 1)))
        for table in section.tables:
            blocks.append(_table(form, table.rule, rng, size))
    if signed:
        blocks += [Block("para", f"signed.{n}", text.format(next=year + 1)) for n, text in enumerate(SIGNED)]
    return blocks


def _table(form: Form, rule: str, rng: random.Random, size: str) -> Block:
    table = next(t for s in form.sections for t in s.tables if t.rule == rule)
    labels = form.labels
    block = Block("table", rule)
    if rule == "table_applications":
        block.heads = [
            ["C_CHECK", "C_APPLICANT"],
            ["C_PERSON", "C_ORGANISATION", "C_TOTAL"],
            ["C_BUSINESS", "C_RESEARCH", "C_CHARITY", "C_LEGAL", "C_OTHER"],
        ]
        figures = _applications(form, rng, size)
        groups: list[str] = []
        for row in table.rows:
            groups = groups[: row.depth]
            if row.is_group:
                groups.append(labels[row.label])
            else:
                shown = groups if groups and not any(g in r.groups for r in block.rows for g in groups[-1:]) else []
                fresh = [g for g in groups if not any(g in r.groups for r in block.rows)]
                block.rows.append(
                    Line(
                        row.label,
                        labels[row.label],
                        list(map(str, figures[row.label])),
                        fresh if shown or fresh else [],
                    )
                )
    elif rule == "table_disputes":
        outcomes = ["C_UPHELD", "C_CORRECTED", "C_OTHER_RESULT", "C_PENDING", "C_TOTAL"]
        block.heads = [["C_REVIEW", "C_LITIGATION"], [*outcomes, "C_DIRECT", "C_AFTER_REVIEW"], [*outcomes, *outcomes]]
        values: list[int] = []
        for _ in range(3):
            four = [_number(rng, size) for _ in range(4)]
            values += [*four, sum(four)]
        block.rows.append(Line("table_disputes", "", list(map(str, values))))
    else:
        assert table.caption
        block.text = labels[table.caption]
        block.heads = [["C_CONTENT", *table.columns]]
        for row in table.rows:
            values = [_number(rng, size) for _ in table.columns]
            for bound in table.bounds:
                greater, less = (
                    sum(values[table.columns.index(n)] for n in side) for side in (bound.greater, bound.less)
                )
                values[table.columns.index(bound.greater[-1])] += max(0, less - greater)
            if row.label == "R_RULES":
                values = [0] * len(values)  # counties make no 规章
            block.rows.append(Line(row.label, labels[row.label], list(map(str, values))))
    block.heads = [[labels[name] for name in row] for row in block.heads]
    return block


def _number(rng: random.Random, size: str) -> int:
    return 0 if size == "zero" else rng.choice([0, 0, 1, 2, 3, 7, 12]) if size == "small" else rng.randrange(0, 90000)


def _applications(form: Form, rng: random.Random, size: str) -> dict[str, list[int]]:
    """Figures of section three that satisfy every equation of the form."""
    table = next(t for s in form.sections for t in s.tables if t.rule == "table_applications")
    results = next(s.sum for s in table.sums if s.rule == "results-total")
    rows = {name: [_number(rng, size) for _ in range(6)] for name in results}
    total = [sum(rows[name][c] for name in results) for c in range(6)]
    forward = [_number(rng, size) for _ in range(6)]
    carried = [min(_number(rng, size), total[c] + forward[c]) for c in range(6)]
    rows |= {"R_TOTAL": total, "R_FORWARD": forward, "R_CARRIED_OVER": carried}
    rows["R_NEW"] = [total[c] + forward[c] - carried[c] for c in range(6)]
    return {name: [*values, sum(values)] for name, values in rows.items()}


Layout = Callable[[Block, "Writer"], None]


class Writer:
    """Collects lines and remembers what stands where."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.lines: dict[str, range] = {}

    def put(self, text: str = "", *keys: str) -> None:
        """A line, with the keys of what it holds."""
        self.out.append(text)
        for key in keys:
            first = self.lines[key].start if key in self.lines else len(self.out)
            self.lines[key] = range(first, len(self.out) + 1)


def _cells(block: Block) -> Iterator[tuple[str, list[str], str]]:
    """The table's cells in reading order: text, keys, and whether a row begins."""
    if block.text:
        yield block.text, [f"{block.key}.caption"], "row"
    for row in block.heads:
        for n, head in enumerate(row):
            yield head, [f"{block.key}.head"], "" if n else "row"
    for line in block.rows:
        for n, group in enumerate(line.groups):
            yield group, [f"group.{group}"], "" if n else "row"
        if line.label:
            yield line.label, [line.key, f"{line.key}.label"], "" if line.groups else "row"
        for n, figure in enumerate(line.figures):
            yield figure, [line.key, f"{line.key}.{n}"], "" if n or line.label else "row"


def _by_row(block: Block) -> Iterator[tuple[list[str], list[str]]]:
    """The table's rows: their cells, and the keys of what they hold."""
    cells: list[str] = []
    keys: list[str] = []
    for text, held, begins in _cells(block):
        if begins and cells:
            yield cells, keys
            cells, keys = [], []
        cells.append(text)
        keys.extend(held)
    yield cells, keys


def pipe_rows(block: Block, out: Writer) -> None:
    """A row a line, cells parted and closed by pipes, with merged cells' empty ones behind."""
    for n, (cells, keys) in enumerate(_by_row(block)):
        out.put(" | ".join(cells) + " |" + "|" * (n % 3), *keys)


def pipe_cells(block: Block, out: Writer) -> None:
    """A cell a line with a pipe behind it."""
    for n, (text, keys, _) in enumerate(_cells(block)):
        out.put(f"{text} |" + (" ||" if n % 7 == 6 else ""), *keys)


def bare_cells(block: Block, out: Writer) -> None:
    """A cell a line with blank lines between."""
    for text, keys, begins in _cells(block):
        out.put()
        if begins:
            out.put("\u00a0")
            out.put()
        out.put(text, *keys)
    out.put()


_TORN = {
    "商业企业": ("商业", "企业"),
    "科研机构": ("科研", "机构"),
    "社会公益组织": ("社会公", "益组织"),
    "法律服务机构": ("法律服", "务机构"),
    "结果维持": ("结果", "维持"),
    "结果纠正": ("结果", "纠正"),
    "其他结果": ("其他", "结果"),
    "尚未审结": ("尚未", "审结"),
}


def tabbed_cells(block: Block, out: Writer) -> None:
    """A cell a line behind a tab, rows parted by blank lines, column heads torn."""
    for text, keys, begins in _cells(block):
        if begins:
            out.put()
            out.put("\t")
        parts = _TORN.get(text, (text,))
        out.put("\t" + parts[0], *keys)
        for part in parts[1:]:
            out.put(part, *keys)
    out.put()


def torn_cells(block: Block, out: Writer) -> None:
    """A cell a line, heads torn by blank lines, a group's label torn by a page number."""
    for text, keys, _ in _cells(block):
        parts: tuple[str, ...] = _TORN.get(text, (text,))
        if text == "（四）无法提供":
            parts = ("（四）无", "7", "法提供")
        for part in parts:
            out.put(part, *keys)
            out.put()


def markdown(block: Block, out: Writer) -> None:
    """A Markdown table."""
    out.put()
    width = max(len(cells) for cells, _ in _by_row(block))
    for n, (cells, keys) in enumerate(_by_row(block)):
        out.put("| " + " | ".join(cells + [""] * (width - len(cells))) + " |", *keys)
        if n == 0:
            out.put("|" + " --- |" * width)
    out.put()


def blanks(block: Block, out: Writer) -> None:
    """Rows whose label and figures are parted by blanks only."""
    for cells, keys in _by_row(block):
        out.put(" ".join(cells), *keys)


def columns(block: Block, out: Writer) -> None:
    """Columns lined up with blanks."""
    for cells, keys in _by_row(block):
        out.put("  " + "".join(f"{cell:<12}" for cell in cells).rstrip(), *keys)


def tabs(block: Block, out: Writer) -> None:
    """A row a line, cells parted by tabs."""
    for cells, keys in _by_row(block):
        out.put("\t".join(cells), *keys)


def repeated_head(block: Block, out: Writer) -> None:
    """Pipe rows with a page break: page number, head and group label once more."""
    rows = list(_by_row(block))
    heads = len(block.heads)
    for n, (cells, keys) in enumerate(rows):
        if block.key == "table_applications" and n == heads + 20:
            out.put("- 3 -")
            for head in block.heads:
                out.put(" | ".join(head) + " |")
            out.put("三、本年度办理结果 | " + " | ".join(cells) + " |", *keys)
        else:
            out.put(" | ".join(cells) + " |", *keys)


LAYOUTS: dict[str, Layout] = {
    f.__name__: f
    for f in (
        pipe_rows,
        pipe_cells,
        bare_cells,
        tabbed_cells,
        torn_cells,
        markdown,
        blanks,
        columns,
        tabs,
        repeated_head,
    )
}
CELL_LAYOUTS = ("pipe_cells", "bare_cells", "tabbed_cells", "torn_cells")


def render(
    blocks: list[Block], layout: str = "pipe_rows", *, furniture: bool = False, mixed: str | None = None
) -> Rendered:
    """Write the report in a layout; `mixed` is another one for every second table."""
    out = Writer()
    if furniture:
        for text in FURNITURE_BEFORE:
            out.put(text)
        out.put()
    tables = 0
    for block in blocks:
        if block.kind == "table":
            LAYOUTS[mixed if mixed and tables % 2 else layout](block, out)
            tables += 1
        elif block.key == "title" and layout == "tabbed_cells":
            half = block.text.find("年度报告")
            out.put(block.text[:half], block.key)
            out.put()
            out.put(block.text[half:], block.key)
            out.put()
        else:
            mark = (
                {"title": "# ", "heading": "## "}.get(block.kind if block.kind == "heading" else block.key, "")
                if layout == "markdown"
                else ""
            )
            out.put(mark + block.text, block.key)
            if layout in ("bare_cells", "markdown", "torn_cells"):
                out.put()
    if furniture:
        for text in FURNITURE_AFTER:
            out.put(text)
    return Rendered("\n".join(out.out) + "\n", out.lines)


_HALF = str.maketrans("，：；（）", ",:;()")


def half_width(text: str) -> str:
    """`text` with half-width punctuation, as many sites publish it."""
    return text.translate(_HALF)


def traditional(text: str) -> str:
    """`text` in traditional characters."""
    return complicate(text)


def find(blocks: list[Block], key: str) -> Block:
    """The block of that key."""
    return next(b for b in blocks if b.key == key)


def row(blocks: list[Block], key: str) -> Line:
    """The table row of that key."""
    return next(line for b in blocks for line in b.rows if line.key == key)


def copy(blocks: list[Block]) -> list[Block]:
    """A copy that can be changed."""
    return deepcopy(blocks)
