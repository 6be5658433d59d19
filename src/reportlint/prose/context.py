"""What a clause leaves to what stands before it: whose figures, which year, what they count."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportlint.late import Late
from reportlint.prose.lexicon import Cue, lexicon
from reportlint.records import field, record
from reportlint.text.organs import ACTING, OURSELVES
from reportlint.words import either

_TIERS = "国省州盟市县旗区镇乡"
_YEAR_END = Late("12月31日|[底末]$|^(?:20\\d\\d年)?1月1日")
_PUBLIC = Late("信息公开|依申请|申请公开")
_OURSELVES = Late(OURSELVES)
_DID = Late(either("figures", "did"))
_NAME = 40
_LED = Late("^(?:本?年度?内?|[在由经向对])(?=..)")
"""What stands in front of an organ's name and is none of it: 2022年度市财政局, 在青湖县政府."""
_FILLERS = Late(either("figures", "fillers") + "+$")


@record
class Context:
    """What the clauses of a sentence have said so far; `applications` holds for a paragraph.

    `closed` is set where the sentence speaks of a part of the year or of many years, `published`
    where it counts items made public, `disputing` where it last spoke of reviews or suits. `seen`
    are the applicants, outcomes and stages that it has named; `tier` is the organ's own (县).
    """

    report_year: int | None
    applications: bool
    disputes: bool
    tier: str = ""
    scope: str = ""
    year: int | None = None
    block: str = ""
    regulation: str = ""
    last: str = ""
    closed: bool = False
    published: bool = False
    disputing: bool = False
    parted: bool = False
    punctual: bool = False
    asked: bool = False
    counted: bool = False
    fresh: bool = False
    public: tuple[int, int] = (1, -1)
    marks: frozenset[str] = frozenset()
    blocks: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    outer: list[tuple[str, int | None]] = field(default_factory=list)

    def next(self, text: str) -> Context:
        """That of the next sentence; only what the paragraph is about stays."""
        fresh = Context(self.report_year, self.applications, self.disputes, self.tier)
        named = [match.start() for match in _PUBLIC.finditer(text)]
        fresh.public = (named[0], named[-1]) if named else (len(text) + 1, -1)
        fresh.marks = frozenset(name for name, pattern in lexicon().marks.items() if pattern.search(text))
        fresh.closed = not fresh.marks.isdisjoint(("attributes", "gross"))
        return fresh

    def begin_clause(self, text: str) -> None:
        """Begin a clause; what an organ did itself is no longer what it made public."""
        self.published &= not _DID.search(text)
        self.fresh = self.counted = False

    def topics(self, at: int, names_regulation: bool) -> frozenset[str]:
        """What is being spoken of at an offset of the sentence."""
        found = set()
        if self.applications:
            found.add("applications")
        # Where 信息公开 is named only behind them, they are reviews of every kind.
        first, last = self.public
        public = first < at or ((self.applications or self.disputes) and last < at)
        if public and "other disputes" not in self.marks:
            found.add("disputes")
        if (self.regulation or names_regulation) and "stock" not in self.marks:
            found.add("regulations")
        return frozenset(found)

    def note(self, cues: Iterable[Cue], text: str) -> None:
        """Take in what the cues of a clause say."""
        before: Cue | None = None
        for cue in cues:
            if cue.kind == "organ" and before is not None and before.kind == "organ":
                self.scope = _bare(text[before.start : cue.end])  # one name in two pieces
            else:
                self._note(cue, before, text[cue.start : cue.end])
            before = cue

    def _note(self, cue: Cue, before: Cue | None, word: str) -> None:
        kind, roles = cue.kind, lexicon().roles
        if kind == "year":
            self.year = cue.year
        elif kind == "new" and word[0] in "本当":
            self.year = None
            self.seen.add(kind)
        elif kind in roles["narrowing"]:
            self.seen.add(kind)
            self.punctual |= kind == "on_time"
        elif kind == "last_year":
            self.year = self.report_year - 1 if self.report_year else 0
        elif kind == "this_year":
            self.year = None
        elif kind == "since":
            # 2022年以来 in the report for 2022 is this year.
            self.closed |= not (before and before.kind == "year" and before.year == self.report_year)
        elif kind == "part_year" or (kind == "date" and not _YEAR_END.search(word)):
            self.closed = True
        elif kind in roles["scope"]:
            joined = before is not None and before.kind in {*roles["scope"], "and"}
            # 全区各部门、镇街 is the whole area; 县、区政府 are the counties.
            if not (joined and (self.scope == "whole" or kind == "organ")):
                self.scope = _bare(word) if kind == "organ" else kind.removeprefix("scope_")
                if kind == "scope_whole" and self.tier and word[1] in _TIERS and word[1] != self.tier:
                    self.scope = "other"  # 全市 in a county's report
        elif kind in roles["dispute"]:
            # 未经复议直接起诉的行政诉讼 is still the first.
            kept = kind == "litigation" and self.fresh
            self.block, self.disputing = (self.block if kept else kind), True
            self.fresh = kept or kind in ("direct", "after_review")
            self.blocks.add("review" if kind == "review" else "litigation")
        elif kind in ("normative", "rules"):
            self.regulation = kind
        elif kind in ("application", "apply"):
            self.disputing &= kind == "apply"
            self.asked = True
        elif kind == "publish":
            self.published = True
        elif kind == "among":
            self.parted = True
        elif kind == "amount":
            self.counted = True
        elif kind == "amid" or (kind == "amid_all" and self.counted):
            self.closed = True
        elif kind == "timely":
            self.punctual = True

    def actor(self, text: str, end: int, before: Cue | None) -> str:
        """The scope of a figure whose words begin at `end` of a clause: an organ that is named in front."""
        if before is not None and before.kind.startswith("scope_"):
            return self.scope
        match = ACTING.search(_FILLERS.sub("", text[max(0, end - _NAME) : end]))
        if match is None:
            return self.scope
        named = _bare(re.split("其中|包括", match[0])[-1])
        return "own" if _OURSELVES.fullmatch(named) else named

    def admits(self, subject: str, kinds: set[str]) -> bool:
        """Whether a figure of a subject can be what the tables count, in this sentence."""
        if self.closed:
            return False
        if subject in ("carried_over", "forward", "carried", "done", "handled", "all_done") and self.disputing:
            return False
        if subject in ("permits", "penalties", "coercion"):
            return not self.published and not self.asked
        if subject.startswith(("regulation.", "normative.", "rules.")) and self.parted and "normative" not in kinds:
            return "rules" in kinds
        if subject in ("received", "handled") and "turned away" in self.marks:
            return False
        if "on_time" in kinds and "extended" in self.marks:
            return False
        if subject == "all_done":
            named = (
                self.last in ("received", "new", "handled") or "application" in kinds or (self.asked and not self.last)
            )
            return named and not self.punctual and "other business" not in self.marks
        return True


def _bare(organ: str) -> str:
    """An organ's name without what leads to it."""
    return _LED.sub("", organ)
