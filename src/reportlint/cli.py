"""The command line. Exit status: 0 nothing found, 1 findings, 2 usage or file error."""

from __future__ import annotations

import locale
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from reportlint import __version__
from reportlint.diagnostics import Words
from reportlint.files import STDIN, Target, expand
from reportlint.output import FORMATS, make
from reportlint.results import FileResult, Options, Output, Summary
from reportlint.source import Source, UnreadableFile, decode, read, visible

if TYPE_CHECKING:
    from reportlint.forms import Form
    from reportlint.rules import Rule

_MANY_FILES = 50
NOT_RECOGNISED = Words("{path}：没有认出是年度报告，已跳过", "{path}: not recognised as an annual report, skipped")
NO_FILES = Words("没有找到可检查的文件（{suffixes}）", "no files to check ({suffixes})")
INTERNAL = Words(
    "检查 {path} 时程序出错（{error}）；请报告此问题", "internal error in {path} ({error}); please report it"
)


class _DefaultToCheck(click.Group):
    """`reportlint FILE` is `reportlint check FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h", "--version"):
            args = ["check", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_DefaultToCheck, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reportlint")
def main() -> None:
    """Check annual reports on public information (政府信息公开工作年度报告).

    `reportlint FILE` checks files; it is short for `reportlint check FILE`.
    """


def _complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from reportlint.rules import GROUPS, all_rules

    return [name for name in (*GROUPS, *(r.name for r in all_rules())) if name.startswith(incomplete)]


def _language(value: str | None) -> str:
    """The language asked for, else that of the environment: zh or en."""
    if value:
        return value
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return "zh" if os.environ[variable].lower().startswith("zh") else "en"
    if sys.platform == "win32":
        return "zh" if (locale.getlocale()[0] or "").startswith(("zh", "Chinese")) else "en"
    return "en"


_LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="Language of the messages (default: the locale's)."
)


@main.command()
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path())
@click.option(
    "--output-format", type=click.Choice(FORMATS), default="text", show_default=True, help="How findings are written."
)
@click.option("--output-file", type=click.Path(dir_okay=False), help="Write them to a file instead of standard output.")
@click.option(
    "--select", multiple=True, metavar="RULE|GROUP[,…]", shell_complete=_complete_rules, help="Only these rules."
)
@click.option(
    "--ignore", multiple=True, metavar="RULE|GROUP[,…]", shell_complete=_complete_rules, help="Not these rules."
)
@click.option(
    "--form",
    default="auto",
    show_default=True,
    metavar="auto|2019|2021|PATH",
    help="Which form; a path names a grammar file.",
)
@_LANG
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="warning",
    show_default=True,
    help="Least severity that makes the exit status 1.",
)
@click.option("--stdin-filename", default="<stdin>", help="Name to show for standard input (-).")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these out of folders; may be repeated.")
@click.option("--statistics", is_flag=True, help="Count findings by rule.")
@click.option("--all", "show_all", is_flag=True, help="Show every place of a rule that fires often (text).")
@click.option("--quiet", is_flag=True, help="Only findings: no summary, no progress.")
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[str, ...],
    output_format: str,
    output_file: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    form: str,
    lang: str | None,
    fail_on: str,
    stdin_filename: str,
    exclude: tuple[str, ...],
    statistics: bool,
    show_all: bool,
    quiet: bool,
) -> None:
    """Check files, folders (recursed), or - for standard input."""
    if not paths:
        raise click.UsageError("name a file or a folder to check, or - for standard input")
    language = _language(lang)
    rules = _choose_rules(select, ignore)
    forms = _choose_forms(form)
    targets = expand(paths, exclude)
    if not targets:
        _complain(NO_FILES(language).format(suffixes=" ".join(_suffixes())))
    started = time.perf_counter()
    summary = Summary()
    options = Options(language, show_all, quiet, statistics)
    with _stream(output_file) as stream:
        output = make(output_format, stream, options)
        for target in _progress(targets, not quiet and not (output_format == "text" and output_file is None)):
            _check_one(target, stdin_filename, rules, forms, output, summary, language)
        summary.seconds = time.perf_counter() - started
        output.end(summary)
    ctx.exit(2 if summary.failed else 1 if summary.fails(fail_on) else 0)


def _check_one(
    target: Target,
    stdin_filename: str,
    rules: Sequence[Rule],
    forms: tuple[Form, ...] | None,
    output: Output,
    summary: Summary,
    lang: str,
) -> None:
    """Check one file; whatever is wrong with it, the next one gets its turn."""
    from reportlint.engine import read_report
    from reportlint.linter import lint

    path = stdin_filename if target.path == STDIN else target.path
    try:
        source = _read(target.path, path)
        report = read_report(source, forms)
        found = lint(report, rules, lang) if report.recognised or target.named else []
    except UnreadableFile as error:
        summary.failed += 1
        _complain(error.words(lang))
        return
    except Exception as error:
        if "REPORTLINT_DEBUG" in os.environ:
            raise
        summary.failed += 1
        _complain(INTERNAL(lang).format(path=path, error=f"{type(error).__name__}: {error}"))
        return
    if not report.recognised and not target.named:
        _complain(NOT_RECOGNISED(lang).format(path=path))
    summary.add(found)
    output.file(FileResult(path, source, report, tuple(found)))


def _read(path: str, shown: str) -> Source:
    return decode(sys.stdin.buffer.read(), shown) if path == STDIN else read(path)


def _complain(sentence: str) -> None:
    click.echo(visible(f"reportlint: {sentence}"), err=True)


def _suffixes() -> tuple[str, ...]:
    from reportlint.files import SUFFIXES

    return SUFFIXES


def _choose_rules(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    from reportlint.rules import all_rules

    chosen = _named(select) if select else {r.name for r in all_rules()}
    chosen -= _named(ignore)
    return tuple(r for r in all_rules() if r.name in chosen)


def _named(values: Sequence[str]) -> set[str]:
    """The rules that names of rules and groups stand for."""
    from reportlint.rules import GROUPS, all_rules

    names: set[str] = set()
    known = {r.name: {r.name} for r in all_rules()}
    known |= {group: {r.name for r in all_rules() if r.group == group} for group in GROUPS}
    known["ALL"] = {r.name for r in all_rules()}
    for name in (part.strip() for value in values for part in value.split(",") if part.strip()):
        if name not in known:
            raise click.UsageError(
                f"no rule or group is called {name}{_nearest(name, known)}; `reportlint rules` lists them"
            )
        names |= known[name]
    return names


def _nearest(name: str, known: Any) -> str:
    from rapidfuzz import process

    found = process.extractOne(name, list(known), score_cutoff=75)
    return f" (did you mean {found[0]}?)" if found else ""


def _choose_forms(name: str) -> tuple[Form, ...] | None:
    from reportlint.forms import NATIONAL, BadForm, load, national

    if name == "auto":
        return None
    if name in NATIONAL:
        return tuple(form for form in national() if form.name == name)
    path = Path(name)
    if not path.is_file():
        raise click.UsageError(f"--form takes auto, {', '.join(NATIONAL)} or a grammar file; there is no file {name}")
    try:
        return (load(path),)
    except BadForm as error:
        raise click.UsageError(f"cannot use the form {error}") from None


@contextmanager
def _stream(path: str | None) -> Iterator[TextIO]:
    """Standard output or the file asked for; what cannot be encoded is escaped, never fatal."""
    if path is None:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
        try:
            yield sys.stdout
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader (head, less) has seen enough; stop without a word.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(1) from None
        return
    try:
        file = open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n")  # noqa: SIM115
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from None
    with file:
        yield file


def _progress(targets: list[Target], wanted: bool) -> Iterator[Target]:
    """The targets, with a bar on standard error while many of them take long."""
    if not wanted or len(targets) < _MANY_FILES or not sys.stderr.isatty():
        yield from targets
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(targets, "", console=Console(stderr=True), transient=True)


@main.command()
@click.argument("rule", shell_complete=_complete_rules)
@click.option(
    "--output-format", type=click.Choice(["text", "markdown", "json"]), default="text", help="How the page is written."
)
def explain(rule: str, output_format: str) -> None:
    """Show a rule's page."""
    from reportlint.pages import page
    from reportlint.rules import all_rules

    names = {r.name: r for r in all_rules()}
    if rule not in names:
        raise click.UsageError(f"no rule is called {rule}{_nearest(rule, names)}; `reportlint rules` lists them")
    text = page(rule)
    if output_format == "json":
        import json

        click.echo(json.dumps({**_rule_object(names[rule]), "page": text}, ensure_ascii=False, indent=1))
    elif output_format == "markdown" or not sys.stdout.isatty():
        click.echo(text, nl=False)
    else:
        from rich.console import Console
        from rich.markdown import Markdown

        Console(emoji=False).print(Markdown(text))


@main.command()
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="A table, or JSON.")
@_LANG
def rules(output_format: str, lang: str | None) -> None:
    """List every rule: name, group, severity, whether it can fix, and what it finds."""
    from reportlint.rules import all_rules

    if output_format == "json":
        import json

        click.echo(json.dumps([_rule_object(r) for r in all_rules()], ensure_ascii=False, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    language = _language(lang)
    table = Table(box=None, pad_edge=False, show_edge=False)
    heads = (
        ("规则", "类别", "级别", "修正", "发现什么")
        if language == "zh"
        else ("rule", "group", "severity", "fix", "finds")
    )
    for head in heads:
        table.add_column(head, no_wrap=head != heads[-1], overflow="fold")
    for r in all_rules():
        table.add_row(r.name, r.group, r.severity, r.fix or "–", _first_line(r.name, language))
    Console(markup=False, highlight=False, emoji=False).print(table)


def _first_line(name: str, lang: str) -> str:
    """What a rule finds: the sentence under its page's title, which is in both languages."""
    from reportlint.pages import page

    zh, _, en = page(name).split("\n\n")[1].replace("\n", " ").partition(" / ")
    return zh if lang == "zh" else en


def _rule_object(r: Rule) -> dict[str, object]:
    return {
        "name": r.name,
        "group": r.group,
        "severity": r.severity,
        "fixable": r.fix,
        "zh": _first_line(r.name, "zh"),
        "en": _first_line(r.name, "en"),
    }


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a completion script: eval "$(reportlint completion bash)"."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(main, {}, "reportlint", "_REPORTLINT_COMPLETE").source())
