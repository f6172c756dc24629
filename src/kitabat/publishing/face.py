"""The fonts and the style sheet of a site, as files of its output."""

from __future__ import annotations

import msgspec

from kitabat.publishing.addresses import asset
from kitabat.recording import digest_of

TYPED = (
    "".join(map(chr, range(0x20, 0x7F))) + "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےآأؤئۂۓ۔،؛؟۰۱۲۳۴۵۶۷۸۹٪٫٬“”‘’–—…\u200c"
)
"""Characters that a site's fonts have in any case: readers type replies, dates have digits."""
USUAL = TYPED + (
    "\u0610\u0611\u0612\u0613\u0614\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670ۀ\u00a0«»•·×÷°½©£€−→←↑↓"
)
"""With the signs on letters, and the signs between words, that nearly all publications come to use.

For fonts with these the toolkit has the files at hand. Readers keep them, too: a site that stays within them does not
give its fonts another name with each new letter.
"""


class WebFace(msgspec.Struct, frozen=True):
    """A font of the site: the file that a face is cut from, and the characters to keep."""

    source: str
    """The font's file on disk."""
    name: str
    """Path in the output; it holds a digest of what the file is made from."""
    characters: str


def style_path(style: str) -> str:
    """Return the path of the pages' style sheet in the output; it holds a digest of the sheet."""
    return asset(f"style.{digest_of(style.encode())[:10]}.css")
