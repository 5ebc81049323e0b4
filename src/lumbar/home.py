"""The folder of the lifter's own data, and small files in it that are written whole or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from lumbar.errors import OutputError


def home() -> Path:
    """Return the folder for the lifter's own data: ``LUMBAR_HOME``, or the platform's place for it."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only the commands that keep something need it

    own = os.environ.get("LUMBAR_HOME")
    return Path(own).expanduser() if own else user_data_path("lumbar", appauthor=False)


#: Small files that the check, the diary and the tests keep beside the store: of whoever lifts here, called "me".
NOTES = ("check.json", "diary.json", "screening.json")


def notes_in(folder: Path) -> tuple[Path, ...]:
    """Return the small files that are kept in a folder now."""
    return tuple(folder / name for name in NOTES if (folder / name).exists())


def write_whole(place: Path, text: str) -> None:
    """Write a file readable by its owner only; the old one stays until the new one is whole.

    Raises ``OutputError`` where it cannot be written.
    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.stem}-")
    except OSError as error:
        raise _not_kept(place, error) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(place)
    except OSError as error:
        with suppress(OSError):
            Path(name).unlink()
        raise _not_kept(place, error) from error


def _not_kept(place: Path, error: OSError) -> OutputError:
    reason = error.strerror or error
    return OutputError(f"Answers cannot be kept in {place}: {reason}. Set LUMBAR_HOME to a folder of yours.")
