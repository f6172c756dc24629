"""What workers on other machines are asked for."""

from __future__ import annotations

import re

from kitabat.publishing.outfit import outfit


def test_versions_are_written_as_people_write_them() -> None:
    found = outfit(("html", "pdf"))
    for name in ("Pango", "HarfBuzz", "WeasyPrint"):
        assert re.fullmatch(r"[0-9]+(\.[0-9]+)+", found[name])
