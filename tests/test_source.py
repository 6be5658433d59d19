"""Bytes in, text out, nothing lost."""

import codecs
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.decoding import decode
from reportlint.diagnostics import Span
from reportlint.readers import read
from reportlint.source import MAX_SIZE, Source, UnreadableFile
from tests.helpers import findings, report_of
from tests.program import run
from tests.reports import draft, render

SOUND = render(draft()).text
ENCODINGS = {
    "utf-8": SOUND.encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + SOUND.encode(),
    "gb18030": SOUND.encode("gb18030"),
    "gb18030 with mark": b"\x84\x31\x95\x33" + SOUND.encode("gb18030"),
    "utf-16 with mark": codecs.BOM_UTF16_LE + SOUND.encode("utf-16-le"),
    "utf-16-be with mark": codecs.BOM_UTF16_BE + SOUND.encode("utf-16-be"),
    "utf-16 without mark": SOUND.encode("utf-16-le"),
}


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_give_the_same_findings(name: str, newline: str) -> None:
    faulty = SOUND.replace("六、其他", "六、其它").replace("（五）监督", "（六）监督")
    wanted = [(f.rule, f.line, f.column) for f in findings(faulty)]
    assert [w[0] for w in wanted] == ["numbering-gap", "heading-typo"]
    head = b"" if name == "utf-8" else ENCODINGS[name][: -len(ENCODINGS[name].lstrip(b"\xef\xbb\xbf\xff\xfe")) or None]
    plain = faulty.replace("\n", newline)
    encoding = name.split()[0]
    data = {"utf-16": plain.encode("utf-16-le"), "utf-16-be": plain.encode("utf-16-be")}.get(encoding) or plain.encode(
        encoding
    )
    head = (
        b""
        if "with mark" not in name
        else {
            "utf-8": codecs.BOM_UTF8,
            "gb18030": b"\x84\x31\x95\x33",
            "utf-16": codecs.BOM_UTF16_LE,
            "utf-16-be": codecs.BOM_UTF16_BE,
        }[encoding]
    )
    found = findings(head + data)
    assert [(f.rule, f.line, f.column) for f in found if f.rule != "encoding"] == wanted
    assert [f.rule for f in found if f.severity == "info"] == ([] if name == "utf-8" else ["encoding"])


def test_big5_is_recognised() -> None:
    from tests.reports import traditional

    text = traditional("青湖縣政府信息公開工作年度報告，總體情況，主動公開政府資訊").replace("爲", "為")
    assert decode(text.encode("big5"), "x").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_damaged_bytes_are_findings_with_offsets(encoding: str) -> None:
    data = SOUND.encode(encoding)
    at = data.index("本年度没有".encode(encoding))
    damaged = data[:at] + b"\xff\xff" + data[at:]
    report = report_of(damaged)
    assert [(bad.offset, bad.data) for bad in report.source.bad_bytes] == [(at, b"\xff\xff")]
    line = SOUND[: SOUND.index("本年度没有")].count("\n") + 1
    assert ("undecodable", line) in [(f.rule, f.line) for f in findings(damaged)]
    assert {f.rule for f in findings(damaged)} == {"undecodable"} | ({"encoding"} if encoding != "utf-8" else set())


@given(st.binary(max_size=300))
def test_every_byte_stays_visible(data: bytes) -> None:
    try:
        source = decode(SOUND.encode() + data, "x")
    except UnreadableFile:
        return
    if source.encoding == "utf-8":
        parts = [bytes([ord(c) - 0xDC00]) if "\udc00" <= c <= "\udcff" else c.encode("utf-8") for c in source.text]
        assert b"".join(parts) == SOUND.encode() + data


@given(st.text(alphabet="ab\r\n中😀\x0b\u2028", max_size=60))
def test_positions_agree_with_lines(text: str) -> None:
    source = Source("x", text)
    for offset in range(len(text) + 1):
        line, column = source.position(offset)
        assert source.line(line).start + column - 1 == offset
    import re

    assert source.position(len(text))[0] == len(re.findall(r"\r\n|\n|\r", text)) + 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "Office document"),
        (b"\xd0\xcf\x11\xe0rest", "doc"),
        (bytes(range(256)) * 40, "no text"),
        (b"\x00" * 5000, "no text"),
        (b"a" * (MAX_SIZE + 1), "more than 512,000 characters"),
    ],
)
def test_what_is_no_text_gets_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as error:
        decode(data, "x.bin")
    assert "x.bin" in error.value.words.zh


def test_folders_and_missing_files_get_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.txt", tmp_path / ("n" * 300)):
        with pytest.raises(UnreadableFile):
            read(str(path))
    with pytest.raises(UnreadableFile):
        read("with\0nul")


def test_origin_of_a_place_in_a_document() -> None:
    from reportlint.diagnostics import Origin

    source = Source("x", "abcdef", origins=((Span(0, 2), Origin(page=1)), (Span(3, 6), Origin(page=2, table=1))))
    assert source.origin(Span(4, 5)) == Origin(page=2, table=1)
    assert source.origin(Span(2, 3)) is None


@pytest.mark.parametrize("kind", ["zip", "tar", "gztar", "bztar", "xztar"])
def test_archives_are_to_be_unpacked(kind: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("青湖县2022年政府信息公开工作年度报告\n", "utf-8")
    path = shutil.make_archive(str(tmp_path / "reports"), kind, tmp_path / "in")
    for lang, said in (("zh", "是压缩包；请解压后检查里面的文件"), ("en", "is an archive; unpack it and check")):
        done = run(path, "--lang", lang)
        assert done.returncode == 2
        assert said in done.stderr.decode()


@pytest.mark.parametrize("name", ["年报.docx", "年报.pdf", "年报.doc"])
def test_a_text_that_is_called_a_document_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(render(draft()).text, "utf-8")
    assert report_of(read(str(path)).text).recognised


def test_what_a_mac_packs_beside_files_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "年报.txt").write_text(render(draft()).text, "utf-8")
    (tmp_path / "._年报.docx").write_bytes(b"\0\5\x16\7\0\2")
    done = run("check", str(tmp_path), "--no-cache")
    assert done.returncode == 0
