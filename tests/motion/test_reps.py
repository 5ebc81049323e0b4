"""Reps in curves of the bar's height: what is a pull, what only looks like one, and when its events are."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.arrays import Bools, Floats
from lumbar.estimate import Estimate, Missing, around
from lumbar.motion.motion import ANGLES, POINTS, Motion
from lumbar.motion.reps import Rep, find_reps
from lumbar.motion.scale import Scale
from lumbar.motion.smooth import half_window_for, smooth_bar

from .aparts import alone
from .pulls import ANKLE_M, ONE_PULL, PLATE_M, Legs, angles_of, body_of, clock, heights

TOP_M = 0.55
_SCALE = Scale(around(0.002, 0.00005), around(0.0024, 0.0001), around(740.0, 30.0), PLATE_M / 2, "drawn")


@dataclass(frozen=True)
class Seen:
    """How well the bar was seen: noise in metres, and whether the lifter stands up with it."""

    noise_m: float = 0.0
    seed: int = 0
    is_upright: bool = True


def motion_of(time_s: Floats, height_m: Floats, seen: Seen | None = None, lost: Bools | None = None) -> Motion:
    """Return the motion of a bar at these heights above the floor rest, smoothed as the product does."""
    seen = seen or Seen()
    path = np.column_stack([np.zeros_like(height_m), height_m])
    path = path + np.random.default_rng(seen.seed).normal(0, seen.noise_m, path.shape)
    if lost is not None:
        path[lost] = np.nan
    half_s = half_window_for(max(seen.noise_m, 0.0006), float(np.median(np.diff(time_s))))
    bar_m, speed = smooth_bar(time_s, path, half_s)
    whole_m = max(height_m.max(), 0.3)
    angles = angles_of(np.clip(height_m / whole_m, 0, 1) * (1 if seen.is_upright else 0.2))
    body = body_of(angles)
    return Motion(
        time_s=time_s,
        points_m=np.stack([body[name] for name in POINTS], axis=1) - [ANKLE_M[0], PLATE_M / 2],
        points_sd_m=np.full((len(time_s), len(POINTS), 2), 0.01),
        points_px=np.full((len(time_s), len(POINTS), 2), np.nan),
        bar_m=bar_m,
        bar_sd_m=np.full((len(time_s), 2), 0.01),
        apart=alone(len(time_s), 0.01, 0.01, 0.01),
        bar_speed_m_per_s=speed,
        angles_rad=np.column_stack([angles.get(name, np.zeros(len(time_s))) for name in ANGLES]),
        angles_sd_rad=np.full((len(time_s), len(ANGLES)), 0.02),
        trunk_seen_rad=angles["trunk"],
        scale=_SCALE,
        faces_right=True,
        view_angle_rad=around(np.pi / 2, 0.1),
        cutoff_hz=6.0,
    )


def reps_of(legs: Legs, duration_s: float, seen: Seen | None = None, rate_hz: float = 30.0) -> tuple[Rep, ...]:
    time_s = clock(duration_s, rate_hz)
    return find_reps(motion_of(time_s, heights(time_s, legs), seen))


def when(measured: Estimate | Missing) -> float:
    assert isinstance(measured, Estimate), measured
    return measured.value


def four(pause_s: float, hold_s: float = 0.5, up_s: float = 1.2) -> tuple[Legs, float]:
    legs: Legs = []
    at_s = 1.5
    for _ in range(4):
        legs += [(at_s, up_s, TOP_M), (at_s + up_s + hold_s, 1.0, 0.0)]
        at_s += up_s + hold_s + 1.0 + pause_s
    return legs, at_s + 1.0


def crossing(legs: Legs, duration_s: float, level_m: float, after_s: float = 0.0) -> float:
    """Return when the true height first passes a level upward."""
    time_s = clock(duration_s, 1000.0)
    later = (heights(time_s, legs) >= level_m) & (time_s >= after_s)
    return float(time_s[np.argmax(later)])


def falling(legs: Legs, duration_s: float, level_m: float) -> float:
    """Return when the true height last falls below a level."""
    time_s = clock(duration_s, 1000.0)
    return float(time_s[np.flatnonzero(heights(time_s, legs) >= level_m)[-1]])


def test_one_pull_is_one_rep_with_its_events_where_they_were_drawn() -> None:
    (rep,) = reps_of(ONE_PULL, 6.0)
    # Half a frame at 30 Hz: events lie between frames, and the smoother rounds corners off.
    assert rep.number == 1
    assert rep.lift_off_s == pytest.approx(crossing(ONE_PULL, 6, 0.010), abs=1 / 60)
    assert crossing(ONE_PULL, 6, 0.90 * TOP_M) <= rep.lockout_s <= crossing(ONE_PULL, 6, 0.99 * TOP_M) + 1 / 60
    assert when(rep.lowering_s) == pytest.approx(falling(ONE_PULL, 6, TOP_M - 0.02), abs=1 / 60)
    assert when(rep.floor_s) == pytest.approx(falling(ONE_PULL, 6, 0.015), abs=1 / 60)
    assert rep.top_m - rep.rest_m == pytest.approx(TOP_M, abs=0.012)


def test_the_knee_is_passed_when_the_bar_is_as_high_as_the_knee() -> None:
    time_s = clock(6.0)
    motion = motion_of(time_s, heights(time_s, ONE_PULL))
    (rep,) = find_reps(motion)
    fine_s = clock(6.0, 1000.0)
    fine_m = heights(fine_s, ONE_PULL)
    knee_m = body_of(angles_of(np.clip(fine_m / TOP_M, 0, 1)))["knee"][:, 1]
    truth = float(fine_s[np.argmax(fine_m + PLATE_M / 2 >= knee_m)])
    assert isinstance(rep.knee_pass_s, Estimate)
    assert rep.knee_pass_s.low <= truth <= rep.knee_pass_s.high
    assert rep.knee_pass_s.value == pytest.approx(truth, abs=0.05)


@pytest.mark.parametrize(("what", "value"), [("points_m", np.nan), ("points_sd_m", 0.2)])
def test_a_knee_that_nobody_knows_the_height_of_leaves_the_knee_pass_open(what, value) -> None:
    time_s = clock(6.0)
    motion = motion_of(time_s, heights(time_s, ONE_PULL))
    points = getattr(motion, what).copy()
    points[:, POINTS.index("knee")] = value
    (rep,) = find_reps(replace(motion, **{what: points}))
    assert isinstance(rep.knee_pass_s, Missing)
    assert "knee is hidden" in rep.knee_pass_s.reason


def test_nudges_and_rolling_the_bar_into_place_are_no_reps() -> None:
    fidgets: Legs = [(0.5, 0.3, 0.02), (0.9, 0.3, 0.0), (1.4, 0.2, 0.03), (1.8, 0.2, 0.005), (2.4, 0.4, 0.0)]
    pull: Legs = [(4.0, 1.2, TOP_M), (5.8, 1.0, 0.0)]
    (rep,) = reps_of(fidgets + pull, 8.0)
    assert rep.lift_off_s == pytest.approx(crossing(pull, 8, 0.010), abs=2 / 30)
    assert reps_of(fidgets, 8.0) == ()


@pytest.mark.parametrize("pause_s", [2.0, 0.6, 0.0])
def test_four_pulls_are_four_reps_from_dead_stops_or_touching_down(pause_s) -> None:
    legs, duration_s = four(pause_s)
    reps = reps_of(legs, duration_s)
    assert [rep.number for rep in reps] == [1, 2, 3, 4]
    ups = [start_s for start_s, _, to_m in legs if to_m > 0]
    for rep, start_s in zip(reps, ups, strict=True):
        assert rep.lift_off_s == pytest.approx(crossing(legs, duration_s, 0.010, start_s), abs=2 / 30)


@pytest.mark.parametrize("phase", [0.0, 1.5, 3.0, 4.5])
def test_a_floor_that_sways_moves_no_landing(phase) -> None:
    legs, duration_s = four(1.2)
    time_s = clock(duration_s)
    true = find_reps(motion_of(time_s, heights(time_s, legs)))
    # What is left of a hand's sway: 2 cm, slower than a rep. Back at rest is within 1.5 cm of it.
    sway = 0.02 * np.sin(2 * np.pi * time_s / 5.0 + phase)
    seen = find_reps(motion_of(time_s, heights(time_s, legs) + sway))
    assert [when(rep.floor_s) for rep in seen] == pytest.approx([when(rep.floor_s) for rep in true], abs=0.1)


def test_a_bar_that_bounces_off_the_floor_is_lifted_from_where_it_turns() -> None:
    time_s = clock(8.0)
    height = TOP_M * np.abs(np.sin(np.pi * (time_s - 1) / 2)) * ((time_s >= 1) & (time_s <= 7))
    reps = find_reps(motion_of(time_s, height))
    assert [rep.lift_off_s for rep in reps] == pytest.approx([1, 3, 5], abs=0.1)


def test_a_plate_that_is_lost_for_a_blink_as_it_lands_has_landed_then() -> None:
    time_s, lands_s = clock(6.0), falling(ONE_PULL, 6.0, 0.015)
    lost = (time_s > lands_s - 0.08) & (time_s < lands_s)
    assert lost.any()
    (rep,) = find_reps(motion_of(time_s, heights(time_s, ONE_PULL), lost=lost))
    assert when(rep.floor_s) == pytest.approx(lands_s, abs=0.05)


def test_a_bar_that_bounces_on_landing_was_back_before() -> None:
    legs = [(1.0, 1.2, TOP_M), (2.8, 0.5, 0.0), (3.35, 0.1, 0.03), (3.45, 0.1, 0.0)]
    time_s = clock(6.0)
    (rep,) = find_reps(motion_of(time_s, heights(time_s, legs)))
    # At rest at 3.3 s, and 3 cm up again at 3.45 s.
    assert when(rep.floor_s) < 3.35


def test_a_grinder_with_a_stall_is_one_rep() -> None:
    """0.11 m/s in the mean: the slowest in the reference is 0.14 ± 0.05 m/s for maximal pulls."""
    stalled: Legs = [(1.5, 2.2, 0.26), (4.6, 1.9, TOP_M), (7.2, 0.9, 0.0)]
    (rep,) = reps_of(stalled, 9.0, Seen(noise_m=0.001))
    assert rep.lift_off_s == pytest.approx(crossing(stalled, 9, 0.010), abs=0.1)
    assert crossing(stalled, 9, 0.90 * TOP_M) <= rep.lockout_s <= crossing(stalled, 9, 0.99 * TOP_M) + 1 / 60


def test_an_attempt_that_fails_at_the_knee_is_no_rep_beside_one_that_does_not() -> None:
    failed: Legs = [(6.0, 1.5, 0.28), (7.8, 0.8, 0.0)]
    assert len(reps_of(ONE_PULL + failed, 10.0)) == 1


def test_an_attempt_that_fails_at_the_knee_is_no_rep_alone() -> None:
    """Bent over as it was, by the trunk."""
    assert reps_of([(2.0, 1.5, 0.28), (3.8, 0.8, 0.0)], 6.0, Seen(is_upright=False)) == ()


def test_a_row_or_half_pull_is_no_rep_with_the_trunk_bent() -> None:
    assert len(reps_of(ONE_PULL, 6.0)) == 1
    assert reps_of(ONE_PULL, 6.0, Seen(is_upright=False)) == ()


@pytest.mark.parametrize(("top_m", "count"), [(0.9, 1), (1.2, 0)])
def test_what_rises_higher_than_a_bar_can_hang_is_no_deadlift(top_m, count) -> None:
    """A clean, or a disc that was mistaken for the plate."""
    assert len(reps_of([(2.0, 1.5, top_m), (4.2, 1.2, 0.0)], 7.0)) == count


def test_a_trunk_that_was_not_seen_may_have_been_upright() -> None:
    time_s = clock(6.0)
    motion = motion_of(time_s, heights(time_s, ONE_PULL))
    motion = replace(motion, angles_rad=np.full_like(motion.angles_rad, np.nan))
    assert len(find_reps(motion)) == 1


def test_a_dropped_bar_is_a_rep_that_comes_down_fast() -> None:
    time_s = clock(6.0)
    pulled = heights(time_s, [(1.5, 1.2, TOP_M)])
    fallen = np.where(time_s > 3.5, np.maximum(0, TOP_M - 9.81 / 2 * (time_s - 3.5) ** 2), pulled)
    (rep,) = find_reps(motion_of(time_s, fallen))
    landing_s = 3.5 + np.sqrt(2 * TOP_M / 9.81)
    assert when(rep.lowering_s) == pytest.approx(3.5, abs=0.1)
    assert when(rep.floor_s) == pytest.approx(landing_s, abs=0.1)


def test_a_walk_out_and_re_rack_are_no_reps() -> None:
    racked: Legs = [(1.0, 0.8, 0.06), (6.0, 1.0, 0.0), (9.0, 1.0, 0.15), (14.0, 1.0, 0.0)]
    assert reps_of(racked, 16.0, Seen(noise_m=0.002)) == ()


@pytest.mark.parametrize("end_s", [2.75, 2.9, 3.3])
def test_a_clip_that_ends_at_lockout_has_the_rep_and_no_floor(end_s) -> None:
    (rep,) = reps_of(ONE_PULL, end_s)
    assert isinstance(rep.lowering_s, Missing)
    assert isinstance(rep.floor_s, Missing)
    assert "clip ends" in rep.floor_s.reason


@pytest.mark.parametrize("end_s", [2.0, 2.2, 2.4])
def test_a_clip_that_ends_in_the_middle_of_a_pull_has_no_rep(end_s) -> None:
    assert reps_of(ONE_PULL, end_s) == ()


def test_a_clip_that_starts_in_the_air_has_the_next_rep() -> None:
    time_s = clock(9.0)
    legs: Legs = [(0.5, 1.0, 0.0), (4.0, 1.2, TOP_M), (6.0, 1.0, 0.0)]
    (rep,) = find_reps(motion_of(time_s, heights(time_s, legs, start_m=TOP_M)))
    assert rep.lift_off_s == pytest.approx(4.2, abs=0.15)


LOW_M = 0.15


def hinges(number: int, start_s: float) -> Legs:
    """Return so many ways down to mid-shin and up again."""
    legs: Legs = []
    for rep in range(number):
        at_s = start_s + 3.0 * rep
        legs += [(at_s, 1.3, LOW_M), (at_s + 1.3, 1.0, TOP_M)]
    return legs


@pytest.mark.parametrize("number", [1, 3])
def test_romanian_reps_start_hanging_and_picking_the_bar_up_is_none(number) -> None:
    legs: Legs = [(1.5, 1.1, TOP_M), *hinges(number, 3.5), (3.5 + 3.0 * number, 1.4, 0.0)]
    reps = reps_of(legs, 6.0 + 3.0 * number, Seen(noise_m=0.002))
    assert [rep.starts_hanging for rep in reps] == [True] * number
    for place, rep in enumerate(reps):
        # Two frames at 30 Hz, as for a pull from the floor; the turn itself is flat.
        turns_s = 4.8 + 3.0 * place
        assert rep.lift_off_s == pytest.approx(crossing(legs, 20, LOW_M + 0.01, turns_s), abs=2 / 30)
        assert rep.rest_m == pytest.approx(LOW_M, abs=0.01)


def test_romanian_reps_need_no_floor_in_the_clip() -> None:
    time_s = clock(8.0)
    legs = hinges(2, 1.0)
    assert len(find_reps(motion_of(time_s, heights(time_s, legs, start_m=TOP_M) - LOW_M))) == 2


def test_one_hanging_rep_among_pulls_from_the_floor_costs_none_of_them() -> None:
    legs: Legs = [(1.5, 1.1, TOP_M), (3.0, 1.0, 0.0), (5.0, 1.1, TOP_M), *hinges(1, 7.0), (10.0, 1.4, 0.0)]
    reps = reps_of(legs, 13.0)
    assert [rep.starts_hanging for rep in reps][:2] == [False, False]


def test_touch_and_go_a_finger_above_the_floor_is_no_hanging_rep() -> None:
    legs: Legs = [(1.5, 1.1, TOP_M), (3.0, 1.0, 0.03), (4.0, 1.1, TOP_M), (5.5, 1.0, 0.0)]
    reps = reps_of(legs, 8.0)
    assert [rep.starts_hanging for rep in reps] == [False, False]


def test_a_clip_that_starts_in_the_middle_of_a_pull_leaves_it_out() -> None:
    time_s = clock(4.0) + 2.0
    assert find_reps(motion_of(time_s, heights(time_s, ONE_PULL))) == ()


def test_a_plate_that_settles_as_it_is_found_costs_no_rep_that_comes_after_a_long_set_up() -> None:
    legs, duration_s = four(1.0)
    time_s = clock(duration_s + 5.0) - 5.0
    height_m = heights(time_s, legs)
    since_s = time_s - time_s[0]
    height_m[since_s < 0.25] -= 0.06 * (0.25 - since_s[since_s < 0.25])
    found = find_reps(motion_of(time_s, height_m))
    assert [rep.lift_off_s for rep in found] == pytest.approx(
        [rep.lift_off_s for rep in reps_of(legs, duration_s)], abs=0.02
    )


def test_a_pull_with_a_gap_in_it_is_left_out_and_the_others_stay() -> None:
    legs, duration_s = four(1.0)
    time_s = clock(duration_s)
    lost = (time_s > 1.9) & (time_s < 2.3)  # in the first pull
    reps = find_reps(motion_of(time_s, heights(time_s, legs), lost=lost))
    whole = find_reps(motion_of(time_s, heights(time_s, legs)))
    assert [rep.lift_off_s for rep in reps] == pytest.approx([rep.lift_off_s for rep in whole[1:]], abs=1e-6)
    alone = clock(6.0)
    assert find_reps(motion_of(alone, heights(alone, ONE_PULL), lost=(alone > 1.9) & (alone < 2.3))) == ()


def test_a_blink_of_the_plate_costs_no_rep() -> None:
    """Two frames lost in full movement: nothing else can have happened meanwhile."""
    time_s = clock(6.0)
    lost = (time_s > 2.05) & (time_s < 2.12)
    assert lost.sum() == 2
    (rep,) = find_reps(motion_of(time_s, heights(time_s, ONE_PULL), lost=lost))
    (whole,) = find_reps(motion_of(time_s, heights(time_s, ONE_PULL)))
    assert (rep.lift_off_s, rep.lockout_s) == pytest.approx((whole.lift_off_s, whole.lockout_s), abs=1e-6)


def test_a_plate_lost_on_its_way_down_leaves_the_floor_open() -> None:
    time_s = clock(8.0)
    (rep,) = find_reps(motion_of(time_s, heights(time_s, ONE_PULL), lost=(time_s > 3.8) & (time_s < 5)))
    assert isinstance(rep.floor_s, Missing)
    assert "lost on its way down" in rep.floor_s.reason


@pytest.mark.parametrize("seed", range(6))
def test_three_millimetres_of_noise_move_no_event_by_more_than_a_tenth(seed) -> None:
    legs, duration_s = four(0.8)
    clean, noisy = (reps_of(legs, duration_s, Seen(noise, seed)) for noise in (0.0, 0.003))
    assert len(noisy) == len(clean) == 4
    for one, other in zip(clean, noisy, strict=True):
        # 3 mm against 10 mm that mark lift-off, at the slow start of a smooth pull: about three frames.
        assert other.lift_off_s == pytest.approx(one.lift_off_s, abs=0.134)
        assert other.lockout_s == pytest.approx(one.lockout_s, abs=0.134)
        assert when(other.floor_s) == pytest.approx(when(one.floor_s), abs=0.134)


def test_sixty_frames_a_second_place_the_events_where_thirty_do() -> None:
    legs, duration_s = four(0.8)
    for slow, fast in zip(reps_of(legs, duration_s), reps_of(legs, duration_s, rate_hz=60.0), strict=True):
        assert fast.lift_off_s == pytest.approx(slow.lift_off_s, abs=0.05)
        assert fast.lockout_s == pytest.approx(slow.lockout_s, abs=0.05)
        for name in ("lowering_s", "floor_s"):
            assert when(getattr(fast, name)) == pytest.approx(when(getattr(slow, name)), abs=0.05)


def test_a_bar_never_followed_has_no_reps() -> None:
    time_s = clock(3.0)
    assert find_reps(motion_of(time_s, np.zeros(90), lost=np.ones(90, bool))) == ()
    assert find_reps(motion_of(time_s, np.zeros(90))) == ()


@st.composite
def sets(draw) -> tuple[Legs, float, int]:
    """Draw a set that a lifter might pull: 1 to 5 reps, each with its own speed, hold and pause."""
    legs: Legs = []
    at_s, pulls = draw(st.floats(0.6, 2.0)), draw(st.integers(1, 5))
    top_m = draw(st.floats(0.32, 0.65))
    for _ in range(pulls):
        up_s, hold_s, down_s = draw(st.floats(0.7, 3.0)), draw(st.floats(0.1, 1.5)), draw(st.floats(0.5, 2.5))
        legs += [(at_s, up_s, top_m * draw(st.floats(0.95, 1.0))), (at_s + up_s + hold_s, down_s, 0.0)]
        at_s += up_s + hold_s + down_s + draw(st.floats(0.0, 2.0))
    return legs, at_s + 0.5, pulls


@settings(max_examples=60, deadline=None)
@given(sets(), st.sampled_from([24.0, 30.0, 60.0]), st.sampled_from([0.0, 0.001, 0.002]))
def test_every_pull_is_a_rep_and_its_events_come_in_order(drawn, rate_hz, noise_m) -> None:
    legs, duration_s, pulls = drawn
    reps = reps_of(legs, duration_s, Seen(noise_m), rate_hz)
    assert len(reps) == pulls
    for rep in reps:
        assert rep.lift_off_s < rep.lockout_s <= when(rep.lowering_s) < when(rep.floor_s)
        if isinstance(rep.knee_pass_s, Estimate):
            assert rep.lift_off_s < rep.knee_pass_s.value <= rep.lockout_s
        assert rep.top_m > rep.rest_m
    for before, after in pairwise(reps):
        assert when(before.floor_s) <= after.lift_off_s
