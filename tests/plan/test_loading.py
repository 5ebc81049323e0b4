"""How much to pull, in numbers. Sums and products of short decimals: exact to 1e-9."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from lifters import NOW, REGULAR, episode, pulls, session, state

from lumbar.plan.loading import (
    Amount,
    PlannedSet,
    begun_again,
    cap_kg,
    is_within,
    lessened,
    raised_load,
    raised_sets,
    rounded_down,
)
from lumbar.plan.making import Plan, make_plan
from lumbar.plan.progress import Climb, PlanProgress
from lumbar.symptoms.diary import Episode
from lumbar.symptoms.urgency import Urgency
from lumbar.training.quantities import Load

TODAY = NOW.date()


def kg(number: float) -> Load:
    return Load(Decimal(str(number)), "kg")


def three_by_five(load: float) -> Amount:
    return Amount("deadlift", (PlannedSet(3, 5, kg(load)),), 8)


def planned(**more) -> Amount:
    plan = make_plan(state(**more))
    assert isinstance(plan, Plan)
    amount = plan.week.pulls[0].amount
    assert amount is not None
    return amount


def test_the_cap_is_ten_percent_above_the_largest_session_of_thirty_days() -> None:
    log = [
        session(40, ("Deadlift", 200, 5, 5)),
        session(20, ("Deadlift", 100, 5, 4)),
        session(3, ("Deadlift", 90, 5, 3)),
    ]
    assert cap_kg(pulls(log), TODAY) == pytest.approx(2000 * 1.1)
    assert cap_kg(pulls(log), TODAY + timedelta(days=20)) == pytest.approx(90 * 15 * 1.1)
    assert cap_kg(pulls(log[:1]), TODAY) is None


def test_one_of_two_dumbbells_counts_twice_as_in_the_log() -> None:
    log = pulls([session(3, ("Dumbbell Deadlift", 30, 8, 3))])
    amount = Amount("dumbbell-deadlift", (PlannedSet(3, 8, kg(30)),), 6)
    assert log.sessions[0].volume_kg == pytest.approx(30 * 2 * 24)
    assert amount.volume_kg == pytest.approx(log.sessions[0].volume_kg)


def test_a_day_counts_towards_the_cap_of_the_next() -> None:
    log = pulls([session(29.5, ("Deadlift", 100, 5, 3))])
    first, next_ = TODAY, TODAY + timedelta(days=3)
    assert is_within(three_by_five(102.5), log, [first])
    assert not is_within(three_by_five(112.5), log, [first])  # 12.5 % more
    assert is_within(three_by_five(102.5), log, [first, next_])


def test_a_step_is_the_smallest_plates_on_the_heaviest_sets() -> None:
    ramp = Amount("deadlift", (PlannedSet(1, 5, kg(100)), PlannedSet(2, 5, kg(140))), 8)
    (stepped,) = raised_load(ramp)
    assert stepped.sets == (PlannedSet(1, 5, kg(100)), PlannedSet(2, 5, kg(142.5)))
    pounds = Amount("deadlift", (PlannedSet(3, 5, Load(Decimal(315), "lb")),), 8)
    assert next(raised_load(pounds)).sets[0].load == Load(Decimal(320), "lb")


def test_a_step_in_sets_is_a_set_or_a_rep_in_as_many_as_may() -> None:
    one_more, *reps = raised_sets(three_by_five(100))
    assert one_more.sets == (PlannedSet(4, 5, kg(100)),)
    assert [each.volume_kg for each in reps] == pytest.approx([1800, 1700, 1600])


def test_less_is_one_set_less_and_a_tenth_less_of_a_single_one() -> None:
    assert lessened(three_by_five(140)).sets == (PlannedSet(2, 5, kg(140)),)
    single = Amount("deadlift", (PlannedSet(1, 3, kg(140)),), 6)
    assert lessened(single).sets == (PlannedSet(1, 3, kg(125)),)  # 126 in steps of 2.5


def test_shares_are_rounded_down_to_what_plates_allow() -> None:
    assert rounded_down(kg(147.5), Decimal("0.5")) == kg(72.5)
    assert rounded_down(Load(Decimal(315), "lb"), Decimal("0.5")) == Load(Decimal(155), "lb")
    assert rounded_down(kg(4), Decimal("0.5")).mass_kg == pytest.approx(2)


def test_a_beginning_is_three_fives_and_never_more_than_was_ever_done() -> None:
    assert begun_again("deadlift", kg(70), 2100, 6).sets == (PlannedSet(3, 5, kg(70)),)
    assert begun_again("deadlift", kg(70), 280, 6).sets == (PlannedSet(1, 4, kg(70)),)


# the same, through a whole plan: somebody who pulls 3 × 5 at 140 kg each week, 2100 kg


def test_green_is_one_small_step_up() -> None:
    amount = planned(colour="green")
    assert (amount.sets, amount.rpe) == ((PlannedSet(3, 5, kg(142.5)),), 8)


def test_green_with_an_appointment_due_is_the_same_again() -> None:
    assert planned(colour="green", urgency=Urgency.ROUTINE).sets == (PlannedSet(3, 5, kg(140)),)


def test_amber_is_less() -> None:
    amount = planned(colour="amber")
    assert (amount.sets, amount.rpe) == ((PlannedSet(2, 5, kg(140)),), 6)


def test_after_a_set_near_failure_nothing_is_added() -> None:
    hard = [each for each in REGULAR if each is not REGULAR[0]]
    entries = tuple(each._replace(rpe=Decimal("9.5")) for each in REGULAR[0].sets)
    hard.append(type(REGULAR[0])(REGULAR[0].started, entries))
    assert planned(colour="green", log=hard).sets == (PlannedSet(3, 5, kg(140)),)


def test_a_step_that_the_cap_forbids_is_not_made() -> None:
    """From 20 kg the smallest plates are 12.5 % more."""
    log = [session(days, ("Deadlift", 20, 5, 3)) for days in (2.5, 9.5)]
    assert planned(colour="green", log=log).sets == (PlannedSet(3, 5, kg(20)),)


def test_more_than_thirty_days_away_begins_at_half() -> None:
    log = [session(days, ("Deadlift", 140, 5, 3)) for days in (45, 52)]
    amount = planned(colour="green", log=log)
    assert (amount.sets, amount.rpe) == ((PlannedSet(3, 5, kg(70)),), 6)


def test_building_sets_on_the_way_back_is_a_rep_more_and_never_a_set_too_many() -> None:
    log = [*[session(days, ("Deadlift", 140, 5, 3)) for days in (60, 67)], session(2.5, ("Deadlift", 70, 5, 3))]
    climb = Climb(5, since=NOW - timedelta(days=10))
    amount = planned(colour="green", log=log, progress=PlanProgress(frozenset({"barbell"}), climb))
    assert amount.volume_kg == pytest.approx(70 * 16)  # 6, 5, 5: 6.7 % above 15
    assert amount.rpe == 7


def test_without_a_log_effort_says_how_much() -> None:
    amount = planned(colour="green", log=[])
    assert amount.volume_kg is None
    assert (amount.sets, amount.rpe) == ((PlannedSet(3, 5),), 6)


def test_a_lift_that_was_never_done_has_no_load_of_another() -> None:
    """Who owns nothing but dumbbells is not given the loads of a barbell."""
    amount = planned(colour="green", progress=PlanProgress(frozenset({"dumbbells"})))
    assert amount.movement == "dumbbell-deadlift"
    assert amount.volume_kg is None


def test_pulls_keep_to_the_lifters_own_rhythm() -> None:
    thrice = [session(2.5 + 2.4 * n, ("Deadlift", 100, 5, 3)) for n in range(12)]
    plan = make_plan(state("green", log=thrice))
    assert isinstance(plan, Plan)
    assert plan.week.pulls[0].days == (date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 27))
    once = make_plan(state("green"))
    assert isinstance(once, Plan)
    assert once.week.pulls[0].days == (date(2026, 11, 23),)


def test_a_session_of_yesterday_leaves_48_hours() -> None:
    log = [session(0.5, ("Deadlift", 140, 5, 3)), *REGULAR]
    plan = make_plan(state("green", log=log, episode=episode("green")))
    assert isinstance(plan, Plan)
    assert plan.week.pulls == ()  # the diary knows nothing of that session yet: no light
    assert plan.facts.colour == "unknown"


def test_the_next_pull_is_48_hours_after_the_last() -> None:
    """The last one was on Friday the 20th at 21:00; it is Saturday night."""
    late = state("green")
    early = replace(late, now=NOW - timedelta(hours=34), episode=Episode(late.episode.entries[:1]))
    plan = make_plan(early)
    assert isinstance(plan, Plan)
    assert plan.week.pulls[0].days == (date(2026, 11, 22),)
