"""What was there before each session: a jump in load, something new, a finding on film, poor sleep.

True and False are what was looked at; None is what nobody noted, and is never taken for "no".
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from lumbar.contributors.evidence import Evidence, FilmedSet, on_clock
from lumbar.contributors.followed import SAME_SESSION, Followed
from lumbar.training.exposure import SessionExposure
from lumbar.training.signals import SPIKE_PERCENT, WINDOW_DAYS

#: A movement not done for this long is new again: the repeated-bout effect was seen up to nine weeks (NC-04).
FORGOTTEN_DAYS = 63

#: Sleep of 0 to 10 below this is poor, and a note on it counts for the sessions of so many hours after: both
#: engineering rules.
POOR_SLEEP_SCORE = 5
SLEEP_HOLDS = timedelta(hours=36)

#: Contributors that can be there before one session and not before another, in the order of the knowledge.
REPEATABLE = ("load", "novelty", "form", "poor-sleep")


@dataclass(frozen=True, slots=True)
class Jumps:
    """A session beside the largest of the 30 days before (TL-04), as ratios; None where there is none.

    ``volume_ratio`` and ``top_ratio`` are of the deadlift family, ``back_ratio`` of everything that bends the
    lower back.
    """

    volume_ratio: float | None = None
    top_ratio: float | None = None
    back_ratio: float | None = None

    @property
    def each(self) -> Mapping[str, float]:
        """Return the ratios that are known, by kind."""
        named = {"volume": self.volume_ratio, "top": self.top_ratio, "back": self.back_ratio}
        return {name: ratio for name, ratio in named.items() if ratio is not None}

    @property
    def is_jump(self) -> bool | None:
        """Return whether any is more than a tenth above; None where nothing could be compared."""
        return any(map(is_above, self.each.values())) if self.each else None


def is_above(ratio: float) -> bool:
    """Return whether a ratio is in TL-04's bands; ten percent exactly is not, whatever rounding makes of it."""
    return round(100 * (ratio - 1), 6) > SPIKE_PERCENT


@dataclass(frozen=True, slots=True)
class Novelty:
    """Days since the pull before, and movements not done for nine weeks; None where the log is too short."""

    gap_days: int | None = None
    movements: tuple[str, ...] | None = None

    @property
    def is_late(self) -> bool | None:
        """Return whether it was the first pull after a lay-off."""
        return None if self.gap_days is None else self.gap_days > WINDOW_DAYS

    @property
    def is_new(self) -> bool | None:
        """Return whether anything was new, or came after a lay-off."""
        is_strange = None if self.movements is None else bool(self.movements)
        known = [each for each in (self.is_late, is_strange) if each is not None]
        return any(known) if known else None


@dataclass(frozen=True, slots=True)
class Before:
    """What was there before, or in, one session.

    That the lifter called it new is not among the ``flags``: who is sore remembers it otherwise (FA-05).
    """

    session: SessionExposure
    jumps: Jumps = field(default_factory=Jumps)
    novelty: Novelty = field(default_factory=Novelty)
    filmed: tuple[FilmedSet, ...] = ()
    sleep_score: int | None = None
    is_said_new: bool = False

    @property
    def day(self) -> date:
        """Return the session's day."""
        return self.session.started.date()

    @property
    def has_finding(self) -> bool | None:
        """Return whether anything was clear on film; None where nothing was filmed."""
        return any(f.is_clear for each in self.filmed for f in each.findings) if self.filmed else None

    @property
    def flags(self) -> Mapping[str, bool | None]:
        """Return, per repeatable contributor, whether it was there."""
        is_poor = None if self.sleep_score is None else self.sleep_score < POOR_SLEEP_SCORE
        found = (self.jumps.is_jump, self.novelty.is_new, self.has_finding, is_poor)
        return dict(zip(REPEATABLE, found, strict=True))


def before(told: Sequence[Followed], evidence: Evidence) -> tuple[Before, ...]:
    """Return what was there before each session, in the same order."""
    sessions = [each.session for each in told]
    films = _films(evidence.filmed, sessions)
    slept = [(on_clock(e.at), points) for e in evidence.diary if (points := e.points("sleep")) is not None]
    days = [each.started.toordinal() for each in sessions]

    def past(place: int, back_days: int) -> Sequence[SessionExposure]:
        """Return the sessions before one, as far back as so many days: years of them need not be looked at."""
        return sessions[bisect_left(days, days[place] - back_days) : place]

    return tuple(
        Before(
            session,
            _jumps(sessions[0], past(place, WINDOW_DAYS), session),
            _novelty(sessions[0], past(place, FORGOTTEN_DAYS), session, _last_pull(sessions, place)),
            tuple(films.get(place, ())),
            _sleep(slept, session.started),
            told[place].is_said_new,
        )
        for place, session in enumerate(sessions)
    )


def _days(early: SessionExposure, late: SessionExposure) -> int:
    return (late.started.date() - early.started.date()).days


def _last_pull(sessions: Sequence[SessionExposure], place: int) -> SessionExposure | None:
    return next((sessions[at] for at in range(place - 1, -1, -1) if sessions[at].has_pulls), None)


def _jumps(first: SessionExposure, past: Sequence[SessionExposure], now: SessionExposure) -> Jumps:
    """Set a session beside the 30 days before; a log that does not reach back that far has no largest."""
    if _days(first, now) < WINDOW_DAYS:
        return Jumps()
    window = [each for each in past if _days(each, now) > 0]
    tops = [
        top.e1rm_kg.value / best
        for name, top in now.tops.items()
        if (best := max((each.tops[name].e1rm_kg.value for each in window if name in each.tops), default=0.0))
    ]
    return Jumps(
        _ratio([each.volume_kg for each in window], now.volume_kg),
        max(tops, default=None),
        _ratio([each.back_n_m_reps.value for each in window], now.back_n_m_reps.value),
    )


def _ratio(before_it: Sequence[float], now: float) -> float | None:
    most = max(before_it, default=0.0)
    return now / most if most and now else None


def _novelty(
    first: SessionExposure, past: Sequence[SessionExposure], now: SessionExposure, pull: SessionExposure | None
) -> Novelty:
    """Set a pull beside the last one, ``pull``, and beside what was lifted in the days before."""
    if not now.has_pulls or first is now:
        return Novelty()
    gap_days = _days(pull, now) if pull is not None else None
    if _days(first, now) < FORGOTTEN_DAYS:
        return Novelty(gap_days)
    fresh = {name for each in past for name in each.tops}
    strange = sorted(top.movement.name for name, top in now.tops.items() if name not in fresh)
    return Novelty(gap_days, tuple(strange))


def _films(filmed: Sequence[FilmedSet], sessions: Sequence[SessionExposure]) -> Mapping[int, list[FilmedSet]]:
    """Return the sets filmed in each session: nearer to it than to any other, and not far off."""
    placed: defaultdict[int, list[FilmedSet]] = defaultdict(list)
    for each in filmed:
        apart = [abs(session.started - each.at) for session in sessions]
        if apart and min(apart) <= SAME_SESSION:
            placed[apart.index(min(apart))].append(each)
    return placed


def _sleep(slept: Sequence[tuple[datetime, int]], started: datetime) -> int | None:
    """Return the last note on sleep before a session that still tells of the night before."""
    near = [points for at, points in slept if timedelta(0) <= started - at <= SLEEP_HOLDS]
    return near[-1] if near else None
