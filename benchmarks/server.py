"""How fast the language server answers: `python -m benchmarks.server`. Medians, after warming up."""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path

from lsprotocol import types

from tests.e2e.client import editor
from tests.reports import draft, render

ROOT = Path(__file__).parents[1]
ROUNDS = 40


async def measure() -> None:
    """Print the medians of a pull after a change, by text."""
    texts = {"our faulty sample, 4 KB of characters": (ROOT / "examples/faulty/qinghu-2022.txt").read_text("utf-8")}
    corpus = ROOT.parent / "shared" / "corpus"
    for path in sorted(corpus.glob("*.txt")) if corpus.is_dir() else []:
        texts[path.name] = path.read_text("utf-8")
    doubled = "".join(f"第{n}句，，" for n in range(1400))
    sound = render(draft()).text
    texts["1,400 findings on one line"] = sound.replace("一、总体情况\n", f"一、总体情况\n{doubled}\n", 1)
    texts["1,400 findings on 1,400 lines"] = texts["1,400 findings on one line"].replace("，，第", "，，\n第")
    async with editor("neovim") as e:
        for name, text in texts.items():
            uri = e.open(f"file:///t/{name.replace(' ', '-')}", text)
            await e.pull(uri)
            times = []
            for n in range(ROUNDS):
                e.change(uri, text + "\n" * (n % 3))
                start = time.perf_counter()
                found = await e.pull(uri)
                times.append(time.perf_counter() - start)
            hover = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(30, 5))
            start = time.perf_counter()
            for _ in range(ROUNDS):
                await e.client.text_document_hover_async(hover)
            hovered = (time.perf_counter() - start) / ROUNDS
            size = len(text.encode())
            print(
                f"{statistics.median(times) * 1000:7.1f} ms a pull {max(times) * 1000:7.1f} longest "
                f"{hovered * 1000:6.1f} ms a hover {len(found):5} findings {size / 1000:6.1f} KB  {name}"
            )


if __name__ == "__main__":
    asyncio.run(measure())
