"""How a plugin tests its rule: the page, and what the page does not show."""

from reportlint_example.slogan import slogan

from reportlint.testing import check_page, findings, fixed, report_with


def test_the_page_holds() -> None:
    assert check_page(slogan) == []


def test_each_phrase_is_found_where_it_stands() -> None:
    (found,) = findings(report_with("把工作做好做细做实。"), [slogan])
    assert (found.rule, found.column, found.text) == ("slogan", 4, "做好做细做实")
    assert findings(report_with("全年培训12次。"), [slogan]) == []


def test_its_fix_has_to_be_asked_for() -> None:
    text = report_with("全年工作再上新台阶。")
    assert fixed(text, [slogan]) == text
    assert fixed(text, [slogan], unsafe=True) == text.replace("再上新台阶", "取得进展")
