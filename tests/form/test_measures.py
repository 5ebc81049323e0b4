"""The registry: every measure says what it is, in which unit, and where its definition is from."""

import re

import pytest

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
    angles = {measure.id for measure in REP_MEASURES if measure.unit == "rad"}
    assert angles == {f"{j}_{e}" for j in ("trunk", "hip", "knee") for e in ("lift_off", "knee_pass", "lockout")}
