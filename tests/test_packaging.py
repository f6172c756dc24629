"""Kitabat outside its checkout: what the archives hold, and a first publication from the wheel in an empty folder."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from tests.support import ROOT, qpdf_check, run

import kitabat

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
DATA = "kitabat/data"
NAME = f"kitabat-{kitabat.__version__}"
DRIVERS = {"adlfs", "gcsfs", "s3fs"}
"""What fsspec imports by name."""


def succeed(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a program that must exit with 0 and, of its own accord, sees nothing of the checkout; return its output."""
    report = run(*command, cwd=cwd, PYTHONPATH="", **environment)
    assert report.returncode == 0, report.stdout + report.stderr
    return report.stdout


def test_whatever_is_imported_is_declared() -> None:
    """A package that is there only because another needs it may go with that one's next version."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = settings["project"]
    entries = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    declared = {re.split(r"[\[><=]", entry)[0] for entry in entries}
    text = "\n".join(place.read_text("utf-8") for place in (ROOT / "src").rglob("*.py"))
    imported = set(re.findall(r"^ *(?:from|import) (\w+)[\w.]*(?: import .*| as .*)?$", text, re.MULTILINE))
    known = packages_distributions()
    ours = imported - sys.stdlib_module_names - {"kitabat"}
    owners = {name: {owner.lower() for owner in known[name]} for name in ours if name in known}
    assert {name for name, names in owners.items() if not names & declared} == set()
    assert declared - DRIVERS == {name for names in owners.values() for name in names}


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source archive from the checkout."""
    folder = tmp_path_factory.mktemp("sdist")
    succeed(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    return folder / f"{NAME}.tar.gz"


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the unpacked source archive, as an installer would, without asking the network."""
    folder = tmp_path_factory.mktemp("wheel")
    succeed("tar", "-xzf", sdist, cwd=folder)
    succeed(*PIP, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, folder / NAME, cwd=folder)
    return folder / f"{NAME}-py3-none-any.whl"


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel alone into a new environment that finds the dependencies in the present one; give `kitabat`."""
    place = tmp_path_factory.mktemp("environment")
    succeed(sys.executable, "-m", "venv", "--without-pip", place, cwd=place)
    python = place / "bin" / "python"
    packages = Path(succeed(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place).strip())
    present = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (packages / "dependencies.pth").write_text("\n".join(present))
    succeed(*PIP, "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=place)
    found = succeed(python, "-c", "import kitabat; print(kitabat.__file__)", cwd=place).strip()
    assert Path(found).is_relative_to(packages)
    return place / "bin" / "kitabat"


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files(folder: str, pattern: str = "*") -> list[str]:
    """Return the checkout's files below a folder, relative to the checkout."""
    places = (place for place in (ROOT / folder).rglob(pattern) if place.is_file() and "__pycache__" not in place.parts)
    return sorted(place.relative_to(ROOT).as_posix() for place in places)


def test_the_wheel_holds_the_package_and_its_types(wheel: Path) -> None:
    held = contents(wheel)
    expected = [path.removeprefix("src/") for path in files("src/kitabat", "*.py")]
    assert [path for path in expected if path not in held] == []
    assert "kitabat/py.typed" in held


@pytest.mark.parametrize("folder", ["templates", "fonts"])
def test_the_wheel_holds_every_template_and_font(wheel: Path, folder: str) -> None:
    held = contents(wheel)
    expected = files(folder)
    assert expected
    assert [path for path in expected if held.get(f"{DATA}/{path}") != (ROOT / path).read_bytes()] == []


def test_the_wheel_holds_the_toolkits_catalogs_and_not_the_samples(wheel: Path) -> None:
    held = [name.removeprefix(f"{DATA}/") for name in contents(wheel) if name.startswith(f"{DATA}/locales/")]
    assert sorted(held) == [
        "locales/en/LC_MESSAGES/kitabat.po",
        "locales/kitabat.pot",
        "locales/ur/LC_MESSAGES/kitabat.po",
    ]


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    homes = ("kitabat/", f"{NAME}.dist-info/")
    assert [name for name in contents(wheel) if not name.startswith(homes)] == []


def test_the_wheel_says_what_it_is_and_carries_all_licences(wheel: Path) -> None:
    held = contents(wheel)
    metadata = Parser().parsestr(held[f"{NAME}.dist-info/METADATA"].decode("utf-8"))
    assert metadata["Name"] == "kitabat"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "MIT AND OFL-1.1"
    licences = metadata.get_all("License-File") or []
    assert sorted(licences) == sorted(["LICENSE", *files("fonts", "OFL.txt")])
    assert b"kitabat = kitabat.cli.start:run" in held[f"{NAME}.dist-info/entry_points.txt"]


def test_the_source_archive_can_be_built_and_tested(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        held = {name.removeprefix(f"{NAME}/") for name in archive.getnames()}
    assert {"pyproject.toml", "Makefile", "README.md", "LICENSE", "requirements.lock", "tests/support.py"} <= held
    strays = ("dist/", ".venv/", "tests/corpus/packages/", "tests/tools/node_modules/")
    assert [name for name in held if name.startswith(strays)] == []


@pytest.mark.slow
def test_a_new_publication_builds_from_the_wheel_in_an_empty_folder(command: Path, tmp_path: Path) -> None:
    place = {"PATH": os.pathsep.join([str(command.parent), os.environ["PATH"]]), "HOME": str(tmp_path / "home")}
    succeed(command, "new", "demo", cwd=tmp_path, **place)
    succeed(command, "build", "--project", "demo", cwd=tmp_path, **place)
    project = tmp_path / "demo"
    slugs = sorted(path.stem for path in (project / "content").glob("*.md"))
    assert len(slugs) == 1
    for slug in slugs:
        assert (project / "locales" / f"{slug}.pot").is_file()
        for tag in ("en", "ur"):
            assert (project / "locales" / tag / "LC_MESSAGES" / f"{slug}.po").is_file()
    dist = project / "dist"
    pages = ["index.html", "en/index.html", "ur/index.html", "manifest.json"]
    for slug in slugs:
        for tag in ("en", "ur", "bilingual"):
            pages += [f"{tag}/{slug}/index.html", f"{tag}/{slug}/{slug}-{tag}.pdf"]
    assert [path for path in pages if not (dist / path).is_file()] == []
    assert [fault for path in dist.rglob("*.pdf") for fault in qpdf_check(path)] == []
    assert list(dist.glob("assets/**/*.woff2"))
