"""What a command line names: files, folders, standard input, and the configuration of each."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from reportlint.cli.asked import NAMELESS
from reportlint.cli.say import Refused, complain
from reportlint.decoding import most_bytes
from reportlint.diagnostics import Words, enumerated, reason
from reportlint.results import Problem
from reportlint.run.targets import STDIN, Excluded, Listing, Target, expand
from reportlint.source import Source, UnreadableFile
from reportlint.tuples import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from reportlint.config.values import Config
NO_FILES = Words("没有找到可检查的文件（{suffixes}）", "no files to check ({suffixes})")
ONLY_OTHERS = Words(
    "{path} 里只有读不了的文档（{kinds}），一份也没有检查：请将报告另存为 .docx、.html 或 .txt",
    "{path} holds only documents that are not read ({kinds}): save the reports as .docx, .html or .txt",
)
UNREAD = Words(
    "没有读取 {suffixes} 文件的读取器，略过 {count} 个文件：请先将正文另存为文本",
    "no reader is installed for {suffixes} files, {count} left out: save their text as a text file",
)
OTHERS = Words(
    "另有 {count} 个其他种类的文件没有检查：{kinds}", "files of other kinds that were not checked: {count} ({kinds})"
)
UNUSED = Words(
    "--exclude “{glob}” 没有排除任何文件；写法同 .gitignore，相对于当前文件夹",
    "--exclude '{glob}' left nothing out; it is written as in .gitignore, from the working folder on",
)
IGNORED = Words(
    "没有检查 .gitignore 所列的和 node_modules：{what}（要检查请加 --no-ignore-vcs）",
    "what .gitignore names, and node_modules, was not checked: {what} (--no-ignore-vcs reads them)",
)
_FILES = Words("{count} 个文件", "{count} file{s}")
_FOLDERS = Words("{count} 个文件夹", "{count} folder{s}")
LINKS = Words("有 {count} 个文件夹是链接，没有进入", "folders that are links and were not entered: {count}")
JOINED = Words(
    "{first} 到 {last} 共 {count} 张图片，按一份报告的各页检查",
    "{first} to {last}, {count} pictures, are checked as the pages of one report",
)
UNLISTED = Words("无法列出文件夹 {path}：{reason}", "cannot list the folder {path}: {reason}")
_MOST_KINDS = 8
_DOCUMENTS = frozenset(
    {".pdf", ".doc", ".wps", ".rtf", ".odt", ".ofd", ".xls", ".xlsx", ".et", ".jpg", ".jpeg", ".png", ".tif", ".tiff"}
)
"""Files that may hold a report, whether there is a reader for them or not."""
Configuration = Callable[[str], "Config"]
"""Gives the configuration of a file by its path; raises BadConfig."""


class Found(NamedTuple):
    """The files to check, the folders that cannot be listed, and what folders hold beside."""

    targets: list[Target]
    problems: list[Problem]
    left: list[Problem]


def shown(target: Target, stdin_filename: str) -> str:
    """The name under which a target is reported."""
    return stdin_filename if target.path == STDIN else target.path


@cache
def stdin_bytes(limit: int) -> bytes:
    """Standard input, which can be read only once; of more than `limit` characters can take one byte more than that."""
    from reportlint.readers import most_data

    try:
        data = sys.stdin.buffer.read(most_bytes(limit) + 1)
        return data + sys.stdin.buffer.read(most_data(data, limit) + 1 - len(data))
    except OSError as error:
        why = reason(error)
        raise UnreadableFile(f"无法读取标准输入：{why.zh}", f"cannot read standard input: {why.en}") from None


def read_source(target: Target, path: str, limit: int) -> Source:
    """The text of a target, shown as `path`, of at most so many characters; raises UnreadableFile."""
    from reportlint.readers import read_data, read_pages

    if target.more:
        return read_pages((target.path, *target.more), limit)
    return read_data(load_target(target, limit), path, limit)


def reading(target: Target, path: str, limit: int) -> Callable[[], Source] | None:
    """What reads a target, shown as `path`, again; None for a pipe, which can be read once only."""
    return None if target.waits else partial(read_source, target, path, limit)


def load_target(target: Target, limit: int) -> bytes:
    """The bytes of a target; raises UnreadableFile."""
    from reportlint.readers import load_file

    return stdin_bytes(limit) if target.path == STDIN else load_file(target.path, limit, target.waits)


def find_targets(
    paths: Sequence[str],
    exclude: Sequence[str],
    configuration: Configuration,
    lang: str,
    *,
    as_in_folders: bool = False,
    quiet: bool = False,
    ignore_vcs: bool = True,
    stdin_filename: str = "",
) -> Found:
    """The files that paths stand for, and the folders among them that cannot be listed, which is said.

    Says so if there are none and, unless `quiet`, what the folders hold beside. With `as_in_folders`
    files that are named are treated like those found in folders, and so is standard input under its name.
    """
    from reportlint.config.globs import check as check_glob
    from reportlint.config.globs import matches, typed
    from reportlint.readers import suffixes

    here = os.getcwd()
    globs = {typed(glob, here): glob for glob in exclude}
    used: set[str] = set()

    def excluded(path: str, is_folder: bool) -> bool:
        if globs and matches(path, globs, here, is_folder=is_folder):
            used.update(one for one in globs if one not in used and matches(path, (one,), here, is_folder=is_folder))
            return True
        return configuration(path).excludes(path, is_folder=is_folder)

    for glob in globs:
        check_glob(glob)
    listing = expand(paths, suffixes(), excluded, ignore_vcs=ignore_vcs)
    if not quiet and not as_in_folders and any(map(os.path.isdir, paths)):
        for glob in (name for one, name in globs.items() if one not in used and not one.startswith("!")):
            complain(UNUSED(lang).format(glob=glob))
    targets = listing.targets
    problems = []
    for path, error in listing.unlisted:
        sentence = UNLISTED(lang).format(path=path, reason=reason(error)(lang))
        complain(sentence)
        problems.append(Problem(path, sentence))
    left = [Problem(next(filter(os.path.isdir, paths), ""), one) for one in _others(listing, lang)]
    if not quiet:
        for one in left:
            complain(one.message)
        for target in targets:
            if target.more:
                complain(JOINED(lang).format(first=target.path, last=target.more[-1], count=len(target.more) + 1))
    if as_in_folders:
        names = {STDIN: stdin_filename if stdin_filename != NAMELESS else ""}
        out = {t for t in targets if t.named and (path := names.get(t.path, t.path)) and _excluded(path, excluded)}
        targets = [t._replace(named=False) for t in targets if t not in out]
        read = [t for t in targets if t.path == STDIN or t.path.lower().endswith(suffixes())]
        if len(read) < len(targets):
            kinds = {os.path.splitext(t.path)[1].lower() or t.path for t in targets} - set(suffixes())
            complain(UNREAD(lang).format(suffixes=" ".join(sorted(kinds)), count=len(targets) - len(read)))
        return Found(read, problems, left)
    documents = {kind: count for kind, count in listing.others.items() if kind in _DOCUMENTS}
    if not targets and documents:
        sentence = ONLY_OTHERS(lang).format(path=paths[0], kinds=_counted(documents, lang))
        complain(sentence)
        problems.append(Problem(paths[0], sentence))
    elif not targets and not problems:
        complain(NO_FILES(lang).format(suffixes=" ".join(suffixes())))
    return Found(targets, problems, left)


def _others(listing: Listing, lang: str) -> Iterator[str]:
    """What folders hold beside the files that are read, the commonest kinds first."""
    if listing.others:
        yield OTHERS(lang).format(count=listing.others.total(), kinds=_counted(listing.others, lang))
    if any(listing.ignored):
        held = zip(listing.ignored, (_FILES, _FOLDERS), strict=True)
        what = [words(lang).format(count=count, s="s" * (count != 1)) for count, words in held if count]
        yield IGNORED(lang).format(what=enumerated(what, lang))
    if listing.links:
        yield LINKS(lang).format(count=listing.links)


def _counted(kinds: Mapping[str, int], lang: str) -> str:
    """Kinds of files with how many there are, the commonest first."""
    ordered = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{kind} {count}" for kind, count in ordered[:_MOST_KINDS]] + ["…"] * (len(ordered) > _MOST_KINDS)
    return enumerated(shown, lang)


def _excluded(path: str, excluded: Excluded) -> bool:
    """Whether a file, or a folder that it is in, is left out."""
    folder = os.path.dirname(path)
    while folder and folder != os.path.dirname(folder):
        if excluded(folder, True):
            return True
        folder = os.path.dirname(folder)
    return excluded(path, False)


def choose_configuration(config_file: str | None, isolated: bool, stdin_filename: str = "") -> Configuration:
    """The configuration asked for, else for each file the nearest one upwards.

    Raises BadConfig where the one asked for cannot be used.
    """
    from reportlint.config.values import DEFAULT
    from reportlint.run.nearest_config import find, load

    if config_file is not None or isolated:
        one = load(config_file) if config_file is not None else DEFAULT
        return lambda path: one
    # Standard input belongs to the file that it is said to be, or to the working folder.
    return lambda path: find((stdin_filename or STDIN) if path == STDIN else path)


def configuration_of_run(configuration: Configuration, paths: Sequence[str]) -> Config:
    """The one that holds for the whole run (language, output): that of the path named first."""
    first = next(iter(paths), STDIN)
    return configuration(os.path.join(first, STDIN) if first != STDIN and os.path.isdir(first) else first)


OVERWRITES = Words(
    "--output-file {path} 正是要读取的文件；请写到别的文件",
    "--output-file {path} is a file that is read; name another one",
)


def refuse_overwriting(
    output_file: str | None, targets: Sequence[Target], lang: str, others: Sequence[str | Path | None] = ()
) -> None:
    """Raise Refused where the output would take the place of what is read: of a target or one of `others`."""
    if output_file is None or not os.path.exists(output_file):
        return
    from reportlint.readers import is_ours

    named = {target.path for target in targets if target.named}
    for path in (*(target.path for target in targets if target.path != STDIN), *others):
        if path is None or not os.path.exists(path) or not os.path.samefile(output_file, path):
            continue
        # A list or a page of an earlier run, which is met in its folder, is to be written anew.
        if path in named or path in others or not is_ours(str(path)):
            raise Refused(OVERWRITES(lang).format(path=output_file))
