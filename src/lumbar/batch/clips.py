"""Which clips were meant: files, folders and patterns → every film once, by its bytes."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lumbar.errors import UnreadableClipError

#: Taken from a folder; a file that is named is taken whatever it is called. As phones and their apps call films.
SUFFIXES = frozenset({".3gp", ".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpg", ".mts", ".webm"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One file: its SHA-256 and date (UTC, ISO 8601), or ``why`` it cannot be read; then both are empty."""

    path: Path
    sha256: str
    date: str
    why: str = ""


def paths_of(named: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files that were meant, in order; raise ClipError for a place without any film."""
    return tuple(path for one in named for path in _paths(one))


def _paths(one: Path) -> Iterator[Path]:
    found = [one]
    if one.is_dir():
        found = sorted(path for path in one.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    elif not one.exists() and any(sign in one.name for sign in "*?["):
        # The shell hands a pattern on that matches nothing, and some shells every pattern.
        found = sorted(one.parent.glob(one.name))
    if not found:
        raise UnreadableClipError(one, "no film is there.", "Name video files, or a folder with some.")
    return iter(found)


def listed(path: Path) -> Listed:
    """Say which file that is."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        return Listed(path, "", "", f"the file could not be read ({error.strerror}). Name another one.")
    return Listed(path, digest, changed.isoformat(timespec="seconds"))
