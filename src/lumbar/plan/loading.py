"""How much to pull: from the lifter's own last session, never above ten percent over their own thirty days.

The cap is TL-04's (from runners; for lifting a hypothesis). One thing is raised at a time (TL-11). How large a
step, how much less on an amber light, and which effort: our own rules.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from lumbar.plan.history import Pulls, PullSession, WorkSet, heaviest_kg, most_kg, volume_kg
from lumbar.training.quantities import Load, MassUnit
from lumbar.training.signals import SPIKE_PERCENT

#: The largest session may grow by this factor, and so may the heaviest load (TL-04).
CAP_RATIO = 1 + SPIKE_PERCENT / 100
#: The smallest change that plates allow, of a pair of the smallest common ones.
PLATE: dict[MassUnit, Decimal] = {"kg": Decimal("2.5"), "lb": Decimal(5)}
#: Somebody who begins again lifts about half of before (TL-11), and four tenths while the bar stands high.
HALF, LESS_THAN_HALF = Decimal("0.5"), Decimal("0.4")
#: After a set at more than this, nothing is added.
HARD_RPE = 9.0
#: Rounding of sums of products must not decide whether a session is at the cap, kg.
_ROUNDING_KG = 1e-6


@dataclass(frozen=True, slots=True)
class PlannedSet:
    """So many sets of so many reps; ``load`` is None where the log gives none."""

    sets: int
    reps: int
    load: Load | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """What a session of pulls holds: movement of the log, sets in order, effort at most."""

    movement: str
    sets: tuple[PlannedSet, ...]
    rpe: int

    @property
    def volume_kg(self) -> float | None:
        """Return the session's volume, None where a load is not known."""
        return _volume_kg(self)

    @property
    def heaviest_kg(self) -> float | None:
        """Return the heaviest load, None where none is known."""
        return max((each.load.mass_kg for each in self.sets if each.load is not None), default=None)

    def as_session(self, like: PullSession, day: date) -> PullSession:
        """Return it as a session that was done on a day, at the hour of another."""
        volume = self.volume_kg or 0.0
        work = tuple(
            WorkSet(self.movement, each.load, each.reps)
            for each in self.sets
            if each.load
            for _ in range(each.sets)
        )
        return PullSession(like.at.replace(year=day.year, month=day.month, day=day.day), volume, work)


def _volume_kg(amount: Amount) -> float | None:
    total = 0.0
    for each in amount.sets:
        if each.load is None:
            return None
        total += each.sets * volume_kg(amount.movement, each.load, each.reps)
    return total


def cap_kg(pulls: Pulls, day: date) -> float | None:
    """Return the most volume that a session on a day may have; None without a session in the 30 days before."""
    most = most_kg(pulls.window(day))
    return None if most is None else most * CAP_RATIO


def is_within(amount: Amount, pulls: Pulls, days: Sequence[date]) -> bool:
    """Return whether a session keeps both caps on each of the days, done on all of them in turn.

    Without a session in the thirty days before there is no cap to keep; what is planned then begins low.
    """
    for day in days:
        volume, cap = amount.volume_kg, cap_kg(pulls, day)
        if volume is not None and cap is not None and volume > cap + _ROUNDING_KG:
            return False
        heaviest, most = amount.heaviest_kg, heaviest_kg(pulls.window(day), amount.movement)
        if heaviest is not None and most is not None and heaviest > most * CAP_RATIO + _ROUNDING_KG:
            return False
        if pulls.last is not None:
            pulls = pulls.with_session(amount.as_session(pulls.last, day))
    return True


def repeated(sets: Sequence[WorkSet], rpe: int) -> Amount:
    """Return a session as it was, in its order."""
    groups = groupby(sets, key=lambda each: (each.load, each.reps))
    planned = tuple(PlannedSet(len(list(each)), reps, load) for (load, reps), each in groups)
    return Amount(sets[0].movement, planned, rpe)


def lessened(amount: Amount) -> Amount:
    """Return a session with one set less, the last of the heaviest; of a single set, with a tenth less load."""
    if sum(each.sets for each in amount.sets) > 1:
        place = _heaviest(amount)
        fewer = replace(amount.sets[place], sets=amount.sets[place].sets - 1)
        kept = (*amount.sets[:place], *((fewer,) if fewer.sets else ()), *amount.sets[place + 1 :])
        return replace(amount, sets=kept)
    only = amount.sets[0]
    load = None if only.load is None else rounded_down(only.load, Decimal("0.9"))
    return replace(amount, sets=(replace(only, load=load),))


def _heaviest(amount: Amount) -> int:
    loads = [0.0 if each.load is None else each.load.mass_kg for each in amount.sets]
    return max(place for place, load in enumerate(loads) if load == max(loads))


def raised_load(amount: Amount) -> Iterator[Amount]:
    """Yield a session with the smallest plates more on its heaviest sets."""
    place = _heaviest(amount)
    heaviest = amount.sets[place]
    if heaviest.load is not None:
        load = Load(heaviest.load.number + PLATE[heaviest.load.unit], heaviest.load.unit)
        yield replace(amount, sets=_at(amount.sets, place, replace(heaviest, load=load)))


def raised_sets(amount: Amount) -> Iterator[Amount]:
    """Yield a session with one set more, or, where that is too much, with one rep more in as many as it may."""
    place = _heaviest(amount)
    heaviest = amount.sets[place]
    yield replace(amount, sets=_at(amount.sets, place, replace(heaviest, sets=heaviest.sets + 1)))
    for count in range(heaviest.sets, 0, -1):
        more = replace(heaviest, sets=count, reps=heaviest.reps + 1)
        rest = replace(heaviest, sets=heaviest.sets - count)
        both = (more, rest) if rest.sets else (more,)
        yield replace(amount, sets=(*amount.sets[:place], *both, *amount.sets[place + 1 :]))


def _at(sets: tuple[PlannedSet, ...], place: int, new: PlannedSet) -> tuple[PlannedSet, ...]:
    return (*sets[:place], new, *sets[place + 1 :])


def rounded_down(load: Load, ratio: Decimal) -> Load:
    """Return a share of a load in steps that plates allow, never more than the share."""
    share = load.number * ratio
    step = PLATE[load.unit]
    return Load(max(share // step * step, min(share, step)), load.unit)


def begun_again(movement: str, load: Load, most_volume_kg: float, rpe: int) -> Amount:
    """Return a light session after a break: three sets of five, fewer where that is more than was ever done."""
    for sets, reps in ((3, 5), (2, 5), (1, 5), (1, 4), (1, 3), (1, 2)):
        amount = Amount(movement, (PlannedSet(sets, reps, load),), rpe)
        if (amount.volume_kg or 0.0) <= most_volume_kg:
            return amount
    return Amount(movement, (PlannedSet(1, 1, load),), rpe)
