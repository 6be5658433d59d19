"""What a run over several reports could not compare: years that are absent, families that nothing matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlint.characters import printable
from reportlint.cli.say import complain
from reportlint.diagnostics import Words, enumerated
from reportlint.run.withheld import Withheld

if TYPE_CHECKING:
    from reportlint.run.together import Gathering
    from reportlint.series.steps import AbsentYear

_GAP = Words(
    "{organ}：{last} 年（{before}）与 {year} 年（{path}）之间缺少报告，结转和存量没有核对",
    "{organ}: no report between {last} ({before}) and {year} ({path}), so nothing carried over was compared",
)
_UNMATCHED = Words(
    "配置的 families：没有报告符合 {names}，没有与之核对", "families in the configuration: no report matches {names}"
)
_UNSURE = Words(
    "配置的 families：{names} 可能是 {near}，没有与之核对；请写全称",
    "families in the configuration: {names} may be {near}; write it in full",
)
_HALF = Words(
    "配置的 families：文件夹 {names} 里没有直接存放的本级报告，或者它的子文件夹里没有下级报告，没有核对",
    "families in the configuration: {names} needs the parent's reports directly in it and its children's in folders "
    "below",
)


def tell_uncompared(gathering: Gathering, withheld: Withheld, lang: str) -> None:
    """Say which years, and in a run over folders which families, could not be compared."""
    for gap in gathering.gaps():
        complain(_GAP(lang).format(**_gap_fields(gap)))
    for one in gathering.unmatched() if withheld.folders else ():
        if not one.alone or withheld.goes_over(one.root):
            names = enumerated(map(printable, one.names), lang)
            words = _HALF if one.is_folder else _UNSURE if one.near else _UNMATCHED
            near = enumerated(map(printable, one.near), lang)
            complain(words(lang).format(names=names, near=near))


def _gap_fields(gap: AbsentYear) -> dict[str, object]:
    """What the sentence on an absent year names."""
    earlier, later = gap.earlier, gap.later
    assert earlier.year is not None
    return {"organ": later.organ, "year": later.year, "last": earlier.year, "path": later.path, "before": earlier.path}
