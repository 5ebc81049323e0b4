"""Prevention: one thing of the technique at a time, the trunk, hinge and hips, the warm-up, the size of a step."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from lumbar.knowledge.exercise import Exercise
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said, say
from lumbar.plan.choose import Choice, Waits, against, pick
from lumbar.plan.facts import Facts
from lumbar.plan.history import most_kg
from lumbar.plan.items import Item, dose_of, grown, item, joined, spread
from lumbar.plan.loading import CAP_RATIO, Amount, rounded_down
from lumbar.plan.state import Correction
from lumbar.screening.results import TestResult
from lumbar.training.quantities import Load

#: The trunk from front, side and back; the hips and the hinge (cards PV-17, PV-16).
_TRUNK = ("plank", "side-bridge", "back-extension")
_HIPS = ("hip-hinge-drill", "hip-thrust", "band-pull-through")
#: Which test says where a hold begins, and which share of the best hold that is; an engineering rule.
_STARTS = {"plank": "plank-hold", "side-bridge": "side-bridge-hold"}
_START_RATIO, _START_STEP_S, _SHORTEST_S = 0.5, 5, 10
#: So many done days make a step up, and two corrections of the technique are all that one can mind; both are ours.
_DAYS_A_STEP, _CORRECTIONS = 3, 2
#: Warm-up sets: reps, and the share of the day's heaviest load; an engineering rule.
_WARM_UP = ((5, Decimal("0.4")), (4, Decimal("0.55")), (3, Decimal("0.7")), (2, Decimal("0.85")))


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to work on in the technique; the drill waits where ``waits`` says why."""

    correction: Correction
    drill: Item | None
    waits: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Prevention:
    """What keeps going when nothing hurts any more."""

    lead: tuple[Said, ...]
    technique: tuple[Work, ...]
    trunk: tuple[Item, ...]
    hips: tuple[Item, ...]
    warm_up: tuple[Item, ...]
    cap: Said
    waiting: tuple[Waits, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Return the exercises, drills of the technique first."""
        drills = tuple(work.drill for work in self.technique if work.drill is not None)
        return (*drills, *self.trunk, *self.hips, *self.warm_up)

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said and comes from the wording, in order."""
        items = (said for each in self.items for said in each.sentences)
        waits = (said for each in self.waiting for said in (each.name, *each.reasons))
        return (*self.lead, *items, self.cap, *waits)


def prevention_of(facts: Facts, pulls: tuple[Item, ...]) -> Prevention:
    """Return the part of the plan that goes on; ``pulls`` are this week's, which the warm-up leads up to."""
    technique = tuple(_technique(facts, {each.id for each in pulls}))
    taken = {work.drill.id for work in technique if work.drill is not None}
    trunk = _picked(facts, _TRUNK, taken)
    hips = _picked(facts, _HIPS, taken | {each.exercise.id for each in trunk})
    warm_up = _picked(facts, ("warm-up-sets",), set()) if pulls else []
    return Prevention(
        tuple(_lead(facts)),
        technique,
        tuple(_item(facts, each) for each in trunk if isinstance(each, Choice)),
        tuple(_item(facts, each) for each in hips if isinstance(each, Choice)),
        tuple(_warm_up(each, pulls[0]) for each in warm_up if isinstance(each, Choice)),
        _cap(facts),
        tuple(each for each in (*trunk, *hips) if isinstance(each, Waits)),
    )


def _lead(facts: Facts) -> Iterator[Said]:
    yield say("prevention.lead")
    if facts.allowed.stage < 1:
        yield say("prevention.acute" if facts.pain is not None else "prevention.ask")
    if not facts.state.corrections:
        yield say("prevention.no-film")
    else:
        yield say("prevention.technique")


def _picked(facts: Facts, names: tuple[str, ...], taken: set[str]) -> list[Choice | Waits]:
    """Return each exercise or what stands in for it, none twice."""
    found: list[Choice | Waits] = []
    seen = set(taken)
    for name in names:
        each = pick(name, facts.allowed)
        if each.exercise.id not in seen and not _is_only_not_owned(each):
            seen.add(each.exercise.id)
            found.append(each)
    return found


def _is_only_not_owned(each: Choice | Waits) -> bool:
    return isinstance(each, Waits) and [said.id for said in each.reasons] == ["waits.equipment"]


def _technique(facts: Facts, taken: set[str]) -> Iterator[Work]:
    """Yield the corrections; a drill that is in the plan already is not there twice."""
    for correction in facts.state.corrections[:_CORRECTIONS]:
        exercise = library().exercises.get(correction.exercise or "")
        reasons = () if exercise is None else against(exercise, facts.allowed)
        if exercise is None or exercise.id in taken or reasons:
            yield Work(correction, None, reasons)
        else:
            taken = taken | {exercise.id}
            yield Work(correction, _item(facts, Choice(exercise)))


def _item(facts: Facts, choice: Choice) -> Item:
    exercise = choice.exercise
    dose = exercise.dose
    if dose is None:
        return item(choice, None)
    amount = _amount_now(facts, exercise)
    days = spread(facts.state.today, dose.days_a_week)
    grows = say(f"grow.{dose.counted}", add=dose.add, most=dose.most, days=_DAYS_A_STEP) if dose.add else None
    return item(choice, dose_of(dose, amount), days, grows=grows, stop=say("stop.exercise"))


def _amount_now(facts: Facts, exercise: Exercise) -> int:
    dose = exercise.dose
    if dose is None:
        return 0
    steps = facts.state.progress.done(exercise.id, facts.state.today) // _DAYS_A_STEP
    is_calm = facts.colour not in ("amber", "red")
    return grown(dose, _start(exercise, facts.state.tests), steps if is_calm else 0)


def _start(exercise: Exercise, tests: tuple[TestResult, ...]) -> int:
    """Return where a dose begins: at half of the newest test, worse side, in whole five seconds."""
    dose = exercise.dose
    if dose is None:
        return 0
    results = [result for result in tests if result.test == _STARTS.get(exercise.id)]
    if not results:
        return dose.amount
    best_s = min(max(results, key=lambda result: result.at).values)
    half_s = int(best_s * _START_RATIO // _START_STEP_S * _START_STEP_S)
    return min(max(half_s, _SHORTEST_S), dose.most)


def _warm_up(choice: Choice, pull: Item) -> Item:
    told = say("warm-up.no-load") if pull.amount is None else _warm_up_sets(pull.amount)
    return item(choice, told, pull.days)


def _warm_up_sets(amount: Amount) -> Said:
    loads = [each.load for each in amount.sets if each.load is not None]
    if not loads:
        return say("warm-up.no-load")
    top = max(loads, key=lambda load: load.mass_kg)
    return joined(*(_warm_up_set(reps, rounded_down(top, ratio)) for reps, ratio in _WARM_UP))


def _warm_up_set(reps: int, load: Load) -> Said:
    return say("warm-up.set", reps=reps, load=load.shown_in(load.unit))


def _cap(facts: Facts) -> Said:
    most = most_kg(facts.state.pulls.window(facts.state.today + timedelta(days=1)))
    if most is None:
        return say("cap.unknown")
    return say("cap.known", most=f"{most:,.0f}", cap=f"{most * CAP_RATIO:,.0f}")
