"""How a report is named: by its title, or by a sentence of its preface."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice

from reportlint.characters import IDEOGRAPH
from reportlint.diagnostics import Span
from reportlint.forms.form import Form
from reportlint.late import Late
from reportlint.model import Paragraph, Title
from reportlint.text.injected import injected
from reportlint.text.keys import key
from reportlint.text.organs import BODY, NAMED
from reportlint.text.years import YEAR, read_year
from reportlint.tuples import NamedTuple
from reportlint.words import either

SPAN_OF_YEAR = Late(r"1月1日(?:起)?[至到—-]12月31日(?:止)?")
"""The period of a report without its years."""
_LED = Late(
    "^(?:(?:现|特此?)?(?:向社会)?(?:公布|公开|发布)|现将|由|本报告[为是])|(?:编制[了的]|(?:特|现|谨|兹)(?:向社会)?$|(?:特|现|谨|兹)?将$|向社会$).*$"
)
_NO_YEAR = Late("(?:二[〇零○Oo0][一二三四][〇零○一二三四五六七八九])?年?度?$")
"""What is left of a year behind an organ."""
_MEANT = f"(?:{either('page', 'mistaken')}|政府信息)(?:工作)?(?:年度)?(?:工作)?(?:报告|年报).*$"
"""What reports are called by mistake."""
_COUNTRY = "中华人民共和国"
_ACTING = Late(rf"(?:^|[,。;:])(?P<organ>{IDEOGRAPH}{{3,30}}?)(?:特|现|谨|兹|特此|现特)?(?:向社会)?$")
"""Who draws up a report, in front of what is done: 青湖县东街街道特|编制."""
_BY = Late(rf"由(?P<organ>{IDEOGRAPH}{{3,30}}?)(?:编制|(?:按照|根据|依据|结合|负责|统一|组织|汇总)[^。]{{0,40}}?编制)")
"""Who draws up a report where that is said: 由青湖县水利局编制."""
_UNDER = Late(
    rf"^(?!现|县级以上|各级)(?P<organ>{IDEOGRAPH}{{3,30}}?)(?:根据|按照|依据)《[^》]{{4,60}}》[^。格应]{{0,30}}?(?:编制|形成|撰写)[^。格]{{0,30}}报告"
)
"""Who does so where a sentence begins with it: 青湖县水利局根据《…》，编制."""
_MOST, _LONGEST = 20, 40
"""So many sentences name a report at most, and an organ's name is no longer."""


class Named(NamedTuple):
    """The year and the organ that a sentence gives a report, as far as it does; `quoted`: within 《》."""

    year: int | None
    organ: str | None
    quoted: bool = False


def read_title(text: str, span: Span, form: Form) -> Title:
    """A title's line (its key) with the year and the organ that it names."""
    name = YEAR.sub("", SPAN_OF_YEAR.sub("", YEAR.sub("", text)))
    # What kind of report it is follows the organ: the form's own words, or those that are meant for them.
    kinds = [re.escape(form.title), *(f"(?:政府)?{re.escape(word)}" for word in form.title_words)]
    name = re.sub("|".join(["^关于", _MEANT, *(f"{kind}.*$" for kind in kinds if kind)]), "", name)
    name = name.replace("()", "")
    name = name if YEAR.search(text) else _NO_YEAR.sub("", name)
    name = name.removesuffix("年") if "年年" in text else name
    name = name.removesuffix("关于").strip("的《").lstrip("()").rstrip("(")
    name = name.rstrip(")") if name.count("(") < name.count(")") else name
    organ = None if any(injected(text)) else _whole(name.rpartition("关于")[2])
    return Title(text, span, read_year(text), None if organ == _COUNTRY else organ or None)


def _whole(organ: str) -> str:
    """The name of an organ with what its report's title shares with it, and without what leads to it.

    渠江镇人民[政府]信息公开, 向社会公布开平市水利局, 市场监督管理局政务[信息公开].
    """
    organ = _LED.sub("", organ)
    if organ.endswith("人民"):
        return f"{organ}政府"
    return organ.removesuffix("政务") if NAMED.search(organ.removesuffix("政务")) else organ


@cache
def _naming(form: Form) -> re.Pattern[str]:
    """How a sentence names a report of a form: by its title, or by what is meant for it."""
    kinds = [re.escape(form.title)] if form.title else []
    kinds += [
        f"(?:政府)?{re.escape(word)}(?:主要)?(?:工作)?(?:总体)?(?:情况)?(?:年度)?(?:工作)?(?:进行)?报告"
        for word in form.title_words
    ]
    kinds += [f"(?:政府)?{re.escape(word)}(?:工作|工作情况|情况)(?=[。,;]|如下|$)" for word in form.title_words]
    return re.compile(
        rf"(?:^|(?:公布|公开|发布|编制|撰写|形成|现将|汇报|的?规定,|要求,|现|(?<=,)特|本报告[为是]){{1,3}})(?:了|(?<=编制)的(?![^。]{{0,50}}(?:格式|模板|通知)))?《?(?P<organ>(?:{IDEOGRAPH}|[()·]){{2,36}}?)?"
        rf"(?:编制|撰写|形成|发布|公布)?了?(?:(?P<year>20[0-4]\d)年度?的?(?P<behind>{IDEOGRAPH}{{2,30}}?)?"
        rf"(?:{'|'.join(kinds) or '(?!)'})"
        rf"|(?:政府)?(?:{'|'.join(map(re.escape, form.title_words)) or '(?!)'})(?:工作)?(?P<inner>20[0-4]\d)年度?报告)"
    )


def named(paragraphs: Iterable[Paragraph], form: Form) -> Named:
    """What a sentence says of its report: 现公布云泽县民政局2022年政府信息公开工作年度报告."""
    first: Named | None = None
    by: str | None = None
    for paragraph in paragraphs:
        text = key(paragraph.text)
        found = (_BY.search(text) or _UNDER.search(text)) if "报告" in text else None
        by = by or (found["organ"] if found and _is_organ(found["organ"]) else None)
        for match in islice(_naming(form).finditer(text), _MOST):
            if "关于" in (match["organ"] or ""):
                continue  # the name of a notice
            # What asks for the report does not draw it up: 县政府办公室要求，.
            asked = match[0].startswith(("要求", "规定", "的规定"))
            front = None if asked else _ACTING.search(text, max(0, match.start() - _LONGEST), match.start())
            names = (match["organ"], match["behind"], front and front["organ"])
            organ = next((whole for name in names if name and _is_organ(whole := _whole(name))), None)
            told = Named(int(match["year"] or match["inner"]), organ, "《" in match[0])
            if organ:
                return told
            first = first or told
    return first._replace(organ=by) if first else Named(None, by)


def _is_organ(name: str) -> bool:
    """Whether words are an organ's name; 我局 is none."""
    bare = name.partition("(")[0]
    return bool(NAMED.search(bare) or BODY.search(bare)) and name[0] not in "我本全" and len(name) > 2
