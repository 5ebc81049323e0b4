"""Real clips, with reps timed by eye (tests/data/video/*.gt.json); faces are hidden in what ships."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lumbar.estimate import Estimate
from lumbar.form.analysis import SetAnalysis

CLIPS = Path(__file__).parent.parent / "data" / "video"
#: The product's own promise for lift-off and lockout against the times by eye.
PROMISE_S = 0.25
pytestmark = pytest.mark.slow
Analyse = Callable[[Path], SetAnalysis]


def by_eye(name: str) -> dict[str, Any]:
    return dict(json.loads((CLIPS / f"{name}.gt.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["sbd_deadlift", "powerlab_deadlift_4reps_overlay"])
def test_every_rep_is_found_where_the_eye_found_it(name: str, analyse: Analyse) -> None:
    analysis, truth = analyse(CLIPS / f"{name}.mp4"), by_eye(name)
    assert analysis.refused is None
    assert len(analysis.reps) == truth["rep_count"]
    for rep, seen in zip(analysis.reps, truth["reps"], strict=True):
        assert rep.lift_off_s == pytest.approx(seen["liftoff_s"], abs=PROMISE_S)
        # By eye a lockout is a span: the bar is at the top from its first time to its second.
        assert seen["lockout_s"][0] - PROMISE_S <= rep.lockout_s <= seen["lockout_s"][1] + PROMISE_S
        assert isinstance(rep.floor_s, Estimate)
        assert rep.floor_s.value == pytest.approx(seen["floor_s"], abs=PROMISE_S)


def test_a_walk_holds_no_lift(analyse: Analyse) -> None:
    analysis = analyse(CLIPS / "walk_no_lift.mp4")
    assert analysis.reps == ()
    assert analysis.refused is not None
    assert analysis.refused.id == "no-lift"


def test_a_squat_is_refused_and_the_framing_named(analyse: Analyse) -> None:
    refused = analyse(CLIPS / "sbd_squat_cropped.mp4").refused
    assert refused is not None
    assert refused.id == "not-a-deadlift"
    assert "squat" in refused.reason
    assert "leaves the picture" in refused.reason
    assert "whole body" in refused.advice
