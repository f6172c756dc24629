"""Where to publish to: a folder, or an address of a file system that fsspec knows."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kitabat.model.diagnostic import error
from kitabat.model.errors import PublishingError

LOCAL = ("file", "local")
ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://(.*)", re.DOTALL | re.IGNORECASE)
LIKE_SCP = re.compile(r"(?:[\w.-]+@)?[\w.-]{2,}:(?!//)")
USER = re.compile(r"(?<=//)([^/:@]*):([^/]*)@")
SECRET = re.compile(r"pass|secret|token|key|credential", re.IGNORECASE)
READ_ONLY = frozenset({"http", "https", "data", "git", "github", "gist", "reference", "zip", "tar", "libarchive"})
EXPECTED = "a folder, or an address such as s3://bucket/path, gs://bucket/path or sftp://user@host/path"
HIDDEN = "…"


@dataclass(frozen=True, slots=True)
class Address:
    """A target as the user named it; ``str()`` shows it without its secrets."""

    text: str
    """A folder's absolute path, or ``protocol://…``."""
    protocol: str
    options: Mapping[str, object] = field(default_factory=dict)
    """For the file system's driver."""

    def __str__(self) -> str:
        return USER.sub(rf"\1:{HIDDEN}@", self.text)

    @property
    def is_local(self) -> bool:
        """Tell whether the target is a folder of this machine."""
        return self.protocol in LOCAL

    def without_secrets(self, text: str) -> str:
        """Return what a driver says, without passwords and keys.

        >>> Address("ftp://me:swordfish@host/", "ftp").without_secrets("530 swordfish is wrong")
        '530 … is wrong'
        """
        found = USER.search(self.text)
        secrets = [found[2]] if found else []
        secrets += [str(value) for key, value in self.options.items() if SECRET.search(key)]
        for secret in secrets:
            text = text.replace(secret, HIDDEN) if secret else text
        return text


def address(text: str, options: Sequence[str] = ()) -> Address:
    """Read what the user gave: a target, and ``KEY=VALUE`` for its driver; raises PublishingError where it is none.

    >>> address("s3://bucket/site", ["anon=true", "endpoint_url=http://localhost:9000"]).options
    {'anon': True, 'endpoint_url': 'http://localhost:9000'}
    >>> str(address("sftp://me:swordfish@host/srv/www"))
    'sftp://me:…@host/srv/www'
    """
    given = dict(map(_option, options))
    found = ADDRESS.fullmatch(text)
    if not text or "::" in text or "\0" in text or (not found and LIKE_SCP.match(text) and not Path(text).exists()):
        raise _unexpected(text, "An address has `://` behind its protocol")
    protocol = found[1].lower() if found else "file"
    rest = found[2] if found else text
    if protocol in LOCAL:
        if not rest:
            raise _unexpected(text, "Name a folder, as in file:///srv/www")
        return Address(str(_folder(rest, text)), "file", given)
    if protocol in READ_ONLY:
        raise _unexpected(text, f"`{protocol}://` can only be read; name what the server behind it is filled through")
    if not rest.strip("/") and protocol != "memory":
        raise _unexpected(text, "Name the bucket or the host, and the folder in it")
    return Address(f"{protocol}://{rest}", protocol, given)


def _folder(path: str, text: str) -> Path:
    """Return a folder's absolute path; ``~`` at its beginning is a user's own folder, as for a shell."""
    try:
        return Path(path).expanduser().absolute()
    except RuntimeError:
        raise _unexpected(
            text, "There is no user of that name; before a folder's name that begins so, write ./"
        ) from None


def _unexpected(text: str, hint: str) -> PublishingError:
    shown = USER.sub(rf"\1:{HIDDEN}@", text)
    return PublishingError(error("usage/target", f"Unexpected target `{shown}`, expected {EXPECTED}", hint=hint))


def _option(text: str) -> tuple[str, object]:
    """Return an option's name and value; JSON where it is a number, true, false or an object, and no password."""
    key, equals, value = text.partition("=")
    if not key.isidentifier() or not equals:
        message = f"Unexpected option `{key}`, expected KEY=VALUE"
        raise PublishingError(error("usage/target", message, hint="For example: --option port=2222"))
    try:
        return key, value if SECRET.search(key) else json.loads(value)
    except (ValueError, RecursionError):
        return key, value
