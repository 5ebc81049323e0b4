"""The lifter's own pulls: what was lifted in each session, and the most of the thirty days before a day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lumbar.training.entries import Session
from lumbar.training.exposure import exposures
from lumbar.training.movements import Movements, movements
from lumbar.training.quantities import Load
from lumbar.training.signals import WINDOW_DAYS

#: How many other exercises that load the lower back are named; as many as fit a line.
_OTHERS = 4


@dataclass(frozen=True, slots=True)
class WorkSet:
    """One hard set of a pull; ``movement`` is the id of the training log's movement."""

    movement: str
    load: Load
    reps: int
    rpe_score: float | None = None

    @property
    def volume_kg(self) -> float:
        """Return load × reps, twice where one of two dumbbells is written down, as the training log counts it."""
        return volume_kg(self.movement, self.load, self.reps)


@dataclass(frozen=True, slots=True)
class PullSession:
    """One session with pulls; ``at`` is the lifter's own clock, ``volume_kg`` as the training log counts it."""

    at: datetime
    volume_kg: float
    sets: tuple[WorkSet, ...]

    def of(self, movement: str) -> tuple[WorkSet, ...]:
        """Return the sets of one movement, in order."""
        return tuple(each for each in self.sets if each.movement == movement)


@dataclass(frozen=True, slots=True)
class Pulls:
    """Every session with pulls, oldest first; ``others`` are exercises of the last 30 days that load the back."""

    sessions: tuple[PullSession, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def last(self) -> PullSession | None:
        """Return the newest session."""
        return self.sessions[-1] if self.sessions else None

    def window(self, day: date, days: int = WINDOW_DAYS) -> tuple[PullSession, ...]:
        """Return the sessions of the days before ``day``, which is not among them (TL-04)."""
        return tuple(each for each in self.sessions if 0 < (day - each.at.date()).days <= days)

    def with_session(self, session: PullSession) -> "Pulls":
        """Return the pulls as they would be after one more session."""
        return Pulls((*self.sessions, session), self.others)


def volume_kg(movement: str, load: Load, reps: int) -> float:
    """Return load × reps of one set."""
    posture = movements()[movement].posture
    return load.mass_kg * reps * (posture.ends if posture else 1)


def most_kg(sessions: Iterable[PullSession]) -> float | None:
    """Return the largest session volume, None where there is no session with a weight."""
    volumes = [each.volume_kg for each in sessions if each.volume_kg > 0]
    return max(volumes, default=None)


def heaviest_kg(sessions: Iterable[PullSession], movement: str) -> float | None:
    """Return the heaviest load of a movement, None where it was not lifted."""
    loads = [each.load.mass_kg for session in sessions for each in session.of(movement)]
    return max(loads, default=None)


def pull_history(sessions: Sequence[Session], names: Movements, now: datetime) -> Pulls:
    """Return the pulls of a log up to ``now``, the lifter's own clock without a zone."""
    past = [each for each in sessions if each.started <= now]
    volumes = {(one.started, one.title): one.volume_kg for one in exposures(past, names) if one.has_pulls}
    pulls = [
        PullSession(each.started, volumes[each.slot], tuple(_work(each, names)))
        for each in past
        if each.slot in volumes
    ]
    ordered = sorted((each for each in pulls if each.sets), key=lambda each: each.at)
    return Pulls(tuple(ordered), _others(past, names, now))


def _work(session: Session, names: Movements) -> Iterable[WorkSet]:
    for entry in session.sets:
        movement = names.of(entry.exercise)
        if movement is not None and movement.is_pull and entry.is_hard and entry.load is not None:
            rpe = None if entry.rpe is None else float(entry.rpe)
            if entry.load.mass_kg > 0:
                yield WorkSet(movement.id, entry.load, entry.reps or 0, rpe)


def _others(past: Iterable[Session], names: Movements, now: datetime) -> tuple[str, ...]:
    since = now - timedelta(days=WINDOW_DAYS)
    counts: Counter[str] = Counter()
    for session in past:
        for entry in session.sets if session.started >= since else ():
            movement = names.of(entry.exercise)
            if movement is not None and movement.posture is not None and not movement.is_pull:
                counts[entry.exercise] += 1
    return tuple(name for name, _ in counts.most_common(_OTHERS))
