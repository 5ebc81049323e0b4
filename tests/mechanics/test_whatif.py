from dataclasses import replace

import numpy as np
import pytest

from lumbar.estimate import Missing
from lumbar.mechanics.reckon import reckon
from lumbar.mechanics.whatif import best_of, more_upright, what_ifs

from .lifts import LIFT, case_of, with_bar


def changes(case, best=None) -> dict:
    return {one.id: one for one in what_ifs(case, best)}


def test_a_bar_3_cm_closer_takes_its_weight_times_3_cm() -> None:
    case, _ = case_of()
    closer = changes(case)["closer"].change_n_m
    # 140 kg and 2.5 kg of the arms that hang with it, at g and what the bar accelerates by at the peak.
    at = int(np.argmax(np.where(case.is_rising, reckon(case).moment_n_m, 0)))
    assert closer.value == pytest.approx(
        -0.03 * (140 * (9.81 + case.pull.rise_m_per_s2[at]) + 2.6 * 9.81), rel=0.01
    )
    assert closer.half_width < 6  # both sides share the film's errors


def test_twenty_kilograms_less_take_their_share() -> None:
    case, _ = case_of()
    load = reckon(case)
    lighter = changes(case)["lighter"].change_n_m
    at = int(np.argmax(np.where(case.is_rising, load.moment_n_m, 0)))
    force = 20 * (9.80665 + case.pull.rise_m_per_s2[at])
    assert lighter.value == pytest.approx(-force * load.lever_m.value, rel=0.02)  # the peak may move a little


def test_sumo_is_lower_by_about_a_tenth() -> None:
    # −10 % at L4/L5 between the styles (Cholewicki 1991); the trunk's 5–10° alone, in this posture, a part of it.
    ratio = changes(case_of()[0])["sumo"].change_ratio
    assert -0.15 < ratio.value < -0.02


def test_a_more_upright_trunk_keeps_the_shoulders_and_its_length() -> None:
    pull = case_of()[0].pull
    raised = more_upright(pull, np.radians(7.5))
    assert np.array_equal(raised.shoulder_m, pull.shoulder_m)
    lengths = [np.linalg.norm(one.shoulder_m - one.hip_m, axis=1) for one in (pull, raised)]
    assert lengths[1] == pytest.approx(lengths[0])
    assert (raised.hip_m[:5, 0] > pull.hip_m[:5, 0]).all()


def test_shaped_like_the_best_rep() -> None:
    good, _ = case_of()
    drifting, _ = case_of(replace(LIFT, drift_m=0.06))
    assert best_of([drifting, Missing("x"), good]) is good
    found = changes(drifting, good)["best-rep"]
    both = [reckon(case).peak_n_m.value for case in (good, drifting)]
    assert found.change_n_m.value == pytest.approx(both[0] - both[1], abs=0.5)
    assert "best-rep" not in changes(good, good)


def test_without_the_bar_s_mass_no_change_is_said() -> None:
    assert all(isinstance(one.change_n_m, Missing) for one in what_ifs(with_bar(case_of()[0], None)))
