"""Who may import whom, a row a room (CONTRIBUTING.md draws it); read from the source itself."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportlint

ROOT = Path(reportlint.__file__).parent
GROUND = {
    "diagnostics",
    "tuples",
    "records",
    "decoding",
    "resources",
    "words",
    "late",
    "plugins",
    "source",
    "charsets",
    "characters",
    "reading",
    "budget",
}
"""Open to all; of the ground each may import only the others."""
MAY = {
    "text": set[str](),
    "toml": set(),
    "readers": {"text"},
    "forms": {"text", "toml"},
    "model": {"forms", "text"},
    "parse": {"model", "forms", "text"},
    "sums": {"model", "forms", "text"},
    "prose": {"model", "forms", "text", "sums.verdicts"},
    "series": {"prose.comparisons", "config.values", "forms", "model", "text.numbers", "text.organs"},
    "config": {"model", "text"},
    "rules": {
        *("model", "forms.form", "text", "prose", "series", "config", "toml.kinds", "toml.rule_options"),
        *("sums.verdicts", "sums.grid", "sums.equations"),
    },
    "manual": {"rules"},
    "run": {"text", "toml", "forms", "model", "parse", "sums", "prose", "series", "config", "rules", "results"},
    "results": {"model", "forms", "run.analysis"},  # the type of what is handed in
    "output": {"results", "manual", "run.analysis", "sums", "rules", "forms.form", "model", "text", "config.baseline"},
    "testing": {"forms", "manual", "parse", "rules", "run", "text"},
    "server": {
        *("text", "toml", "forms", "model", "readers", "sums", "series", "config", "rules"),
        *("manual", "run", "results", "output"),
    },
    "cli": {
        *("text", "toml", "forms", "model", "readers", "sums", "series", "config", "rules"),
        *("manual", "run", "results", "output", "server.app", "parse.drawn"),
    },
    "bytecode": set(),
    "__main__": {"cli", "bytecode"},
}
ONLY = {
    "lark": {"forms.tables"},
    "rich": {"output", "cli"},
    "click": {"cli"},
    "opencc": {"text.script"},
    "cn2an": {"text.numbers"},
    "rapidfuzz": {"text.alike", "toml.kinds"},
    "pathspec": {"config.globs", "run.vcs"},
    "rensa": {"series.similar"},
    "jinja2": {"output.page"},
    "watchfiles": {"cli"},
    "pygls": {"server"},
    "lsprotocol": {"server"},
    "pypdfium2": {"readers.pdf.content"},
    "rapidocr": {"readers.scans.recognised"},
    "cv2": {"readers.scans.ruling"},
    "PIL": {"readers.scans.pictures"},
    "numpy": {"readers.scans"},
    "python_calamine": {"readers.sheets.workbook"},
    "xlsxwriter": {"output.tabular.writers", "output.listing"},
    "pyarrow": {"output.tabular.writers"},
}
"""Libraries, and the only places that import them."""
TWICE = {
    "mojibake": "the rule is named after what text.mojibake finds",
    "server": "the room, and the command that starts it",
    "text": "plain text is read, and findings are written as text",
}
"""Names that two modules have, and why; a rule's module is named after the rule."""


def modules() -> Iterator[tuple[str, Path]]:
    """Every module by its name below reportlint, with its file."""
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name.removesuffix(".__init__"), path


def imported(path: Path) -> Iterator[str]:
    """What a module imports, at whatever depth."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            # `from reportlint.config import globs` is an import of the module.
            module = ROOT.parent / Path(*node.module.split("."))
            for alias in node.names:
                inner = module / f"{alias.name}.py"
                yield f"{node.module}.{alias.name}" if inner.exists() else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def is_in(name: str, places: set[str]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def wrong_imports(module: str, path: Path) -> Iterator[str]:
    """What a module imports and may not."""
    room = module.partition(".")[0]
    for name in imported(path):
        library = name.partition(".")[0]
        if library in ONLY and not is_in(module, ONLY[library]):
            yield f"{module} imports {library}"
        target = name.removeprefix("reportlint.")
        if not name.startswith("reportlint.") or target == "__version__" or is_in(target, GROUND):
            continue
        allowed = MAY.get(room, set()) if room not in GROUND else set()
        if target.partition(".")[0] != room and not is_in(target, allowed):
            yield f"{module} imports {target}"


def test_every_room_is_listed() -> None:
    assert {name.partition(".")[0] for name, _ in modules()} - {"__init__"} == GROUND | set(MAY)


def test_rooms_import_what_they_may() -> None:
    assert [wrong for module, path in modules() for wrong in wrong_imports(module, path)] == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("rules.section.empty_section", "from reportlint.parse.tokens import Token"),
        ("rules.section.empty_section", "from reportlint.parse import layout"),
        ("rules.section.empty_section", "from reportlint.forms.tables import Grammar"),
        ("rules.section.empty_section", "from reportlint.readers import read"),
        ("rules.section.empty_section", "from reportlint.output.json import dump"),
        ("sums.grid", "from reportlint.prose.statements import Sentence"),
        ("run.linter", "from reportlint.output import make"),
        ("server.app", "from reportlint.cli.say import complain"),
        ("cli.check", "from reportlint.server.session import Server"),
        ("source", "from reportlint.text.fold import fold"),
        ("text.fold", "import reportlint.model"),
        ("parse.read", "import lark"),
        ("config.values", "def late() -> None:\n    from reportlint.rules import Rule"),
    ],
)
def test_a_wrong_import_is_seen(module: str, line: str, tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text(line, "utf-8")
    assert len(list(wrong_imports(module, path))) == 1


def test_no_two_modules_have_one_name() -> None:
    names = [name for name, path in modules() if path.name not in ("__init__.py", "__main__.py")]
    last = Counter(name.rpartition(".")[2] for name in names)
    last = Counter({name: count for name, count in last.items() if not name.startswith("_")})  # a folder's own
    packages = {name for name, path in modules() if path.name == "__init__.py"}
    last.update(name.rpartition(".")[2] for name in packages)
    assert {name for name, count in last.items() if count > 1} - set(TWICE) == set()
