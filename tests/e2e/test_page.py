"""The page of --output-format html in a real browser."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.e2e.programs import node_module, program

ROOT = Path(__file__).parents[2]
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES: dict[str, tuple[int, int, Literal["light", "dark"]]] = {
    "wide": (1280, 900, "light"),
    "phone": (390, 844, "dark"),
}
NASTY = "<script>document.title='x'</script><img src=x onerror=\"document.title='x'\">{{ 7 * 7 }}𠮷😀\x07\u200b"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = program("chromium")
    playwright: Playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of all our faulty reports, and of one with text that would break a page."""
    folder = tmp_path_factory.mktemp("page")
    text = (ROOT / "examples/faulty/qinghu-2022.txt").read_text("utf-8")
    nasty = folder / "恶意 <b>.txt"
    nasty.write_text(text.replace("坚持以公开促落实", NASTY + "，，", 1), "utf-8")
    out = folder / "page.html"
    command = [sys.executable, "-m", "reportlint", "--lang", "zh", "--output-format", "html", "--output-file", str(out)]
    done = subprocess.run([*command, str(ROOT / "examples/faulty"), str(nasty)], check=False)
    assert done.returncode == 1
    return out


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser, written: Path) -> Iterator[Page]:
    width, height, scheme = SIZES[request.param]
    context: Any = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page: Page = context.new_page()
    said: list[str] = []
    page.on("request", lambda one: said.append(one.url))
    page.on("console", lambda one: said.append(one.text))
    page.on("pageerror", lambda one: said.append(str(one)))
    page.goto(written.as_uri())
    yield page
    # One file and nothing else: no request, nothing refused by the page's own policy.
    assert said == [written.as_uri()]
    context.close()


def middle(page: Page, selector: str) -> bool:
    """Whether an element is to be seen."""
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    return box is not None and size is not None and 0 <= box["y"] <= size["height"] and box["width"] > 0


def test_it_fits_the_window_and_runs_nothing_of_a_report(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.title() == "reportlint"
    assert page.locator("main img, main script").count() == 0
    assert page.get_by_text("{{ 7 * 7 }}").count() == 1


def test_a_click_on_a_finding_goes_to_its_place_and_back(page: Page) -> None:
    report = page.locator("section.report", has=page.locator("h2", has_text="恶意"))
    card = report.locator(".finding[data-rule=wrong-figure]").first
    card.locator("> a").click()
    page.wait_for_timeout(1000)
    # Its number stands in front of the figure, in a mark of its own, and what it should be behind it.
    pieces = page.evaluate("[...document.activeElement.childNodes].map((one) => one.textContent.trim())")
    assert pieces[-1] == "17"
    assert page.evaluate("getComputedStyle(document.activeElement.querySelector('sup')).marginRight") != "0px"
    assert page.evaluate("document.activeElement.nextElementSibling.innerText").split()[-1] == "7"
    assert page.evaluate("document.activeElement.closest('td') !== null")
    box = page.evaluate("(b => [b.top, b.bottom])(document.activeElement.getBoundingClientRect())")
    assert 0 < box[0] < box[1] < (page.viewport_size or {"height": 0})["height"]
    page.keyboard.press("Enter")
    page.wait_for_timeout(1000)
    assert page.evaluate("document.activeElement.closest('.finding')?.dataset.rule") == "wrong-figure"


def test_the_filter_filters_by_rule_and_severity(page: Page) -> None:
    everything = page.locator(".finding").count()
    assert page.locator("output").inner_text() == f"显示 {everything} / {everything}"
    page.select_option("select[name=rule]", "wrong-figure")
    shown = page.locator(".finding:visible")
    assert {one.get_attribute("data-rule") for one in shown.all()} == {"wrong-figure"}
    assert page.locator("output").inner_text() == f"显示 {shown.count()} / {everything}"
    off = page.locator(".mark.off")
    assert off.count() > 0
    assert off.first.get_attribute("tabindex") == "-1"
    page.select_option("select[name=rule]", "")
    page.uncheck("input[value=warning]")
    assert {one.get_attribute("data-severity") for one in page.locator(".finding:visible").all()} <= {"error", "info"}


def test_a_wrong_cell_tells_its_equations_by_mouse_and_keyboard(page: Page) -> None:
    page.select_option("select[name=rule]", "wrong-figure")
    mark = page.locator("#r4 td.term .mark, section.report td.term .mark").first
    mark.scroll_into_view_if_needed()
    mark.hover()
    tip = mark.locator("xpath=following-sibling::*[@role='tooltip']")
    assert tip.is_visible()
    assert "行：" in tip.inner_text()
    assert page.locator("td.lit").count() > 2
    page.mouse.move(1, 1)
    assert not tip.is_visible()
    page.keyboard.press("Tab")
    mark.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert tip.is_visible()
    # Its other terms can be reached too, and tell the same.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-sums]') !== null")
    described = page.evaluate("document.activeElement.getAttribute('aria-describedby')")
    assert page.locator(f"#{described}").is_visible()


def test_the_keyboard_alone_reaches_everything(browser: Browser, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    command = [sys.executable, "-m", "reportlint", "--output-format", "html", "--output-file", str(out)]
    subprocess.run([*command, str(ROOT / "examples/faulty/qinghu-2022.txt")], check=False)
    page = browser.new_page()
    page.goto(out.as_uri())
    seen = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.evaluate("document.activeElement.outerHTML.slice(0, 300)")
        if at.startswith("<body"):
            break
        seen.add(at)
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    whole = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]"
        ".filter(e => e.checkVisibility({contentVisibilityAuto: true})).map(e => e.outerHTML.slice(0, 300))"
    )
    assert set(whole) - seen == set()
    page.close()


def test_axe_finds_no_serious_fault(browser: Browser, tmp_path: Path) -> None:
    axe = node_module("axe-core/axe.min.js").read_text("utf-8")
    # Two files, so that there is a list of them; axe takes its time with many.
    out = tmp_path / "page.html"
    names = [str(ROOT / "examples" / name) for name in ("faulty/qinghu-2022.txt", "sound/qinghu-2022.txt")]
    command = [sys.executable, "-m", "reportlint", "--lang", "zh", "--output-format", "html", "--output-file", str(out)]
    subprocess.run([*command, *names, "nowhere.txt"], check=False)
    for width, height, scheme in SIZES.values():
        # The page's own policy would keep axe out.
        context: Any = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True
        )
        page: Page = context.new_page()
        page.goto(out.as_uri())
        page.evaluate(axe)
        faults = page.evaluate("axe.run()")["violations"]
        assert [(f["id"], f["impact"], f["nodes"][0]["html"]) for f in faults] == []
        context.close()


def test_on_paper_everything_is_there(browser: Browser, written: Path, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(written.as_uri())
    page.emulate_media(media="print")
    assert page.locator(".filter").is_hidden()
    assert page.locator(".finding").last.is_visible()
    assert page.locator(".findings ol").first.evaluate("e => getComputedStyle(e).overflow") == "visible"
    page.pdf(path=str(tmp_path / "a.pdf"))
    page.close()


def test_without_scripts_it_is_still_a_page(browser: Browser, written: Path) -> None:
    context: Any = browser.new_context(java_script_enabled=False)
    page: Page = context.new_page()
    page.goto(written.as_uri())
    assert page.locator(".filter").is_hidden()
    link = page.locator(".finding[data-rule=wrong-figure] > a").first
    href = link.get_attribute("href")
    link.click()
    assert page.url.endswith(href or "?")
    context.close()


def page_of(browser: Browser, tmp_path: Path, text: str) -> Page:
    report, out = tmp_path / "a.txt", tmp_path / "page.html"
    report.write_text(text, "utf-8")
    command = [sys.executable, "-m", "reportlint", "--lang", "zh", "--output-format", "html", "--output-file", str(out)]
    subprocess.run([*command, str(report)], check=False)
    page = browser.new_page()
    page.goto(out.as_uri())
    return page


SOUND = (ROOT / "examples/sound/qinghu-2022.txt").read_text("utf-8")


def test_every_finding_has_a_place(browser: Browser, tmp_path: Path) -> None:
    # Among them some on lines of a table that are no row, and before a table whose heading is gone.
    text = (
        SOUND.replace("信息内容", "信息内(nèi)容")
        .replace("三、收到和处理政府信息公开申请情况\n", "")
        .replace("勾稽关系", "勾稽(jī)关系，，")
    )
    page = page_of(browser, tmp_path, text)
    links = [link.get_attribute("href") or "" for link in page.locator(".finding > a").all()]
    assert len(links) > 3
    for href in links:
        assert page.locator(f"{href} ~ .mark").count() > 0, href
    page.close()


def test_what_stands_between_the_rows_is_shown_there(browser: Browser, tmp_path: Path) -> None:
    page = page_of(browser, tmp_path, SOUND.replace("\n2.重复申请", "\n第 3 页 共 9 页\n2.重复申请"))
    page.emulate_media(media="print")
    row = page.locator("tr", has_text="第 3 页 共 9 页")
    assert row.is_visible()
    assert (
        "重复申请"
        in page.locator("tr", has_text="第 3 页 共 9 页").locator("xpath=following-sibling::tr[1]").inner_text()
    )
    page.close()


@pytest.mark.parametrize(("change", "cells"), [("lost", 7), ("surplus", 8)])
def test_figures_stand_under_their_heads(browser: Browser, tmp_path: Path, change: str, cells: int) -> None:
    row = next(line for line in SOUND.splitlines() if line.startswith("二、上年结转"))
    parts = row.split(" | ")
    changed = [*parts[:3], *parts[4:]] if change == "lost" else [*parts[:3], "9876", *parts[3:]]
    page = page_of(browser, tmp_path, SOUND.replace(row, " | ".join(changed)))
    drawn = page.locator("tr", has_text="二、上年结转").locator("td")
    texts = [
        re.sub(
            r"\D",
            "",
            cell.evaluate(
                "e => [...e.childNodes].filter(n => !n.matches?.('.tip')).map(n => "
                "(n.querySelector?.('sup') ? n.lastChild : n).textContent).join('')"
            ),
        )
        for cell in drawn.all()
    ]
    assert len(texts) == cells
    whole = [re.sub(r"\D", "", part) for part in parts[1:8]]
    if change == "lost":
        whole[2] = ""
        assert "missing" in (drawn.nth(2).get_attribute("class") or "")
    else:
        assert texts[7] == "9876"
    assert texts[:7] == whole
    page.close()


def test_an_address_of_a_finding_that_is_filtered_out_brings_it_back(browser: Browser, tmp_path: Path) -> None:
    page = page_of(browser, tmp_path, (ROOT / "examples/faulty/qinghu-2022.txt").read_text("utf-8"))
    page.uncheck("input[value=error]")
    card = page.locator(".finding.error").first
    assert card.is_hidden()
    page.evaluate("id => { location.hash = id }", card.get_attribute("id"))
    card.wait_for(state="visible")
    page.close()


def test_a_file_called_as_it_likes_and_one_that_cannot_be_read(browser: Browser, tmp_path: Path) -> None:
    name = tmp_path / "reportlint-bodies {{ 7 }} %}.txt"
    name.write_text(SOUND, "utf-8")
    out = tmp_path / "page.html"
    command = [sys.executable, "-m", "reportlint", "--lang", "zh", "--output-format", "html", "--output-file", str(out)]
    done = subprocess.run([*command, str(name), "nowhere.txt"], cwd=tmp_path, check=False)
    assert done.returncode == 2
    page = browser.new_page()
    page.goto(out.as_uri())
    assert page.locator("h2").all_inner_texts() == [str(name)]
    assert "nowhere.txt" in page.locator(".problems").inner_text()
    page.close()


def test_escape_puts_a_tip_away(browser: Browser, tmp_path: Path) -> None:
    page = page_of(browser, tmp_path, (ROOT / "examples/faulty/qinghu-2022.txt").read_text("utf-8"))
    mark, tip = page.locator("p .mark").nth(2), page.locator("p .tip").nth(2)
    mark.hover()
    assert tip.is_visible()
    above, below = mark.bounding_box(), tip.bounding_box()
    assert above is not None
    assert below is not None
    assert abs(above["x"] - below["x"]) < 2
    page.mouse.move(above["x"] + above["width"] / 2, below["y"] + 5, steps=8)
    assert tip.is_visible()
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.close()


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of forty reports of twenty organs, of a text that is none, and of a file that cannot be read."""
    folder = tmp_path_factory.mktemp("county")
    sound = (ROOT / "examples/sound/qinghu-2022.txt").read_text("utf-8")
    for number in range(20):
        for year in (2021, 2022):
            text = sound.replace("青湖县", f"青湖县第{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'[number]}局").replace(
                "2022", str(year)
            )
            faulty = text.replace("六、其他", "六、其它").replace("IPv6", "IPV6")
            (folder / f"{number}-{year}.txt").write_text(faulty if (number, year) == (3, 2022) else text, "utf-8")
    (folder / "通知.txt").write_text("关于开会的通知。\n", "utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    out = folder / "page.html"
    command = [sys.executable, "-m", "reportlint", "--lang", "zh", "--ignore", "consistency", "--output-file", str(out)]
    subprocess.run([*command, str(folder)], check=False, cwd=folder)
    return out


def test_many_reports_are_a_table_and_each_is_drawn_when_it_is_opened(browser: Browser, county: Path) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text))
    page.on("pageerror", lambda one: said.append(str(one)))
    page.goto(county.as_uri())
    assert page.locator("section.report").count() == 0
    assert page.evaluate("document.querySelectorAll('*').length") < 600
    rows = page.locator(".overview tbody tr")
    assert rows.count() == 20
    faulty = page.locator(".overview a.warning")
    assert faulty.count() == 1
    assert faulty.inner_text() == "1"
    assert "没有查完 1 个 · 略过 1 个" in page.locator(".problems summary").inner_text()
    assert {"通知.txt", "坏.docx"} <= set(re.findall(r"[\u4e00-\u9fff]+\.\w+", page.locator(".problems").inner_text()))
    # Sorted by its total, found by its name, filtered by what it has.
    page.get_by_role("button", name="合计").click()
    assert rows.first.locator("a.warning").count() == 1
    assert page.locator("[aria-sort=descending]").inner_text().startswith("合计")
    page.get_by_role("searchbox").fill("第乙局")
    assert page.locator(".overview tbody tr:visible").count() == 1
    page.get_by_role("searchbox").fill("")
    page.uncheck("input[value=warning]")
    assert page.locator(".overview tbody tr:visible").count() == 0
    assert page.locator("output").inner_text() == "显示 0 / 1"
    page.check("input[value=warning]")
    faulty.click()
    page.wait_for_selector("section.report")
    assert page.locator("section.report").count() == 1
    assert page.locator(".finding").get_attribute("data-rule") == "heading-typo"
    page.locator(".why summary").click()
    assert ["予以认可" in page.locator(".why p").first.inner_text(), page.locator(".why p").last.inner_text()] == [
        True,
        "改用格式的标题。",
    ]
    page.locator(".overview a.none").first.click()
    page.wait_for_selector("section.report .none")
    assert page.locator("section.report").count() == 1, "in place of the one before"
    # The address of a finding opens its report.
    number = (faulty.get_attribute("href") or "").removeprefix("#r")
    page.goto(f"{county.as_uri()}#f{number}-0")
    page.wait_for_selector(f"#f{number}-0")
    assert said == []
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_heads_stay_in_sight_and_tips_go_with_their_figures(size: str, browser: Browser, tmp_path: Path) -> None:
    width, height, _ = SIZES[size]
    out = tmp_path / "page.html"
    report = ROOT / "examples" / "faulty" / "linxi-2023-swapped-digit.txt"
    command = [sys.executable, "-m", "reportlint", "--output-format", "html", "-o", str(out), str(report)]
    subprocess.run(command, check=False)
    touched = size == "phone"
    page = browser.new_context(viewport={"width": width, "height": height}, has_touch=touched).new_page()
    page.goto(out.as_uri())
    table = page.locator(".table .scroll").nth(4)
    table.scroll_into_view_if_needed()
    table.evaluate("e => { e.scrollTop = 400; e.scrollLeft = 100; }")
    frame, head = table.bounding_box(), table.locator("thead").bounding_box()
    label = table.get_by_role("rowheader", name="（七）总计").bounding_box()
    assert frame is not None
    assert head is not None
    assert label is not None
    assert abs(head["y"] - frame["y"]) < 2
    assert abs(label["x"] - frame["x"]) < 2
    figure = table.locator(".summed").nth(16)
    figure.scroll_into_view_if_needed()
    figure.tap() if touched else figure.hover()
    tip = figure.locator("xpath=following-sibling::*[@role='tooltip']")
    at, told = figure.bounding_box(), tip.bounding_box()
    assert at is not None
    assert told is not None
    assert told["x"] >= 0
    assert told["x"] + told["width"] <= width
    beside = abs(told["y"] - at["y"] - at["height"]) < 8 or abs(told["y"] + told["height"] - at["y"]) < 8
    assert beside, (at, told)
    page.close()
