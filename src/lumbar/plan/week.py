"""The week: the light and what it means, which pulls at what load and effort, what to swap in, what waits."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from lumbar.estimate import Missing
from lumbar.knowledge.exercise import Exercise
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said, say
from lumbar.plan.choose import Choice, Waits, against, has_equipment, pick
from lumbar.plan.facts import Facts
from lumbar.plan.history import PullSession, WorkSet, most_kg
from lumbar.plan.items import Item, amount_of, item
from lumbar.plan.ladder import LOADED, TOP
from lumbar.plan.loading import (
    CAP_RATIO,
    HALF,
    HARD_RPE,
    LESS_THAN_HALF,
    Amount,
    PlannedSet,
    begun_again,
    is_within,
    lessened,
    raised_load,
    raised_sets,
    repeated,
    rounded_down,
)
from lumbar.plan.state import WEEK
from lumbar.training.quantities import Load
from lumbar.training.signals import WINDOW_DAYS

#: Effort at most, of 10, when a step is made, when the last session is repeated, and when there is less of it.
STEP_RPE, REPEAT_RPE, LESS_RPE = 8, 7, 6
#: Two pulls are at least this far apart; and so many a week on the way back (12 in 8 weeks, PV-02).
APART = timedelta(hours=48)
_RETURN_A_WEEK, _FOUR_WEEKS_DAYS = 2, 28
#: Movements whose loads stand for one another where one has no history of its own: a straight or trap bar.
_BARS = frozenset({"deadlift", "sumo", "trap-bar", "block-pull"})
#: The first pulls with a weight, the most alike to the floor first; any that the lifter has things for.
_FIRST = ("elevated-pull", "trap-bar-deadlift", "dumbbell-deadlift")
#: What may stand in for a pull, the most alike first.
_LESS = ("trap-bar-deadlift", "elevated-pull", "band-pull-through", "hip-thrust", "glute-bridge")
#: Less of a session is tried so often before no load is named at all.
_TRIES = 12


@dataclass(frozen=True, slots=True)
class Week:
    """The week: light and rule, pulls, what may stand in for them, what else counts as a pull, what waits."""

    light: Said
    rules: tuple[Said, ...]
    pulls: tuple[Item, ...]
    swaps: tuple[Choice, ...]
    others: Said | None
    waiting: tuple[Waits, ...]

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said, in order."""
        swaps = (say(f"exercise.{each.exercise.id}") for each in self.swaps)
        waits = (said for each in self.waiting for said in (each.name, *each.reasons))
        pulls = (said for each in self.pulls for said in each.sentences)
        return (self.light, *self.rules, *pulls, *swaps, *([self.others] if self.others else []), *waits)


def week_of(facts: Facts) -> Week:
    """Return the week from today on."""
    main = main_exercise(facts)
    chosen = pick(main.id, facts.allowed)
    is_calm = facts.colour == "green" and facts.climb is None
    others = None if is_calm or not facts.state.pulls.others else _others(facts)
    if isinstance(chosen, Waits):
        return Week(_light(facts), tuple(_rules(facts)), (), (), others, (chosen,))
    if chosen.exercise.movement != "pull":
        waits = Waits(main, against(main, facts.allowed))
        return Week(_light(facts), tuple(_rules(facts)), (), (chosen,), others, (waits,))
    pull = _pull(facts, chosen)
    swaps = () if is_calm else tuple(_swaps(facts, chosen.exercise))
    return Week(_light(facts), tuple(_rules(facts)), (pull,), swaps, others, ())


def _light(facts: Facts) -> Said:
    if isinstance(facts.light, Missing):
        return say("light.none", why=facts.light.reason)
    return say(f"light.{facts.light.id}")


def _rules(facts: Facts) -> Iterator[Said]:
    yield say(f"week.{facts.colour}")
    if facts.colour == "green" and not facts.may_step_up:
        yield say("week.appointment")
    if facts.allowed.stage >= LOADED:
        yield say("week.pain-while")
        if facts.colour != "green" or facts.climb is not None:
            yield say("week.morning")
    yield say("light.source")


def _others(facts: Facts) -> Said:
    return say("week.others", names=", ".join(facts.state.pulls.others))


def main_exercise(facts: Facts) -> Exercise:
    """Return the pull that the week is about: the step's own, or the one that the lifter does most."""
    exercises = library().exercises
    if facts.climb is not None and facts.climb.stage <= LOADED:
        first = (exercises[name] for name in _FIRST)
        return next((each for each in first if has_equipment(each, facts.allowed.equipment)), exercises[_FIRST[0]])
    pulls = facts.state.pulls
    recent = pulls.window(facts.state.today + timedelta(days=1)) or pulls.sessions
    done = Counter(each.movement for session in recent for each in session.sets)
    for movement, _ in done.most_common():
        for exercise in exercises.values():
            is_step = exercise.stage <= (facts.climb.stage if facts.climb is not None else TOP)
            if movement in exercise.logged_as and is_step:
                return exercise
    return exercises["floor-pull"]


def _swaps(facts: Facts, than: Exercise) -> Iterator[Choice]:
    """Yield what asks less of the lower back than a pull and may be done now (TL-12)."""
    for name in _LESS:
        exercise = library().exercises[name]
        if exercise is not than and not against(exercise, facts.allowed):
            yield Choice(exercise)


def pull_days(facts: Facts) -> tuple[date, ...]:
    """Return the days of the week's pulls: as many as the lifter is used to, at least 48 hours apart."""
    state, last = facts.state, facts.last_session
    first = state.today if last is None else max(state.today, (last + APART).date())
    count = _a_week(facts)
    gap = 3 if count == _RETURN_A_WEEK else 2
    end = state.today + WEEK
    return tuple(day for n in range(count) if (day := first + timedelta(days=gap * n)) < end)


def _a_week(facts: Facts) -> int:
    if facts.colour != "green":
        return 1
    if facts.climb is not None:
        return _RETURN_A_WEEK
    month = facts.state.pulls.window(facts.state.today + timedelta(days=1), _FOUR_WEEKS_DAYS)
    return min(max(1, round(len(month) * 7 / _FOUR_WEEKS_DAYS)), 3)


def _pull(facts: Facts, chosen: Choice) -> Item:
    days, exercise = pull_days(facts), chosen.exercise
    amount = _amount(facts, exercise, days)
    note = say("week.half") if _is_beginning(facts, exercise) else say("week.effort-first")
    if amount is None:
        amount, note = _by_effort(exercise), say("week.no-load")
    said = {"grows": say("grow.pull"), "stop": say("stop.pull"), "note": note}
    return item(chosen, amount_of(amount), days, amount=amount, **said)


def _by_effort(exercise: Exercise) -> Amount:
    """Return sets without a load, for whoever has no log of this pull: effort alone says how much."""
    dose = exercise.dose
    sets = PlannedSet(3, 5) if dose is None else PlannedSet(dose.sets, dose.amount)
    return Amount(_movement(exercise), (sets,), min(_rpe(exercise), LESS_RPE))


def _movement(exercise: Exercise) -> str:
    return exercise.logged_as[0] if exercise.logged_as else "deadlift"


def _rpe(exercise: Exercise) -> int:
    return exercise.dose.rpe if exercise.dose is not None and exercise.dose.rpe is not None else LESS_RPE


def _amount(facts: Facts, exercise: Exercise, days: Sequence[date]) -> Amount | None:
    """Return the first of what may be done that keeps the caps, from a step up to ever less."""
    for amount in _wishes(facts, exercise):
        if is_within(amount, facts.state.pulls, days):
            return amount
    return None


def _wishes(facts: Facts, exercise: Exercise) -> Iterator[Amount]:
    if _is_beginning(facts, exercise):
        begun = _begun(facts, exercise)
        wishes = [] if begun is None else [begun]
    else:
        wishes = list(_from_last(facts, exercise))
    yield from wishes
    last = wishes[-1] if wishes else None
    for _ in range(_TRIES):
        if last is None:
            return
        last = lessened(last)
        yield last


def _of(exercise: Exercise, sessions: Sequence[PullSession]) -> list[tuple[WorkSet, ...]]:
    sets = [session.of(name) for session in sessions for name in exercise.logged_as]
    return [each for each in sets if each]


def _since(facts: Facts) -> tuple[tuple[PullSession, ...], tuple[PullSession, ...]]:
    """Return the pulls before the way back began, and those since."""
    sessions = facts.state.pulls.sessions
    climb = facts.climb
    began = None if climb is None else climb.began_at or climb.since
    if began is None:
        return sessions, ()
    at = facts.state.clock(began)
    return tuple(s for s in sessions if s.at <= at), tuple(s for s in sessions if s.at > at)


def _is_beginning(facts: Facts, exercise: Exercise) -> bool:
    """Return whether the way back sets the load: up to the first pulls from the floor, and without one since."""
    if facts.climb is None:
        return False
    return facts.climb.stage <= LOADED + 1 or not _of(exercise, _since(facts)[1])


def _begun(facts: Facts, exercise: Exercise) -> Amount | None:
    before = _since(facts)[0] or facts.state.pulls.sessions
    if not before or not exercise.logged_as:
        return None
    month = [each for each in before if (before[-1].at.date() - each.at.date()).days <= WINDOW_DAYS]
    working, most = _working(month, exercise.logged_as[0]), most_kg(month)
    if working is None or most is None:
        return None
    ratio = LESS_THAN_HALF if facts.climb is not None and facts.climb.stage <= LOADED else HALF
    load, lately = rounded_down(working, ratio), _lately(facts, exercise.logged_as[0])
    if lately is not None and load.mass_kg > lately.mass_kg * CAP_RATIO:
        load = rounded_down(lately, Decimal(str(CAP_RATIO)))
    return begun_again(exercise.logged_as[0], load, most, min(_rpe(exercise), LESS_RPE))


def _lately(facts: Facts, movement: str) -> Load | None:
    """Return the heaviest load of a movement in the last thirty days."""
    window = facts.state.pulls.window(facts.state.today + timedelta(days=1))
    loads = [each.load for session in window for each in session.of(movement)]
    return max(loads, key=lambda load: load.mass_kg, default=None)


def _working(month: Sequence[PullSession], movement: str) -> Load | None:
    """Return the heaviest load of a movement; where it has none, the lowest of its relatives' heaviest."""
    alike = _BARS if movement in _BARS else {movement}
    heaviest: dict[str, Load] = {}
    for each in (work for session in month for work in session.sets if work.movement in alike):
        held = heaviest.get(each.movement)
        if held is None or each.load.mass_kg > held.mass_kg:
            heaviest[each.movement] = each.load
    if movement in heaviest:
        return heaviest[movement]
    return min(heaviest.values(), key=lambda load: load.mass_kg, default=None)


def _from_last(facts: Facts, exercise: Exercise) -> Iterator[Amount]:
    """Yield what follows from the last session of the same pull: more, the same, or less."""
    done = _of(exercise, _since(facts)[1] if facts.climb is not None else facts.state.pulls.sessions)
    if not done:
        return
    last = done[-1]
    if facts.colour != "green":
        yield lessened(repeated(last, LESS_RPE))
        return
    effort = max((each.rpe_score for each in last if each.rpe_score is not None), default=0.0)
    if facts.may_step_up and effort <= HARD_RPE:
        is_building_sets = facts.climb is not None and facts.climb.stage < TOP
        stepped = repeated(last, REPEAT_RPE if is_building_sets else STEP_RPE)
        yield from raised_sets(stepped) if is_building_sets else raised_load(stepped)
    yield repeated(last, REPEAT_RPE)
