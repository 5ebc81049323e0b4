"""The folder of the lifter's own data, and small files in it that are written whole or not at all."""

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from lumbar.errors import AnswersError, InputError, OutputError

T = TypeVar("T")


def home() -> Path:
    """Return the folder for the lifter's own data: ``LUMBAR_HOME``, or the platform's place for it."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only the commands that keep something need it

    own = os.environ.get("LUMBAR_HOME")
    return Path(own).expanduser() if own else user_data_path("lumbar", appauthor=False)


#: Small files that the check, the diary, the tests and the experiments keep beside the store: of whoever lifts
#: here, called "me".
NOTES = ("check.json", "diary.json", "screening.json", "experiments.json")


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


def kept_rows(
    place: Path, form: int, key: str, read: Callable[[Mapping[str, Any]], T], faults: tuple[str, str]
) -> tuple[T, ...]:
    """Return the rows under ``key`` of a small JSON file, each read by ``read``; none where there is no file.

    ``faults`` says what the file holds and what to do when it cannot be read, for the ``AnswersError`` that is
    raised then.
    """
    if not place.exists():
        return ()
    try:
        content = json.loads(place.read_text("utf-8"))
        if content["form"] != form:
            raise AnswersError([f"form {content['form']}, and this Lumbar reads form {form}"])
        return tuple(read(row) for row in content[key])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, InputError) as error:
        what, advice = faults
        raise AnswersError([f"{what} in {place} cannot be read ({error}). {advice}"]) from error


def _not_kept(place: Path, error: OSError) -> OutputError:
    reason = error.strerror or error
    return OutputError(f"Answers cannot be kept in {place}: {reason}. Set LUMBAR_HOME to a folder of yours.")
