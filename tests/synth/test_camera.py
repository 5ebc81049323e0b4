import numpy as np
import pytest

from lumbar.synth.camera import frame_times, place
from lumbar.synth.case import Phone


def _view(phone: Phone):
    return place(phone, np.array([0.0, 1.0]), 2.0, np.random.default_rng(1))


def test_what_the_phone_aims_at_is_in_the_middle_of_the_picture() -> None:
    for view_deg in (0, 37, 90, 141, 180):
        phone = Phone(view_deg=view_deg, aim_m=0.8, height_m=1.3, roll_deg=5)
        seen = _view(phone).project(np.tile([0.0, 0.8, 0.0], (2, 1)))
        assert np.allclose(seen, [240, 427], atol=1e-9)


def test_a_metre_at_the_phones_distance_is_focal_length_over_distance() -> None:
    phone = Phone(view_deg=90, distance_m=4.0, height_m=0.9, aim_m=0.9)
    view = _view(phone)
    ends = view.project(np.tile([[-0.5, 0.9, 0.0], [0.5, 0.9, 0.0]], (2, 1, 1)))
    assert np.ptp(ends[0, :, 0]) == pytest.approx(view.focal_px / 4.0, rel=1e-9)
    assert view.focal_px == pytest.approx(427 / np.tan(np.radians(31)))


def test_from_the_left_side_the_lifter_faces_left_and_from_the_right_side_right() -> None:
    toes = np.tile([[0.0, 0.0, 0.0], [0.2, 0.0, 0.0]], (2, 1, 1))
    left, right = (_view(Phone(side=side)).project(toes)[0, :, 0] for side in ("left", "right"))
    assert left[1] < left[0]
    assert right[1] > right[0]


def test_up_in_the_world_is_up_in_the_picture_and_roll_tilts_it() -> None:
    pole = np.tile([[0.0, 0.5, 0.0], [0.0, 1.5, 0.0]], (2, 1, 1))
    straight = _view(Phone(height_m=0.88)).project(pole)[0]
    assert straight[1, 1] < straight[0, 1]
    assert straight[1, 0] == pytest.approx(straight[0, 0], abs=1e-9)
    tilted = _view(Phone(height_m=0.88, roll_deg=3)).project(pole)[0]
    assert abs(np.degrees(np.arctan2(*(tilted[1] - tilted[0])))) == pytest.approx(177, abs=0.01)


def test_a_bulging_lens_moves_points_outwards_by_its_formula() -> None:
    points = np.tile([[0.3, 1.2, 0.1]], (2, 1))
    middle = np.array([240, 427])
    plain = _view(Phone()).project(points)[0] - middle
    bent = _view(Phone(bulge=0.05)).project(points)[0] - middle
    assert np.allclose(bent, plain * (1 + 0.05 * (plain @ plain) / 427**2))


def test_what_is_behind_the_camera_is_not_seen() -> None:
    assert np.isnan(_view(Phone(distance_m=3)).project(np.tile([0.0, 1.0, -5.0], (2, 1)))).all()


def test_a_hand_sways_by_about_what_was_asked_and_a_tripod_does_not() -> None:
    times = np.arange(0, 60, 0.1)
    for shake_deg in (0.0, 0.5):
        view = place(Phone(shake_deg=shake_deg), times, 60.0, np.random.default_rng(2))
        sway = np.degrees(np.std(view.axes[:, 2] @ view.axes[0, 1]))
        assert sway == pytest.approx(shake_deg, abs=0.2 * shake_deg + 1e-9)


def test_even_rates_are_even_and_variable_ones_vary_but_never_go_back() -> None:
    even = frame_times(Phone(frame_rate_hz=60), 5.0, np.random.default_rng(0))
    assert len(even) == 300
    varying = frame_times(Phone(is_variable_rate=True), 20.0, np.random.default_rng(0))
    steps = np.diff(varying)
    assert (steps > 0).all()
    assert steps.max() / steps.min() > 1.5


def test_a_phone_that_falls_ends_on_its_side() -> None:
    phone = Phone(falls_at_s=0.1)
    axes = place(phone, np.array([0.0, 1.5]), 2.0, np.random.default_rng(1)).axes
    assert abs(axes[1, 0] @ axes[0, 0]) < 1e-6
