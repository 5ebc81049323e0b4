"""The return to deadlifting, session by session."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from lifters import GYM, LIGHTS, NOW, REGULAR, entry, pulls, session, state

from lumbar.plan.ladder import APART, climb_now, green_count, stages
from lumbar.plan.lock import Locked
from lumbar.plan.making import Plan, make_plan
from lumbar.plan.progress import Climb, Judged, PlanProgress
from lumbar.plan.state import PlanState
from lumbar.screening import results
from lumbar.symptoms.diary import Episode

HOLD = (results.TestResult("trunk-extensor-hold", NOW, (75.0,)),)


def on(stage: int, *, tests: tuple[results.TestResult, ...] = HOLD) -> PlanState:
    climb = Climb(stage, since=NOW - timedelta(days=30))
    return state("green", tests=tests, progress=PlanProgress(GYM, climb))


def after_session(before: PlanState, at: datetime, colour: str, **changes) -> PlanState:
    """The state the day but one after a session, with the progress that the plan before it left."""
    hours = {"green": 20, "amber": 40, "red": 40}[colour]
    told = LIGHTS[colour] | changes
    episode = Episode((entry(hours, session=at, **told), entry(47, session=at, **told)))
    return replace(before, now=at + timedelta(hours=48), episode=episode, pulls=pulls([]))


def walk(stage: int, colours: str, *, tests: tuple[results.TestResult, ...] = HOLD) -> list[int | None]:
    """The stage after each session, three days apart: g green, a amber, r red."""
    current, found = on(stage, tests=tests), []
    for number, letter in enumerate(colours):
        at = NOW + timedelta(days=3 * number)
        current = after_session(current, at, {"g": "green", "a": "amber", "r": "red"}[letter])
        plan = make_plan(current)
        assert isinstance(plan, Plan)
        current = replace(current, progress=plan.progress)
        found.append(None if plan.facts.climb is None else plan.facts.climb.stage)
    return found


def test_the_steps_are_numbered_from_nought_to_six() -> None:
    assert [stage.number for stage in stages()] == list(range(7))


def test_two_green_sessions_are_a_step() -> None:
    # somebody whose stage was kept before counts the green session that the diary holds already
    assert walk(4, "gg") == [4, 5]
    assert walk(4, "ggg") == [4, 5, 5]


def test_amber_counts_for_nothing_and_takes_nothing() -> None:
    assert walk(4, "gag") == [4, 4, 5]


def test_red_is_a_step_down_once_and_no_loaded_pull() -> None:
    assert walk(5, "gr") == [5, 4]
    assert walk(5, "rgg") == [4, 4, 5]


def test_nobody_passes_the_light_pull_without_the_hold() -> None:
    assert walk(2, "ggg", tests=()) == [2, 2, 2]
    short = (results.TestResult("trunk-extensor-hold", NOW, (40.0,)),)
    assert walk(2, "ggg", tests=short) == [2, 2, 2]
    assert walk(2, "gg") == [2, 3]


def test_the_last_step_ends_the_way_back() -> None:
    assert walk(6, "gg") == [6, None]


def test_sessions_closer_than_48_hours_count_once() -> None:
    climb = Climb(4, judged=tuple(Judged(NOW + timedelta(hours=h), "green") for h in (0, 30, 60)))
    assert green_count(climb) == 2
    assert timedelta(hours=48) == APART


def test_a_red_light_that_was_checked_begins_the_way_back() -> None:
    plan = make_plan(state("red"))
    assert isinstance(plan, Plan)
    assert plan.back.here == 1
    assert plan.week.pulls == ()
    assert "No loaded pulls this week" in " ".join(said.text for said in plan.sentences)


def test_a_red_light_that_was_not_checked_locks() -> None:
    entries = tuple(entry(h, is_checked=False, **LIGHTS["red"]) for h in (20, 40))
    plan = make_plan(state(None, episode=Episode(entries)))
    assert isinstance(plan, Locked)
    assert plan.reason.id == "locked.red"


def test_above_three_of_ten_the_step_waits_at_nought() -> None:
    told = LIGHTS["amber"] | {"pain": 4}
    plan = make_plan(replace(on(3), episode=Episode((entry(30, **told),))))
    assert isinstance(plan, Plan)
    assert plan.back.here == 0
    assert plan.progress.climb is not None
    assert plan.progress.climb.stage == 3  # nothing is lost: it was no red light


def test_a_break_of_more_than_thirty_days_begins_on_the_floor_and_light() -> None:
    log = pulls([session(days, ("Deadlift", 140, 5, 3)) for days in (45, 52)])
    climb = climb_now(state("green", pulls=log))
    assert climb is not None
    assert (climb.stage, climb.since) == (4, log.sessions[-1].at.replace(tzinfo=NOW.tzinfo))
    assert climb_now(state("green", pulls=pulls(REGULAR))) is None


@pytest.mark.parametrize("stage", range(1, 7))
def test_each_step_brings_only_what_is_due(stage: int) -> None:
    plan = make_plan(on(stage))
    assert isinstance(plan, Plan)
    assert all(item.exercise.stage <= stage for item in plan.items)
    assert [rung.place for rung in plan.back.rungs].count("here") == 1


def test_the_next_step_says_what_is_still_open() -> None:
    plan = make_plan(on(2, tests=()))
    assert isinstance(plan, Plan)
    open_ = [said.id for said in plan.back.rungs[3].missing]
    assert open_ == ["gate.greens", "gate.test-unknown"]


def test_half_is_half_of_what_was_lifted_before_the_way_back_began() -> None:
    """Light pulls on the way do not become the former load, however long it takes."""
    heavy = [session(days, ("Deadlift", 140, 5, 3)) for days in (60, 67)]
    light = [session(days, ("Deadlift", 55, 5, 3)) for days in (2.5, 6, 10)]
    at = NOW - timedelta(days=6)
    climb = Climb(4, since=at, began_at=NOW - timedelta(days=60))
    told = state("green", log=[*heavy, *light], progress=PlanProgress(GYM, climb))
    plan = make_plan(told)
    assert isinstance(plan, Plan)
    (pull,) = plan.week.pulls
    assert pull.amount is not None
    assert pull.amount.heaviest_kg == pytest.approx(60)  # half is 70; ten percent over 55 in 30 days is 60.5
    rested = make_plan(replace(told, pulls=pulls(heavy)))
    assert isinstance(rested, Plan)
    assert rested.week.pulls[0].amount is not None
    assert rested.week.pulls[0].amount.heaviest_kg == pytest.approx(70)
