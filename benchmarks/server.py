"""How fast the language server answers, after warming up: part of `make bench`."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from benchmarks.corpora import long_report
from tests.e2e.client import editor
from tests.reports import copy, draft, find, render

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
ROUNDS = 40


def texts() -> dict[str, str]:
    """What is edited: ordinary reports, such as have wrong figures to be found, and extremes."""
    found = {
        "sound, 10 KB": long_report(10_000),
        "our faulty sample": (ROOT / "examples/faulty/qinghu-2022.txt").read_text("utf-8"),
    }
    blocks = copy(draft(size="large", seed=3))
    rows = find(blocks, "table_applications").rows
    for number in (2, 9, 15):
        rows[number].figures[number % 6] = str(int(rows[number].figures[number % 6]) + 90)
    found["three wrong figures to be localised"] = render(blocks).text
    for number, path in enumerate(sorted(CORPUS.glob("*.txt")) if CORPUS.is_dir() else [], 1):
        found[f"real report {number}"] = path.read_text("utf-8")
    doubled = "".join(f"第{n}句，，" for n in range(1400))
    sound = render(draft()).text
    found["1,400 findings on one line"] = sound.replace("一、总体情况\n", f"一、总体情况\n{doubled}\n", 1)
    found["1,400 findings on 1,400 lines"] = found["1,400 findings on one line"].replace("，，第", "，，\n第")
    return found


async def measured() -> list[tuple[str, str]]:
    """Medians of a pull behind a change in the middle of each text."""
    rows = []
    async with editor("neovim") as e:
        for name, text in texts().items():
            uri = e.open(f"file:///t/{name.replace(' ', '-')}", text)
            await e.pull(uri)
            times = []
            middle = text.find("\n", len(text) // 2)
            for n in range(ROUNDS):
                e.change(uri, f"{text[:middle]}{'，' if n % 2 else ''}{text[middle:]}")
                start = time.perf_counter()
                found = await e.pull(uri)
                times.append(time.perf_counter() - start)
            size = len(text.encode()) / 1000
            told = f"{statistics.median(times) * 1000:.1f} ms, longest {max(times) * 1000:.0f} ms"
            rows.append((f"{name}, {size:.0f} KB, findings {len(found)}", told))
    return rows
