"""SFTP with servers known by their keys: fsspec's own file system takes any server for the right one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

CONNECT = 3
"""Seconds in which a server must answer at all."""
SECONDS = 30
"""How long it may say nothing later."""
KNOWN_HOSTS = "known_hosts"
SSH = Path("~/.ssh")


class HostKeyError(Exception):
    """The server's key is another than the one that is known of it."""


class Sftp(SFTPFileSystem):  # type: ignore[misc]  # fsspec ships no types
    """Files over SFTP; aliases, users and keys as in ``~/.ssh/config``.

    A server in the user's ``known_hosts`` must have the key that stands there. One that is not is taken at its word
    once; its key is kept in the folder ``state``, and from then on it must have that one.
    """

    cachable = False

    def __init__(self, host: str, state: Path, **options: Any) -> None:
        self.state = state
        alias = _from_settings(host)
        for name, limit in (("timeout", CONNECT), ("banner_timeout", SECONDS), ("auth_timeout", SECONDS)):
            alias.setdefault(name, limit)
        super().__init__(alias.pop("hostname", host), **{**alias, **options})

    def _connect(self) -> None:
        self.client = paramiko.SSHClient()
        self.client.load_system_host_keys()
        own = self.state / KNOWN_HOSTS
        own.touch(mode=0o600)
        self.client.load_host_keys(str(own))
        # A policy that was given stands; by default a key that is not known yet is kept in the file loaded last.
        self.client.set_missing_host_key_policy(self.host_key_policy)
        try:
            self.client.connect(self.host, **self.ssh_kwargs)
        except paramiko.BadHostKeyException as fault:
            self.client.close()
            raise HostKeyError(fault.hostname) from fault
        except BaseException:
            self.client.close()
            raise
        self.ftp = self.client.open_sftp()
        self.ftp.get_channel().settimeout(SECONDS)


def _from_settings(host: str) -> dict[str, Any]:
    """Return what the user's ``~/.ssh/config`` says of a host, as options of a connection."""
    place = (SSH / "config").expanduser()
    if not place.is_file():
        return {}
    found = paramiko.SSHConfig.from_path(str(place)).lookup(host)
    options: dict[str, Any] = {"hostname": found["hostname"]}
    if "user" in found:
        options["username"] = found["user"]
    if "port" in found:
        options["port"] = int(found["port"])
    if "identityfile" in found:
        names = [Path(name).expanduser() for name in found["identityfile"]]
        options["key_filename"] = [str(name) for name in names if name.is_file()]
    return options
