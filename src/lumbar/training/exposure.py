"""What each session and each week asked of the lifter: pulls, and the lower back as a whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lumbar.estimate import Estimate, Measured, Missing
from lumbar.lifter import Lifter
from lumbar.training.backload import Demand, demand
from lumbar.training.bulk import collector_paused
from lumbar.training.entries import Session, SetEntry
from lumbar.training.movements import Movement, Movements
from lumbar.training.quantities import Load
from lumbar.training.strength import e1rm

#: Seconds under load that count as one rep, for what is held or carried: about as long as a hard pull lasts
#: (4.08 s, reference §1.3); an engineering rule.
SECONDS_PER_REP = 4.0

#: Carries are walked; metres per second for what gives only a distance. An engineering rule.
WALK_M_PER_S = 1.0

_METRES = {"m": 1.0, "km": 1000.0, "mi": 1609.344, "ft": 0.3048, "yd": 0.9144}

#: Sets at this RPE or above are near failure (half a rep in reserve); an engineering rule.
NEAR_FAILURE_RPE = 9.5


@dataclass(frozen=True, slots=True)
class TopSet:
    """The set that says most about strength: the one with the highest estimated single."""

    movement: Movement
    load: Load
    reps: int
    e1rm_kg: Estimate


@dataclass(frozen=True, slots=True)
class SessionExposure:
    """One session: its deadlift family, and the lower back over all movements.

    ``volume_kg`` is the sum of load × reps over the hard sets of the deadlift family. ``back_n_m_reps``
    counts every rep, warm-ups too, of everything that bends the lower back. ``undecided_sets`` belong to
    exercises whose movement nobody has decided.
    """

    started: datetime
    title: str
    hard_sets: int
    near_failure_sets: int
    volume_kg: float
    tops: Mapping[str, TopSet]
    back_n_m_reps: Estimate
    undecided_sets: int

    @property
    def has_pulls(self) -> bool:
        """Say whether the session held a hard set of the deadlift family."""
        return self.hard_sets > 0

    @property
    def top(self) -> TopSet | None:
        """Return the strongest set of the deadlift family."""
        return max(self.tops.values(), key=lambda each: each.e1rm_kg.value, default=None)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from a Monday. Without sessions nothing was logged, which need not mean rest."""

    monday: date
    sessions: int
    pulls: int
    hard_sets: int
    volume_kg: float
    top: TopSet | None
    back_n_m_reps: Estimate


class _Reader:
    """Looks up what repeats, each once: exercises, and what their top sets say."""

    def __init__(self, movements: Movements, lifter: Lifter) -> None:
        self._movements, self._lifter = movements, lifter
        self._kinds: dict[str, tuple[Movement | None, Demand | None]] = {}
        self._tops: dict[tuple[object, ...], Measured] = {}

    def kind(self, exercise: str) -> tuple[Movement | None, Demand | None]:
        """Return an exercise's movement, and what it asks of the back."""
        if exercise not in self._kinds:
            movement = self._movements.of(exercise)
            posture = movement.posture if movement else None
            self._kinds[exercise] = (movement, demand(posture, self._lifter) if posture else None)
        return self._kinds[exercise]

    @staticmethod
    def mass_kg(load: Load | None) -> float:
        """Return a load in kilograms; none, and a weight that helps, are nothing."""
        if load is None:
            return 0.0
        # most loads are kilograms; their exact product with one would take most of the time
        return max(float(load.number) if load.unit == "kg" else load.mass_kg, 0.0)

    def e1rm(self, entry: SetEntry, load_kg: float) -> Measured:
        """Return what a set says about the single."""
        key = (load_kg, entry.reps, entry.rpe)
        if key not in self._tops:
            self._tops[key] = e1rm(load_kg, entry.reps or 0, entry.rpe)
        return self._tops[key]


def exposures(
    sessions: Iterable[Session], movements: Movements, lifter: Lifter | None = None
) -> tuple[SessionExposure, ...]:
    """Return the exposure of each session, oldest first."""
    reader = _Reader(movements, lifter or Lifter())
    with collector_paused():
        return tuple(sorted((_session(reader, each) for each in sessions), key=lambda each: each.started))


def _session(reader: _Reader, session: Session) -> SessionExposure:
    hard = failed = undecided = 0
    volume_kg = 0.0
    tops: dict[str, TopSet] = {}
    reps_of: defaultdict[str, float] = defaultdict(float)
    reps_kg_of: defaultdict[str, float] = defaultdict(float)
    for entry in session.sets:
        movement, asked = reader.kind(entry.exercise)
        if movement is None:
            undecided += 1
        if movement is None or asked is None:
            continue
        load_kg, reps = reader.mass_kg(entry.load), _reps(entry)
        reps_of[entry.exercise] += reps
        reps_kg_of[entry.exercise] += reps * load_kg
        if movement.family == "deadlift" and entry.is_hard:
            hard += 1
            failed += _is_near_failure(entry)
            volume_kg += load_kg * (entry.reps or 0) * (movement.posture.ends if movement.posture else 1)
            _keep_top(tops, reader, movement, entry, load_kg)
    parts = [
        asked.sum(reps, reps_kg_of[name]) for name, reps in reps_of.items() if (asked := reader.kind(name)[1])
    ]
    return SessionExposure(session.started, session.title, hard, failed, volume_kg, tops, total(parts), undecided)


def _reps(entry: SetEntry) -> float:
    if entry.reps is not None:
        return float(entry.reps)
    if entry.seconds is not None:
        return float(entry.seconds) / SECONDS_PER_REP
    if entry.distance is not None:
        return float(entry.distance.number) * _METRES[entry.distance.unit] / WALK_M_PER_S / SECONDS_PER_REP
    return 0.0


def _is_near_failure(entry: SetEntry) -> bool:
    return entry.kind == "failure" or (entry.rpe is not None and entry.rpe >= NEAR_FAILURE_RPE)


def _keep_top(
    tops: dict[str, TopSet], reader: _Reader, movement: Movement, entry: SetEntry, load_kg: float
) -> None:
    single = reader.e1rm(entry, load_kg)
    if isinstance(single, Missing) or entry.load is None:
        return
    held = tops.get(movement.id)
    if held is None or single.value > held.e1rm_kg.value:
        tops[movement.id] = TopSet(movement, entry.load, entry.reps or 0, single)


def total(parts: Sequence[Estimate]) -> Estimate:
    """Return the sum; the parts share one body and one posture, so their errors add up and do not cancel."""
    return Estimate(
        sum(part.value for part in parts), sum(part.low for part in parts), sum(part.high for part in parts)
    )


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks(each: Sequence[SessionExposure], until: date | None = None) -> tuple[Week, ...]:
    """Return every week from the first session's to the last's (or that of ``until``), empty ones too."""
    if not each:
        return ()
    by_week: defaultdict[date, list[SessionExposure]] = defaultdict(list)
    for one in each:
        by_week[monday_of(one.started.date())].append(one)
    first = min(by_week)
    last = max(*by_week, monday_of(until)) if until else max(by_week)
    return tuple(
        _week(first + timedelta(weeks=n), by_week.get(first + timedelta(weeks=n), []))
        for n in range((last - first).days // 7 + 1)
    )


def _week(monday: date, members: list[SessionExposure]) -> Week:
    tops = [one.top for one in members if one.top]
    return Week(
        monday,
        len(members),
        sum(one.has_pulls for one in members),
        sum(one.hard_sets for one in members),
        sum(one.volume_kg for one in members),
        max(tops, key=lambda top: top.e1rm_kg.value, default=None),
        total([one.back_n_m_reps for one in members]),
    )
