"""What the parts of a total are called, and what that tells of them: all of it, or what cannot be both."""

from __future__ import annotations

import re
from decimal import Decimal

from reportlint.characters import IDEOGRAPH
from reportlint.late import Late
from reportlint.prose.lexicon import lexicon
from reportlint.prose.quantities import Quantity
from reportlint.text.measures import BEHIND_FIGURES
from reportlint.words import either, listed

_PARTED = Late(r"其中(?:包括|包含|含|有)?|包括|\d+[件条份篇期]?|[、和及]")
_COUNTED = Late(rf"[\d.][\d.,]*[万千百]?{BEHIND_FIGURES}?|[一二三四五六七八九十百千万]+{BEHIND_FIGURES}")
_REST = Late(rf"(?:[、,;:和及()]|{either('figures', 'in_front_of_rest')})*{either('figures', 'rest')}")
_NAME = Late(f"{IDEOGRAPH}{{2,10}}")
_ACROSS = Late(either("figures", "across"))
"""Words for what cuts across the contents of what is published."""
_CONTENT = Late(either("figures", "contents") + "类?$")
_OVERLAPPING = Late(either("figures", "overlapping"))
"""Of only two contents one may be in the other: 重点领域信息60条，财政信息50条."""
_SEVERAL = 3
_PAIR = ("the one", "the other")
_A_LITTLE = Decimal("1.25")


def is_rest(part: Quantity) -> bool:
    """Whether a part is what others leave: it ends a list and begins with 其他; 行政处罚和其他权力40条 has a name."""
    return _REST.match(_COUNTED.split(part.words)[-1]) is not None


def name_of(part: Quantity) -> str:
    """What a part is called, as far as it stands behind 其中 and the part before."""
    return str(_PARTED.split(part.words)[-1])


def has_plain_name(part: Quantity) -> bool:
    """Whether nothing but a few characters says what a part is."""
    return _NAME.fullmatch(name_of(part)) is not None


def is_content(part: Quantity) -> bool:
    """Whether a part is called by what it is of what is published: 财政信息, not 转发信息."""
    name = name_of(part)
    return _CONTENT.search(name) is not None and not _ACROSS.search(name)


def opposite(parts: list[Quantity]) -> bool:
    """Whether two parts are of what cannot be both: 线上3期、线下2期."""
    names = [name_of(part) for part in parts]
    return len(names) == len(_PAIR) and any(
        match and {m[0] for m in match if m} == set(words.split("|"))
        for words in listed("figures", "opposites")
        if (match := [re.search(words, name) for name in names])
    )


def are_contents(parts: list[Quantity], totals: list[Quantity]) -> bool:
    """Whether the parts are what was published, by content, a little more than their total: 53篇, 其中机构2篇…

    What is far above it was counted by several things.
    """
    names = [name_of(part) for part in parts]
    plain = all(_NAME.fullmatch(name) and not _ACROSS.search(name) for name in names) and len(set(names)) == len(names)
    if len(parts) < _SEVERAL:
        plain = (
            plain
            and len(totals) == 1
            and all(_CONTENT.search(name) and not _OVERLAPPING.search(name) for name in names)
        )
    most = max(total.amount.value for total in totals)
    return plain and len(parts) > 1 and sum((p.amount.value for p in parts), Decimal(0)) <= most * _A_LITTLE


def names_all(name: str, kinds: frozenset[str]) -> bool:
    """Whether parts name so many kinds of their dimension that they claim to be all of it."""
    dimension = lexicon().dimensions.get(name)
    return dimension is not None and 0 < dimension.complete <= len(kinds.intersection(dimension.kinds))
