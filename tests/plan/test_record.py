"""A plan for programs: what is left of it can be told apart."""

import json

import pytest
from lifters import state

from lumbar.plan.making import make_plan
from lumbar.plan.record import to_record
from lumbar.symptoms.urgency import Urgency


@pytest.mark.parametrize(
    ("urgency", "left"),
    [
        (Urgency.EMERGENCY_NOW, "locked"),
        (Urgency.SAME_DAY, "locked"),
        (Urgency.SOON, "locked"),
        (Urgency.ROUTINE, "modified"),
        (Urgency.SELF_CARE, "open"),
    ],
)
def test_a_program_can_tell_what_the_check_left_of_the_plan(urgency: Urgency, left: str) -> None:
    record = to_record(make_plan(state("green", urgency=urgency)))
    assert record["left"] == left
    assert (record["locked"] is None) == (left != "locked")
    assert json.loads(json.dumps(record)) == record
