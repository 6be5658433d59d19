"""Rule prose-sum; docs/rules/prose-sum.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportlint.prose.breakdowns import Breakdown
from reportlint.prose.growth import Percentage
from reportlint.prose.quantities import Quantity
from reportlint.prose.shares import Rate, Share, Whole
from reportlint.rules import Finding, rule
from reportlint.text.numbers import show

_MOST_LABELS = 4


@rule(
    on=(Breakdown, Share, Percentage, Rate, Whole),
    severity="warning",
    free_form=True,
    messages={
        "sum": ("各项相加为 {sum}，总数写的是 {total}", "the parts add up to {sum}, the total says {total}"),
        "share": (
            "写的是 {stated}%，{part} 占 {total} 的 {exact}%",
            "it says {stated} %; {part} of {total} is {exact} %",
        ),
        "growth": (
            "写的是 {stated}%，{part} 相对上年的 {whole} 是 {exact}%",
            "it says {stated} %; {part} on the year before's {whole} is {exact} %",
        ),
        "whole": ("各项占比相加为 {sum}%，不是 100%", "the shares add up to {sum} %, not 100"),
        "rate": ("写的是 {stated}%，比率不会超过 100%", "it says {stated} %; no rate is more than 100 %"),
    },
    remarks={
        "parts": ("{parts} = {sum}", "{parts} = {sum}"),
        "part": ("其中一项", "a part of it"),
        "total": ("总数在此", "the total stands here"),
    },
)
def prose_sum(part: Breakdown | Share | Percentage | Rate | Whole) -> Iterator[Finding]:
    """其中 items that do not add up, a percentage that is off by more than 0.1 point, shares that do not make 100.

    Parts that do not claim to be all (等, no 其他) may add up to less; what can be counted twice,
    such as items published on several channels, to more (docs/specification.md §8.4 C1, C3).
    """
    if isinstance(part, Rate):
        yield Finding(part, "rate", stated=part.percent)
        return
    if isinstance(part, Whole):
        yield Finding(part, "whole", sum=show(part.sum)).note("parts", parts=" + ".join(part.parts), sum=show(part.sum))
        return
    if part.fits:
        return
    if isinstance(part, Percentage):
        values = {"part": f"{show(part.part)}{part.unit}", "exact": show(part.exact.quantize(Decimal("0.01")))}
        whole = f"{show(part.whole)}{part.unit}"
        if part.grown:
            yield Finding(part, "growth", stated=show(part.percent), whole=whole, **values)
        else:
            yield Finding(part, "share", stated=show(part.percent), total=whole, **values)
        return
    if isinstance(part, Share):
        (first, *_), total = part.pairs[0]
        exact = part.exact(part.pairs[0]) or Decimal(0)
        found = Finding(
            part,
            "share",
            stated=show(part.percent),
            part=_show(first),
            total=_show(total),
            exact=show(exact.quantize(Decimal("0.01"))),
        )
        yield found.label("total", total)
        return
    total = part.total
    written = " + ".join(show(p.amount.value) for p in part.parts)
    finding = Finding(total, "sum", sum=show(part.sum), total=show(total.amount.value))
    finding.note("parts", parts=written, sum=show(part.sum))
    for own in part.parts if len(part.parts) <= _MOST_LABELS else ():
        finding.label("part", own)
    yield finding


def _show(quantity: Quantity) -> str:
    return f"{show(quantity.amount.value)}{quantity.amount.unit}"
