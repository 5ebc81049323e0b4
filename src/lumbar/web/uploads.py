"""Clips on their way in, in pieces.

Each piece is written where it belongs, so that a lost connection or a killed program costs one piece and not the
clip. An upload is two files in the home's ``uploads`` folder: what it is to be (JSON), and what has come so far.
"""

import json
import os
import threading
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from shutil import disk_usage
from typing import Any
from uuid import uuid4

from lumbar.errors import FullDiskError, ValueRangeError
from lumbar.home import write_whole
from lumbar.store.database import translated
from lumbar.store.home import Home

#: The largest clip that is taken, in bytes: an hour of 1080p from a phone is about 8 GB, a set a hundredth of it.
MOST_BYTES = 2 << 30
#: How much of the disk stays free, in bytes: the report needs some of it. Both are engineering rules.
_FREE_BYTES = 256 << 20
#: Uploads that have not grown for so long are thrown away, in s.
STALE_AFTER_S = 7 * 86400.0


@dataclass(frozen=True, slots=True)
class Upload:
    """One clip on its way: ``came`` of ``size`` bytes are here."""

    key: str
    person: str
    name: str
    size: int
    said: dict[str, Any]
    at: str
    came: int = 0


class Uploads:
    """The clips on their way into one home."""

    def __init__(self, home: Home) -> None:
        self._home, self._folder = home, home.folder / "uploads"
        self._lock = threading.Lock()

    def begin(self, person: str, name: str, size: int, said: dict[str, Any]) -> Upload:
        """Begin an upload; raises ValueRangeError for a size that is not taken, FullDiskError without room."""
        if not 0 < size <= MOST_BYTES:
            given = f"{size / 1e9:.1f} GB" if size > 0 else "empty"
            raise ValueRangeError("the clip", given, f"up to {MOST_BYTES / 1e9:.1f} GB; trim it to the set")
        with translated(self._home):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
            if disk_usage(self._folder).free < size + _FREE_BYTES:
                raise FullDiskError("There is no room for this clip on the disk. Make room and try again.")
        plain = "".join(letter for letter in Path(name.replace("\\", "/")).name if letter.isprintable())[-120:]
        upload = Upload(uuid4().hex, person, plain or "clip", size, said, datetime.now().isoformat())  # noqa: DTZ005
        write_whole(self._about(upload.key), json.dumps(asdict(upload)))
        self.file(upload.key).touch()
        return upload

    def find(self, key: str) -> Upload | None:
        """Return an upload with how much of it is here; None where there is none."""
        if not key.isalnum():
            return None
        try:
            held = json.loads(self._about(key).read_text("utf-8"))
            return Upload(**{**held, "came": self.file(key).stat().st_size})
        except (OSError, ValueError, TypeError):
            return None

    def add(self, upload: Upload, start: int, piece: bytes) -> Upload:
        """Write a piece that begins at byte ``start``; a piece that is here already is not written twice.

        Raises ValueRangeError for a piece that would leave a gap or pass the end.
        """
        with self._lock, translated(self._home):
            came = self.file(upload.key).stat().st_size
            if start > came or start + len(piece) > upload.size:
                raise ValueRangeError("the start of a piece", start, f"{came}, where the upload stands")
            with self.file(upload.key).open("r+b") as file:
                file.seek(start)
                file.write(piece)
                file.flush()
                os.fsync(file.fileno())
        return self.find(upload.key) or upload

    def drop(self, key: str) -> None:
        """Throw an upload away."""
        self.file(key).unlink(missing_ok=True)
        self._about(key).unlink(missing_ok=True)

    def file(self, key: str) -> Path:
        """Return where the bytes of an upload are."""
        return self._folder / f"{key}.part"

    def _about(self, key: str) -> Path:
        return self._folder / f"{key}.json"

    def _sweep(self) -> None:
        """Throw away what nobody went on with."""
        oldest = datetime.now().timestamp() - STALE_AFTER_S  # noqa: DTZ005
        for part in self._folder.glob("*.part"):
            if part.stat().st_mtime < oldest:
                self.drop(part.stem)
