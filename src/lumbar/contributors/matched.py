"""The lifter beside themselves: sessions with something against like sessions without it (case-crossover, ST-02).

Only sessions with a note on how sore they left the lifter count, and only where it is known whether the thing was
there. All repeatable contributors are weighed together, so that one does not stand in for another; the soreness
that was there before and the months that pass are weighed along (ST-03: carry-over and trend).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from lumbar.arrays import Floats
from lumbar.contributors.before import REPEATABLE, Before
from lumbar.contributors.followed import Followed
from lumbar.contributors.ordered import Levels, Posterior, fit
from lumbar.estimate import Estimate, Measured, Missing
from lumbar.knowledge.saying import Said, say

#: The least data (ST-03, itself an engineering rule): sessions with a note, and sore ones among them; as many that
#: were not sore, and so many with the thing and without it: engineering rules.
LEAST_SESSIONS, LEAST_SORE, LEAST_WITH, LEAST_WITHOUT = 12, 4, 3, 5

#: How sure it must be that sessions after something are sorer before it stands out. An engineering rule: the
#: study design/contributors/tune.py chose it on made-up lifters, so that something is named for at most one
#: lifter in ten whose soreness nothing drives.
STANDS_OUT = 0.975

#: From here on it leans that way, which orders the ledger and names nothing: four in five. An engineering rule.
LEANS = 0.8

#: The least difference that people notice, in points of 10 (IN-01).
NOTICED_SCORE = 1.5

#: The levels of soreness: each point is one, 7 and more together, for few ever note them. An engineering rule.
LEVEL_FROM = (0, 1, 2, 3, 4, 5, 6, 7)

#: Soreness from longer ago than this does not carry over (NC-03: gone by day 5 to 7).
CARRIES_OVER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many sessions came with something and without it, sore and not, of those where that is known.

    ``noted_sore`` and ``noted_other`` are of all sessions with a note on how sore they left the lifter.
    """

    noted_sore: int
    noted_other: int
    sore: int
    sore_with: int
    other: int
    other_with: int

    @property
    def with_it(self) -> int:
        """Return how many sessions came with it."""
        return self.sore_with + self.other_with

    @property
    def without(self) -> int:
        """Return how many sessions came without it."""
        return self.sore + self.other - self.with_it

    @property
    def is_enough(self) -> bool:
        """Return whether there is enough to compare."""
        is_noted = self.noted_sore + self.noted_other >= LEAST_SESSIONS
        is_mixed = min(self.noted_sore, self.noted_other) >= LEAST_SORE
        return is_noted and is_mixed and self.with_it >= LEAST_WITH and self.without >= LEAST_WITHOUT


@dataclass(frozen=True, slots=True)
class SelfMatch:
    """How one contributor goes with this lifter's own soreness.

    ``more_score``: how much sorer sessions with it are than like ones without, in points of 10.
    ``sure_ratio``: how sure it is that they are sorer at all, 0 to 1; for the ranking, never shown.
    """

    contributor: str
    counts: Counts
    more_score: Measured
    sure_ratio: float = 0.5

    @property
    def stands_out(self) -> bool:
        """Return whether sessions with it are sorer, as surely as we ask for."""
        return isinstance(self.more_score, Estimate) and self.sure_ratio >= STANDS_OUT

    @property
    def leans(self) -> bool:
        """Return whether sessions with it seem sorer, not as surely as we ask for."""
        return isinstance(self.more_score, Estimate) and LEANS <= self.sure_ratio < STANDS_OUT

    @property
    def is_no_more(self) -> bool:
        """Return whether any difference is too small to notice."""
        return isinstance(self.more_score, Estimate) and self.more_score.high < NOTICED_SCORE

    @property
    def said(self) -> tuple[Said, ...]:
        """Return it in words: the counts, and the difference."""
        counts = self.counts
        if isinstance(self.more_score, Missing):
            return (_too_few(self.contributor, counts),)
        with_what = say(f"with.{self.contributor}")
        told = say(
            "matched.counts", with_what=with_what,
            sore=counts.sore, sore_with=counts.sore_with, other=counts.other, other_with=counts.other_with,
        )  # fmt: skip
        more = self.more_score
        slots = {"with_what": with_what, **in_points(more)}
        kind = "more" if self.stands_out else "no-more" if self.is_no_more else "unclear"
        return told, say(f"matched.{kind}", **slots)


def in_points(more_score: Estimate) -> dict[str, str]:
    """Return value, low and high as a lifter reads them: one decimal, a minus and no hyphen."""
    each = {"value": more_score.value, "low": more_score.low, "high": more_score.high}
    return {name: f"{score:.1f}".replace("-0.0", "0.0").replace("-", "−") for name, score in each.items()}


def _too_few(name: str, counts: Counts) -> Said:
    return say(
        "matched.too-few", with_what=say(f"with.{name}"),
        known=counts.noted_sore + counts.noted_other, need_known=LEAST_SESSIONS,
        sore=counts.noted_sore, other=counts.noted_other, need_sore=LEAST_SORE,
        with_it=counts.with_it, need_with=LEAST_WITH, without=counts.without, need_without=LEAST_WITHOUT,
    )  # fmt: skip


def compare(told: Sequence[Followed], befores: Sequence[Before]) -> Mapping[str, SelfMatch]:
    """Return, per repeatable contributor, how it goes with the lifter's own soreness.

    ``told`` and ``befores`` are of the same sessions, oldest first.
    """
    rows = [place for place, each in enumerate(told) if each.is_known]
    counts = {name: _count(name, told, befores, rows) for name in REPEATABLE}
    names = [name for name, each in counts.items() if min(each.with_it, each.without) >= 1]
    enough = [name for name in names if counts[name].is_enough]
    found = _effects(told, befores, rows, names) if enough else {}
    return {name: _match(name, counts[name], found.get(name) if name in enough else None) for name in REPEATABLE}


def _match(name: str, counts: Counts, effect_score: Floats | None) -> SelfMatch:
    if effect_score is None:
        return SelfMatch(name, counts, Missing(_too_few(name, counts).text))
    low, middle, high = np.quantile(effect_score, (0.05, 0.5, 0.95))
    sure = float(np.mean(effect_score > 0))
    return SelfMatch(name, counts, Estimate(float(middle), float(low), float(high)), sure)


def _count(name: str, told: Sequence[Followed], befores: Sequence[Before], rows: Sequence[int]) -> Counts:
    noted_sore = sum(told[row].is_sore for row in rows)
    pairs = [(told[row].is_sore, flag) for row in rows if (flag := befores[row].flags[name]) is not None]
    sore = [flag for is_sore, flag in pairs if is_sore]
    other = [flag for is_sore, flag in pairs if not is_sore]
    return Counts(noted_sore, len(rows) - noted_sore, len(sore), sum(sore), len(other), sum(other))


def _effects(
    told: Sequence[Followed], befores: Sequence[Before], rows: Sequence[int], names: Sequence[str]
) -> Mapping[str, Floats]:
    """Return draws of each contributor's effect in points: all else alike, with it less without it."""
    things = np.array([[_number(befores[r].flags[name]) for name in names] for r in rows])
    middle = np.nanmean(things, axis=0)
    centred = np.where(np.isnan(things), 0.0, things - middle)
    columns = np.column_stack((centred, _carried(told, rows), _passed(told, rows)))
    peaks = np.array([told[r].peak_score for r in rows], dtype=float)
    levels, level_score = _levels(peaks)
    posterior = fit(levels, columns, len(level_score))
    return {
        name: _with_less_without(posterior, columns, place, middle[place], level_score)
        for place, name in enumerate(names)
    }


def _with_less_without(
    posterior: Posterior, columns: Floats, place: int, middle_ratio: float, level_score: Floats
) -> Floats:
    sides = []
    for value in (1.0, 0.0):
        own = columns.copy()
        own[:, place] = value - middle_ratio
        sides.append(posterior.expected(own, level_score).mean(axis=1))
    return np.asarray(sides[0] - sides[1])


def _levels(peak_score: Floats) -> tuple[Levels, Floats]:
    """Return the level of each session, and each level's mean points; levels nobody reached are left out."""
    raw = np.searchsorted(LEVEL_FROM, peak_score, side="right") - 1
    reached, levels = np.unique(raw, return_inverse=True)
    return levels.astype(np.int64), np.array([peak_score[raw == level].mean() for level in reached])


def _number(flag: bool | None) -> float:  # noqa: FBT001 - a flag is what it turns into a number
    return np.nan if flag is None else float(flag)


def _carried(told: Sequence[Followed], rows: Sequence[int]) -> Floats:
    """Return the soreness of the session before, where it may carry over, centred; unknown is the middle."""
    carried = np.full(len(rows), np.nan)
    for place, row in enumerate(rows):
        last = told[row - 1] if row else None
        if last is not None and told[row].session.started - last.session.started <= CARRIES_OVER:
            carried[place] = np.nan if last.peak_score is None else last.peak_score / 10
    if np.isnan(carried).all():
        return np.zeros(len(rows))
    return np.asarray(np.where(np.isnan(carried), 0.0, carried - np.nanmean(carried)))


def _passed(told: Sequence[Followed], rows: Sequence[int]) -> Floats:
    """Return the time of each session from −½ to ½, for what changes slowly by itself."""
    days = np.array([told[r].session.started.toordinal() for r in rows], dtype=float)
    span = np.ptp(days)
    return np.asarray((days - days.min()) / span - 0.5 if span else np.zeros(len(rows)))
