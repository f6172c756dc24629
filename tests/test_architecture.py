"""ARCHITECTURE.md is true: it names every package, and whatever it names is there."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator

import pytest
from tests.support import ROOT

PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "src" / "kitabat"
NAMED = frozenset(re.findall(r"`([\w.\-]+/[\w./\-]*|[\w\-]+\.(?:py|toml|md|lock)|Makefile)`", PAGE))
GENERATED = {"kitabat.toml", "dist/"}
"""Names of things that every publication has, not of files of this repository alone."""
FLOORS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
DOORS = ("socket", "http.client", "urllib.request", "urllib3", "requests", "asyncio")
"""Modules that reach the network."""


def members() -> list[str]:
    """Return the packages and modules directly below the root package, as the page writes them."""
    folders = [f"src/kitabat/{place.parent.name}/" for place in PACKAGE.glob("*/__init__.py")]
    files = [f"src/kitabat/{place.name}" for place in PACKAGE.glob("*.py") if place.name != "__init__.py"]
    return sorted(folders + files)


def imported(path: str) -> Iterator[str]:
    """Yield the dotted names that a source file imports: the module, and the module with each name taken from it."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(modules: Iterable[str]) -> list[str]:
    """Return the source files that import one of the modules, or something inside it."""
    starts = tuple(f"{module}." for module in modules)
    return [path for path in SOURCES if any(f"{name}.".startswith(starts) for name in imported(path))]


SOURCES = sorted(place.relative_to(ROOT).as_posix() for place in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("member", members())
def test_the_page_names_every_package(member: str) -> None:
    assert member in NAMED


@pytest.mark.parametrize("name", sorted(NAMED - GENERATED))
def test_whatever_the_page_names_is_there(name: str) -> None:
    assert (ROOT / name).exists()
    assert (ROOT / name).is_dir() is name.endswith("/")


def test_the_page_lists_the_packages_in_the_order_of_the_floors() -> None:
    floors = [re.split(r"\s*\|\s*", floor) for floor in reversed(FLOORS["layers"])]
    order = {name: number for number, floor in enumerate(floors) for name in floor}
    listed = re.findall(r"^\| `src/kitabat/(\w+)(?:/|\.py)` \|", PAGE, re.MULTILINE)
    assert sorted(listed) == sorted(order)
    assert [order[name] for name in listed] == sorted(order[name] for name in listed)


def test_the_page_states_invariants_and_stays_one_page() -> None:
    assert PAGE.count("**Architecture invariant:**") >= 5
    assert len(PAGE.splitlines()) <= 100


@pytest.mark.parametrize("path", SOURCES)
def test_a_file_fits_in_the_head(path: str) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= 350


@pytest.mark.parametrize("path", SOURCES)
def test_a_function_has_sixty_lines_at_most(path: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > 60]
    assert long == []


def test_nothing_reaches_for_the_network() -> None:
    assert importers(DOORS) == []


def test_one_module_reaches_targets() -> None:
    """And two more, which have it done over FTP and SFTP."""
    found = importers(["fsspec", "paramiko", "ftplib"])
    assert found == [f"src/kitabat/delivery/{name}.py" for name in ("ftp", "sftp", "target")]


def test_importers_are_found() -> None:
    assert "src/kitabat/markup/parser.py" in importers(["markdown_it"])
    assert "src/kitabat/workspace.py" in importers(["kitabat.model.errors"])
    assert importers(["kitabat.mod"]) == []
