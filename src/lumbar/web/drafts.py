"""Check-ins that are under way."""

import threading
from pathlib import Path

from lumbar.symptoms.checkin import CheckIn
from lumbar.symptoms.keeping import forget_answers, keep, kept


class Drafts:
    """The check-ins that are under way, with every step back; private answers live here and nowhere else.

    What may be kept is on the disk too, so that a check-in outlives the program, without its way back.
    """

    def __init__(self) -> None:
        self._steps: dict[Path, list[CheckIn]] = {}
        self._places: dict[Path, frozenset[str]] = {}
        self._lock = threading.Lock()

    def now(self, folder: Path) -> CheckIn:
        """Return the check-in as it stands."""
        with self._lock:
            steps = self._steps.get(folder)
            return steps[-1] if steps else kept(folder=folder)

    def push(self, folder: Path, check: CheckIn) -> None:
        """Go one step on."""
        before = self.now(folder)
        keep(check, folder=folder)
        with self._lock:
            self._steps.setdefault(folder, [before]).append(check)

    def back(self, folder: Path) -> None:
        """Go one step back; from the first there is none."""
        with self._lock:
            steps = self._steps.get(folder, [])
            if len(steps) > 1:
                steps.pop()
                keep(steps[-1], folder=folder)

    def end(self, folder: Path) -> None:
        """Forget the answers; the region stays."""
        check = self.now(folder)
        with self._lock:
            self._steps.pop(folder, None)
        forget_answers(check, folder)

    def point_at(self, folder: Path, places: frozenset[str]) -> None:
        """Remember the places that were tapped beside a question, for the next entry of the diary."""
        with self._lock:
            self._places[folder] = places

    def pointed_at(self, folder: Path, *, is_noted: bool = False) -> frozenset[str]:
        """Return those places; once they are noted they are forgotten here."""
        with self._lock:
            return self._places.pop(folder, frozenset()) if is_noted else self._places.get(folder, frozenset())
