"""Colours that archives take: pictures for presses, which have four inks, become those of screens.

PDF/A wants to know of each colour how it looks, and our files say that theirs are sRGB.
"""

from __future__ import annotations

import contextlib
import io
from typing import Any

JPEG = "image/jpeg"
FOUR_INKS = "CMYK"
QUALITY = 95
"""Of a picture that is written anew, as Pillow counts."""


def for_screens(content: bytes, kind: str) -> bytes:
    """Return a picture in sRGB where it is one of four inks, else as it is; ``kind`` is its media type."""
    if kind != JPEG:
        return content
    from PIL import Image

    with contextlib.suppress(OSError, ValueError), Image.open(io.BytesIO(content)) as picture:
        if picture.mode == FOUR_INKS:
            output = io.BytesIO()
            _converted(picture).save(output, "JPEG", quality=QUALITY, subsampling=0)
            return output.getvalue()
    return content


def _converted(picture: Any) -> Any:
    """Return a picture of four inks in sRGB, by its own profile where it has one."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    with contextlib.suppress(ImageCms.PyCMSError, OSError):
        if profile:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    return picture.convert("RGB")
