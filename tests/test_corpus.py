"""The five real reports beside the checkout."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


def test_labelled_faults_are_found() -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared with the real reports is not beside this checkout")
    command = [sys.executable, SHARED / "tools/expected.py", SHARED / "corpus/expected.tsv", SHARED / "corpus", "-v"]
    env = {**os.environ, "REPORTLINT": f"{sys.executable} -m reportlint"}
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stdout
    beyond = [line.split() for line in done.stdout.splitlines() if line.startswith("  beyond")]
    reports = {path.name for path in (SHARED / "corpus").glob("*.txt")}
    assert {line[3] for line in beyond} & reports <= {"luzhou-2022.txt"}
