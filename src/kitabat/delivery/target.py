"""A place that is published to: the only module that reaches out of this machine, and only to where the user says."""

from __future__ import annotations

import base64
import hashlib
import logging
import mimetypes
import os
import posixpath
import shutil
import stat
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from kitabat.delivery.address import Address
from kitabat.delivery.manifest import MANIFEST, WORK
from kitabat.delivery.parcel import HELD, Freight, Item, Parcel

CONNECT = 3
"""Seconds in which a server must answer at all; a lost packet is sent once more in that time."""
SSH = ("sftp", "ssh")
FLAT = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oss", "oci", "tos", "tosfs"})
"""Stores of objects: no folders to make, and an object is there whole or not at all."""
TYPE_OPTIONS: Mapping[str, Callable[[str], Mapping[str, object]]] = {
    **dict.fromkeys(("s3", "s3a"), lambda kind: {"ContentType": kind}),
    **dict.fromkeys(("gs", "gcs"), lambda kind: {"content_type": kind}),
    **dict.fromkeys(("abfs", "abfss", "az"), lambda kind: {"content_settings": {"content_type": kind}}),
}
"""How a driver is told a file's type; a bucket that is a web site serves what it was told."""
TALKATIVE = ("adlfs", "asyncio", "azure", "fsspec", "gcsfs", "paramiko", "s3fs")
"""Loggers of drivers: what is wrong is told by the toolkit, once."""
S3_PATIENCE = {"config_kwargs": {"connect_timeout": CONNECT, "read_timeout": 30, "retries": {"total_max_attempts": 1}}}
PATIENCE: Mapping[str, Mapping[str, object]] = {"s3": S3_PATIENCE, "s3a": S3_PATIENCE}
"""What drivers are told of waiting: their own further tries would multiply with those of a crew."""
TYPES = {
    ".woff2": "font/woff2",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
TEXTS = ("text/", "application/json", "application/xml", "image/svg+xml")
OTHER = "application/octet-stream"
STATED = ("ETag", "etag", "md5Hash", "content_md5")
"""Where servers put the MD5 of a file, in hexadecimal digits or Base64."""


def untyped(_: str) -> Mapping[str, object]:
    """Return no options: the driver is not told a file's type."""
    return {}


class Sight(Enum):
    """What there is at the target in a file's place."""

    ABSENT = "absent"
    SAME = "same"
    DIFFERENT = "different"


class DigestError(OSError):
    """The target holds other bytes than those that were sent."""


class Target:
    """One connection to a target; of one thread alone. Whatever its driver raises, it raises."""

    def __init__(self, address: Address, fs: Any, root: str) -> None:
        self.fs = fs
        self.root = root.rstrip("/")
        self.is_ssh = address.protocol in SSH
        self.is_flat = address.protocol in FLAT
        self.typed = TYPE_OPTIONS.get(address.protocol, untyped)
        self.moves = not self.is_flat and type(self.fs).mv is not fsspec.AbstractFileSystem.mv
        self.made: set[str] = set()

    def place(self, path: str) -> str:
        """Return a file's path in the file system."""
        return f"{self.root}/{path}"

    def greet(self) -> None:
        """Ask for anything: whatever the answer, the target is there."""
        with suppress(FileNotFoundError, NotADirectoryError):
            self.fs.info(self.place(MANIFEST))

    def is_empty(self) -> bool:
        """Tell whether there is nothing at the target, or no such folder yet."""
        try:
            found = list(self.fs.ls(self.root or "/", detail=False))
        except FileNotFoundError:
            return True
        self.fs.invalidate_cache()
        if [name.strip("/") for name in found] == [self.root.strip("/")] and self.fs.isfile(self.root):
            raise NotADirectoryError(self.root)
        return not found

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None where there is none."""
        try:
            return self._content(self.place(path))
        except (FileNotFoundError, NotADirectoryError):
            return None

    def sight(self, item: Item, parcel: Parcel) -> Sight:
        """Compare what is at the target with a file: by size, by the digest that a server states, by reading it."""
        place = self.place(item.path)
        self.fs.invalidate_cache()
        try:
            info = self.fs.info(place)
        except (FileNotFoundError, NotADirectoryError):
            return Sight.ABSENT
        if info["type"] == "directory":
            if self.is_flat:
                return Sight.ABSENT
            raise IsADirectoryError(place)
        if info.get("size") not in (None, item.size):
            return Sight.DIFFERENT
        if _states(info, parcel.freight(item)):
            return Sight.SAME
        return Sight.SAME if self._digest(place, item.size) == item.digest else Sight.DIFFERENT

    def send(self, path: str, content: Freight, *, in_place: bool = False) -> None:
        """Put a file in its place and see that it has arrived; where a file system can, readers see no part of it.

        ``in_place`` leaves nothing behind but the file itself, or part of it, when it breaks off.
        """
        place = self.place(path)
        if in_place or not self.moves:
            if not self.is_flat:
                self._make(posixpath.dirname(place))
            self._write(place, content, _type(path))
            self._verify(place, content)
            return
        staging = self.place(f"{WORK}/{hashlib.sha256(path.encode()).hexdigest()[:32]}.part")
        self._make(posixpath.dirname(staging))
        self._make(posixpath.dirname(place))
        try:
            self._write(staging, content, _type(path))
            self._verify(staging, content)
            self._move(staging, place)
        except BaseException:
            with suppress(Exception):
                self.fs.rm_file(staging)
            raise

    def remove(self, path: str) -> None:
        """Delete a file; that there is none is no fault."""
        with suppress(FileNotFoundError):
            self.fs.rm_file(self.place(path))

    def prune(self, paths: Iterable[str]) -> None:
        """Delete the folders that are empty now that these files are gone."""
        if self.is_flat:
            return
        folders = {folder for path in paths for folder in _folders(path)}
        for folder in sorted(folders, key=lambda folder: -folder.count("/")):
            with suppress(OSError, NotImplementedError):
                self._drop(self.place(folder))

    def clear(self) -> None:
        """Delete what publishing needed at the target, and its folder."""
        folder = self.place(WORK)
        try:
            names = self.fs.ls(folder, detail=False)
        except FileNotFoundError:
            return
        # The journal goes last: as long as it is there, the next publish comes back to what is left.
        for name in sorted(names, key=lambda name: str(name).endswith(".json")):
            with suppress(FileNotFoundError):
                self.fs.rm_file(name)
        self.made.discard(folder)
        if not self.is_flat:
            with suppress(OSError, NotImplementedError):
                self._drop(folder)

    def close(self) -> None:
        """Let a connection go, where the driver leaves that to whoever has opened it."""
        if self.fs.async_impl:
            return
        for name in ("ftp", "client"):
            with suppress(Exception):
                getattr(self.fs, name).close()

    def _drop(self, folder: str) -> None:
        """Delete a folder if it is empty; some drivers would delete one with all that is in it."""
        self.fs.invalidate_cache()
        if not self.fs.ls(folder, detail=False):
            self.fs.rmdir(folder)
            self.made.discard(folder)

    def _make(self, folder: str) -> None:
        """Make a folder, and those that it is in; another thread may be doing the same."""
        if folder in self.made or not folder.strip("/"):
            return
        if not self.fs.isdir(folder):
            self._make(posixpath.dirname(folder))
            try:
                self.fs.mkdir(folder, create_parents=False)
            except OSError as fault:
                if not self.fs.isdir(folder):
                    raise (NotADirectoryError(folder) if self.fs.exists(folder) else fault) from None
            else:
                self._let_all_read(folder, 0o755)
        self.made.add(folder)

    def _write(self, place: str, freight: Freight, kind: str) -> None:
        if self.is_ssh:
            with self.fs.open(place, "wb") as stream:
                stream.set_pipelined()  # else each 32 kB wait for the server's word
                if freight.place is None:
                    stream.write(freight.content)
                else:
                    with freight.place.open("rb") as source:
                        shutil.copyfileobj(source, stream, HELD)
            return
        options = self.typed(kind)
        if freight.place is None:
            self.fs.pipe_file(place, freight.content, **options)
        else:
            # What the file holds by now is seen when the target is asked what has arrived.
            self.fs.put_file(str(freight.place), place, **options)
        self._let_all_read(place, 0o644)

    def _let_all_read(self, place: str, mode: int) -> None:
        """Let a web server read what is in a folder of this machine, whatever the umask."""
        if isinstance(self.fs, LocalFileSystem):
            with suppress(OSError):
                os.chmod(place, stat.S_IMODE(Path(place).stat().st_mode) | mode)

    def _content(self, place: str) -> bytes:
        self.fs.invalidate_cache()
        if not self.is_ssh:
            return bytes(self.fs.cat_file(place))
        with self.fs.open(place, "rb") as stream:
            stream.prefetch()
            return bytes(stream.read())

    def _digest(self, place: str, size: int) -> str:
        """Return the SHA-256 of what is there; a large file is not held as a whole."""
        if size <= HELD:
            return hashlib.sha256(self._content(place)).hexdigest()
        self.fs.invalidate_cache()
        found = hashlib.sha256()
        with self.fs.open(place, "rb", **({} if self.is_ssh else {"cache_type": "none"})) as stream:
            while block := stream.read(HELD):
                found.update(block)
        return found.hexdigest()

    def _verify(self, place: str, freight: Freight) -> None:
        self.fs.invalidate_cache()
        if not _states(self.fs.info(place), freight) and self._digest(place, freight.size) != freight.digest:
            raise DigestError(place)

    def _move(self, old: str, new: str) -> None:
        # A driver's mv() into a folder of that name would put the file inside; a rename never does.
        if isinstance(self.fs, LocalFileSystem):
            os.replace(old, new)
        else:
            self.fs.mv(old, new)


class Reach:
    """Makes connections to a target: each its own, but where a driver serves many at once, all through that one."""

    def __init__(self, address: Address, state: Path) -> None:
        self.address = address
        self.state = state
        self.lock = threading.Lock()
        self.shared: tuple[Any, str] | None = None

    def __call__(self) -> Target:
        """Return a new connection."""
        with self.lock:
            fs, root = self.shared or _opened(self.address, self.state)
            if fs.async_impl:
                self.shared = fs, root
        return Target(self.address, fs, root)


def _opened(address: Address, state: Path) -> tuple[Any, str]:
    """Return a file system of an address, its own and not one from fsspec's store, and the path in it."""
    for name in TALKATIVE:
        logging.getLogger(name).addHandler(logging.NullHandler())
    if address.is_local:
        return LocalFileSystem(skip_instance_cache=True, **address.options), address.text
    if address.protocol in SSH:
        from kitabat.delivery.sftp import Sftp

        return Sftp(state=state, **_named(Sftp, address)), Sftp._strip_protocol(address.text)  # noqa: SLF001 - fsspec has no other word for it
    if address.protocol == "ftp":
        from kitabat.delivery.ftp import Ftp

        return Ftp(**_named(Ftp, address)), Ftp._strip_protocol(address.text)  # noqa: SLF001 - as above
    options = {**PATIENCE.get(address.protocol, {}), **address.options}
    fs, root = fsspec.url_to_fs(address.text, skip_instance_cache=True, **options)
    return fs, str(root)


def _named(driver: Any, address: Address) -> dict[str, Any]:
    """Return a driver's options, of the address (host, user …) and as given; ``#`` is part of an address's path."""
    named = driver._get_kwargs_from_urls(address.text)  # noqa: SLF001 - as above
    return {key: value for key, value in named.items() if not key.startswith("url_")} | dict(address.options)


def _states(info: dict[str, Any], freight: Freight) -> bool:
    """Tell whether a server states the MD5 of just these bytes."""
    stated = {str(info[name]).strip('"') for name in STATED if info.get(name)}
    return bool(stated & {freight.md5.hex(), base64.b64encode(freight.md5).decode()})


def _type(path: str) -> str:
    """Return a file's type as a web server states it, the same on any machine.

    >>> _type("ur/index.html"), _type("a.woff2"), _type("a.PDF"), _type("CNAME")
    ('text/html; charset=utf-8', 'font/woff2', 'application/pdf', 'application/octet-stream')
    """
    ending = posixpath.splitext(path)[1].lower()
    found = TYPES.get(ending) or mimetypes.MimeTypes().guess_type(f"a{ending}")[0] or OTHER
    return f"{found}; charset=utf-8" if found.startswith(TEXTS) else found


def _folders(path: str) -> Iterable[str]:
    """Yield the folders that a file is in.

    >>> list(_folders("a/b/c.html"))
    ['a/b', 'a']
    """
    while path := posixpath.dirname(path):
        yield path
