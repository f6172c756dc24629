"""FTP with what the server says told as the system would: fsspec's own file system lets pass what ftplib raises."""

from __future__ import annotations

import errno
import io
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ftplib import FTP_TLS, error_perm
from netrc import NetrcParseError, netrc
from pathlib import Path
from typing import IO, Any

from fsspec.implementations.ftp import FTPFileSystem

FULL = ("552",)
"""Codes of replies, as in RFC 959: no room."""
CREDENTIALS = ("530", "532")


class Ftp(FTPFileSystem):  # type: ignore[misc]  # fsspec ships no types
    """Files over FTP, each sent and read in one piece: many servers do not go on in the middle of a file."""

    def __init__(self, host: str, **options: Any) -> None:
        if not options.get("password"):
            options |= _from_netrc(host, options.get("username"))
        super().__init__(host, **options)

    def _connect(self) -> None:
        """Connect; over TLS, where that is asked for, to a server whose certificate is good for its name."""
        if self.tls is not True:
            super()._connect()
            return
        context = ssl.create_default_context()
        self.ftp = FTP_TLS(timeout=self.timeout, encoding=self.encoding, context=context)  # noqa: S321 - with TLS
        self.ftp.connect(self.host, self.port)
        self.ftp.login(*self.cred)

    def info(self, path: str, **more: Any) -> dict[str, Any]:
        """Return what is known of a file or folder; a file is asked for by itself, and not with all of its folder."""
        place = self._strip_protocol(path)
        with suppress(error_perm):
            self.ftp.voidcmd("TYPE I")
            return {"name": place, "size": self.ftp.size(place), "type": "file"}
        found: dict[str, Any] = super().info(place, **more)
        return found

    def ls(self, path: str, detail: bool = True, **more: Any) -> list[Any]:  # noqa: FBT001 - fsspec's
        """Return what is in a folder, and nothing that was known of it: other connections have changed it since."""
        self.invalidate_cache()
        found = list(super().ls(path, detail=True, **more))
        return found if detail else [one["name"] for one in found]

    def cat_file(self, path: str, start: int | None = None, end: int | None = None, **_: Any) -> bytes:
        """Return a file's bytes."""
        found = io.BytesIO()
        self._receive(path, found)
        return found.getvalue()[start:end]

    def _open(self, path: str, mode: str = "rb", *_: Any, **__: Any) -> IO[bytes]:
        """Open a file that is too large to be held; only for reading, as nothing is written in pieces."""
        if mode != "rb":
            raise NotImplementedError(mode)
        found = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asks for it closes it
        self._receive(path, found)
        found.seek(0)
        return found

    def pipe_file(self, path: str, value: bytes, *_: Any, **__: Any) -> None:
        """Write a file."""
        self._send(path, io.BytesIO(value))

    def put_file(self, lpath: str, rpath: str, *_: Any, **__: Any) -> None:
        """Send a file of this machine."""
        with Path(lpath).open("rb") as stream:
            self._send(rpath, stream)

    def mkdir(self, path: str, *_: Any, **__: Any) -> None:
        """Make a folder."""
        with self._told():
            self.ftp.mkd(self._strip_protocol(path))

    def rmdir(self, path: str) -> None:
        """Delete a folder that is empty."""
        with self._told(path):
            super().rmdir(path)

    def rm_file(self, path: str) -> None:
        """Delete a file."""
        with self._told(path):
            self.ftp.delete(self._strip_protocol(path))

    def mv(self, path1: str, path2: str, **_: Any) -> None:
        """Rename a file; on a server that does not rename over another, that is deleted first."""
        old, new = self._strip_protocol(path1), self._strip_protocol(path2)
        try:
            self.ftp.rename(old, new)
        except error_perm:
            with self._told():
                self.ftp.delete(new)
                self.ftp.rename(old, new)

    def __del__(self) -> None:
        """Close the connection, if it was ever begun."""
        with suppress(AttributeError):
            super().__del__()

    def _send(self, path: str, stream: IO[bytes]) -> None:
        with self._told():
            self.ftp.storbinary(f"STOR {self._strip_protocol(path)}", stream, self.blocksize)

    def _receive(self, path: str, stream: IO[bytes]) -> None:
        with self._told(path):
            self.ftp.retrbinary(f"RETR {self._strip_protocol(path)}", stream.write, self.blocksize)

    @contextmanager
    def _told(self, path: str = "") -> Iterator[None]:
        """Raise what the system would for what the server does not do; one code stands for nearly all of it.

        ``path`` is of a file or folder that must be there.
        """
        try:
            yield
        except error_perm as fault:
            said = str(fault)
            if said.startswith(CREDENTIALS):
                raise
            if said.startswith(FULL):
                raise OSError(errno.ENOSPC, said) from fault
            if path and not self.exists(path):
                raise FileNotFoundError(errno.ENOENT, said) from fault
            raise PermissionError(errno.EACCES, said) from fault


def _from_netrc(host: str, user: str | None) -> dict[str, str]:
    """Return what the user's ``~/.netrc`` says of a host, as options of a connection; raises ValueError."""
    place = Path("~/.netrc").expanduser()
    try:
        found = netrc(str(place)).authenticators(host) if place.is_file() else None
    except NetrcParseError as fault:
        raise ValueError(f"{place}: {fault.msg}") from fault
    if not found or not found[2] or user not in {None, found[0]}:
        return {}
    return {"username": found[0], "password": found[2]}
