"""When not to test: every limit of the evidence file, and whatever is not known."""

import pytest

from lumbar.bench.people import usual
from lumbar.screening.holds import held

WELL = {**usual(), "hours_since_lift": 72, "blood_pressure_uncontrolled": "no", "recent_trunk_surgery": "no"}


def reasons(level: str | None = "SELF_CARE", **answers) -> list[str]:
    return [said.id for said in held({**WELL, **answers}, level).reasons]


def test_nothing_speaks_against_testing_somebody_well() -> None:
    assert not held(WELL, "SELF_CARE")


@pytest.mark.parametrize("level", ["ROUTINE", "SOON", "SAME_DAY", "EMERGENCY_NOW", None])
def test_any_level_above_self_care_holds_and_so_does_an_unfinished_check(level: str | None) -> None:
    assert reasons(level) == ["screening.hold-urgency"]


@pytest.mark.parametrize(
    ("answers", "hold"),
    [
        ({"pain": 4}, "hold.pain-above-3"),
        ({"leg_numb_one": "yes"}, "hold.leg-sign"),
        ({"both_legs_neuro": "yes"}, "hold.leg-sign"),
        ({"below_knee_pain_one": "yes"}, "hold.leg-sign"),
        ({"leg_weak": "one"}, "hold.leg-sign"),
        ({"pregnant": "yes"}, "hold.pregnancy"),
        ({"hours_since_lift": 47}, "hold.soon-after-lifting"),
        ({"blood_pressure_uncontrolled": "yes"}, "hold.blood-pressure"),
        ({"recent_trunk_surgery": "yes"}, "hold.recent-surgery"),
    ],
)
def test_each_limit_of_the_evidence_file_holds(answers: dict, hold: str) -> None:
    assert reasons(**answers) == [hold]


def test_the_edges_are_those_of_the_evidence_file() -> None:
    assert reasons(pain=3, hours_since_lift=48) == []


@pytest.mark.parametrize("name", ["pain", "pregnant", "blood_pressure_uncontrolled", "leg_weak"])
def test_doubt_holds(name: str) -> None:
    assert reasons(**{name: "dk"}) == ["screening.hold-open"]


@pytest.mark.parametrize("name", ["pain", "pregnant", "recent_trunk_surgery", "leg_numb_one"])
def test_what_was_not_asked_holds_until_it_is(name: str) -> None:
    found = held({key: answer for key, answer in WELL.items() if key != name}, "SELF_CARE")
    assert found
    assert found.unasked == (name,)
