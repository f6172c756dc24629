"""What the toolkit knows of a language."""

from __future__ import annotations

from typing import Literal

import msgspec

Direction = Literal["ltr", "rtl"]


class Language(msgspec.Struct, frozen=True):
    """A language of editions; ``language.registry`` holds one row for each."""

    tag: str
    """BCP 47, as in ``lang`` attributes and in folders of ``locales/``."""
    name: str
    """In English."""
    endonym: str
    """In the language itself."""
    direction: Direction
    script: str
    """ISO 15924."""
    quotes: tuple[str, str, str, str]
    """Primary opening and closing quotation mark, then alternate ones."""
    digits: str
    """The ten digits 0 to 9 that editions use unless the settings say otherwise."""
    plural_forms: str
    """Value of the Plural-Forms header of new catalogs."""
