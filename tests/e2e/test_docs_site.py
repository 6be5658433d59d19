"""The documentation's site as a reader has it who opens it from a folder."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright, sync_playwright

from tests.e2e.programs import program
from tests.e2e.test_page import ARGS
from tools import site

PLACE = """(wanted) => {
  const walker = document.createTreeWalker(document.querySelector("pre code"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const seen = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.data.length; at += 1) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      if (node.data.startsWith(wanted, at)) seen.push(range.getBoundingClientRect().x);
    }
  }
  return seen[0];
}"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path = program("chromium")
    folder = tmp_path_factory.mktemp("docs") / "site"
    site.main(folder)
    playwright: Playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((folder / "index.html").as_uri())
        yield page
        browser.close()


def test_search_works_from_a_file(page: Page) -> None:
    home = page.url
    page.locator(".md-search__button").click()
    page.keyboard.type("结转")
    page.get_by_text(re.compile(r"\d+ 个结果")).wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/rules/*.html*")
    page.goto(home)


def test_marks_stand_under_what_is_found(page: Page) -> None:
    page.goto(page.url.replace("index.html", "rules/stray-space.html"))
    if not page.evaluate("""document.fonts.check('12px "Noto Sans Mono CJK SC"')"""):
        pytest.skip("no font here has Chinese characters twice as wide as letters")
    assert abs(page.evaluate(PLACE, " 网站") - page.evaluate(PLACE, "^")) < 4  # of seven that a letter takes


def test_chinese_lines_are_joined_without_a_blank(page: Page) -> None:
    page.goto(page.url.replace("rules/stray-space.html", "index.html"))
    assert page.locator("article p").first.evaluate(
        "p => !/[\\u3001-\\u9fff][ \\n]+[\\u3001-\\u9fff]/.test(p.textContent)"
    )
