"""Bytes to text and back: nothing dropped, nothing guessed silently, every byte findable again."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator

from reportlint.characters import visible
from reportlint.charsets import ESCAPED, KEPT, SAMPLE, damage, guessed
from reportlint.diagnostics import Span, Words, reason
from reportlint.reading import read_bytes
from reportlint.source import MAX_SIZE, BadBytes, Source, UnreadableFile, Unwritable

_WIDEST = 4
"""No encoding takes more bytes for a character."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FIRST_MARKS = tuple(mark for mark, _ in _MARKS)
_BINARY = (
    (b"%PDF", Words(" PDF 文件", "a PDF document")),
    (b"PK\x03\x04", Words("压缩包或 Office 文档", "a zip archive or an Office document")),
    (b"\xd0\xcf\x11\xe0", Words("旧版 Office 文档", "an old Office document")),
    (b"\x89PNG", Words("图片", "a picture")),
    (b"\xff\xd8\xff", Words("图片", "a picture")),
    (b"GIF8", Words("图片", "a picture")),
    (b"\x7fELF", Words("程序", "a program")),
    (b"SQLite format 3", Words("数据库", "a database")),
)
_ARCHIVES = (
    *(b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"),
    *(b"BZh%d1AY&SY" % level for level in range(1, 10)),
)
_TAR, _TAR_AT = b"ustar", 257
_TOO_DAMAGED = 10  # one byte in ten


def load(path: str, most: int = MAX_SIZE * _WIDEST, waits: bool = False) -> bytes:
    """A file's bytes; of a larger file than `most` one byte more than that.

    A pipe is read only with `waits`. Raises UnreadableFile, with a sentence that says why and what to do.
    """
    shown = visible(path)
    try:
        return read_bytes(path, most, waits)
    except OSError as error:
        if os.path.isdir(path):
            raise UnreadableFile(
                f"{shown} 是文件夹；请指明其中的文件", f"{shown} is a folder; name the files in it"
            ) from None
        why = reason(error)
        raise UnreadableFile(f"无法读取 {shown}：{why.zh}", f"cannot read {shown}: {why.en}") from None
    except ValueError as error:
        raise UnreadableFile(f"无法读取 {shown}：{error}", f"cannot read {shown}: {error}") from None


def most_bytes(limit: int) -> int:
    """More bytes than this are more than `limit` characters in any encoding; a mark counts too."""
    return limit * _WIDEST + _WIDEST


def too_large(path: str, limit: int) -> UnreadableFile:
    """What is said of a text of more than `limit` characters."""
    shown = visible(path)
    return UnreadableFile(
        f"{shown} 超过 {limit:,} 个字符；一份报告只有几千到几万字，请拆分文件，确需检查的加大 --max-size",
        f"{shown} has more than {limit:,} characters; a report has some tens of thousands: split the file, "
        "or raise --max-size",
    )


def packed(path: str) -> UnreadableFile:
    """What is said of an archive."""
    shown = visible(path)
    return UnreadableFile(
        f"{shown} 是压缩包；请解压后检查里面的文件", f"{shown} is an archive; unpack it and check the files in it"
    )


def decode(data: bytes, path: str, limit: int = MAX_SIZE) -> Source:
    """Decode a file's bytes: mark, UTF-8, GB18030 or Big5, else with every bad byte kept.

    Raises UnreadableFile for what is no text at all or has more than `limit` characters.
    """
    shown = visible(path)
    if data.startswith(_ARCHIVES) or data.startswith(_TAR, _TAR_AT):
        raise packed(path)
    for magic, kind in _BINARY:
        if data.startswith(magic):
            raise UnreadableFile(
                f"{shown} 是{kind.zh}；请将正文另存为 .txt 或 .md 后再检查",
                f"{shown} is {kind.en}; save its text as .txt or .md and check that",
            )
    if len(data) > most_bytes(limit):
        raise too_large(path, limit)
    source = _decoded(data, path)
    if len(source.text) > limit:
        raise too_large(path, limit)
    return source


def _decoded(data: bytes, path: str) -> Source:
    if b"\0" not in data and not data.startswith(_FIRST_MARKS):
        try:
            return Source(path, data.decode("utf-8"), data=data)
        except UnicodeDecodeError:
            pass
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            sample = data[len(mark) : SAMPLE]
            if encoding == "utf-8" and damage(sample, encoding) * _TOO_DAMAGED > len(sample):
                # A program put the mark of UTF-8 in front of something else: bytes that no encoding explains.
                return _build(data[len(mark) :], path, guessed(data[len(mark) :]), 0, data, mark)
            return _build(data[len(mark) :], path, encoding, len(mark), data)
    _refuse_binary(data, path)
    return _build(data, path, guessed(data), 0, data)


def encode(source: Source) -> bytes:
    """The bytes of a text in its file's encoding, with its mark; undecodable bytes as they were; those of a document.

    Raises Unwritable for a character that the encoding lacks, and where the bytes would be read
    as another text.
    """
    if source.document is not None:
        return source.document.data
    mark = next((mark for mark, encoding in _MARKS if source.has_mark and encoding == source.encoding), b"")
    shown = visible(source.path)
    try:
        data = mark + b"".join(_encoded(source))
    except UnicodeEncodeError as error:
        char = error.object[error.start]
        raise Unwritable(
            f"{shown} 的编码 {source.encoding} 写不出“{char}”，没有修正；请先另存为 UTF-8",
            f"{shown} is in {source.encoding}, which has no {char}, so nothing was fixed; save it as UTF-8 first",
        ) from None
    try:
        same = decode(data, source.path, len(data)).text == source.text
    except UnreadableFile as error:
        raise Unwritable(f"没有修正：改后{error.words.zh}", f"nothing was fixed, for then {error.words.en}") from None
    if not same:
        raise Unwritable(
            f"{shown} 修正后按编码 {source.encoding} 读出来会不一样，没有修正；请先另存为不带 BOM 的 UTF-8",
            f"{shown} would not read the same in its encoding {source.encoding}, so nothing was fixed; "
            "save it as UTF-8 without a mark first",
        )
    return data


def _encoded(source: Source) -> Iterator[bytes]:
    """A text's bytes piece by piece, those of no encoding as they were."""
    done = 0
    for run in ESCAPED.finditer(source.text):
        yield source.text[done : run.start()].encode(source.encoding)
        yield bytes(ord(c) - 0xDC00 for c in run[0])
        done = run.end()
    yield source.text[done:].encode(source.encoding)


def _refuse_binary(data: bytes, path: str) -> None:
    """Stop early on what is no text, before every byte of it has been looked at."""
    sample = data[:SAMPLE]
    if all(
        damage(sample, encoding) * _TOO_DAMAGED > len(sample)
        for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
    ):
        raise _no_text(path)


def _no_text(path: str) -> UnreadableFile:
    shown = visible(path)
    return UnreadableFile(
        f"{shown} 不是可读的文本；请另存为 UTF-8 文本后再检查",
        f"{shown} holds no text that reportlint can read; save it as UTF-8 text and check that",
    )


def _build(data: bytes, path: str, encoding: str, mark: int, whole: bytes, lead: bytes = b"") -> Source:
    """The text of a file's bytes behind its mark; `whole` are all of them."""
    text = "".join(chr(0xDC00 + byte) for byte in lead) + data.decode(encoding, KEPT)
    bad = tuple(_bad_bytes(text, encoding, mark))
    junk = sum(len(b.data) for b in bad) + data.count(0) * (not encoding.startswith(("utf-16", "utf-32")))
    if junk * _TOO_DAMAGED > len(data):
        raise _no_text(path)
    return Source(path, text, encoding, mark > 0, bad, whole)


def _bad_bytes(text: str, encoding: str, offset: int) -> Iterator[BadBytes]:
    done = 0
    for run in ESCAPED.finditer(text):
        offset += len(text[done : run.start()].encode(encoding))
        data = bytes(ord(c) - 0xDC00 for c in run[0])
        yield BadBytes(Span(*run.span()), offset, data)
        offset += len(data)
        done = run.end()
