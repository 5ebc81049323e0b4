"""What a plan never contains, whoever asks: urgency, light, age, equipment and the lifter's own log forbid it.

The rules are written down here once more, from the evidence file and not from the code that keeps them. Drawing a
lifter takes far longer than checking one, so each lifter is asked all of them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from lifters import NOW, REGULAR, corners, state, states

from lumbar.knowledge.library import library
from lumbar.plan.lock import Locked
from lumbar.plan.making import Plan, make_plan
from lumbar.plan.state import PlanState
from lumbar.symptoms.recheck import traffic_light
from lumbar.symptoms.urgency import Urgency

#: TL-04: ten percent above the largest session of thirty days; sums of products are rounded in the 9th digit.
CAP, ROUNDING = 1.10, 1e-6
LOADED = {name for name, exercise in library().exercises.items() if exercise.movement == "pull"}

Check = Callable[[PlanState, Plan | Locked], None]
CHECKS: list[Check] = []


def never(check: Check) -> Check:
    """Have a rule asked of every lifter that is drawn."""
    CHECKS.append(check)
    return check


def colour(state: PlanState) -> str | None:
    return getattr(traffic_light(state.episode), "id", None)


@never
def a_plan_at_soon_or_higher_or_without_check_or_age(state: PlanState, plan: Plan | Locked) -> None:
    is_open = state.urgency in (Urgency.SELF_CARE, Urgency.ROUTINE)
    last = state.episode.last
    if not is_open or state.is_adult is not True or (last is not None and last.is_locked):
        assert isinstance(plan, Locked)


@never
def a_plan_after_a_red_light_without_a_check(state: PlanState, plan: Plan | Locked) -> None:
    if colour(state) == "red" and not any(entry.is_checked for entry in state.episode.entries):
        assert isinstance(plan, Locked)


@never
def a_plan_after_an_entry_that_the_check_locked(state: PlanState, plan: Plan | Locked) -> None:
    if state.episode.last is not None and state.episode.last.is_locked:
        assert isinstance(plan, Locked)


@never
def a_loaded_pull_on_a_red_light(state: PlanState, plan: Plan | Locked) -> None:
    if colour(state) == "red" and isinstance(plan, Plan):
        assert not LOADED & {item.id for item in plan.items}
        assert not LOADED & {choice.exercise.id for choice in plan.week.swaps}


@never
def what_the_lifter_does_not_own(state: PlanState, plan: Plan | Locked) -> None:
    owned = state.progress.equipment
    if isinstance(plan, Plan) and owned is not None:
        everything = [*(item.exercise for item in plan.items), *(choice.exercise for choice in plan.week.swaps)]
        for exercise in everything:
            assert not exercise.needs or any(set(row) <= owned for row in exercise.needs), exercise.id


@never
def what_is_held_back_or_might_be(_: PlanState, plan: Plan | Locked) -> None:
    if isinstance(plan, Plan):
        for item in plan.items:
            if item.exercise.hold_when is not None:
                truth = library().condition(item.exercise.hold_when).truth(plan.facts.allowed.answers)
                is_comfort = item.exercise.movement == "comfort"
                assert truth is False or (is_comfort and truth is None and item.ask_first), item.id


@never
def an_exercise_above_three_of_ten_or_while_nobody_knows(state: PlanState, plan: Plan | Locked) -> None:
    last = state.episode.last
    is_fresh = last is not None and state.now - last.at <= timedelta(hours=72)
    told = [state.answers.get("pain")]
    told += [last.answers.get(name) for name in ("pain", "pain_bending")] if is_fresh else []
    known = [points for points in told if isinstance(points, int)]
    if isinstance(plan, Plan) and (not known or max(known) > 3):
        assert {item.exercise.movement for item in plan.items} <= {"comfort", "everyday"}


@never
def more_than_before_without_a_green_light_or_with_an_appointment_due(
    state: PlanState, plan: Plan | Locked
) -> None:
    if isinstance(plan, Locked) or (colour(state) == "green" and state.urgency is Urgency.SELF_CARE):
        return
    for item in plan.week.pulls:
        if item.amount is not None and item.amount.volume_kg is not None:
            assert item.amount.volume_kg <= max(each.volume_kg for each in state.pulls.sessions) + ROUNDING
            lifted = [work.load.mass_kg for each in state.pulls.sessions for work in each.sets]
            assert item.amount.heaviest_kg is not None
            assert item.amount.heaviest_kg <= max(lifted) + ROUNDING


@never
def a_session_or_load_above_the_cap(state: PlanState, plan: Plan | Locked) -> None:
    for item in plan.week.pulls if isinstance(plan, Plan) else ():
        amount = item.amount
        if amount is None or amount.volume_kg is None or amount.heaviest_kg is None:
            continue
        done = [(each.at.date(), each.volume_kg) for each in state.pulls.sessions]
        loads = [
            (each.at.date(), work.load.mass_kg)
            for each in state.pulls.sessions
            for work in each.sets
            if work.movement == amount.movement
        ]
        for day in item.days:
            before = [volume for at, volume in done if 0 < (day - at).days <= 30]
            assert not before or amount.volume_kg <= max(before) * CAP + ROUNDING
            lifted = [load for at, load in loads if 0 < (day - at).days <= 30]
            assert not lifted or amount.heaviest_kg <= max(lifted) * CAP + ROUNDING
            done.append((day, amount.volume_kg))
            loads.append((day, amount.heaviest_kg))


@never
def more_than_half_after_a_break(state: PlanState, plan: Plan | Locked) -> None:
    sessions = state.pulls.sessions
    is_away = bool(sessions) and (state.today - sessions[-1].at.date()).days > 30
    if isinstance(plan, Plan) and is_away and state.progress.climb is None:
        ever = max(work.load.mass_kg for each in sessions for work in each.sets)
        for item in plan.week.pulls:
            assert item.amount is None or (item.amount.heaviest_kg or 0) <= ever / 2 + ROUNDING


@never
def pulls_within_48_hours_or_beyond_the_week(state: PlanState, plan: Plan | Locked) -> None:
    for item in plan.week.pulls if isinstance(plan, Plan) else ():
        for each in state.pulls.sessions[-1:]:
            assert all(day >= (each.at + timedelta(hours=48)).date() for day in item.days)
        assert all((late - early).days >= 2 for early, late in pairwise(item.days))
        assert all(0 <= (day - state.today).days < 7 for day in item.days)


@never
def another_plan_from_the_same_state_or_a_session_counted_twice(state: PlanState, plan: Plan | Locked) -> None:
    assert make_plan(state) == plan
    if isinstance(plan, Plan):
        again = make_plan(replace(state, progress=plan.progress))
        assert isinstance(again, Plan)
        if plan.facts.climb is not None:
            assert again.facts.climb == plan.facts.climb


@never
def a_sentence_without_card_or_an_exercise_twice(_: PlanState, plan: Plan | Locked) -> None:
    assert all(said.cards and said.text for said in plan.sentences)
    if isinstance(plan, Plan):
        shown = [*plan.today.helps, *plan.today.little, *plan.week.pulls, *plan.prevention.items]
        assert len({item.id for item in shown}) == len(shown)


@pytest.mark.slow
@given(states())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_plan_never_contains_what_is_forbidden(drawn: PlanState) -> None:
    plan = make_plan(drawn)
    for check in CHECKS:
        check(drawn, plan)


@pytest.mark.slow
def test_nor_does_it_at_any_corner() -> None:
    loads = 0
    for drawn in corners():
        plan = make_plan(drawn)
        for check in CHECKS:
            check(drawn, plan)
        loads += isinstance(plan, Plan) and any(each.amount and each.amount.volume_kg for each in plan.week.pulls)
    assert loads > 100  # enough of them may pull for the rules on loads to be about something


def test_the_rules_are_about_something() -> None:
    """A regular lifter on a green light has pulls with loads, trunk, hips, a warm-up: nothing is just left out."""
    plan = make_plan(state())
    assert isinstance(plan, Plan)
    (pull,) = plan.week.pulls
    assert pull.amount is not None
    assert pull.amount.volume_kg == pytest.approx(3 * 5 * 142.5)
    assert {item.id for item in plan.prevention.items} == {
        "plank", "side-bridge", "back-extension", "hip-hinge-drill", "hip-thrust", "band-pull-through",
        "warm-up-sets",
    }  # fmt: skip
    assert len(REGULAR) == 4
    assert plan.state.now == NOW


@pytest.mark.parametrize("urgency", list(Urgency))
def test_each_urgency_opens_or_locks(urgency: Urgency) -> None:
    plan = make_plan(state(urgency=urgency))
    assert isinstance(plan, Locked) == (urgency >= Urgency.SOON)
