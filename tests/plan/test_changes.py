"""A plan follows the diary, and says why."""

from dataclasses import replace
from datetime import timedelta

from lifters import LIGHTS, NOW, entry, state

from lumbar.plan.changes import adapt, by_last_entry, changes, why
from lumbar.plan.lock import Locked
from lumbar.plan.making import Plan, make_plan
from lumbar.symptoms.diary import Episode
from lumbar.symptoms.urgency import Urgency

CALM = entry(23, **LIGHTS["green"])


def begun() -> Plan:
    plan = make_plan(replace(state(None, episode=Episode((CALM,))), now=NOW - timedelta(hours=30)))
    assert isinstance(plan, Plan)
    return plan


def ids(said) -> list[str]:
    return [each.id for each in said]


def test_a_worse_entry_takes_out_and_says_why() -> None:
    adapted = adapt(begun(), entry(50, **LIGHTS["amber"] | {"pain": 4}))
    assert isinstance(adapted.plan, Plan)
    assert ids(adapted.because)[:2] == ["why.light", "why.pain"]
    assert "went from green to amber" not in adapted.because[1].text
    gone = {said.text for said in adapted.changed if said.id == "change.gone"}
    assert "Deadlift from the floor: waits for now." in gone
    assert any(said.text == "Heat: new in the plan." for said in adapted.changed)


def test_an_entry_that_locks_closes_the_plan_and_says_so() -> None:
    adapted = adapt(begun(), entry(50, is_locked=True, **LIGHTS["green"]))
    assert isinstance(adapted.plan, Locked)
    assert ids(adapted.because) == ["why.locked", "locked.check"]
    assert {said.id for said in adapted.changed} == {"change.gone"}


def test_a_new_symptom_closes_the_plan_until_the_check_was_asked() -> None:
    new = entry(50, is_checked=False, **LIGHTS["green"] | {"changed": "yes"})
    adapted = adapt(begun(), new)
    assert isinstance(adapted.plan, Locked)
    assert adapted.plan.reason.id == "locked.changed"
    assert isinstance(adapt(begun(), replace(new, is_checked=True)).plan, Plan)


def test_the_same_again_changes_nothing_but_the_day() -> None:
    before = begun()
    adapted = adapt(before, entry(24, **LIGHTS["green"]))
    assert adapted.changed == ()
    assert set(ids(adapted.because)) <= {"why.day"}


def test_a_dose_that_changes_is_said_with_both() -> None:
    amber = make_plan(state("amber"))
    green = make_plan(state("green"))
    said = [each.text for each in changes(amber, green)]
    assert (
        "Deadlift from the floor: was 2 × 5 at 140 kg, effort 6 of 10 at most (4 repetitions left), "
        "is now 3 × 5 at 142.5 kg, effort 8 of 10 at most (2 repetitions left)."
    ) in said
    assert ids(why(amber, green)) == ["why.light"]


def test_an_opened_plan_says_so() -> None:
    locked = make_plan(state(urgency=Urgency.SOON))
    assert ids(why(locked, make_plan(state()))) == ["why.open"]


def test_what_the_newest_entry_did_is_told_from_the_entries() -> None:
    told = state(None, episode=Episode((CALM, entry(50, **LIGHTS["amber"] | {"pain": 4}))))
    adapted = by_last_entry(told)
    assert adapted is not None
    assert ids(adapted.because)[0] == "why.light"
    assert by_last_entry(state(None)) is None
