"""LibreOffice turns an older document into .docx.

It runs with a profile of its own in a folder of its own, without macros, links and network, and with limits
of time and memory; nothing of it stays.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from reportlint.characters import visible
from reportlint.diagnostics import Edit, Span, Words
from reportlint.source import Document, Source, UnreadableFile, Unwritable

OLE = b"\xd0\xcf\x11\xe0"
RTF = b"{\\rtf"
_SECONDS = 90
_MEMORY_KB = 6 * 1024 * 1024
_FILE_BLOCKS = 512 * 1024
"""Of 512 bytes: no converted report is larger than 256 MB."""
_STREAMS = (
    (
        "EncryptedPackage",
        Words("设有打开密码；请取消密码后再检查", "is protected by a password; remove it and check again"),
    ),
    (
        "Workbook",
        Words("是 Excel 工作簿；请检查 Word 文档或网页", "is an Excel workbook; check a Word document or a page"),
    ),
    (
        "PowerPoint Document",
        Words("是演示文稿；请检查 Word 文档或网页", "is a presentation; check a Word document or a page"),
    ),
)
"""Streams of an old file that tell what it is, by the names in its directory."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
)
_CLOSED = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""No macros, no update of links, and a proxy where nobody answers."""


def convert(data: bytes, path: str, program: str | None) -> Source:
    """The text of an older document. Raises UnreadableFile, with a sentence that says what to do."""
    from reportlint.readers import text, word

    shown = visible(path)
    if not data.startswith((OLE, RTF)):
        # Pages and texts are saved under these names too.
        return text.read(data, path)
    for name, words in _STREAMS:
        if data.startswith(OLE) and name.encode("utf-16-le") in data:
            raise UnreadableFile(f"{shown} {words.zh}", f"{shown} {words.en}")
    if program is None:
        raise UnreadableFile(
            f"{shown} 是旧版 Office 文档；请用 Word 或 WPS 另存为 .docx 后再检查（装有 LibreOffice 时可直接检查）",
            f"{shown} is an old Office document; save it as .docx and check that "
            "(where LibreOffice is installed it is read as it is)",
        )
    source = word.read(_converted(program, data, path), path)
    assert source.document is not None
    return source._replace(data=data, document=_Converted(source.document, data, path))


class _Converted:
    """A document of which only a converted copy can be changed."""

    def __init__(self, document: Document, data: bytes, path: str) -> None:
        self.is_copy = document.is_copy
        self.is_untouched = document.is_untouched
        self.is_converted = True
        self.tracked = document.tracked
        self.pictures = document.pictures
        self.data = data
        self._document = document
        self._path = path

    def keeps(self, edits: Iterable[Edit]) -> bool:
        """That no edit can be written: the file itself is of a kind that is only read."""
        return not list(edits)

    def mended(self, edits: Iterable[Edit]) -> Source:
        """Raises Unwritable: the file itself is of a kind that is only read."""
        shown = visible(self._path)
        raise Unwritable(
            f"{shown} 是旧版文档，没有修正；请先另存为 .docx",
            f"{shown} is of an old kind, so nothing was fixed; save it as .docx first",
        )

    def commented(self, comments: Iterable[tuple[Span, str]]) -> bytes:
        """The converted copy with comments."""
        return self._document.commented(comments)


def _converted(found: str, data: bytes, path: str) -> bytes:
    """The document as .docx; LibreOffice is given a copy, and nothing else of the machine's is its own."""
    with tempfile.TemporaryDirectory(prefix="reportlint-", ignore_cleanup_errors=True) as folder:
        profile = Path(folder, "profile")
        (profile / "user").mkdir(parents=True)
        items = "".join(_ITEM.format(path=where, name=name, value=value) for where, name, value in _CLOSED)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), "utf-8")
        given = Path(folder, "in.rtf" if data.startswith(RTF) else "in.doc")
        given.write_bytes(data)
        command = [
            found,
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(given)),
        ]
        if sys.platform != "win32":
            limits = f"ulimit -v {_MEMORY_KB}; ulimit -f {_FILE_BLOCKS}; ulimit -t {_SECONDS}"
            command = ["/bin/sh", "-c", f'{limits}; exec "$@"', "sh", *command]
        _run(command, folder, path)
        made = Path(folder, "in.docx")
        if not made.is_file():
            raise _failed(path)
        return made.read_bytes()


def _run(command: list[str], folder: str, path: str) -> None:
    closed = ("SAL_", "OOO_", "LD_", "PYTHON")
    env = {name: value for name, value in os.environ.items() if not name.startswith(closed)}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**env, **dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP"), folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise _failed(path) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice and what it started."""
    if process.poll() is None and sys.platform == "win32":
        process.kill()
    elif sys.platform != "win32":
        import signal

        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _failed(path: str) -> UnreadableFile:
    shown = visible(path)
    return UnreadableFile(
        f"LibreOffice 转换不了 {shown}；请用 Word 或 WPS 打开后另存为 .docx",
        f"LibreOffice cannot convert {shown}; open it in Word or WPS and save it as .docx",
    )
