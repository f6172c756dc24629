"""GNU gettext, asked for its verdict."""

from __future__ import annotations

import subprocess


def run(*command: str, content: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin:/usr/local/bin"}
    return subprocess.run(command, input=content, capture_output=True, check=False, env=environment)


def accepts(content: bytes, *options: str) -> bool:
    """Tell whether ``msgfmt`` takes the file."""
    return run("msgfmt", *options, "-o", "/dev/null", "-", content=content).returncode == 0


def complaint(content: bytes, *options: str) -> str:
    """Return what ``msgfmt`` says of a file; empty where it says nothing."""
    return run("msgfmt", *options, "-o", "/dev/null", "-", content=content).stderr.decode(errors="replace")
