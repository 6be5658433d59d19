"""What is built holds what runs."""

import subprocess
import sys
import zipfile
from pathlib import Path

from reportlint.resources import shipped

ROOT = Path(__file__).parents[1]


def test_wheel_holds_grammars_and_pages(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in filter(Path.is_file, (ROOT / "grammar").rglob("*")):
        assert f"reportlint/grammar_files/{path.relative_to(ROOT / 'grammar')}" in names
    for path in (ROOT / "docs" / "rules").iterdir():
        assert f"reportlint/docs/rules/{path.name}" in names
    assert "reportlint/py.typed" in names
    # And it runs from there, away from the checkout.
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    (tmp_path / "x.txt").write_text("六、其它需要报告的事项\n五、存在的主要问题及改进情况\n", "utf-8")
    code = f"import sys; sys.path.insert(0, {str(site)!r})\n"
    code += "from reportlint.__main__ import main; sys.argv[1:] = ['x.txt', '--output-format', 'concise']; main()"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "heading-typo" in done.stdout


def test_an_editable_install_finds_the_grammars() -> None:
    assert Path(shipped("grammar", "2021.lark")).is_file()
    assert Path(shipped("docs", "rules", "row-total.md")).is_file()
