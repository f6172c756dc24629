"""Cut the toolkit's fonts for web sites to the characters that nearly all of them use; see fonts/README.md.

    .venv/bin/python setup/web_fonts.py

Writes fonts/web/, where builds take them from. To be run after a font, or the list of characters, has changed.
"""

from __future__ import annotations

from kitabat import resources
from kitabat.config import SiteConfig
from kitabat.publishing.foundry import READY, Foundry, cut
from kitabat.workspace import Disk


def main() -> None:
    """Write them."""
    toolkit = Disk(resources.root())
    folder = toolkit.root / READY
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.woff2"):
        old.unlink()
    for face in Foundry(Disk(folder), SiteConfig(name={})).usual():
        (folder / face.name.rpartition("/")[2]).write_bytes(cut(face).content or b"")


if __name__ == "__main__":
    main()
