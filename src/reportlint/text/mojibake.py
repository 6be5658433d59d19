"""Text decoded with the wrong encoding, found by the exact way back.

Clean Chinese also survives a round trip now and then, so a find must come back as at least
two everyday Chinese characters (GB2312 level 1 for the tightest kinds). On clean text of
several million characters this finds nothing; see tests/test_garbled.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from reportlint.characters import members, places
from reportlint.diagnostics import Span
from reportlint.late import Late, Marked
from reportlint.text.script import everyday, is_everyday, is_han, rare, simplify
from reportlint.tuples import NamedTuple
from reportlint.words import either


class Mojibake(NamedTuple):
    """A garbled run: where, what it was, and whether every character came back."""

    span: Span
    repaired: str
    exact: bool
    kind: str


# UTF-8 of Chinese characters and of the punctuation that stands between them.
# They are looked for in bytes that are read as Latin-1, a character each.
_UTF8_HAN = r"[\xe4-\xe9][\x80-\xbf]{2}"
_UTF8_MARK = r"\xe3\x80[\x80-\xbf]|\xef\xbc[\x80-\xbf]|\xe2\x80[\x80-\xbf]"
_AMONG = rf"(?:{_UTF8_HAN}|{_UTF8_MARK}|[\x20-\x7e])*"
_UTF8_RUN = Late(rf"{_AMONG}(?:{_UTF8_HAN}){_AMONG}")
_TWO_HAN = Late(f"(?:{_UTF8_HAN}){{2}}")
_UTF8_LEADS = range(0xE4, 0xEA)
_HIGH = Late(r"[^\x00-\x7f]+(?:[\x20-\x7e]{1,8}[^\x00-\x7f]+)*")
# Latin-1 and what Windows-1252 puts in its place.
_HIGH_LATIN = "\u0080-\u009f\u00a1-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\ufffd"
_LATIN = Late(f"[{_HIGH_LATIN}][{_HIGH_LATIN}\u00a0]{{3,}}")
_LATIN_ONES = members(_HIGH_LATIN)
_LATIN_HAN = Late(f"(?:[ä-é](?![ä-é])[{_HIGH_LATIN}\u00a0]{{1,2}}?){{2,}}")
"""UTF-8 of Chinese characters, of which bytes without a sign in Windows-1252 may be lost."""
_LATIN_MARK = Marked(
    f"[âãï][{_HIGH_LATIN}\u00a0]{{2}}|â€(?=[\u4e00-\u9fff，。；]|$)|(?<=[\u4e00-\u9fff])Â(?=[ \u00a0])",
    "âãïÂ",
    re.MULTILINE,
)
_MARKS = frozenset("“”‘’…—–·，。、；：（）《》！？【】　")
_CP1252 = {c: bytes([b]) for b in range(0x80, 0xA0) for c in [bytes([b]).decode("cp1252", "ignore")] if c}
_LOST = Marked("(?:锟斤拷|锟斤|烫{3,}|屯{3,}|锘縷?|鈥[渙檚])+", ("锟斤", "烫烫烫", "屯屯屯", "锘", "鈥"))
_ODD_RUN = Late(r"[^\x00-\x7f]{3,4000}")
_EVERYDAY_RUN = Late("x{2,}")
_WORDS = Late(either("mojibake", "report"))
"""Words of which one at least is read where text is decoded from its second byte on, and was not there before."""
_QUESTIONED = Marked(r"[?\ufffd][^\x00-\x7f]{3}", "?\ufffd")
_LEADS = "äåæçèé"
"""What the first bytes of most Chinese characters become."""
_MANY = 40
_LEAST = 3
_BESIDE = 3


@lru_cache(maxsize=4)
def find(text: str) -> tuple[Mojibake, ...]:
    """Every garbled run of `text`, in order; linear in its length."""
    return tuple(_find(text))


def _find(text: str) -> Iterator[Mojibake]:
    if text.isascii():
        return
    found = [*_read_as_gbk(text), *_read_as_latin(text)]
    found += _read_one_byte_off(text)
    found += _marks_as_latin(text)
    found += _read_as_the_other(text)
    found += [Mojibake(Span(*m.span()), "", False, "lost") for m in _LOST.finditer(text)]
    end = 0
    for item in sorted(found):
        if item.span.start >= end:
            yield item
            end = item.span.end


def _read_one_byte_off(text: str) -> Iterator[Mojibake]:
    """GBK read from the second byte of a character on: 敝贫龋 for 制度, behind a lost byte."""
    seldom = _near(text, rare(text), _BESIDE)
    seldom += [match.start() for match in _QUESTIONED.finditer(text)]
    seldom.sort()
    # Few stretches of sound text hold two rare characters.
    for run in _ODD_RUN.finditer(text) if seldom else ():
        at = bisect_left(seldom, run.start() - 1)
        if at == len(seldom) or seldom[at] >= run.end():
            continue
        data = run[0].encode("gbk", "replace")
        if len(data) != 2 * len(run[0]):
            continue
        pairs = (data[at : at + 2].decode("gbk", "ignore") for at in range(1, len(data) - 1, 2))
        shifted = "".join(pair if len(pair) == 1 else "\0" for pair in pairs)
        odd = [not is_everyday(char) for char in run[0]]
        for match in _EVERYDAY_RUN.finditer("".join("x" if is_everyday(char) else " " for char in shifted)):
            start, end = match.start(), match.end() + 1
            words = shifted[start : end - 1]
            # Shifting sound text also gives everyday characters now and then, but rarely words.
            lost = not start and text[run.start() - 1 : run.start()] in ("?", "\ufffd")
            count = sum(odd[start:end])
            meant = _WORDS.search(words)
            if meant and (count >= max(2, (end - start) / 3) or (lost and not _WORDS.search(run[0][start:end]))):
                yield Mojibake(Span(run.start() + start, run.start() + end), words, False, "gbk one byte off")


def _near(text: str, chars: Iterable[str], most: int) -> list[int]:
    """Where some characters stand with another one of them behind, and at most so many others between, none ASCII."""
    at = places(text, chars)
    return [
        first for first, second in pairwise(at) if second - first <= most + 1 and _all_high(text[first + 1 : second])
    ]


def _all_high(text: str) -> bool:
    return all(char > "\x7f" for char in text)


def _common(char: str) -> bool:
    return char in everyday() and "\u4e00" <= char <= "\u9fff"


def _han(text: str) -> int:
    return sum("\u4e00" <= c <= "\u9fff" for c in text)


def _plausible(text: str) -> bool:
    han = [c for c in text if "\u4e00" <= c <= "\u9fff"]
    return len(han) >= 2 and sum(map(_common, han)) >= 0.9 * len(han)


def _read_as_gbk(text: str) -> Iterator[Mojibake]:
    """UTF-8 read as GBK: 鏀垮簻 for 政府."""
    # Of two Chinese characters in UTF-8 one begins where GB18030 has a character that begins alike.
    if not any(char.encode("gb18030", "replace")[0] in _UTF8_LEADS for char in rare(text)):
        return
    if not _TWO_HAN.search(text.encode("gb18030", "replace").decode("latin-1")):
        return
    for run in _HIGH.finditer(text):
        data = run[0].encode("gb18030", "replace")
        if not _TWO_HAN.search(data.decode("latin-1")):
            continue
        starts = {}
        offset = 0
        for index, char in enumerate(run[0]):
            starts[offset] = run.start() + index
            offset += len(char.encode("gb18030", "replace"))
        starts[offset] = run.end()
        for match in _UTF8_RUN.finditer(data.decode("latin-1")):
            first, last = match.span()
            while first < last and data[first] < 0x80:
                first += 1
            while last > first and data[last - 1] < 0x80:
                last -= 1
            exact = last in starts and first in starts
            while first < last and first not in starts:
                first = _next_character(data, first)
            while last > first and last not in starts:
                last = _previous_character(data, last)
            repaired = data[first:last].decode("utf-8", "ignore")
            if first < last and _plausible(repaired):
                yield Mojibake(Span(starts[first], starts[last]), repaired, exact, "utf-8 as gbk")


def _next_character(data: bytes, at: int) -> int:
    at += 1
    while at < len(data) and data[at] & 0xC0 == 0x80:
        at += 1
    return at


def _previous_character(data: bytes, at: int) -> int:
    at -= 1
    while at > 0 and data[at] & 0xC0 == 0x80:
        at -= 1
    return at


def _read_as_latin(text: str) -> Iterator[Mojibake]:
    """UTF-8 or GBK read as Latin-1 or Windows-1252: æ”¿åºœ and Õþ¸® for 政府."""
    for run in _LATIN.finditer(text) if not _LATIN_ONES.isdisjoint(rare(text)) else ():
        # A quotation mark beside garbled text may be the author's own.
        inner = run[0].strip("“”‘’–—…•")
        offset = run[0].find(inner)
        bare = run[0].rstrip("\u00a0")
        for piece, start in ((run[0], run.start()), (bare, run.start()), (inner, run.start() + offset)):
            # A row of one sign is a mask or a leader: 138××××5678, 总体情况······1.
            found = _from_latin(piece) if len(set(piece)) > 1 else None
            if found is not None:
                yield Mojibake(Span(start, start + len(piece)), *found)
                break


def _from_latin(text: str) -> tuple[str, bool, str] | None:
    data = b"".join(_CP1252.get(c) or c.encode("latin-1", "ignore") for c in text)
    lost = "\ufffd" in text
    for encoding in ("utf-8", "gb18030"):
        try:
            repaired = data.decode(encoding, "ignore" if lost else "strict")
        except UnicodeDecodeError:
            continue
        if _plausible(repaired) and _han(repaired) * 2 >= len(repaired):
            return repaired, not lost, f"{encoding} as latin-1"
    if _LATIN_HAN.fullmatch(text) and _plausible(data.decode("utf-8", "ignore")):
        return "", False, "lost"
    return None


@lru_cache(maxsize=4)
def whole(text: str) -> str | None:
    """What a text was that is garbled from end to end, UTF-8 read as Latin-1 or Windows-1252; None for any other."""
    if _LATIN_ONES.isdisjoint(rare(text)) or sum(map(text.count, _LEADS)) < _MANY:
        return None
    try:
        repaired = b"".join(_CP1252.get(char) or char.encode("latin-1") for char in text).decode("utf-8")
    except UnicodeError:
        return None
    return repaired if _plausible(repaired) else None


def edits_of_whole(text: str) -> Iterator[tuple[int, int, str]]:
    """For a text that is garbled from end to end where each character stands, and what it was."""
    at = 0
    for char in whole(text) or "":
        length = len(char.encode("utf-8"))
        if length > 1:
            yield at, at + length, char
        at += length


def _marks_as_latin(text: str) -> Iterator[Mojibake]:
    """Marks in UTF-8 read as Windows-1252 among sound text: â€œ for “."""
    for match in _LATIN_MARK.finditer(text):
        data = b"".join(_CP1252.get(c) or c.encode("latin-1", "ignore") for c in match[0])
        mark = data.decode("utf-8", "ignore")
        if len(match[0]) == 3 and mark in _MARKS and len(mark) == 1:
            yield Mojibake(Span(*match.span()), mark, True, "utf-8 as latin-1")
        elif len(match[0]) < 3:
            yield Mojibake(Span(*match.span()), "", False, "lost")


def _read_as_the_other(text: str) -> Iterator[Mojibake]:
    """GBK read as Big5 or the reverse, character for character: 衪楷 for 建设."""
    if not _near(text, [char for char in rare(text) if char > "\u02ff"], 1):
        return
    for kind, read, meant in (("gbk as big5", "cp950", "gbk"), ("big5 as gbk", "gbk", "cp950")):
        back = {char: _recoded(char, read, meant) for char in set(text) if char > "\u007f"}
        known = "".join(re.escape(char) for char, right in back.items() if right and is_everyday(_simplified(right)))
        for run in re.finditer(f"[{known}]{{{_LEAST},}}", text) if known else ():
            right = "".join(back[char] for char in run[0])
            odd = sum(not is_everyday(char) for char in run[0])
            if odd * 2 >= len(run[0]) and _WORDS.search("".join(map(_simplified, right))):
                yield Mojibake(Span(*run.span()), right, True, kind)


@lru_cache(maxsize=16384)
def _recoded(char: str, read: str, meant: str) -> str:
    """A character as it was meant; "" where its bytes are no character of the other encoding."""
    right = char.encode(read, "ignore").decode(meant, "ignore")
    return right if len(right) == 1 else ""


def _simplified(char: str) -> str:
    return char if is_everyday(char) or not is_han(char) else simplify(char)
