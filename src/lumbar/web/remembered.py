"""What pages show again and again is made once for each state of a lifter's data: a decade of it takes a while."""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from lumbar.dossier import Reckoned, reckoned
from lumbar.home import NOTES
from lumbar.store.store import KeptLifter
from lumbar.web.clock import now

T = TypeVar("T")

#: What depends on the hour is made anew after so many seconds at the latest; an engineering rule.
_HOLDS_S = 600


class Remembered(Generic[T]):
    """The newest thing of one kind for each lifter, with the state that it was made from.

    Whoever asks while it is being made waits for it instead of making it, too.
    """

    def __init__(self) -> None:
        self._held: dict[Path, tuple[Hashable, T]] = {}
        self._making: dict[Path, threading.Lock] = {}
        self._lock = threading.Lock()

    def of(self, person: KeptLifter, state: Hashable, make: Callable[[], T]) -> T:
        """Return the thing as it is in a state; make it where it was not made from that state."""
        whose = person.folder
        with self._lock:
            making = self._making.setdefault(whose, threading.Lock())
        with making:
            held = self._held.get(whose)
            if held is None or held[0] != state:
                held = (state, make())
                self._held[whose] = held
            return held[1]


@dataclass(frozen=True, slots=True)
class _Log:
    reckoned: Reckoned
    #: When a session begins that the log holds already: then it must be reckoned anew.
    until: datetime | None


_LOGS: Remembered[_Log] = Remembered()


def log_state(person: KeptLifter) -> Hashable:
    """Return what changes whenever the log does, or how it is read."""
    return person.log.revision(), tuple(sorted(person.log.choices().items())), person.body()


def state_of(person: KeptLifter) -> Hashable:
    """Return what changes whenever something is noted of a lifter, and after a while by itself."""
    moment = now()
    notes = tuple(_seen(person.folder / name) for name in NOTES)
    return person.folder, log_state(person), notes, moment.astimezone().date(), moment.timestamp() // _HOLDS_S


def note_state(person: KeptLifter, name: str) -> Hashable:
    """Return what changes whenever one of a lifter's small files does."""
    return log_state(person), _seen(person.folder / name)


def _seen(place: Path) -> Hashable:
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def log_of(person: KeptLifter) -> Reckoned:
    """Return what follows from a lifter's log; of a day, it is reckoned once for each state of the log."""
    moment = now().astimezone()

    def make() -> _Log:
        held = reckoned(person, moment)
        return _Log(held, held.next_at)

    state = (log_state(person), moment.date())
    held = _LOGS.of(person, state, make)
    if held.until is not None and held.until <= moment.replace(tzinfo=None):
        held = _LOGS.of(person, (state, held.until), make)
    return held.reckoned
