"""A sound report gets no warning, however a page was flattened."""

from collections.abc import Callable

import pytest

from tests.helpers import findings, report_of, serious
from tests.reports import FORMS, LAYOUTS, draft, half_width, render, traditional

WRITTEN: dict[str, Callable[[str], str]] = {"as written": str, "half width": half_width, "traditional": traditional}


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_sound_report_in_every_layout(form: str, layout: str, written: str) -> None:
    for number, size in enumerate(("zero", "small", "large")):
        for furniture in (False, True):
            blocks = draft(form, size=size, seed=number, signed=number != 1, preface=furniture)
            text = WRITTEN[written](render(blocks, layout, furniture=furniture).text)
            assert serious(text) == []
            report = report_of(text)
            assert report.form.name == form
            assert report.recognised
            if layout != "repeated_head":
                assert report.cost == 0, "a sound report needs no repair"


@pytest.mark.parametrize("mixed", LAYOUTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_mixed_in_one_file(layout: str, mixed: str) -> None:
    assert serious(render(draft(size="small", seed=3), layout, mixed=mixed).text) == []


def test_traditional_report_is_one_info() -> None:
    found = findings(traditional(render(draft()).text))
    assert [(f.rule, f.severity) for f in found] == [("mixed-script", "info")]


def test_repaired_cells_keep_their_figures() -> None:
    report = report_of(render(draft(size="large", seed=9), "torn_cells").text)
    same = report_of(render(draft(size="large", seed=9), "pipe_rows").text)

    def values(r: object) -> list[list[object]]:
        return [[f.value for f in row.figures] for t in r.tables for row in t.rows]  # type: ignore[attr-defined]

    assert values(report) == values(same)


@pytest.mark.parametrize(
    "heading", ["四、政府信息公开行政复议和行政诉讼情况", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"]
)
def test_accepted_heading_variants(heading: str) -> None:
    blocks = draft()
    next(b for b in blocks if b.key == "H_DISPUTES").text = heading
    assert serious(render(blocks).text) == []


def test_table_of_contents_is_no_second_outline() -> None:
    blocks = draft()
    text = render(blocks).text
    title, rest = text.split("\n", 1)
    contents = "\n".join(b.text for b in blocks if b.kind == "heading")
    assert serious(f"{title}\n目录\n{contents}\n{rest}") == []


def test_hard_wrapped_paragraphs_are_one_paragraph() -> None:
    text = render(draft()).text
    long = (
        "（六）其他情况。根据《中华人民共和国政府信息公开条例》和有关规定（包括上级机关的各项要求），\n"
        "认真做好公开工作，并依据《中华人民共和国政府信息公开\n"
        "条例》规范办理程序（见附件所列的各项制度规定和具体\n措施）。"
    )
    text = text.replace("\n二、主动公开", f"\n{long}\n二、主动公开")
    assert serious(text) == []
