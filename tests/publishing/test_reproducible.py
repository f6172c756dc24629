"""The same input gives the same bytes: in any process, folder, time zone, locale, umask and order of work."""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
from pathlib import Path

import pikepdf
from tests.publishing.projects import FILES, IN_ENGLISH, lay_out, translated, tree
from tests.support import ROOT, kitabat

THEN = "1763856000"
ADDRESS = 'base_url = "https://mirror.example/"\ntime_zone = "Asia/Karachi"\n'
ONE = {"kitabat.toml": FILES["kitabat.toml"] + ADDRESS, "content/second.md": FILES["content/second.md"]}


HERE = {"PYTHONHASHSEED": "1", "jobs": "1", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"}
THERE = {
    "PYTHONHASHSEED": "2",
    "jobs": "2",
    "SOURCE_DATE_EPOCH": THEN,
    "TZ": "Asia/Karachi",
    "LC_ALL": "C",
    "LANG": "ur_PK.UTF-8",
}


def site(folder: Path, umask: int, *options: str, **environment: str) -> Path:
    """Build a tiny publication by the command, in processes of its own, and return the output."""
    jobs = environment.pop("jobs")
    before = os.umask(umask)
    try:
        report = kitabat("build", "--jobs", jobs, *options, cwd=folder, **environment)
    finally:
        os.umask(before)
    assert report.returncode == 0, report.stderr
    return folder / "dist"


def test_where_and_how_it_is_built_makes_no_difference(tmp_path: Path) -> None:
    here = translated(lay_out(tmp_path / "one", ONE), IN_ENGLISH)
    there = translated(lay_out(tmp_path / "deep" / "er" / "دوسری جگہ", ONE), IN_ENGLISH)
    one = site(here, 0o022, **HERE)
    two = site(there, 0o077, **THERE)
    files = tree(one)
    assert files == tree(two)
    for folder in (one, two):
        for place in (folder, *folder.rglob("*")):
            assert stat.S_IMODE(place.stat().st_mode) == (0o755 if place.is_dir() else 0o644), place

    manifest = json.loads(files["manifest.json"])["files"]
    assert manifest.keys() == files.keys() - {"manifest.json"}
    for path, entry in manifest.items():
        assert entry["sha256"] == hashlib.sha256(files[path]).hexdigest()
        assert entry["sources"], path
        for source in entry["sources"]:
            assert (here / source).is_file() or (ROOT / source.removeprefix("kitabat:")).is_file(), source

    pdfs = [content for path, content in files.items() if path.endswith(".pdf")]
    assert len(pdfs) == 3
    identifiers = set()
    for content in pdfs:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            identifiers.add(bytes(pdf.trailer.ID[0]))
            names = [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]
            assert len(names) == len(set(names))
    assert len(identifiers) == len(pdfs)


def test_facing_pages_and_booklets_are_the_same_too(tmp_path: Path) -> None:
    settings = f'{FILES["kitabat.toml"]}[pdf]\nlayout = "facing"\nfootnotes = "page"\n[build]\nformats = ["pdf"]\n'
    files = ONE | {"kitabat.toml": settings}
    here = translated(lay_out(tmp_path / "one", files), IN_ENGLISH)
    there = translated(lay_out(tmp_path / "deep" / "er" / "دوسری جگہ", files), IN_ENGLISH)
    one = site(here, 0o022, "--impose", "2up", **HERE)
    assert tree(one) == tree(site(there, 0o077, "--impose", "2up", **THERE))
    assert len([*one.rglob("*.pdf")]) == 6
