"""reportlint server."""

from __future__ import annotations

import sys

import click

from reportlint.cli.garbage import collect_seldom
from reportlint.cli.say import Refused, choose_language, complain
from reportlint.diagnostics import Words

NO_PYGLS = Words(
    "server 需要附加组件 lsp：pip install 'reportlint[lsp]'",
    "server needs the extra `lsp`: pip install 'reportlint[lsp]'",
)
WAITING = Words(
    "语言服务器由编辑器启动，正在等待编辑器的消息；设置方法见 docs/editors.md，按 Ctrl+C 结束",
    "an editor starts the language server and speaks to it on standard input; docs/editors.md says how to set that up, "
    "Ctrl+C ends it",
)


@click.command()
@click.option("--stdio", is_flag=True, help="Speak on standard input and output; it always does.")
def server(stdio: bool) -> None:
    """Serve an editor: the language server protocol over standard input and output."""
    lang = choose_language(None)
    try:
        from reportlint.server.app import start
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol", "cattrs"):
            raise
        raise Refused(NO_PYGLS(lang)) from None
    if sys.stdin.isatty():
        complain(WAITING(lang))
    collect_seldom()
    start()
