"""A fixed number of mutated reports, always the same; `make fuzz` tries others, for as long as it is told to."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.mutators import TEXT, mutated, seeds
from tests.fuzz.oracle import FORMATS, check
from tests.fuzz.shapes import SOUND

FOUND = sorted((Path(__file__).parent / "found").glob("[!.]*"))
_BATCHES, _BATCH = 3, 50


@pytest.mark.parametrize("batch", range(_BATCHES))
def test_mutated_reports_break_no_promise(batch: int) -> None:
    for number in range(batch * _BATCH, (batch + 1) * _BATCH):
        formats = [FORMATS[number % len(FORMATS)], "text"]
        try:
            check(mutated(random.Random(number)), formats)
        except Exception as error:
            raise AssertionError(f"seed {number}: {type(error).__name__}: {error}") from error


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_once_holds(path: Path) -> None:
    check(path.read_bytes())


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(seeds()), st.lists(st.sampled_from(TEXT), min_size=1, max_size=3), st.randoms())
def test_hypothesis_finds_no_shorter_way(text: str, mutators: list, chance: random.Random) -> None:  # type: ignore[type-arg]
    for mutate in mutators:
        text = mutate(text, chance)[:20_000] or "\n"
    check("".join(c for c in text if not "\ud800" <= c < "\udc80").encode("utf-8", "surrogateescape"), ["json"])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_end(data: bytes) -> None:
    check(data, ["json", "text"])


def test_the_oracle_sees_a_broken_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fix that joins two figures must not pass."""
    from reportlint.run import guard

    monkeypatch.setattr(guard.Numbers, "kept_by", lambda self, fix: True)
    text = SOUND.replace("1203条", "12\u200b03条", 1)
    assert text != SOUND
    with pytest.raises(AssertionError, match="digits"):
        check(text.encode(), [])
