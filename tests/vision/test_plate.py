"""Discs in drawn pictures: found where they were drawn, to half a pixel and two per cent; none where none is."""

from dataclasses import replace

import numpy as np
import pytest

from lumbar.vision.bar import _CLEAR_SUPPORT
from lumbar.vision.plate import Disc, Search, find_discs, fit_disc

from .drawn import Plate, blurred_down, floor_of, to_pixels, with_lines, with_plate

#: What the bar's scale and path need: half a pixel is 1 mm, 2 % is the tolerance of a rim (biomechanics §8).
CENTRE_PX, AXIS_RATIO = 0.5, 0.02
PLATE = Plate(x_px=151.3, y_px=138.6, radius_px=52.0)


def looked_for(plate: Plate, off: float = 0.3, guess: float = 1.05) -> Search:
    """Return a search that is off by a share of the radius, and expects another size."""
    reach = plate.radius_px
    return Search(plate.x_px + off * reach, plate.y_px - off * reach, 2.4 * reach, guess * reach)


def check(disc: Disc, plate: Plate) -> None:
    assert np.hypot(disc.x_px - plate.x_px, disc.y_px - plate.y_px) < CENTRE_PX
    assert disc.half_height_px == pytest.approx(plate.radius_px, rel=AXIS_RATIO)
    assert disc.half_width_px == pytest.approx(plate.radius_px * plate.squeeze, rel=AXIS_RATIO)
    assert disc.support > _CLEAR_SUPPORT


def drawn(plate: Plate) -> np.ndarray:
    return with_plate(floor_of(300, 280), plate)


@pytest.mark.parametrize("squeeze", [1.0, 0.95, 0.87, 0.75])
@pytest.mark.parametrize("radius_px", [26.0, 41.5, 64.0])
def test_a_plate_is_found_at_any_size_and_turn(radius_px, squeeze) -> None:
    plate = replace(PLATE, radius_px=radius_px, squeeze=squeeze)
    check(find_discs(to_pixels(drawn(plate), 2.0), looked_for(plate))[0], plate)


@pytest.mark.parametrize("grey", [20, 110, 175, 235])
def test_a_plate_is_found_dark_on_light_and_light_on_dark(grey) -> None:
    plate = replace(PLATE, grey=grey)
    check(find_discs(to_pixels(drawn(plate), 2.0), looked_for(plate))[0], plate)


@pytest.mark.parametrize("off", [-0.8, 0.0, 0.8])
@pytest.mark.parametrize("guess", [0.78, 1.0, 1.3])
def test_a_plate_is_found_from_a_rough_idea_of_place_and_size(off, guess) -> None:
    check(find_discs(to_pixels(drawn(PLATE), 2.0), looked_for(PLATE, off, guess))[0], PLATE)


@pytest.mark.parametrize("squeeze", [1.0, 0.85])
def test_a_plate_with_spokes_and_a_lip_is_fitted_at_its_rim(squeeze) -> None:
    plate = replace(PLATE, spokes=6, ring=0.88, squeeze=squeeze)
    guess = Disc(plate.x_px + 2, plate.y_px - 2, plate.radius_px * squeeze, plate.radius_px, 0.0)
    check(fit_disc(to_pixels(drawn(plate), 3.0), guess, gate=0.07, resize=True), plate)


@pytest.mark.parametrize("seed", range(4))
def test_a_plate_before_a_rack_is_found_in_noise(seed) -> None:
    picture = with_plate(with_lines(floor_of(300, 280), 9, seed), replace(PLATE, grey=25))
    check(find_discs(to_pixels(picture, 6.0, seed), looked_for(PLATE))[0], PLATE)


@pytest.mark.parametrize("seed", range(3))
def test_a_plate_behind_a_few_uprights_is_fitted_by_the_rest_of_its_rim(seed) -> None:
    picture = with_lines(drawn(PLATE), 3, seed)
    check(find_discs(to_pixels(picture, 3.0, seed), looked_for(PLATE))[0], PLATE)


@pytest.mark.parametrize("reach_px", [4, 8])
def test_a_falling_plate_is_blurred_and_found_in_the_middle_of_its_smear(reach_px) -> None:
    picture = to_pixels(blurred_down(drawn(PLATE), reach_px), 2.0)
    disc = fit_disc(picture, Disc(PLATE.x_px, PLATE.y_px + 4, 52.0, 52.0, 0.0), gate=0.14)
    # An even count of rows has its middle half a row up.
    assert disc.x_px == pytest.approx(PLATE.x_px, abs=CENTRE_PX)
    assert disc.y_px == pytest.approx(PLATE.y_px - 0.5, abs=CENTRE_PX)


def test_without_resizing_only_the_centre_moves() -> None:
    guess = Disc(PLATE.x_px + 3, PLATE.y_px - 3, 51.5, 52.0, 0.0)
    disc = fit_disc(to_pixels(drawn(PLATE)), guess, gate=0.14)
    assert (disc.half_width_px, disc.half_height_px) == (51.5, 52.0)
    assert np.hypot(disc.x_px - PLATE.x_px, disc.y_px - PLATE.y_px) < CENTRE_PX


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("lines", [0, 8])
@pytest.mark.parametrize("noise_grey", [0, 1.5])
def test_nothing_clear_is_found_where_there_is_no_plate(noise_grey, lines, seed) -> None:
    """With grain of 1.5 grey levels, as compressed film has; discs in coarser grain do not move with the hands."""
    grey = to_pixels(with_lines(floor_of(300, 280), lines, seed), noise_grey, seed)
    found = find_discs(grey, looked_for(PLATE))
    assert [disc for disc in found if disc.support >= _CLEAR_SUPPORT] == []


@pytest.mark.parametrize("corner", [(0, 0), (299, 279), (-60, 140), (150, 400)])
def test_a_search_at_the_border_or_beyond_it_is_no_error(corner) -> None:
    grey = to_pixels(drawn(PLATE), 2.0)
    for disc in find_discs(grey, Search(*map(float, corner), 120.0, 50.0)):
        assert np.isfinite([disc.x_px, disc.y_px, disc.half_width_px, disc.half_height_px, disc.support]).all()
