"""The package that a Word document is: a zip archive whose members refer to each other."""

from __future__ import annotations

import codecs
import io
import posixpath
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from xml.parsers import expat

from reportlint.characters import visible
from reportlint.decoding import packed
from reportlint.diagnostics import Words
from reportlint.late import Late
from reportlint.readers.word import SUFFIXES
from reportlint.source import UnreadableFile
from reportlint.tuples import NamedTuple

ZIP = b"PK\x03\x04"
_MOST_XML = 16 * 1024 * 1024
_MOST_WRITTEN = 512 * 1024 * 1024
_CHUNK = 1 << 20
_DECLARED = Late(r"^<\?xml[^>]*\?>")
_MOST_ELEMENTS = 100_000
"""Styles, lists and relationships of a document are some hundreds."""
_RELATIONSHIPS = "_rels/.rels"
_OFFICE = "/officeDocument"
_OTHERS = (
    ("xl/", Words(" Excel 工作簿", "an Excel workbook")),
    ("ppt/", Words(" PowerPoint 演示文稿", "a PowerPoint presentation")),
    ("content.xml", Words(" OpenDocument 文档", "an OpenDocument file")),
)


class Relationship(NamedTuple):
    """What one part of a package says of another: what it is to it, and where it is."""

    id: str
    kind: str
    target: str


class Package:
    """The members of a Word document, read one by one and bounded; nothing outside of it is ever fetched.

    `main` is the name of the part that holds the text. Raises UnreadableFile, with a sentence.
    """

    def __init__(self, data: bytes, path: str) -> None:
        self.data = data
        self.path = path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self._zip.namelist())
        except Exception as error:
            raise damaged(path, str(error)) from None
        self.main = self._main()

    def read(self, name: str) -> bytes:
        """A member's bytes; nothing where there is none of that name."""
        if name not in self.names:
            return b""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise encrypted(self.path)
            with self._zip.open(info) as stream:
                content = stream.read(_MOST_XML + 1)
        except UnreadableFile:
            raise
        except Exception as error:
            # zipfile lets the errors of each compression through.
            raise damaged(self.path, str(error)) from None
        if len(content) > _MOST_XML:
            raise too_much(self.path)
        return content

    def relationships(self, part: str) -> list[Relationship]:
        """Those of a part, whose targets are names of members."""
        folder, name = posixpath.split(part)
        return list(_relationships(self.read(rels_of(folder, name)), folder))

    def related(self, part: str, kind: str) -> bytes:
        """The first part that is that to another; empty where there is none."""
        found = (one.target for one in self.relationships(part) if one.kind.endswith(kind))
        return self.read(next(found, ""))

    def with_members(self, changed: Mapping[str, bytes]) -> bytes:
        """The package with some members changed or added; every other one holds what it held.

        Raises UnreadableFile where they are more than any document's.
        """
        if sum(info.file_size for info in self._zip.infolist()) > _MOST_WRITTEN:
            raise too_much(self.path)
        if any(info.flag_bits & 1 for info in self._zip.infolist()):
            raise encrypted(self.path)
        out = io.BytesIO()
        try:
            with zipfile.ZipFile(out, "w") as made:
                for info in self._zip.infolist():
                    if self._zip.getinfo(info.filename) is not info:
                        continue  # of two members of one name the last one counts
                    if info.filename in changed:
                        made.writestr(_like(info), changed[info.filename])
                        continue
                    with self._zip.open(info) as old, made.open(_like(info), "w") as new:
                        shutil.copyfileobj(old, new, _CHUNK)
                for name in changed.keys() - self.names:
                    made.writestr(name, changed[name], zipfile.ZIP_DEFLATED)
        except Exception as error:
            raise damaged(self.path, str(error)) from None
        return out.getvalue()

    def _main(self) -> str:
        found = _relationships(self.read(_RELATIONSHIPS), "")
        name = next((one.target for one in found if one.kind.endswith(_OFFICE)), "")
        if name.endswith(".xml") and posixpath.dirname(name) not in ("xl", "ppt") and name in self.names:
            return name
        kind = next((words for start, words in _OTHERS if any(one.startswith(start) for one in self.names)), None)
        if kind:
            raise other_kind(self.path, kind)
        raise no_document(self.path) if self.path.lower().endswith(SUFFIXES) else packed(self.path)


def no_document(path: str) -> UnreadableFile:
    """What is said of an archive that is called a Word document and holds none."""
    shown = visible(path)
    return UnreadableFile(
        f"{shown} 里没有 Word 文档，可能已损坏；请从 Word 或 WPS 重新另存为 .docx",
        f"{shown} holds no Word document, it may be damaged; save it as .docx again from Word or WPS",
    )


def rels_of(folder: str, name: str) -> str:
    """Where the relationships of a part stand."""
    return posixpath.join(folder, "_rels", name + ".rels")


def _like(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same entry, to be written anew."""
    made = zipfile.ZipInfo(info.filename, info.date_time)
    made.compress_type = info.compress_type
    made.external_attr, made.create_system = info.external_attr, info.create_system
    made.file_size = info.file_size
    return made


def _relationships(xml: bytes, folder: str) -> Iterator[Relationship]:
    for name, attributes in elements(xml):
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield Relationship(attributes.get("Id", ""), attributes.get("Type", ""), whole)


def elements(xml: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements of a small part, by their local names, with their attributes; as far as it can be read."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = new_parser()

    def take(name: str, attributes: dict[str, str]) -> None:
        if len(found) >= _MOST_ELEMENTS:
            raise Refused
        found.append((name, attributes))

    parser.StartElementHandler = take
    with suppress(expat.ExpatError, Refused, ValueError, LookupError):
        parser.Parse(xml, True)
    return iter([(local(name), {local(key): value for key, value in held.items()}) for name, held in found])


def in_utf8(xml: bytes) -> bytes:
    """A part in UTF-8, as nearly every program writes it; one in UTF-16 is written back so too."""
    if not xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return xml
    return _DECLARED.sub("", xml.decode("utf-16", "replace"), count=1).encode("utf-8", "replace")


class Refused(Exception):
    """XML that no program for documents writes: with a document type, which can make much of little, or without end."""


def new_parser() -> expat.XMLParserType:
    """A parser that knows namespaces and expands no entity; raises Refused at a document type."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise Refused

    parser.StartDoctypeDeclHandler = refuse
    return parser


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]


def damaged(path: str, why: str) -> UnreadableFile:
    """What is said of a document that cannot be opened."""
    shown = visible(path)
    return UnreadableFile(
        f"{shown} 已损坏；请用 Word 或 WPS 打开后另存为 .docx",
        f"{shown} is damaged ({why}); open it in Word or WPS and save it anew as .docx",
    )


def too_much(path: str) -> UnreadableFile:
    """What is said of a document that unpacks to more than any report."""
    shown = visible(path)
    return UnreadableFile(
        f"{shown} 解压后的内容远多于一份报告，没有读取；请检查是否是正确的文件",
        f"{shown} unpacks to far more than any report and was not read; check that it is the right file",
    )


def encrypted(path: str) -> UnreadableFile:
    """What is said of a document with a password."""
    shown = visible(path)
    return UnreadableFile(
        f"{shown} 设有打开密码；请取消密码后再检查",
        f"{shown} is protected by a password; remove the password and check it again",
    )


def other_kind(path: str, kind: Words) -> UnreadableFile:
    """What is said of an archive that is no Word document."""
    shown = visible(path)
    return UnreadableFile(
        f"{shown} 是{kind.zh}，不是 Word 文档；请检查 .docx、.html 或正文的文本文件",
        f"{shown} is {kind.en}, not a Word document; check a .docx, a .html or its text as a text file",
    )
