"""What tests of several packages need: a browser, a server on the loopback, and the checkers that others wrote."""

from __future__ import annotations

import base64
import functools
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

ROOT = Path(__file__).resolve().parents[1]
CHECKERS = ROOT / "tests" / "tools" / "node_modules"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PLAIN = {"LC_ALL": "C.UTF-8", "LANGUAGE": "en"}


class MissingToolError(Exception):
    """A program that the tests need is not on this machine."""


def tool(*names: str) -> str:
    """Return the path of the first of the programs that is there; without any, the test fails, it is not skipped."""
    for name in names:
        if path := shutil.which(name):
            return path
    raise MissingToolError(f"Expected one of {', '.join(names)} on the PATH; `setup/ready test` installs it")


def run(*command: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, in English, with nothing on its standard input."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=os.environ | PLAIN | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def kitabat(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command `kitabat`."""
    return run(Path(sys.executable).with_name("kitabat"), *arguments, cwd=cwd, **environment)


@contextmanager
def chromium(profile: Path) -> Iterator[Chrome]:
    """Start a headless browser that reaches nothing but this machine; ``profile`` is a fresh folder for its data."""
    options = ChromeOptions()
    options.binary_location = tool(*BROWSERS)
    for option in (*BROWSER_OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(option)
    driver = Chrome(options=options, service=Service(tool("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Leave the test's output alone."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder's files on a free port of the loopback; yields the address, without a slash at its end."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def screenshot(browser: Chrome, url: str, width: int, path: Path) -> None:
    """Write a PNG of the whole page as a screen of ``width`` CSS pixels shows it."""
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        browser.get(url)
        browser.execute_async_script("document.fonts.ready.then(arguments[0])")
        shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True})
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    path.write_bytes(base64.b64decode(shot["data"]))


def nu_check(paths: Iterable[Path]) -> list[str]:
    """Return what the Nu HTML checker finds wrong in pages and style sheets, one line a fault; one call for all is fast."""
    jar = CHECKERS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    options = ("--format", "json", "--stdout", "--also-check-css", "--also-check-svg")
    files = [str(path) for path in paths]
    if not files:
        raise ValueError("nu_check of no file would pass whatever the pages hold")
    report = run(tool("java"), "-jar", jar, *options, *files)
    if not report.stdout:
        raise MissingToolError(f"The Nu checker did not run: {report.stderr}")
    faults = [found for found in json.loads(report.stdout)["messages"] if found["type"] != "info"]
    return [f"{found.get('url', '')}:{found.get('lastLine', 0)}: {found['message']}" for found in faults]


@functools.cache
def axe() -> str:
    """Return the source of axe-core."""
    return (CHECKERS / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def axe_violations(browser: Chrome, url: str) -> list[str]:
    """Open a page and return the accessibility rules that it breaks, one line for each element at fault."""
    browser.get(url)
    browser.execute_script(axe())
    result = browser.execute_async_script("axe.run(document).then(arguments[0], arguments[0])")
    if "violations" not in result:
        raise MissingToolError(f"axe-core did not run: {result}")
    return [
        f"{rule['id']}: {rule['help']}: {node['target']}: {node['html']}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]


def pdf_text(path: Path, *options: str) -> str:
    """Return the text of a PDF as Poppler reads it; options are those of `pdftotext`, such as ``-raw``."""
    report = run(tool("pdftotext"), *options, "-enc", "UTF-8", path, "-")
    if report.returncode:
        raise ValueError(report.stderr)
    return report.stdout


def qpdf_check(path: Path) -> list[str]:
    """Return what qpdf finds wrong with a PDF's structure, warnings included."""
    report = run(tool("qpdf"), "--check", path)
    return (report.stderr or report.stdout).splitlines() if report.returncode else []


def msgfmt_check(path: Path) -> list[str]:
    """Return what GNU msgfmt refuses in a catalog; its warnings, which refuse nothing, are left out."""
    report = run(tool("msgfmt"), "--check", "--output-file", os.devnull, path)
    return report.stderr.splitlines() if report.returncode else []


def verapdf(paths: Iterable[Path], *flavours: str) -> list[str]:
    """Return the rules of PDF standards (``ua1``, ``2a`` …) that files break, one line a rule; one call for all is fast."""
    files = [str(path) for path in paths]
    if not files:
        raise ValueError("verapdf of no file would pass whatever the files hold")
    report = run(sys.executable, ROOT / "tests" / "verapdf.py", ",".join(flavours), *files)
    lines = [json.loads(line) for line in report.stdout.splitlines() if line.startswith("{")]
    if report.returncode or {"checked": len(files)} not in lines:
        raise MissingToolError(f"veraPDF did not run: {report.stdout}{report.stderr}")
    faults = (one for one in lines if "rule" in one)
    return [f"{one['file']}: {one['flavour']} {one['rule']}: {one['message']} at {one['place']}" for one in faults]
