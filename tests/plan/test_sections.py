"""What is in the plan of whom: people by urgency, light, soreness, equipment, tests."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lifters import GYM, LIGHTS, NOW, REGULAR, entry, session, state

from lumbar.estimate import Missing
from lumbar.plan.lock import Locked
from lumbar.plan.making import Plan, make_plan
from lumbar.plan.progress import PlanProgress
from lumbar.plan.state import Correction, PlanState, current_episode, kept_state, urgency_left
from lumbar.screening import results
from lumbar.symptoms.diary import Episode
from lumbar.symptoms.gate import Gate
from lumbar.symptoms.urgency import Urgency


def plan_of(told: PlanState) -> Plan:
    plan = make_plan(told)
    assert isinstance(plan, Plan)
    return plan


def ids(items) -> list[str]:
    return [each.id for each in items]


def text(plan: Plan | Locked) -> str:
    return " ".join(said.text for said in plan.sentences)


@pytest.mark.parametrize(
    ("urgency", "says", "does_not_say"),
    [
        (Urgency.EMERGENCY_NOW, "Seek emergency care now.", ("plan waits", "walk", "Heat")),
        (Urgency.SAME_DAY, "Get medical assessment today.", ("Walking", "Heat", "repetitions")),
        (Urgency.SOON, "No loaded pulls until then.", ("Plank", "repetitions")),
        (Urgency.ROUTINE, "nothing goes up before somebody looked at you", ()),
        (Urgency.SELF_CARE, "The next session may go one step up", ("appointment",)),
    ],
)
def test_each_urgency_says_its_own(urgency: Urgency, says: str, does_not_say: tuple[str, ...]) -> None:
    told = text(make_plan(state(urgency=urgency)))
    assert says in told
    for words in does_not_say:
        assert words not in told


@pytest.mark.parametrize(
    ("colour", "says", "pulls", "warm_up"),
    [
        ("green", "The next session may go one step up", ["floor-pull"], True),
        ("amber", "Do the next session again as it was, or with less.", ["floor-pull"], True),
        ("red", "No loaded pulls this week", [], False),
    ],
)
def test_each_colour_says_its_own(colour: str, says: str, pulls: list[str], warm_up: bool) -> None:  # noqa: FBT001
    plan = plan_of(state(colour))
    assert says in text(plan)
    assert ids(plan.week.pulls) == pulls
    assert bool(plan.prevention.warm_up) == warm_up


def test_without_a_diary_nothing_is_loaded_and_it_says_what_to_do() -> None:
    plan = plan_of(state(None))
    assert plan.facts.colour == "unknown"
    assert {item.exercise.movement for item in plan.items} <= {"comfort", "everyday"}
    assert "lumbar diary add" in text(plan)


def test_right_after_a_session_the_light_is_not_green_yet_and_the_next_is_smaller() -> None:
    soon = state(
        None,
        episode=Episode(
            (entry(20, pain=2, pain_bending=2, pain_worst=3, pain_lifting=2, pain_before=0, leg_sign="no"),)
        ),
    )
    plan = plan_of(replace(soon, now=NOW - timedelta(hours=38)))
    assert plan.facts.colour == "unsettled"
    assert plan.week.pulls[0].amount is not None
    assert plan.week.pulls[0].amount.volume_kg == pytest.approx(2 * 5 * 140)


def test_above_three_of_ten_there_is_walking_and_comfort_and_the_reason() -> None:
    told = LIGHTS["amber"] | {"pain": 4, "pain_bending": 5}
    plan = plan_of(state(None, episode=Episode((entry(30, **told),))))
    assert ids(plan.items) == ["walk", "heat", "massage", "foam-rolling", "cold", "contrast", "stretching"]
    assert ids(plan.today.little) == ["stretching"]
    assert "the evidence shows no gain from a programme of exercises" in text(plan)
    assert "It is too sore for this now." in text(plan)


def test_a_back_that_is_not_sore_needs_no_comfort() -> None:
    assert ids(plan_of(state("green")).today.helps) == ["walk"]


def test_what_the_check_knows_of_the_skin_decides_about_heat() -> None:
    told = {"episode": Episode((entry(30, **LIGHTS["amber"] | {"pain": 3}),))}
    numb = plan_of(state(None, answers={"back_skin_numb": "yes", "hard_swelling": "no"}, **told))
    assert "heat" not in ids(numb.items)
    assert "The skin over the sore muscle is numb." in text(numb)
    fine = plan_of(state(None, answers={"back_skin_numb": "no", "hard_swelling": "no"}, **told))
    unknown = plan_of(state(None, **told))
    (known,) = (each for each in fine.today.helps if each.id == "heat")
    (asked,) = (each for each in unknown.today.helps if each.id == "heat")
    assert known.ask_first == ()
    assert len(asked.ask_first) == 2


FLOOR, ONE_LEG = "hip-hinge-drill", "single-leg-bridge"
ON_THE_FLOOR = ["plank", "side-bridge", "bird-dog"]


@pytest.mark.parametrize(
    ("equipment", "trunk", "hips", "pull"),
    [
        (set(), ON_THE_FLOOR, [FLOOR, ONE_LEG, "glute-bridge"], None),
        ({"band"}, ON_THE_FLOOR, [FLOOR, ONE_LEG, "band-pull-through"], None),
        ({"dumbbells"}, ON_THE_FLOOR, [FLOOR, ONE_LEG, "glute-bridge"], "dumbbell-deadlift"),
        ({"barbell", "bench"}, ON_THE_FLOOR, [FLOOR, "hip-thrust", "glute-bridge"], "floor-pull"),
        (
            {"back-extension-bench", "trap-bar"},
            ["plank", "side-bridge", "back-extension"],
            [FLOOR, ONE_LEG, "glute-bridge"],
            "trap-bar-deadlift",
        ),
    ],
)
def test_equipment_is_kept_to_and_replaced(equipment, trunk: list[str], hips: list[str], pull: str | None) -> None:
    plan = plan_of(state("green", progress=PlanProgress(frozenset(equipment))))
    assert ids(plan.prevention.trunk) == trunk
    assert ids(plan.prevention.hips) == hips
    assert ids(plan.week.pulls) == ([] if pull is None else [pull])


def test_what_nobody_said_is_what_the_log_shows() -> None:
    plan = plan_of(state("green", progress=PlanProgress(None)))
    assert plan.facts.allowed.equipment == {"barbell"}
    assert ids(plan.week.pulls) == ["floor-pull"]


def test_a_sumo_lifter_pulls_sumo() -> None:
    log = [session(days, ("Sumo Deadlift", 160, 3, 4), ("Deadlift", 120, 5, 1)) for days in (2.5, 9.5)]
    assert ids(plan_of(state("green", log=log)).week.pulls) == ["sumo-deadlift"]


def test_other_lifts_that_load_the_back_are_named_while_it_is_not_green() -> None:
    log = [*REGULAR, session(3, ("Barbell Row", 70, 8, 3), ("Bench Press", 80, 5, 3))]
    assert plan_of(state("amber", log=log)).week.others is not None
    assert "Barbell Row" in text(plan_of(state("amber", log=log)))
    assert "Bench Press" not in text(plan_of(state("amber", log=log)))
    assert plan_of(state("green", log=log)).week.others is None


def test_holds_begin_at_half_of_the_worse_side_and_grow_with_done_days() -> None:
    tests = (
        results.TestResult("plank-hold", NOW, (83.0,)),
        results.TestResult("side-bridge-hold", NOW, (62.0, 48.0)),
    )
    doses = {item.id: item.dose.text for item in plan_of(state("green", tests=tests)).prevention.trunk}
    assert doses["plank"] == "3 × 40 seconds"  # 41.5 in steps of 5
    assert doses["side-bridge"] == "3 × 20 seconds per side"  # 24 in steps of 5
    progress = PlanProgress(GYM)
    for days in range(6):
        progress = progress.ticked(NOW.date() - timedelta(days=days), "plank")
    grown = plan_of(state("green", tests=tests, progress=progress))
    assert {item.id: item.dose.text for item in grown.prevention.trunk}["plank"] == "3 × 50 seconds"
    amber = plan_of(state("amber", tests=tests, progress=progress))
    assert {item.id: item.dose.text for item in amber.prevention.trunk}["plank"] == "3 × 40 seconds"


def test_findings_come_two_at_a_time_with_cue_and_drill() -> None:
    found = [
        Correction("hips-first", "Hips first", "Push the floor away", "Pause at the knee", ("PV-20",)),
        Correction("rounds", "Rounds", "Chest long", "Hinge with a stick", ("PV-11",), "hip-hinge-drill"),
        Correction("drift", "Drift", "Bar close", "Slow pulls", ("PV-20",)),
    ]
    plan = plan_of(state("green", corrections=tuple(found)))
    assert [work.correction.id for work in plan.prevention.technique] == ["hips-first", "rounds"]
    assert plan.prevention.technique[1].drill is not None
    assert ids(plan.items).count("hip-hinge-drill") == 1
    sore = plan_of(
        state(None, corrections=tuple(found), episode=Episode((entry(30, **LIGHTS["amber"] | {"pain": 5}),)))
    )
    assert sore.prevention.technique[1].drill is None
    assert sore.prevention.technique[1].waits


def test_the_warm_up_leads_up_to_the_pull() -> None:
    (warm_up,) = plan_of(state("green")).prevention.warm_up
    assert warm_up.dose is not None
    assert warm_up.dose.text == "5 × 55 kg, 4 × 77.5 kg, 3 × 97.5 kg, 2 × 120 kg"
    assert warm_up.days == plan_of(state("green")).week.pulls[0].days


def test_the_cap_is_said_in_the_lifters_own_numbers() -> None:
    assert "2,100 kg lifted in all. The next stays at 2,310 kg or less." in text(plan_of(state("green")))


def test_soreness_that_does_not_fit_raises_and_locks() -> None:
    burning = {**LIGHTS["green"], "soreness_kind": "burning", "pain": 2}
    told = state(None, episode=Episode((entry(20, **burning),)))
    assert isinstance(make_plan(told), Plan)  # SELF_CARE becomes ROUTINE
    assert isinstance(make_plan(replace(told, urgency=Urgency.ROUTINE)), Locked)


def test_a_kept_check_opens_for_a_week() -> None:
    for left, hours, opens in (
        ("open", 1, True),
        ("modified", 167, True),
        ("open", 169, False),
        ("locked", 1, False),
    ):
        gate = Gate(NOW - timedelta(hours=hours), left)
        told = kept_state(NOW, gate, [], PlanProgress(GYM))
        assert isinstance(make_plan(told), Plan) == opens, (left, hours)
    assert isinstance(urgency_left(None, NOW), Missing)
    assert isinstance(urgency_left(Gate(NOW + timedelta(hours=2), "open"), NOW), Missing)


def test_an_old_episode_says_nothing_unless_it_locks() -> None:
    old = entry(20, session=NOW - timedelta(days=20), **LIGHTS["green"])
    assert current_episode([old], NOW) == Episode(())
    locked = replace(old, is_locked=True)
    assert current_episode([locked], NOW) == Episode((locked,))
    assert isinstance(make_plan(kept_state(NOW, Gate(NOW, "open"), [locked], PlanProgress())), Locked)
