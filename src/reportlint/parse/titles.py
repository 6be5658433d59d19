"""The report's title among what a web page puts around it."""

from __future__ import annotations

from reportlint.forms.form import Form
from reportlint.forms.tables import Role
from reportlint.late import Late
from reportlint.parse.tokens import Token
from reportlint.records import replace
from reportlint.text.alike import distance
from reportlint.text.keys import key
from reportlint.text.years import YEAR
from reportlint.words import either, listed

_LONGEST = 70
_RULES = listed("page", "rules")
_MOST_LINES = 3
_FRONT = 300
_NOT_A_TITLE = Late(
    r"[。;!?>»|：:\"]|^\d+[.,]|^根据|^按照|^现将|^关于印发|首页|关于(?:报送|做好|开展|印发|进一步|编制和|编报)"
)
_WORDS = Late("关于|的|政府|信息公开|工作|年度|报告|年报")
_NOTICE = Late("的?(?:公告|公示|通告|通知)$")
METADATA = Late(f"(?:信息|文件)?{either('page', 'label')}[:,]?")
"""What a page's table of metadata sets in front of the title."""
_BOX = Late(r"^(?:【[^】]{1,12}】|\[[^\]]{1,12}\]|Page\s?\d{1,3}\s?[-—–]+)\s*")
_LEAD = Late(
    r"^(?:[^\w\s（(《【\[\"“]+\s*|附件?\s?(?:\d{1,2}(?:[-—]\d{1,2})?|[一二三四五六七八九十])?\s?[:：、.]\s*(?=[\u4e00-\u9fff《]{3}|20\d\d年)|附件\s?(?:\d{1,2}\s+(?=20\d\d年)|\d{0,2}\s?(?=[\u4e00-\u9fff《]{3})))+"
)
"""A mark or 附件1： in front of a title."""
_LINK = Late(r"^\[([^\[\]]{6,80})\]\([^()\s]*\)$")
_BEHIND = Late(
    rf"(?<=报告)(?:\s*[-_—|·]+\s*(?=\S)|\s*(?=【)|\s+(?={either('page', 'behind_title')})"
    r"|\s*(?=[(\[]?20\d\d(?:年\d{1,2}月|[-/.]\d{1,2}[-/.]\d))|\.(?=(?:docx?|pdf|wps|txt)$))"
)
_SITE = Late(either("page", "crumb"))
_MEANT = Late(f"{either('page', 'mistaken')}(?:工作)?(?:年度报告|年报)$")
"""What a report on the publication of government information is called by mistake."""
_ORDER = Late("关于(?:报送|做好|开展|编制|组织|进一步|印发).*(?:通知|意见|函)$")
"""What a notice is about that tells others to write reports."""
_OTHER_BODY = Late(
    f"学年度?信息公开|{either('organs', 'other_bodies')}"
    r"(?:20\d\d年度?)?(?:的|关于)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)"
)
"""Schools, hospitals and companies report on what they publish in other forms."""
_TAIL = Late(r"\((?:\d{4}年度?|\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?(?:发布|公布)?|全文|摘要|[\w○]{1,12})\)$")


def title_text(token: Token, folded: str) -> str:
    """The key of a line without what a web site sets around a title in it: breadcrumbs, labels, its own name."""
    if token.pieces or len(token.text) > _LONGEST * 2:
        return token.text
    line = _LINK.sub(r"\1", _BOX.sub("", folded[token.start : token.end].rpartition(">")[2].strip()))
    if line[:1] == "附" or not line[:1].isalnum():
        line = _LEAD.sub("", line)
    words = _BEHIND.split(line, maxsplit=1)[0].split()
    for at in range(len(words) - 1, 0, -1):
        if words[at].startswith("("):
            continue
        if METADATA.fullmatch(words[at - 1]) and (at == 1 or any(map(str.isdecimal, words[: at - 1]))):
            words = words[at:]
            break
        named = YEAR.search(words[at]) is not None and words[at].endswith(("报告", "年报", ")"))
        if all(map(_SITE.search, words[:at])) or (named and any(map(_SITE.search, words[:at]))):
            words = words[at:]
            break
    text = key("".join(words))
    if ">" in token.text and not YEAR.search(text):
        return ""  # the end of a way through a site
    label = METADATA.match(text)
    return text[label.end() :] if label else text


def find_titles(tokens: list[Token], form: Form, folded: str) -> list[Token]:
    """Tokens with the title, which may run over several lines, as one TITLE token.

    Only what stands in front of the first section can be a title.
    """
    first = next((n for n, t in enumerate(tokens) if t.role is Role.SECTION), len(tokens))
    first = min(first, _FRONT)
    texts = [
        title_text(token, folded) if token.kind == "TEXT" and not is_other_kind(token.text, form) else ""
        for token in tokens[:first]
    ]
    best: tuple[int, int, int] | None = None
    for count in range(1, _MOST_LINES + 1):
        for at in range(first - count + 1):
            part = tokens[at : at + count]
            own = texts[at : at + count]
            if any(t.kind != "TEXT" or len(text) > _LONGEST for t, text in zip(part, own, strict=True)):
                continue
            # A line with nothing of the site in it is the likelier one.
            plain = all(t.text == text for t, text in zip(part, own, strict=True))
            score = 2 * _score("".join(own), form, in_lines=count > 1) - (not plain)
            # The plainest reading wins: fewer lines, then the one that stands first.
            if score > 0 and (best is None or score > best[0]):
                best = score, at, count
    if best is None:
        return tokens
    _, at, count = best
    part = tokens[at : at + count]
    pieces = tuple((t.start, t.end) for t in part) if count > 1 else ()
    text = "".join(t.text for t in part)
    title = replace(part[0], kind="TITLE", text=text, end=part[-1].end, pieces=pieces, candidates=())
    return [*tokens[:at], title, *tokens[at + count :]]


def _score(text: str, form: Form, *, in_lines: bool) -> int:
    """How surely a line, or several, is the title (its key): year, organ and the form's words; 0 if it is none."""
    if not is_title(text, form):
        return 0
    year = YEAR.search(text)
    rest = _WORDS.sub("", text.replace(year[0], "") if year else text).strip("()《》")
    exact = _TAIL.sub("", text).endswith(form.title)
    # Lines with neither are what a page links to: 主动公开内容, 政府信息公开年报.
    if not (year or exact or (len(rest) > 1 and not in_lines)):
        return 0
    return 1 + 4 * bool(year) + 2 * exact + (len(rest) > 1)


def is_other_kind(text: str, form: Form) -> bool:
    """Whether a line (its key) is the title of a text that is about such reports, or shares their headings."""
    speaks = any(word in text for word in (*form.title_words, "政务公开"))
    dated = YEAR.search(text) is not None or "报告" in text
    bare = text.strip('《》"()')
    other = bare.endswith(form.other_kinds) or bare.startswith(form.other_kinds) or _ORDER.search(bare) is not None
    return speaks and dated and len(text) <= _LONGEST and (other or _OTHER_BODY.search(bare) is not None)


def is_rule(text: str, form: Form) -> bool:
    """Whether a line (its key) is the title of rules or a guide for the public: 青湖县政府信息公开指南."""
    return len(text) <= _LONGEST and text.endswith(_RULES) and any(word in text for word in form.title_words)


def is_title(text: str, form: Form) -> bool:
    """Whether a line (its key) names a report of this kind, rightly or nearly."""
    if form.other_kinds and is_other_kind(text, form):
        return False
    text = _NOTICE.sub("", _TAIL.sub("", text))
    if not 6 <= len(text) <= _LONGEST or _NOT_A_TITLE.search(text):
        return False
    words = form.title_words
    if words and all(word in text for word in words) and text.endswith(("报告", "年报")):
        return True
    if words and _MEANT.search(text) and YEAR.search(text):
        return True
    size, limit = len(form.title), len(form.title) // 4
    ends = (text[-length:] for length in range(max(1, size - limit), size + limit + 1))
    return any(distance(end, form.title, limit) <= limit for end in ends)
