"""Real servers on the loopback, each in this process: one that speaks S3, one SFTP and one FTP."""

from __future__ import annotations

import asyncio
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncssh

USER, PASSWORD = "editor", "swordfish"
KEY = "AKIDEXAMPLE"


@contextmanager
def s3() -> Iterator[str]:
    """Start moto's server; give its address."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


class Door(asyncssh.SSHServer):
    """Lets one user in."""

    def __init__(self, open_: set[asyncssh.SSHServerConnection]) -> None:
        self.open = open_

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.open.add(conn)

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


class Sftp:
    """AsyncSSH's server of files, in a thread."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        self.port = 0
        self.open: set[asyncssh.SSHServerConnection] = set()

    def start(self) -> None:
        """Listen; with a new key each time, as after the machine was set up anew, but on the same port."""

        async def listen() -> asyncssh.SSHAcceptor:
            return await asyncssh.create_server(
                lambda: Door(self.open),
                "127.0.0.1",
                self.port,
                server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
                sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(self.root).encode()),
            )

        self.acceptor = asyncio.run_coroutine_threadsafe(listen(), self.loop).result()
        self.port = self.acceptor.get_port()

    def stop(self) -> None:
        async def close() -> None:
            self.acceptor.close()
            await self.acceptor.wait_closed()
            for connection in self.open:
                connection.abort()
                await connection.wait_closed()
            self.open.clear()

        asyncio.run_coroutine_threadsafe(close(), self.loop).result()

    def end(self) -> None:
        self.stop()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


@contextmanager
def ftp(root: Path) -> Iterator[tuple[str, Any]]:
    """Start pyftpdlib's server of the files below a folder; give its address, and what answers each connection."""
    with warnings.catch_warnings():
        # Before Python 3.12 it uses what was taken out there.
        warnings.simplefilter("ignore", DeprecationWarning)
        from pyftpdlib.authorizers import DummyAuthorizer
        from pyftpdlib.handlers import FTPHandler
        from pyftpdlib.servers import ThreadedFTPServer

    users = DummyAuthorizer()
    users.add_user(USER, PASSWORD, str(root), perm="elradfmwMT")

    class Handler(FTPHandler):  # type: ignore[misc]  # pyftpdlib ships no types
        authorizer = users
        auth_failed_timeout = 0

    class Server(ThreadedFTPServer):  # type: ignore[misc]  # as above
        poll_timeout = 0.05

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"ftp://{USER}:{PASSWORD}@127.0.0.1:{server.address[1]}", Handler
    finally:
        server.close_all()
        thread.join()


@contextmanager
def sftp(root: Path) -> Iterator[Sftp]:
    """Start a server of the files below a folder."""
    server = Sftp(root)
    server.start()
    try:
        yield server
    finally:
        server.end()
