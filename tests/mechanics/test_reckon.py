from dataclasses import replace

import numpy as np
import pytest

from lumbar.estimate import Estimate, Missing
from lumbar.lifter import Barbell, Lifter
from lumbar.mechanics.person import person_of
from lumbar.mechanics.pull import Doubts, Pull
from lumbar.mechanics.reckon import SOURCES, Case, lumbar_loads, reckon
from lumbar.motion.motion import to_motion
from lumbar.motion.reps import find_reps

from ..motion.pulls import ONE_PULL, STATURE_M, clock, film_of, heights, mirrored
from .lifts import LIFT, back_of, case_of, doubts, lifter_of, motion_of, true_peak, truth_of, with_bar


@pytest.mark.slow
def test_from_true_joints_the_peak_is_within_20_newton_metres_at_140_kg() -> None:
    # The aim of the placement of L5/S1; a fixed rule costs 27 to 47 (reference/simulation §2.3).
    for body in ("r04", "r05", "r13"):
        case, truth = case_of(body=body)
        assert reckon(case).peak_n_m.value == pytest.approx(true_peak(truth), abs=20), body


@pytest.mark.parametrize(
    ("dials", "rep"),
    [({"pause_s": 0.05}, 1), ({"pause_s": 0.3}, 1), ({"style": "romanian", "hold_s": 0.3}, 0)],
    ids=["touch and go", "a short pause", "Romanian"],
)
def test_a_bar_that_turns_is_heaviest_where_it_turns(dials: dict[str, float], rep: int) -> None:
    # The smoothed path alone has a fifth less: it rounds the turn off, and the hips have risen by lift-off.
    lift = replace(LIFT, reps=2, **dials)
    case, _ = case_of(lift, rep=rep)
    # Between two frames of a phone the push has faded by a fifth: the truth is read on a finer clock.
    truth = truth_of(lift, rate_hz=240.0)
    assert case.start_s == pytest.approx(truth.reps[rep].lift_off_s, abs=0.01)
    assert reckon(case).peak_n_m.value == pytest.approx(true_peak(truth, rep), rel=0.05)


def test_a_bar_that_turns_in_the_hands_hangs_there_all_along() -> None:
    case, _ = case_of(replace(LIFT, style="romanian", reps=2, hold_s=0.3))
    load = reckon(case)
    bare = reckon(with_bar(case, 1e-9))
    before = load.time_s < case.start_s - 0.02
    assert before.any()
    assert (load.low_n_m[before] > 1.2 * bare.moment_n_m[before]).all()


def test_the_range_holds_the_truth_and_is_narrower_than_a_fifth() -> None:
    case, truth = case_of()
    peak = reckon(case).peak_n_m
    assert peak.low < true_peak(truth) < peak.high
    assert peak.half_width / peak.value < 0.20  # the goal where height, mass and bar are given, from the side


def test_the_same_film_gives_the_same_numbers() -> None:
    case, _ = case_of()
    assert reckon(case).peak_n_m == reckon(case).peak_n_m


def test_twice_the_bar_adds_the_bar_s_share() -> None:
    case, _ = case_of()
    bare, once, twice = (reckon(with_bar(case, kg)) for kg in (1e-9, 140.0, 280.0))
    added = twice.moment_n_m - once.moment_n_m
    assert added == pytest.approx(once.moment_n_m - bare.moment_n_m, abs=1e-4)
    at = int(np.argmax(np.where(case.is_rising, once.moment_n_m, 0)))
    force = 140 * (9.80665 + case.pull.rise_m_per_s2[at])  # a kilogram's share is that of the bar held still
    assert once.lever_m.value * force == pytest.approx((once.moment_n_m - bare.moment_n_m)[at], rel=1e-6)
    assert once.per_bar_kg_n_m.value == pytest.approx(once.lever_m.value * 9.80665)


def test_twice_the_frames_move_the_peak_by_less_than_3_percent() -> None:
    slow, fast = (reckon(case_of(rate_hz=rate)[0]).peak_n_m.value for rate in (30.0, 60.0))
    assert fast == pytest.approx(slow, rel=0.03)


def half_width(case: Case, lifter: Lifter) -> float:
    one = person_of(lifter, Missing("x"))
    own = doubts(mass_ratio=one.mass_sd_ratio, centre_ratio=one.centre_sd_ratio)
    return reckon(replace(case, person=one, doubts=own)).peak_n_m.half_width


def test_less_known_is_wider() -> None:
    case, truth = case_of()
    whole = Lifter(truth.body_height_m, truth.body_mass_kg, truth.body_sex)
    known, no_mass, nothing = (half_width(case, one) for one in (whole, replace(whole, mass_kg=None), Lifter()))
    assert known < no_mass < nothing


def test_what_was_assumed_is_said() -> None:
    nothing = person_of(Lifter(), Missing("x"))
    assert len(nothing.assumed) == 3
    assert person_of(Lifter(1.8, 80, "male"), Missing("x")).assumed == ()
    seen = person_of(Lifter(), Estimate(1.82, 1.74, 1.90))
    assert seen.height_m == 1.82
    assert "1.82 m" in seen.assumed[0]


def test_without_the_bar_s_mass_the_lever_arm_stays() -> None:
    load = reckon(with_bar(case_of()[0], None))
    assert isinstance(load.peak_n_m, Missing)
    assert "--bar" in load.peak_n_m.reason
    assert isinstance(load.compression_n, Missing)
    assert 0.1 < load.lever_m.value < 0.4
    assert load.per_bar_kg_n_m.value == pytest.approx(9.80665 * load.lever_m.value)
    assert np.isnan(load.moment_n_m).all()
    assert load.budget == ()


def test_before_lift_off_the_range_spans_from_no_bar_to_all_of_it() -> None:
    case, _ = case_of()
    load = reckon(case)
    before = load.time_s < case.start_s - 0.02
    bare = reckon(with_bar(case, 1e-9))
    assert (load.low_n_m[before] <= bare.moment_n_m[before]).all()
    full = reckon(replace(case, start_s=float(load.time_s[0])))
    assert (load.high_n_m[before] >= full.moment_n_m[before]).all()
    assert (load.low_n_m <= load.moment_n_m + 1e-9).all()
    assert (load.moment_n_m <= load.high_n_m + 1e-9).all()


def test_the_budget_names_every_source_and_adds_up_in_squares() -> None:
    load = reckon(case_of()[0])
    assert {width.source for width in load.budget} == SOURCES.keys()
    halves = [width.half_width_n_m for width in load.budget]
    assert halves == sorted(halves, reverse=True)
    # Independent sources add in squares; 300 draws know a width to 8 %, and the highest of a wander is not linear.
    assert np.sqrt(np.sum(np.square(halves))) == pytest.approx(load.peak_n_m.half_width, rel=0.15)


def test_a_body_nobody_described_is_known_less_well_in_every_way() -> None:
    known, unknown = person_of(Lifter(1.75, 80, "male"), Missing("x")), person_of(Lifter(), Missing("x"))
    assert known.l5s1_sd_m == pytest.approx(0.008)  # Reed against Dumas, and the spread of pelvises
    for name in ("mass_sd_ratio", "centre_sd_ratio", "l5s1_sd_m"):
        assert getattr(unknown, name) > 1.2 * getattr(known, name), name
    # A film that shows the height knows the joint's place better than one that does not.
    seen = person_of(Lifter(), Estimate(1.82, 1.79, 1.85))
    assert known.l5s1_sd_m < seen.l5s1_sd_m < unknown.l5s1_sd_m


def test_a_trunk_that_is_seen_longer_carries_its_mass_farther_out() -> None:
    # At one lean, 10 % more trunk are 10 % more moment of head and trunk: lengths are those of the film.
    case, _ = case_of()
    pull = case.pull
    longer = replace(pull, shoulder_m=pull.hip_m + 1.1 * (pull.shoulder_m - pull.hip_m))
    bare = [with_bar(replace(case, pull=each), 1e-9).nominal().moment_n_m[0] for each in (pull, longer)]
    low = pull.time_s < case.start_s
    body = case.person.body
    reach = np.abs(bare[1] - bare[0])[low] / (9.80665 * body.mass_kg[0] * body.centre_ratio[0])
    trunk = 0.1 * (pull.shoulder_m - pull.hip_m)[low, 0]
    # The arms hang from the shoulder to the bar: a part of them goes along.
    assert (reach > trunk).all()
    assert (reach < 1.4 * trunk).all()


def test_a_doubt_that_is_gone_narrows_the_range() -> None:
    case, _ = case_of()
    both = (doubts(), doubts(body_m=0.0))
    wide, narrow = (reckon(replace(case, doubts=one)).peak_n_m.half_width for one in both)
    assert narrow < wide


def cut(case: Case, keep: np.ndarray) -> Case:
    """The case without some of its moments."""
    pull = Pull(**{name: getattr(case.pull, name)[keep] for name in Pull.__slots__})
    found = {name: getattr(case.doubts, name) for name in Doubts.__slots__}
    return replace(
        case, pull=pull, doubts=Doubts(**{n: held[keep] if held.size > 1 else held for n, held in found.items()})
    )


def test_a_gap_at_the_peak_is_named_and_no_peak_is_made_up() -> None:
    case, _ = case_of()
    at_s = reckon(case).peak_s
    gone = (np.abs(case.pull.time_s - at_s) < 0.15) & (case.pull.time_s != case.start_s)
    load = reckon(cut(case, ~gone))
    assert isinstance(load.peak_n_m, Missing)
    assert "hidden" in load.peak_n_m.reason
    assert load.peak_s is None
    away = np.abs(case.pull.time_s - (case.rep.lockout_s - 0.2)) < 0.15
    assert isinstance(reckon(cut(case, ~away)).peak_n_m, Estimate)


def test_a_start_before_anybody_is_seen_is_a_gap_too() -> None:
    case, _ = case_of()
    since_s = case.pull.time_s - case.start_s
    load = reckon(cut(case, (since_s == 0) | (since_s > 0.3)))
    assert isinstance(load.peak_n_m, Missing)
    assert f"From {case.start_s:.2f} to" in load.peak_n_m.reason
    assert isinstance(reckon(cut(case, since_s >= 0)).peak_n_m, Estimate)


@pytest.mark.parametrize("first_s", [-1.0, 0.1])
def test_what_was_seen_of_the_top_alone_makes_no_peak(first_s: float) -> None:
    """A lifter who is lost until the bar is at the thighs: one drawn clip came out at less than half."""
    truth = truth_of(LIFT)
    motion = motion_of(truth)
    (rep,) = find_reps(motion)
    since_s, pull_s = motion.time_s - rep.lift_off_s, rep.lockout_s - rep.lift_off_s
    for until, kind in ((0.8, Missing), (0.0, Estimate)):
        lost = ((since_s > first_s) & (since_s < until * pull_s))[:, None, None]
        film = replace(motion, points_m=np.where(lost, np.nan, motion.points_m))
        (load,) = lumbar_loads(film, [rep], lifter_of(truth), Barbell(140.0), back_of(truth))
        assert isinstance(load.peak_n_m, kind), until


def test_a_bar_that_is_hardly_ever_seen_costs_the_load_and_no_more() -> None:
    truth = truth_of(LIFT)
    motion = motion_of(truth)
    unseen = (np.arange(len(motion.time_s)) % 7 != 0)[:, None]
    bar, speed = (np.where(unseen, np.nan, path) for path in (motion.bar_m, motion.bar_speed_m_per_s))
    film = replace(motion, bar_m=bar, bar_speed_m_per_s=speed)
    (load,) = lumbar_loads(film, find_reps(film), lifter_of(truth), Barbell(140.0), back_of(truth))
    assert isinstance(load.peak_n_m, Missing)
    assert "bar is hidden" in load.peak_n_m.reason


def test_a_mirrored_film_gives_the_same_load() -> None:
    time_s = clock(5.0)
    seen, lifter, barbell = film_of(time_s, heights(time_s, ONE_PULL)), Lifter(STATURE_M, 80.0), Barbell(140.0)
    motions = [to_motion(each, lifter, barbell) for each in (seen, mirrored(seen))]
    (one,), (other,) = (lumbar_loads(motion, find_reps(motion), lifter, barbell) for motion in motions)
    assert other.peak_n_m.value == pytest.approx(one.peak_n_m.value, rel=0.005)
    assert other.peak_n_m.half_width == pytest.approx(one.peak_n_m.half_width, rel=0.05)


@pytest.mark.parametrize("times", [0.5, 2.5])
def test_a_plate_and_a_height_that_contradict_each_other_give_no_load(times: float) -> None:
    truth = truth_of(LIFT)
    motion = motion_of(truth)
    wrong = replace(motion.scale, body_m_per_px=motion.scale.plate_m_per_px.scaled(times))
    film = replace(motion, scale=wrong)
    (load,) = lumbar_loads(film, find_reps(film), lifter_of(truth), Barbell(140.0), back_of(truth))
    assert isinstance(load.peak_n_m, Missing)
    assert "contradict each other" in load.peak_n_m.reason


def test_compression_is_a_band_over_the_models() -> None:
    load = reckon(case_of()[0])
    per_n_m = [end / load.peak_n_m.value for end in (load.compression_n.low, load.compression_n.high)]
    # 16.6 N per N·m at 6 cm, 25 at 4 cm, and the weight along the trunk (§3.4): the band holds both families.
    assert per_n_m[0] < 17.5
    assert per_n_m[1] > 25.0
    assert load.belted_n.low == pytest.approx(0.9 * load.compression_n.low)
    assert load.belted_n.high == load.compression_n.high


def test_impulse_is_the_moment_added_up() -> None:
    case, _ = case_of()
    load = reckon(case)
    up = case.is_rising
    mean = float(np.mean(load.moment_n_m[up]))
    assert load.impulse_n_m_s.value == pytest.approx(mean * np.ptp(load.time_s[up]), rel=0.03)  # 30 Hz steps


def test_no_number_of_a_load_is_nan() -> None:
    load = reckon(case_of(replace(LIFT, bar_kg=5))[0])
    for name in ("peak_n_m", "compression_n", "belted_n", "shear_n", "impulse_n_m_s", "lever_m", "per_bar_kg_n_m"):
        assert isinstance(getattr(load, name), Estimate), name  # an Estimate is finite by its own law
