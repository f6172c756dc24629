"""File systems in memory that write down what is done to them, watch what a reader would see, and break off at will."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import fsspec
from fsspec.implementations.memory import MemoryFileSystem
from tests.delivery.outputs import needs

ROOT = "/site"
WORK = f"{ROOT}/.kitabat-publish"


class Watched(MemoryFileSystem):  # type: ignore[misc]  # fsspec ships no types
    """Puts files in their places directly, as stores of objects do."""

    protocol = "watched"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    log: ClassVar[list[tuple[str, str]]] = []
    """What was done, and to which file."""
    left: ClassVar[int | None] = None
    """How many changes go well before all fail; None means all."""
    fault: ClassVar[Exception] = PermissionError("broken on purpose")
    seen: ClassVar[list[str]] = []
    """What a reader could have met that must not be: a page, and what it lacked."""
    lock: ClassVar[threading.RLock] = threading.RLock()

    @classmethod
    def _strip_protocol(cls, path: Any) -> str:
        return str(MemoryFileSystem._strip_protocol(str(path).removeprefix(f"{cls.protocol}://")))

    @classmethod
    def files(cls) -> dict[str, bytes]:
        """What lies at the target, as a reader finds it."""
        kept = tuple(cls.store.items())
        return {name.removeprefix(f"{ROOT}/"): file.getvalue() for name, file in kept if not name.startswith(WORK)}

    def _changed(self, what: str, path: str) -> None:
        """Count a change, or fail it."""
        cls = type(self)
        if cls.left is not None:
            if cls.left <= 0:
                raise cls.fault
            cls.left -= 1
        cls.log.append((what, path.removeprefix(f"{ROOT}/")))

    def _look(self) -> None:
        files = self.files()
        for name, content in files.items():
            if name.endswith(".html"):
                type(self).seen.extend(f"{name} lacks {lost}" for lost in needs(content) if lost not in files)

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **kwargs: Any) -> None:
        with self.lock:
            self._changed("send", path)
            super().pipe_file(path, value, mode, **kwargs)
            self._look()

    def rm_file(self, path: str) -> None:
        with self.lock:
            self._changed("delete", path)
            super().rm_file(path)
            self._look()


class Moving(Watched):
    """Has folders and renames; a write that breaks off leaves half a file."""

    protocol = "moving"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **kwargs: Any) -> None:
        with self.lock:
            if type(self).left == 0:
                MemoryFileSystem.pipe_file(self, path, value[: len(value) // 2])
            super().pipe_file(path, value, mode, **kwargs)

    def mv(self, path1: str, path2: str, **kwargs: Any) -> None:
        with self.lock:
            self._changed("move", path2)
            self.store[path2] = self.store.pop(path1)
            self._look()


@contextmanager
def fresh(kind: type[Watched]) -> Iterator[type[Watched]]:
    """Give a file system with nothing in it."""
    fsspec.register_implementation(kind.protocol, kind, clobber=True)
    kind.store.clear()
    kind.pseudo_dirs[:] = [""]
    kind.log.clear()
    kind.seen.clear()
    kind.left = None
    yield kind
    kind.store.clear()
    kind.pseudo_dirs[:] = [""]
    kind.left = None
