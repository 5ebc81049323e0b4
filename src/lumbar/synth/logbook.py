"""A made-up lifter's training log, diary and film over weeks, in the types that the product reads."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np

from lumbar.contributors.evidence import Evidence, FilmedSet, FilmFinding
from lumbar.symptoms.diary import Entry
from lumbar.synth.soreness import HEAVY_ROUNDING, Body, Driver, Person, Truth, draw_person, is_shown, rounds
from lumbar.synth.splits import SplitName, load_split
from lumbar.training.entries import Session, SetEntry
from lumbar.training.exposure import exposures
from lumbar.training.movements import Movements
from lumbar.training.quantities import Load

#: When every log begins: a Monday.
BEGIN = datetime(2025, 1, 6, 18)  # noqa: DTZ001 - a lifter's clock has no zone

#: How the finding is called; the film's own words stand in its findings.
ROUNDING = FilmFinding("rounding", "the lower back rounds more from rep to rep")


@dataclass(frozen=True, slots=True, eq=False)
class Logbook:
    """A made-up lifter: the evidence that they would have after all weeks, and the truth, session by session."""

    person: Person
    evidence: Evidence
    truth: Truth

    def after(self, weeks: int) -> Evidence:
        """Return the evidence after so many weeks, on the day after the newest sore session if there was one."""
        end = BEGIN + timedelta(weeks=weeks)
        asked = max((each.started for each in self.sore if each.started < end), default=None)
        return replace(self.evidence, at=end if asked is None else asked + timedelta(hours=50))

    @property
    def sore(self) -> tuple[Session, ...]:
        """Return the sessions that left the lifter sore and were noted."""
        noted = {entry.session_at.replace(tzinfo=None) for entry in self.evidence.diary if entry.session_at}
        each = zip(self.evidence.sessions, self.truth.peak_score, strict=True)
        return tuple(one for one, peak in each if peak >= 3 and one.started in noted)  # type: ignore[misc]


def draw_logbook(
    split: SplitName, number: int, driver: Driver, weeks: int = 52, heavy_rounding: float = HEAVY_ROUNDING
) -> Logbook:
    """Return the lifter with that number of a split: always the same."""
    rng = np.random.default_rng([load_split(split).seed(number), *driver.encode()])
    person = draw_person(rng, driver, heavy_rounding)
    return _Writer(person, rng).write(weeks)


class _Writer:
    """Writes a log week by week, as the lifter lives it."""

    def __init__(self, person: Person, rng: np.random.Generator) -> None:
        self.person, self.rng, self.body = person, rng, Body(person, rng)
        self.sessions: list[Session] = []
        self.entries: list[Entry] = []
        self.films: list[FilmedSet] = []
        self.rows: list[tuple[float, float, bool, bool]] = []
        self.volumes: list[tuple[datetime, float]] = []
        self.working_kg = float(rng.uniform(80, 160))
        self.is_poor_sleep = False

    def write(self, weeks: int) -> Logbook:
        """Live through so many weeks."""
        for at in self._days(weeks):
            self._session(at)
        peak, added, is_round, is_poor = (np.array(column) for column in zip(*self.rows, strict=True))
        evidence = Evidence(
            BEGIN + timedelta(weeks=weeks),
            exposures(self.sessions, Movements()),
            tuple(self.entries),
            tuple(self.films),
        )
        truth = Truth(self.person.driver, added, peak, is_round.astype(bool), is_poor.astype(bool))
        return Logbook(self.person, evidence, truth)

    def _days(self, weeks: int) -> list[datetime]:
        """Return when the lifter trains: so often a week, now and then a lay-off."""
        days, away_until = [], BEGIN
        for week in range(weeks):
            monday = BEGIN + timedelta(weeks=week)
            if week > 6 and self.rng.random() < 0.015:
                away_until = monday + timedelta(weeks=int(self.rng.integers(2, 7)))
            times = int(self.person.sessions_per_week + self.rng.random())
            chosen = np.sort(self.rng.choice([0, 2, 4], size=times, replace=False))
            if monday >= away_until:
                days += [monday + timedelta(days=int(day)) for day in chosen]
        return days

    def _session(self, at: datetime) -> None:
        rng, person = self.rng, self.person
        self.working_kg *= float(np.exp(rng.normal(0.001, 0.004)))
        is_heavy = bool(rng.random() < person.jump_ratio)
        sets = self._sets(is_heavy=is_heavy)
        session = Session(at, tuple(sets), "Pull")
        volume = float(sum(each.load.mass_kg * (each.reps or 0) for each in sets if each.load and each.is_hard))
        is_round = rounds(person, rng, is_heavy=is_heavy)
        self.is_poor_sleep = bool(rng.random() < (0.55 if self.is_poor_sleep else person.poor_sleep_ratio * 0.8))
        drive = {
            "load": self._unused_to(at, volume),
            "form": float(is_round),
            "poor-sleep": float(self.is_poor_sleep),
            "nothing": 0.0,
        }[person.driver]
        days = (at - self.sessions[-1].started) / timedelta(days=1) if self.sessions else 14.0
        self._note_sleep(at, days)
        felt, added = self.body.next(drive, days)
        self._film(at, is_round=is_round, is_heavy=is_heavy)
        self._note(at, int(felt))
        self.sessions.append(session)
        self.volumes.append((at, volume))
        self.rows.append((felt, added, is_round, self.is_poor_sleep))

    def _sets(self, *, is_heavy: bool) -> list[SetEntry]:
        """Return a session's sets: a warm-up, three to five of work, more on heavy days; now and then squats."""
        rng = self.rng
        sore = self.rows[-1][0] if self.rows else 0.0
        count = int(rng.integers(3, 6)) - (1 if sore >= 5 else 0)
        if is_heavy:
            count = round(count * float(rng.uniform(1.4, 2.0)))
        kg = Decimal(str(round(self.working_kg * float(rng.normal(1, 0.02)) / 2.5) * 2.5))
        sets = [SetEntry("Deadlift (Barbell)", 0, "warmup", Load(kg / 2, "kg"), 5)]
        sets += [SetEntry("Deadlift (Barbell)", 0, "normal", Load(kg, "kg"), 5) for _ in range(count)]
        if rng.random() < 0.5:
            sets += [SetEntry("Squat (Barbell)", 1, "normal", Load(kg * Decimal("0.75"), "kg"), 5)] * 3
        return sets

    def _unused_to(self, at: datetime, volume_kg: float) -> float:
        """Return how much more a session is than the lifter is used to, 0 to 1, without a sharp edge."""
        window = [kg for then, kg in self.volumes if timedelta(0) < at - then <= timedelta(days=30)]
        if not window:
            return 0.0
        return float(np.clip((volume_kg / max(window) - 1.0) / 0.3, 0, 1))

    def _film(self, at: datetime, *, is_round: bool, is_heavy: bool) -> None:
        """Film a set, sooner on a heavy day."""
        chance = self.person.film_ratio * (1.2 if is_heavy else 0.95)
        if self.rng.random() < chance:
            found = (ROUNDING,) if is_shown(self.rng, is_round=is_round) else ()
            self.films.append(FilmedSet(at + timedelta(minutes=20), found))

    def _note_sleep(self, at: datetime, days: float) -> None:
        """Note in the morning how the night was, on half of the days, not quite as it was; and what is left."""
        if self.rng.random() < 0.5:
            points = int(np.clip(round(self.rng.normal(3.0 if self.is_poor_sleep else 7.0, 1.2)), 0, 10))
            left = max(int(self.body.last_score) - (1 if days < 2.5 else 3 if days < 4 else 10), 0)
            answers = {"sleep": points, "pain": left}
            self.entries.append(Entry(_zoned(at - timedelta(hours=11)), None, answers))

    def _note(self, at: datetime, felt: int) -> None:
        """Note the soreness a day later and, while it lasts, on the next; less often when there is little."""
        rng, person = self.rng, self.person
        if rng.random() >= (person.keeps_sore_ratio if felt >= 3 else person.keeps_calm_ratio):
            return
        first = at + timedelta(hours=float(rng.uniform(20, 32)))
        answers = {"pain": max(felt - 1, 0), "pain_bending": felt}
        self.entries.append(Entry(_zoned(first), _zoned(at), answers))
        if felt >= 2 and rng.random() < 0.7:
            later = {"pain": max(felt - 2, 0), "pain_bending": max(felt - 1, 0)}
            self.entries.append(Entry(_zoned(first + timedelta(hours=18)), _zoned(at), later))


def _zoned(at: datetime) -> datetime:
    """Return a time of the lifter's clock as the diary keeps it, with a zone."""
    return at.replace(tzinfo=UTC)
