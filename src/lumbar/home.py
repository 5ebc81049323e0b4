"""The folder of the lifter's own data, and small files in it that are written whole or not at all."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from lumbar.errors import AnswersError, InputError, OutputError

T = TypeVar("T")


def home() -> Path:
    """Return the folder for the lifter's own data: ``LUMBAR_HOME``, or the platform's place for it."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only the commands that keep something need it

    own = os.environ.get("LUMBAR_HOME")
    return Path(own).expanduser() if own else user_data_path("lumbar", appauthor=False)


#: Where the small files of the others are: a folder for each, named after their number in the store.
PEOPLE = "people"
#: How long to wait for another program that writes, in s; an engineering rule.
_PATIENCE_S = 10.0
#: Small files that check, diary, tests, plan and experiments keep beside the store.
NOTES = ("check.json", "gate.json", "diary.json", "screening.json", "plan.json", "experiments.json")


def notes_in(folder: Path) -> tuple[Path, ...]:
    """Return the small files that are kept in a folder now."""
    return tuple(folder / name for name in NOTES if (folder / name).exists())


def all_notes(folder: Path) -> tuple[Path, ...]:
    """Return the small files of everybody whose data are kept under a home's folder, one's own first."""
    others = sorted((folder / PEOPLE).glob("*"), key=lambda person: person.name)
    return notes_in(folder) + tuple(place for person in others for place in notes_in(person))


@contextmanager
def alone_with(folder: Path) -> Iterator[None]:
    """Let nobody else change the small files of a folder meanwhile: another tab, or the command line.

    Raises ``OutputError`` where the folder cannot be written, or another keeps it for too long.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only what writes needs it

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(folder / ".lock", timeout=_PATIENCE_S):
            yield
    except Timeout as error:
        reason = "another program keeps them. Close it, or wait and try again"
        raise OutputError(f"The answers in {folder} cannot be changed: {reason}.") from error
    except OSError as error:
        raise _not_kept(folder, error) from error


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
