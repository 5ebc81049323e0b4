"""The registry: every measure says what it is, in which unit, and where its definition is from."""

import re

import pytest

from lumbar.estimate import Missing, around
from lumbar.form.definition import possible
from lumbar.form.measures import BY_ID, REP_MEASURES, SET_MEASURES

EVERY = (*REP_MEASURES, *SET_MEASURES)


def test_no_two_measures_share_an_id_or_a_name() -> None:
    assert len({measure.id for measure in EVERY}) == len({measure.name for measure in EVERY}) == len(EVERY)
    assert list(BY_ID.values()) == list(EVERY)


@pytest.mark.parametrize("measure", EVERY, ids=lambda measure: measure.id)
def test_a_measure_is_written_for_people(measure) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*", measure.id)
    assert measure.name[0].isupper()
    assert not measure.name.endswith(".")
    assert measure.definition.endswith(".")
    assert len(measure.source) > 10


def test_every_joint_is_measured_at_every_event() -> None:
    events = {
        f"{joint}_{event}" for joint in ("trunk", "hip", "knee") for event in ("lift_off", "knee_pass", "lockout")
    }
    assert events <= BY_ID.keys()


@pytest.mark.parametrize("measure", EVERY, ids=lambda measure: measure.id)
def test_a_measure_says_what_is_usual_and_bounds_what_can_be(measure) -> None:
    assert measure.grade in "ABCE"
    assert measure.least < measure.most
    for text in (measure.usual, measure.missing):
        assert not text or (text[0].upper() == text[0] and text.endswith(".")), text
    # A grade other than our own rule names somebody.
    assert (measure.grade == "E") or "Lumbar" not in measure.source


def test_a_value_that_no_lift_can_have_is_not_printed() -> None:
    ratio = BY_ID["knee_share"]
    assert possible(ratio, around(0.66, 0.2)) == around(0.66, 0.2)
    assert isinstance(possible(ratio, around(7.0, 9.0)), Missing)
    gone = Missing("The plate hides your knee.")
    assert possible(ratio, gone) is gone
