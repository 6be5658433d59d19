"""Rule repeated-item; docs/rules/repeated-item.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.characters import IDEOGRAPH
from reportlint.late import Late
from reportlint.model import Paragraph
from reportlint.rules import Finding, rule
from reportlint.words import either

_CLAUSE = Late(r"[^。;,:!?()《》“”\n]+")
_OF_ITS_OWN = Late(f"^{either('repeated-item', 'owners')}级?[^、]{{2,6}}$")
"""Behind such an item a word may be that of another owner: 县级预算、决算、部门预算、决算."""
_BEGUN = Late(either("repeated-item", "begins") + rf"(?:了|的)?(?={IDEOGRAPH}{{2,12}}$)")
_LAST = Late(r"等.*$")
_JOINT = Late("以及|和|(?<![涉普波危触])及(?!时)|(?<!参)与")

_SHARED = 2
"""So many characters are a word by themselves."""


@rule(
    on=Paragraph,
    severity="warning",
    free_form=True,
    zh="“{item}”在同一列举中重复",
    en="“{item}” stands twice in one list",
    remarks={"first": ("前一处在此", "it first stands here")},
)
def repeated_item(paragraph: Paragraph) -> Iterator[Finding]:
    """The same item twice in one list (A、B、C、B).

    The first item of a list cannot be told from the words before it, but where these are a verb that begins
    lists (设置, 涉及).
    """
    for clause in _CLAUSE.finditer(paragraph.text) if paragraph.text.count("、") > 1 else ():
        if clause[0].count("、") < 2:
            continue
        seen: dict[str, tuple[int, int]] = {}
        excused: set[int] = set()
        at = clause.start()
        items = clause[0].split("、")
        if not any(clause[0].count(item.strip()[:2]) > 1 for item in items[1:]):
            continue  # no item begins with what stands elsewhere too
        for number, raw in enumerate(items):
            item = _LAST.sub("", raw) if number == len(items) - 1 else raw
            # Behind 和 another list may begin; in front of it the item is this one's.
            joint = _JOINT.search(item)
            bare = (item[: joint.start()] if joint else item).strip()
            if not number:
                begun = _BEGUN.search(bare)
                first = bare[begun.end() :] if begun else bare
                seen[first] = at + len(raw) - len(raw.lstrip()) + (begun.end() if begun else 0), number
            elif len(bare) > 1 and not bare.isascii():
                start, place = seen.get(bare, (at, 0))
                if bare not in seen:
                    seen[bare] = at, number
                elif place and (number - 1 in excused or _of_another(items[place - 1], items[number - 1], bare)):
                    excused.add(number)
                elif not _OF_ITS_OWN.search(items[number - 1]):
                    found = paragraph.span(start, start + len(bare))
                    yield Finding(paragraph.span(at, at + len(bare)), item=bare).label("first", found)
            if joint:
                seen.clear()
            at += len(raw) + 1


def _of_another(before: str, behind: str, item: str) -> bool:
    """Whether the same goes on of another: 许可的依据、条件、处罚的依据、条件 has twice what each has."""
    head = behind[-_SHARED:]
    return before != behind and before.endswith(head) and not item.endswith(head)
