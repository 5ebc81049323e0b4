"""One clip is filmed once: what came out is kept until something that measures changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from lumbar.bench import takes
from lumbar.bench.outcomes import CRASHED
from lumbar.synth.case import Case, Phone
from lumbar.synth.keep import save_truth
from lumbar.synth.lift import Lift
from lumbar.synth.render import truth_of

#: A tune-split body; one quick pull seen from the side, so that the test is short.
CASE = Case(
    "tune-one", 2_000_001, "r04",
    Lift(reps=1, stand_s=0.6, bend_s=1.1, set_up_s=0.8, fidgets=0, hold_s=0.4, lower_s=0.8, bar_kg=80),
    Phone(view_deg=110),
)  # fmt: skip


@pytest.mark.slow
def test_a_fast_clip_is_measured_once_and_then_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = takes.take("fast", CASE, tmp_path)
    assert (first.refused, first.true_reps, first.found_reps) == (None, 1, 1)
    speed = next(pair for pair in first.pairs if pair.measure == "mean_concentric_velocity")
    # A pull that the renderer plans at 0.40 m/s from first movement to standstill; ours is a little shorter.
    assert speed.truth == pytest.approx(0.43, abs=0.03)
    assert {pair.measure for pair in first.raw} >= {"knee_lift_off", "trunk_lockout"}

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(takes, "fast_clip", never)
    assert takes.take("fast", CASE, tmp_path) == first


def test_a_mistake_of_ours_is_a_result_and_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("of nothing")

    monkeypatch.setattr(takes, "fast_clip", breaks)
    assert takes.take("fast", CASE, tmp_path).refused == CRASHED
    assert list(tmp_path.rglob("*.json")) == []


def test_a_clip_is_drawn_only_while_its_lifter_moves_as_now(tmp_path: Path) -> None:
    place = tmp_path / "rendered" / CASE.name
    place.mkdir(parents=True)
    (place / "clip.mp4").touch()
    save_truth(truth_of(CASE), CASE, place)
    assert takes.is_drawn(CASE, tmp_path)
    # The same bar at the same times, and hips that an earlier Lumbar had elsewhere.
    other = Case(CASE.name, CASE.seed, CASE.body, replace(CASE.lift, hips_first_deg=4), CASE.phone)
    save_truth(truth_of(other), CASE, place)
    assert not takes.is_drawn(CASE, tmp_path)


def test_the_lifter_says_what_a_careful_user_says() -> None:
    truth = truth_of(CASE)
    lifter, barbell = takes.lifter_of(truth), takes.barbell_of(CASE)
    assert lifter.height_m == pytest.approx(truth.body_height_m, abs=0.0051)
    assert lifter.mass_kg == pytest.approx(truth.body_mass_kg, abs=0.51)
    assert (barbell.mass_kg, barbell.plate_m) == (80, 0.45)
