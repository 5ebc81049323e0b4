"""Splits never share a body or a seed, and a number always names the same case."""

import itertools

import numpy as np
import pytest

from lumbar.errors import ValueRangeError
from lumbar.synth.body import body_names, load_body
from lumbar.synth.chance import Range, draw_case
from lumbar.synth.gallery import gallery
from lumbar.synth.render import truth_of
from lumbar.synth.splits import SPLITS, load_split


def test_every_body_is_in_exactly_one_split_and_seeds_do_not_cross() -> None:
    held = [load_split(name) for name in SPLITS]
    assert sorted(itertools.chain.from_iterable(split.bodies for split in held)) == sorted(body_names())
    for first, second in itertools.combinations(held, 2):
        assert (
            first.first_seed + first.seeds <= second.first_seed
            or second.first_seed + second.seeds <= first.first_seed
        )


@pytest.mark.parametrize("name", SPLITS)
def test_each_split_has_both_sexes_and_a_spread_of_statures(name) -> None:
    bodies = [load_body(body) for body in load_split(name).bodies]
    assert {body.sex for body in bodies} == {"female", "male"}
    assert max(body.height_m for body in bodies) - min(body.height_m for body in bodies) > 0.2


def test_a_number_always_names_the_same_case_and_others_name_others() -> None:
    assert draw_case("tune", 17) == draw_case("tune", 17)
    assert draw_case("tune", 17) != draw_case("tune", 18)
    assert draw_case("tune", 17).seed != draw_case("report", 17).seed


def test_drawn_cases_keep_to_their_splits_bodies_bystanders_too() -> None:
    for name in SPLITS:
        bodies = set(load_split(name).bodies)
        for number in range(150):
            case = draw_case(name, number)
            assert case.body in bodies
            assert {person.body for person in case.gym.bystanders} <= bodies


def test_drawn_cases_cover_styles_faults_and_views() -> None:
    cases = [draw_case("train", number) for number in range(400)]
    assert {case.lift.style for case in cases} == {"conventional", "sumo", "romanian", "block"}
    change = np.array([case.lift.lumbar_peak_deg - case.lift.lumbar_start_deg for case in cases])
    assert np.mean(change < 3) > 0.35
    assert np.mean(change >= 15) > 0.25
    views = np.array([case.phone.view_deg for case in cases])
    assert np.mean((views >= 80) & (views <= 120)) == pytest.approx(0.6, abs=0.08)  # 3 σ of 400 draws
    assert views.min() < 45
    assert views.max() > 150
    for told in ("drift_m", "hips_first_deg", "soft_knee_deg", "lean_back_deg", "lean_deg", "creep_deg"):
        share = np.mean([getattr(case.lift, told) != 0 for case in cases])
        assert 0.05 < share < 0.5, told
    assert any(case.lift.fails_at for case in cases)
    assert any(case.lift.pause_s == 0 for case in cases)


def test_reps_of_a_drawn_set_differ_from_its_first() -> None:
    sets = [case.lift for case in (draw_case("train", number) for number in range(400)) if case.lift.reps > 1]
    assert all(len(lift.uneven_deg) == lift.reps and lift.uneven_deg[0] == 0 for lift in sets)
    second = np.array([lift.uneven_deg[1] for lift in sets])
    assert 2.0 < second.std() < 4.0
    assert 0.0 < second.mean() < 1.5  # a fifth give way with each rep


def test_views_can_be_kept_to_a_band_and_the_full_effort_goes_to_high_rates() -> None:
    cases = [draw_case("report", number, Range(view_deg=(100, 110), effort="full")) for number in range(60)]
    assert all(100 <= case.phone.view_deg <= 110 for case in cases)
    assert max(case.phone.frame_rate_hz for case in cases) == 240
    assert all(case.spoil.smear % 2 for case in cases)


def test_films_have_sizes_that_films_have_and_show_the_same_as_tracks_without_pictures() -> None:
    films = [draw_case("tune", number, Range(is_filmed=True)) for number in range(80)]
    sizes = {(case.phone.width_px, case.phone.height_px) for case in films}
    assert sizes == {(480, 854), (854, 480), (720, 1280), (1280, 720)}
    for number, film in enumerate(films):
        plain = draw_case("tune", number)
        assert film.phone.width_px > film.phone.height_px or plain.phone.width_px == 480
        size_ratio = film.phone.width_px / plain.phone.width_px
        assert film.spoil.blur_px == pytest.approx(plain.spoil.blur_px * size_ratio)
        assert (film.lift, film.gym, film.look, film.seed) == (plain.lift, plain.gym, plain.look, plain.seed)


def test_most_films_are_well_exposed_and_little_squeezed_and_some_are_not() -> None:
    spoils = [draw_case("train", number).spoil for number in range(400)]
    dark, squeezed = (np.mean([spoil.exposure < 0.8 for spoil in spoils]), np.mean([s.crf >= 26 for s in spoils]))
    assert dark == pytest.approx(0.1, abs=0.05)  # 3 σ of 400 draws
    assert squeezed == pytest.approx(0.2, abs=0.06)
    assert min(spoil.crf for spoil in spoils) == 18


@pytest.mark.parametrize("number", range(12))
def test_drawn_cases_can_be_acted_with_every_joint_in_a_finite_place(number: int) -> None:
    truth = truth_of(draw_case("train", number))
    for name in ("joints_m", "spine_m", "bar_m", "plate_m", "moment_n_m", "lumbar_rad"):
        assert np.isfinite(getattr(truth, name)).all(), name
    assert len(truth.reps) >= 1


def test_the_named_cases_are_named_once_and_leave_the_report_bodies_alone() -> None:
    names = [case.name for case in gallery()]
    assert len(set(names)) == len(names)
    kept = set(load_split("report").bodies)
    for case in gallery():
        assert case.body not in kept
        assert not kept & {person.body for person in case.gym.bystanders}


def test_a_number_beyond_the_split_is_refused() -> None:
    with pytest.raises(ValueRangeError, match="report"):
        draw_case("report", 1_000_000)
