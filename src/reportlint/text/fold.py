"""The text as it is compared: junk removed, widths and scripts made one, with the way back.

Folding never loses a place: every character of the folded text maps to the range of raw text
that it came from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache

from reportlint.characters import CONTROL, FOREIGN_MARK, IDEOGRAPH, INVISIBLE, PARTING, members
from reportlint.diagnostics import Span
from reportlint.late import Late, distinct
from reportlint.text import mojibake
from reportlint.text.markdown import markdown_edits
from reportlint.text.markup import ENTITY, TAG, comments, in_place_of, unescaped
from reportlint.text.radicals import ordinary
from reportlint.text.script import MARKS, RENEWED, everyday, is_han, is_simple, rare, simplifications, simplify
from reportlint.text.webpage import is_page, page_edits, table_edits
from reportlint.tuples import NamedTuple

_HAN = "\u3400-\u9fff"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_INITIAL = "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
_TONED_SYLLABLE = rf"{_INITIAL}[aeiouüv]{{0,2}}[{_TONED}][aeiou]{{0,2}}(?:ng|n|r)?"
_BOPOMOFO = "[ˊˇˋ˙ ]{0,8}[ㄅ-ㄩ][ㄅ-ㄩˊˇˋ˙ ]{0,24}"
PINYIN = Late(
    # Syllables with exactly one tone mark each; the neutral tone is bare and short. Bopomofo is never meant.
    rf"(?<=[{_HAN}])(?:[(（\[]{_TONED_SYLLABLE}(?:[ '’·-]?{_TONED_SYLLABLE}){{0,7}}[)）\]]"
    rf"|[(（]{_INITIAL}[aeiouü]{{1,3}}(?:ng|n|r)?[1-5][)）]|[(（]{_BOPOMOFO}[)）])+"
)
_BARE_SYLLABLE = rf"{_INITIAL}[aeiouü]{{1,3}}(?:ng|n|r)?"
NEUTRAL = Late(rf"(?<=[{_HAN}])(?:[(（]{_INITIAL}[aeiou]{{1,3}}(?:ng|n)?[)）])+")
BARE = Late(rf"(?<=[{_HAN}]{{2}})[(（]{_BARE_SYLLABLE}(?: {_BARE_SYLLABLE}){{1,5}}[)）]")
"""Words spelt out without tones: 网站(wang zhan)."""
_SYLLABLE, _QUOTED = 5, 20
_FEW = 24
"""More characters to fold than this are folded in one pass."""
_SPELT_OUT = Late(rf"[(（\[][a-zü{_TONED}ㄅ-ㄩˊˇˋ˙ '’·1-5-]{{1,80}}[)）\]]")
"""What all of these look like."""
TWIN = Late(rf"[(（\[〔](?P<twin>{IDEOGRAPH}{{1,4}})[)）\]〕]")
DOUBLED = Late("[,，、。；;：:][,，、。；;：:]+")
"""Two or more stops in a row; the last one is what the author typed."""

_STOPS_AND_MARKUP = (
    rf"(?P<newline>\r\n?)|(?P<doubled>{DOUBLED.pattern})"
    r"|(?P<markup>\*\*|__(?=\S)|(?<=\S)__|\\(?=[.\-()\[\]*_|#+!]))"
    rf"|(?P<entity>{ENTITY})|(?P<tag>{TAG})"
)
_COMPOUND = "\u2474-\u249b\u3220-\u3229"
"""Characters that stand for several: ⑴, ㈠."""
# The class in front lets the search pass over ordinary characters at full speed.
_USUAL = Late(rf"(?=[\r,，、。；;：:*_\\&<])(?:{_STOPS_AND_MARKUP})")
_EDITS = Late(
    rf"(?=[\r{INVISIBLE},，、。；;：:*_\\&<{_COMPOUND}])"
    rf"(?:(?P<invisible>[{INVISIBLE}]+)|{_STOPS_AND_MARKUP}|(?P<compound>[{_COMPOUND}]))"
)
_MARKUP = frozenset("\r*_\\&<")
"""Without one of these a text has stops to fold, and no markup."""
_UNUSUAL = members(INVISIBLE + _COMPOUND)
_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


class Folded(NamedTuple):
    """Folded text and where it came from.

    Piece i of the text begins at `starts[i]` and came from raw text beginning at `raws[i]`;
    where `whole[i]` is set the piece stands as a whole for the raw range that ends there, else
    character by character.
    """

    text: str
    starts: list[int]
    raws: list[int]
    whole: list[int]

    def raw(self, start: int, end: int) -> Span:
        """The raw range that the folded range came from; ends are taken outwards."""
        if end <= start:
            at = self._range(start)[0]
            return Span(at, at)
        _, starts, raws, whole = self
        piece = bisect_right(starts, start) - 1 if len(starts) > 1 else 0
        if not whole[piece] and (piece + 1 == len(starts) or end <= starts[piece + 1]):
            at = raws[piece] + start - starts[piece]
            return Span(at, at + end - start)
        return Span(self._range(start)[0], self._range(end - 1)[1])

    def at(self, raw: int) -> int:
        """Where in the folded text that stands which a raw offset is in, or what follows it."""
        piece = bisect_right(self.raws, raw) - 1
        start = self.starts[piece]
        end = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return start if self.whole[piece] else min(start + raw - self.raws[piece], end)

    def _range(self, offset: int) -> tuple[int, int]:
        if len(self.starts) == 1:
            return self.raws[0] + offset, self.raws[0] + offset + 1
        piece = bisect_right(self.starts, offset) - 1
        if self.whole[piece]:
            return self.raws[piece], self.whole[piece]
        at = self.raws[piece] + offset - self.starts[piece]
        return at, at + 1


def fold(text: str) -> Folded:
    """Fold `text` for comparison; linear in its length."""
    edits = _edits(text)
    parts: list[str] = []
    starts, raws, whole = [0], [0], [0]
    length = done = 0
    for start, end, new in edits:
        if start < done:
            continue
        if start > done:
            parts.append(text[done:start])
            length += start - done
        if new:
            _piece(starts, raws, whole, length, start, end)
            parts.append(new)
            length += len(new)
        _piece(starts, raws, whole, length, end, 0)
        done = end
    parts.append(text[done:])
    joined = "".join(parts)
    return Folded(_made_one(joined), starts, raws, whole)


def _piece(starts: list[int], raws: list[int], whole: list[int], start: int, raw: int, end: int) -> None:
    if starts[-1] == start and not whole[-1]:
        raws[-1], whole[-1] = raw, end
    else:
        starts.append(start)
        raws.append(raw)
        whole.append(end)


@lru_cache(maxsize=2)
def pinyin(text: str) -> tuple[re.Match[str], ...]:
    """What a converter put in brackets behind a character: its pronunciation, 習(xí), or its twin, 網（网）.

    Single bare syllables count only beside marked ones: on its own (a) is an item number.
    """
    found: list[re.Match[str]] = []
    if _SPELT_OUT.search(text):
        found += PINYIN.finditer(text)
        bare = list(NEUTRAL.finditer(text))
        if found:
            found += bare
        elif len(spelt := [match for match in bare if _is_syllable(match)]) > 1:
            found += spelt
        found += BARE.finditer(text)
    twins = (
        match
        for match in (
            TWIN.finditer(text) if any(map(is_han, rare(text))) or not RENEWED.isdisjoint(distinct(text)) else ()
        )
        if _is_twin(text[max(0, match.start() - 4) : match.start()], match["twin"])
    )
    return (*found, *twins)


def _is_syllable(match: re.Match[str]) -> bool:
    """Whether what stands in brackets inside a sentence is long enough to be no item's letter."""
    behind = match.string[match.end() : match.end() + 1]
    before = match.string[max(0, match.start() - _QUOTED) : match.start()]
    quoted = before.count("“") > before.count("”")
    return len(match[0]) >= _SYLLABLE and "\u3400" <= behind <= "\u9fff" and not quoted


def _is_twin(before: str, twin: str) -> bool:
    """Whether the end of a text and some characters are the same, in traditional and in simplified writing."""
    word = before[-len(twin) :]
    return word != twin and len(word) == len(twin) and "".join(map(simplify, word)) == "".join(map(simplify, twin))


def _edits(text: str) -> list[tuple[int, int, str]]:
    page = "<" in text and is_page(text)
    shown = page_edits(text) if page else table_edits(text) if "<" in text else ()
    starts = {start for start, _, _ in shown}
    edits: list[tuple[int, int, str]] = [(0, len(FOREIGN_MARK), "")] if text.startswith(FOREIGN_MARK) else []
    chars = distinct(text)
    looked_for = _EDITS if not chars.isdisjoint(_UNUSUAL) else DOUBLED if chars.isdisjoint(_MARKUP) else _USUAL
    for match in looked_for.finditer(text):
        kind, old = match.lastgroup, match[0]
        if match.start() in starts or (page and kind in ("markup", "tag")):
            continue
        if kind == "newline":
            new = "\n"
        elif kind == "doubled" or looked_for is DOUBLED:
            new = old[-1]
        elif kind == "invisible":
            # A control character between two figures parted them: read as one they would be another.
            new = " " if CONTROL.search(old) and _between_digits(text, match) else ""
        elif kind == "entity":
            known = unescaped(old)
            if known is None:
                continue
            new = known
        elif kind == "tag":
            new = in_place_of(old)
        elif kind == "compound":
            new = unicodedata.normalize("NFKC", old)
            new = new if len(new) > 1 else old
        else:
            new = ""
        edits.append((*match.span(), new))
    found = [*((*m.span(), "") for m in pinyin(text))]
    if mojibake.whole(text) is not None:
        found += mojibake.edits_of_whole(text)
    else:
        found += [(*m.span, m.repaired) for m in mojibake.find(text) if m.exact]
    found += shown if page else [*shown, *comments(text), *markdown_edits(text)]
    # Of two that begin together the longer one is of the larger structure.
    return sorted(edits + found, key=lambda edit: (edit[0], -edit[1])) if found else edits


def _between_digits(text: str, match: re.Match[str]) -> bool:
    """Whether digits stand on both sides of a match."""
    start, end = match.span()
    return start > 0 and text[start - 1].isdecimal() and text[end : end + 1].isdecimal()


def _made_one(text: str) -> str:
    """A text with the widths and scripts of its characters made one, each for one."""
    odd = distinct(text) - _as_they_are()
    new = {char: one for char in odd if (one := _one(char)) != char}
    if any(is_han(char) and not is_simple(char) for char in odd):
        new = simplifications(distinct(text)) | new
    if len(new) > _FEW or not new.keys().isdisjoint(new.values()):
        return text.translate({ord(char): one for char, one in new.items()})
    # Quicker than translate for the few that a text has.
    for char, one in new.items():
        text = text.replace(char, one)
    return text


@cache
def _as_they_are() -> frozenset[str]:
    """The characters that most texts are made of and that folding leaves."""
    printing = frozenset(map(chr, range(0x20, 0x7F))) | {"\n", "\t"}
    return printing | (everyday() - frozenset(char for char in MARKS if _one(char) != char))


@cache
def _one(char: str) -> str:
    """A character in its usual width and shape."""
    code = ord(char)
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0)
    if char in _BLANKS:
        return " "
    if char in PARTING:
        return PARTING[char]
    if char in "│┃║┆┇┊┋":
        return "|"
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF or 0xFE50 <= code <= 0xFE6F or 0x2F800 <= code <= 0x2FA1F:
        new = ordinary(char)
        return new if len(new) == 1 else char
    return char
