"""Each session that loads the lower back, and how sore it left the lifter: the outcome of the self-matching."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lumbar.contributors.evidence import Evidence, on_clock
from lumbar.symptoms.diary import Entry
from lumbar.training.exposure import SessionExposure

#: Soreness after training begins more than six hours after it (NC-01) and is at its highest within 72 (NC-03):
#: what is felt in between belongs to the session.
AFTER, UNTIL = timedelta(hours=6), timedelta(hours=72)

#: How sore it was at most is known where something was noted by then: nine in ten reach it within 48 hours
#: (NC-02).
KNOWN_BY = timedelta(hours=48)

#: The diary's time of the last hard session and the log's start may differ so far; an engineering rule.
SAME_SESSION = timedelta(hours=12)

#: Soreness after a session longer ago than this is not what a lifter asks about today; an engineering rule.
CURRENT = timedelta(days=28)

#: From here on a session left the lifter sore: more than the 2 points that are taken for noise (IN-01).
SORE_SCORE = 3


@dataclass(frozen=True, slots=True)
class Followed:
    """A session, and the highest soreness of 0 to 10 in the hours after it; None where nothing was noted.

    A session without a note is not a session without soreness. ``is_said_new``: the diary says that it was new, or
    harder or longer than usual.
    """

    session: SessionExposure
    peak_score: int | None = None
    is_said_new: bool = False

    @property
    def is_known(self) -> bool:
        """Return whether it was noted how sore the session left the lifter."""
        return self.peak_score is not None

    @property
    def is_sore(self) -> bool:
        """Return whether it left the lifter sore."""
        return self.peak_score is not None and self.peak_score >= SORE_SCORE


def followed(evidence: Evidence) -> tuple[Followed, ...]:
    """Return every session that loads the lower back, oldest first, with how sore it left the lifter."""
    sessions = [each for each in evidence.sessions if each.back_n_m_reps.value > 0]
    starts = [each.started for each in sessions]
    entries: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in evidence.diary:
        place = _place(entry, starts)
        if place is not None:
            entries[place].append(entry)
    return tuple(_followed(session, entries[place]) for place, session in enumerate(sessions))


def _followed(session: SessionExposure, entries: Sequence[Entry]) -> Followed:
    felt = [(on_clock(entry.at) - session.started, entry.felt) for entry in entries if entry.felt is not None]
    is_known = any(since <= KNOWN_BY for since, _ in felt)
    peak_score = max(points for _, points in felt) if is_known else None
    return Followed(session, peak_score, any(entry.answers.get("new_effort") == "yes" for entry in entries))


def _place(entry: Entry, starts: Sequence[datetime]) -> int | None:
    """Return which session an entry tells of: the one it names, else the last that may show by then."""
    at = on_clock(entry.at)
    if entry.session_at is not None:
        named = on_clock(entry.session_at)
        after = bisect_left(starts, named)
        before = bisect_left(starts, starts[after - 1]) if after else 0
        beside = [place for place in (before, after) if place < len(starts)]
        near = min(beside, key=lambda place: abs(starts[place] - named), default=-1)
        if near < 0 or abs(starts[near] - named) > SAME_SESSION:
            return None
    else:
        near = bisect_right(starts, at - AFTER) - 1
    is_within = near >= 0 and AFTER <= at - starts[near] <= UNTIL
    return near if is_within else None


def episode(told: Sequence[Followed], evidence: Evidence) -> Followed | None:
    """Return the session before the soreness that is asked about, None where there is none.

    Where the check found pain, and the newest session is close enough and has no note yet, it is that one; else
    the newest that left the lifter sore, if it is not long ago.
    """
    pain = evidence.answers.get("pain")
    newest = told[-1] if told else None
    is_painful = isinstance(pain, int) and pain > 0
    if newest is not None and not newest.is_known and is_painful and evidence.at - newest.session.started <= UNTIL:
        return newest
    sore = [each for each in told if each.is_sore and evidence.at - each.session.started <= CURRENT]
    return sore[-1] if sore else None
