"""What a command line asks for and cannot have: options that do not go together, formats that there are not."""

from __future__ import annotations

import os
from collections.abc import Sequence

from reportlint.cli.asked import Asked
from reportlint.cli.say import Refused, choices
from reportlint.config.values import Config
from reportlint.diagnostics import Words

_ALONE = Words(
    "用 --fix 修正标准输入时不能同时给出其他文件", "--fix mends standard input alone: name no other file beside -"
)
_NO_BASELINE = Words(
    "--update-baseline 需要知道基线文件：请加 --baseline 文件，或在配置中写 baseline",
    "--update-baseline needs to know which: add --baseline FILE, or `baseline` to the configuration",
)
_UNSAFE_ALONE = Words("--unsafe-fixes 要与 --fix 或 --diff 同用", "--unsafe-fixes goes with --fix or --diff")
_SHOWN_ALONE = Words("--show-fixes 要与 --fix 同用", "--show-fixes goes with --fix")
_LOUD_AND_QUIET = Words("--verbose 不能与 --quiet 同用", "--verbose does not go with --quiet")
_NOT_FIXING = Words("--exit-non-zero-on-fix 要与 --fix 同用", "--exit-non-zero-on-fix goes with --fix")
_ONLY_DIFF = Words(
    "--diff 写出补丁，不能与 --output-format、--statistics、--by 同用",
    "--diff writes a patch: it does not go with --output-format, --statistics, --by",
)
_NO_PAGE = Words("--open 只用于 html 格式", "--open goes with the output format html")
_NOTHING_TO_COPY = Words("--output-dir 要与 --fix 或 --annotate 同用", "--output-dir goes with --fix or --annotate")
_ONLY_SHOWN = Words(
    "--diff 不写文件，不能与 --annotate、--output-dir 同用",
    "--diff writes no file: it does not go with --annotate, --output-dir",
)
_ONLY_READ = Words(
    "--with-siblings 只用来检查，不能与 --fix、--diff、--annotate、--update-baseline 同用",
    "--with-siblings goes with checks only, not with --fix, --diff, --annotate, --update-baseline",
)
_SPLIT_WHERE = Words(
    "--split 要写入文件：请加 --output-file，如 --output-file 清单.xlsx",
    "--split writes files: add --output-file, as in --output-file list.xlsx",
)
_SPLIT_ALONE = Words("--split 不能与 --by、--open 同用", "--split does not go with --by, --open")
_COUNTED = Words(
    "{name} 写出每一处，不能只统计：--statistics、--by 与 text、concise、json 同用",
    "{name} holds every finding: --statistics and --by go with text, concise or json",
)
_LISTS = frozenset(
    {"html", "csv", "xlsx", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "lsp", "jsonl"}
)
_DOCUMENTS = frozenset((".docx", ".doc", ".wps", ".odt", ".rtf", ".pdf"))
_NO_DOCUMENT = Words(
    "--output-file {path} 是查出的问题写到哪里，不能是文档；改好的副本写到 --output-dir，批注稿用 --annotate",
    "--output-file {path} is where findings go, which is no document: "
    "mended copies go to --output-dir, and --annotate makes one with comments",
)
_TO_OUTPUT = Words(
    "标准输入改好后写到标准输出，不能写到 --output-dir",
    "what is mended of standard input goes to standard output, not to --output-dir",
)
_NO_FILE = Words("xlsx 要写入文件：请加 --output-file", "xlsx goes into a file: name it with --output-file")
_BOTH = Words("--update-baseline 不能与 --fix、--diff 同用", "--update-baseline does not go with --fix or --diff")


def refuse_what_does_not_go_together(asked: Asked, has_baseline: bool, lang: str) -> None:
    """End the run where options do not go together, in one sentence."""
    _refuse(
        lang,
        [
            (asked.verbose and asked.quiet, _LOUD_AND_QUIET),
            (asked.unsafe_fixes and not asked.fix and not asked.diff, _UNSAFE_ALONE),
            (asked.show_fixes and not asked.fix, _SHOWN_ALONE),
            (asked.exit_non_zero_on_fix and not asked.fix, _NOT_FIXING),
            (asked.diff and (asked.output_format is not None or asked.statistics or asked.by is not None), _ONLY_DIFF),
            (asked.update_baseline and (asked.fix or asked.diff), _BOTH),
            (asked.split is not None and (not _is_file_name(asked.output_file) or asked.diff), _SPLIT_WHERE),
            (asked.split is not None and (asked.by is not None or asked.open_page), _SPLIT_ALONE),
            (asked.with_siblings and (asked.fix or asked.diff or asked.annotate or asked.update_baseline), _ONLY_READ),
            (asked.update_baseline and not has_baseline, _NO_BASELINE),
            (asked.stdin_fixed and len(asked.paths) > 1, _ALONE),
            (asked.stdin_fixed and asked.output_dir is not None, _TO_OUTPUT),
            (asked.output_dir is not None and not asked.fix and not asked.annotate, _NOTHING_TO_COPY),
            (asked.diff and (asked.annotate or asked.output_dir is not None), _ONLY_SHOWN),
            (asked.open_page and (asked.diff or asked.output_format not in (None, "html")), _NO_PAGE),
        ],
    )


def _is_file_name(path: str | None) -> bool:
    """Whether other files can be called after a path: it is no folder, device or stream."""
    named = path is not None and os.path.splitext(os.path.basename(path))[0].strip("-") != ""
    return named and (not os.path.exists(path or "") or os.path.isfile(path or ""))


def _refuse(lang: str, cases: Sequence[tuple[bool, Words]]) -> None:
    for wrong, words in cases:
        if wrong:
            raise Refused(words(lang))


def refuse_cache_inside(asked: Asked, lang: str) -> None:
    """A cache that comes with what is checked could hide findings."""
    if asked.cache_dir is not None and not asked.no_cache:
        from reportlint.cli.remembering import INSIDE, inside

        within = inside(asked.cache_dir, asked.paths)
        if within is not None:
            raise Refused(INSIDE(lang).format(path=within))


def format_of(asked: Asked, whole: Config, lang: str) -> str:
    """The output format of a run. Raises Refused for one that there is not, or that does not go with the rest."""
    counting = asked.statistics or asked.by is not None
    usual = _by_suffix(asked.output_file) or whole.output_format or ("text" if counting else _usual_format())
    if os.path.splitext(asked.output_file or "")[1].lower() in _DOCUMENTS:
        raise Refused(_NO_DOCUMENT(lang).format(path=asked.output_file))
    name = asked.output_format or ("html" if asked.open_page else usual)
    _demand_format(name, lang)
    if counting and name in _LISTS:
        raise Refused(_COUNTED(lang).format(name=name))
    if name == "xlsx" and asked.output_file is None:
        raise Refused(_NO_FILE(lang))
    return name


def _by_suffix(path: str | None) -> str | None:
    """The output format that the name of --output-file tells, where only one writes such files."""
    suffix = os.path.splitext(path or "")[1].lower()
    return suffix[1:] if suffix in (".json", ".jsonl", ".html", ".csv", ".xlsx", ".sarif") else None


def _usual_format() -> str:
    """How findings are written where nothing is asked for: as annotations in a GitHub workflow."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _demand_format(name: str, lang: str) -> None:
    """Refuse an output format that there is not."""
    from reportlint.output import demand, formats
    from reportlint.toml.kinds import near

    if name not in formats():
        known = ", ".join(formats())
        hint = near(name, formats())
        raise Refused(
            Words(
                f"没有叫 {name} 的输出格式{hint.zh or f'；可用的有 {known}'}",
                f"there is no output format {name}{hint.en or f'; there are {known}'}",
            )(lang)
        )
    with choices(lang):
        demand(name)
