"""What was read of a database, kept until anything in it changes: by this program or another."""

import sqlite3
import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

#: How many readings are kept at once; an engineering rule: a few for each of a handful of lifters.
_MOST = 512


class Watch:
    """Readings of one SQLite file, each as good as reading anew.

    SQLite numbers the changes of a file: a connection that never writes sees that number change with whatever
    anybody commits, from this program or another (``PRAGMA data_version``). Asking costs microseconds.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._watcher: sqlite3.Connection | None = None
        self._version: int | None = None
        self._read: dict[Hashable, Any] = {}

    def unchanged(self, what: Hashable, read: Callable[[], T]) -> T:
        """Return what ``read`` returned for ``what`` since the last change of the file; read it where it did not.

        Who gets it must not change it: others get the same.
        """
        with self._lock:
            version = self._look()
            if what in self._read:
                held: T = self._read[what]
                return held
        found = read()
        with self._lock:
            # The file may have changed while it was read: then this is newer than its number, and not kept.
            if version is not None and version == self._look():
                if len(self._read) >= _MOST:
                    self._read.clear()
                self._read[what] = found
        return found

    def at_hand(self, what: Hashable) -> Any | None:
        """Return what was read for ``what`` since the last change of the file; None if nothing was."""
        with self._lock:
            self._look()
            return self._read.get(what)

    def close(self) -> None:
        """Forget what was read, and let go of the file."""
        with self._lock:
            self._let_go()

    def _look(self) -> int | None:
        """Return the number of the file's last change, and forget what was read before it; None if unknown."""
        try:
            if self._watcher is None:
                self._watcher = sqlite3.connect(self._file, isolation_level=None, check_same_thread=False)
            ((version,),) = self._watcher.execute("PRAGMA data_version").fetchall()
        except sqlite3.Error:  # whoever reads it next says why
            self._let_go()
            return None
        if version != self._version:
            self._version = version
            self._read.clear()
        return int(version)

    def _let_go(self) -> None:
        self._read.clear()
        self._version = None
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None
