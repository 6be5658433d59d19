"""Who may import whom (docs: CONTRIBUTING.md), read from the source itself."""

import ast
from pathlib import Path

import reportlint

ROOT = Path(reportlint.__file__).parent
LAYERS = [
    {"diagnostics", "characters", "reading"},
    {
        "resources",
        "budget",
        "script",
        "mojibake",
        "source",
        "positions",
        "bilingual",
        "plugins",
        "kinds",
        "tomllines",
        "globs",
        "writing",
    },
    {"fold", "layout", "readers", "grammar", "national"},
    {"combinations"},
    {"forms", "formdata"},
    {"skeleton"},
    {"formbuild"},
    {"formfile"},
    {"nearest", "headings"},
    {"tokens"},
    {"joining", "titles", "outline", "repair"},
    {"model", "numbers"},
    {"intervals", "verdicts"},
    {"figures", "prose", "localise"},
    {"build"},
    {"cues"},
    {"context"},
    {"statements"},
    {"sums", "comparisons", "quantities"},
    {"equations"},
    {"parts", "shares"},
    {"placing", "slips", "references"},
    {"explain"},
    {"config"},
    {"series"},
    {"families", "similar"},
    {"ignores", "baseline"},
    {"engine", "rules", "arithmetic", "selection", "guard"},
    {"linter", "fixer"},
    {"results", "pages", "files"},
    {"output"},
    {"configfile", "settings"},
    {"withheld"},
    {"extract", "testing", "server"},
    {"cli", "__main__"},
]
ONLY = {
    "lark": {"grammar"},
    "rich": {"output", "cli"},
    "click": {"cli"},
    "opencc": {"script"},
    "cn2an": {"numbers"},
    "rapidfuzz": {"rules", "references", "nearest", "headings", "titles", "outline", "kinds"},
    "pathspec": {"globs"},
    "datasketch": {"similar"},
    "jinja2": {"output"},
    "watchfiles": {"cli"},
    "pygls": {"server"},
    "lsprotocol": {"server"},
}


def imports() -> list[tuple[str, str]]:
    found = []
    for path in ROOT.rglob("*.py"):
        part = path.relative_to(ROOT).with_suffix("").parts[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = (
                    [f"{node.module}.{a.name}" for a in node.names] if node.module == "reportlint" else [node.module]
                )
            elif isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            else:
                continue
            found += [(part, name) for name in names]
    return found


def test_every_module_is_in_a_layer() -> None:
    parts = {p.relative_to(ROOT).with_suffix("").parts[0] for p in ROOT.rglob("*.py")} - {"__init__"}
    assert parts == set().union(*LAYERS)


def test_imports_point_downwards() -> None:
    rank = {name: n for n, layer in enumerate(LAYERS) for name in layer}
    wrong = []
    for part, name in imports():
        if name.startswith("reportlint.") and part in rank:
            target = name.split(".")[1]
            if target in rank and target != part and rank[target] > rank[part]:
                wrong.append(f"{part} imports {name}")
    assert wrong == []


def test_libraries_stay_where_they_belong() -> None:
    wrong = [
        f"{part} imports {name}"
        for part, name in imports()
        for library, where in ONLY.items()
        if name.split(".")[0] == library and part not in where
    ]
    assert wrong == []
