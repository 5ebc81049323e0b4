"""Discs over drawn films: the one that moves with the hands is the plate, and it is not lost on its way."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lumbar.arrays import Floats
from lumbar.vision.bar import Discs, DiscTrail, _noise_px
from lumbar.vision.image import Planes, to_grey
from lumbar.vision.plate import Disc
from lumbar.vision.tracks import BarTrack

from ..motion.pulls import clock, heights
from .drawn import Plate, blurred_down, floor_of, inside, to_pixels, with_plate

WIDTH_PX, HEIGHT_PX = 240, 260
#: What the search expects of a plate: 0.172 of the lifter's height in the picture.
LIFTER_PX, RADIUS_PX = 151.0, 26.0
TIME_S = clock(3.0)
#: Up by 2.2 plate radii (half a metre), and down again.
LIFTED_PX = heights(TIME_S, [(0.4, 1.0, 57.0), (1.7, 0.9, 0.0)])
LIFTED = Plate(x_px=110.0, y_px=195.0, radius_px=RADIUS_PX, ring=0.6)
Scene = Callable[[int], list[Plate]]


def lifted_plate(index: int, lifted_px: Floats = LIFTED_PX) -> Plate:
    return replace(LIFTED, y_px=LIFTED.y_px - lifted_px[index])


def followed(scene: Scene, hands_y_px: Floats | None = None, noise_grey: float = 1.5) -> BarTrack | None:
    """Show a film of plates to ``Discs``, with hands just above the lifted one."""
    if hands_y_px is None:
        hands_y_px = LIFTED.y_px - LIFTED_PX - 4
    discs = Discs()
    for index, time_s in enumerate(TIME_S):
        picture = floor_of(WIDTH_PX, HEIGHT_PX)
        for plate in scene(index):
            picture = with_plate(picture, plate)
        hands = [(np.array([LIFTED.x_px, hands_y_px[index]]), LIFTER_PX)]
        discs.see(index, float(time_s), Planes(to_pixels(picture, noise_grey, index)), hands)
    return discs.lifted_by(hands_y_px, TIME_S)


def worst_px(bar: BarTrack, lifted_px: Floats = LIFTED_PX) -> float:
    """Return the largest error of a centre that was seen."""
    truth = np.column_stack([np.full(len(TIME_S), LIFTED.x_px), LIFTED.y_px - lifted_px])
    return float(np.nanmax(np.hypot(*(bar.centre_px - truth).T)))


def seen(bar: BarTrack) -> np.ndarray:
    return np.isfinite(bar.centre_px[:, 0])


def test_a_lifted_plate_is_followed_from_the_first_frame_to_the_last() -> None:
    bar = followed(lambda index: [lifted_plate(index)])
    assert bar is not None
    assert seen(bar).all()
    # As in one picture: half a pixel, and 2 % of an axis.
    assert worst_px(bar) < 0.5
    assert bar.half_height_px == pytest.approx(RADIUS_PX, rel=0.02)
    assert bar.half_width_px == pytest.approx(RADIUS_PX, rel=0.02)
    assert np.median(bar.score) > 0.8


def test_a_lookalike_on_the_rack_is_not_the_plate() -> None:
    rack = Plate(x_px=170.0, y_px=165.0, radius_px=RADIUS_PX, grey=30, ring=0.5)
    bar = followed(lambda index: [rack, lifted_plate(index)])
    assert bar is not None
    assert worst_px(bar) < 0.5


def test_a_disc_that_moves_otherwise_is_not_the_plate() -> None:
    def scene(index: int) -> list[Plate]:
        swinging = Plate(x_px=172.0, y_px=150 + 30 * np.sin(5 * TIME_S[index]), radius_px=RADIUS_PX, grey=30)
        return [swinging, lifted_plate(index)]

    bar = followed(scene)
    assert bar is not None
    assert worst_px(bar) < 0.5


@pytest.mark.parametrize("paint", [(20, 5, -78), (-45, 23, 0)], ids=["yellow", "green"])
def test_a_plate_as_bright_as_the_wall_is_followed_by_its_colour(paint: tuple[int, int, int]) -> None:
    """What red, green and blue differ by adds up to nothing as brightness (BT.601)."""
    discs, hands_y_px = Discs(), LIFTED.y_px - LIFTED_PX - 4
    for index, time_s in enumerate(TIME_S):
        wall = floor_of(WIDTH_PX, HEIGHT_PX)
        painted = inside(wall, lifted_plate(index))[..., None] * np.array(paint)
        picture = to_pixels(wall[..., None] + painted, 1.5, index)
        hands = [(np.array([LIFTED.x_px, hands_y_px[index]]), LIFTER_PX)]
        discs.see(index, float(time_s), Planes(to_grey(picture), picture), hands)
    bar = discs.lifted_by(hands_y_px, TIME_S)
    assert bar is not None
    assert seen(bar).mean() > 0.95
    assert worst_px(bar) < 0.5


def test_of_rings_the_outer_one_is_the_plate() -> None:
    ringed = replace(LIFTED, ring=0.75, grey=20)
    bar = followed(lambda index: [replace(ringed, y_px=lifted_plate(index).y_px)])
    assert bar is not None
    assert np.nanmedian(bar.half_height_px) == pytest.approx(RADIUS_PX, rel=0.02)


def test_a_ring_that_was_found_first_does_not_stand_for_its_plate() -> None:
    """Somebody small stood behind the plate at first, so the first disc looked for was as small as its ring."""
    discs, hands_y_px = Discs(), LIFTED.y_px - LIFTED_PX - 4
    for index, time_s in enumerate(TIME_S):
        picture = with_plate(floor_of(WIDTH_PX, HEIGHT_PX), replace(lifted_plate(index), ring=0.5))
        tall_px = LIFTER_PX * (0.5 if index < 8 else 1.0)
        hands = [(np.array([LIFTED.x_px, hands_y_px[index]]), tall_px)]
        discs.see(index, float(time_s), Planes(to_pixels(picture, 1.5, index)), hands)
    bar = discs.lifted_by(hands_y_px, TIME_S)
    assert bar is not None
    assert np.nanmedian(bar.half_height_px) == pytest.approx(RADIUS_PX, rel=0.02)
    assert seen(bar)[10:].all()


def test_before_its_rim_was_found_a_plate_is_where_its_ring_is() -> None:
    hands_y_px = LIFTED.y_px - LIFTED_PX - 4

    def trail(radius_px: float, first: int) -> DiscTrail:
        discs = {
            index: Disc(LIFTED.x_px, LIFTED.y_px - LIFTED_PX[index], radius_px, radius_px, 0.9)
            for index in range(first, len(TIME_S))
        }
        return DiscTrail(discs[first], 0.0, radius_px, discs[first], discs)

    bar = Discs(closed=[trail(0.45 * RADIUS_PX, 0), trail(RADIUS_PX, 50)]).lifted_by(hands_y_px, TIME_S)
    assert bar is not None
    assert bar.half_height_px == pytest.approx(np.full(len(TIME_S), RADIUS_PX))
    assert worst_px(bar) < 0.1
    # Of a disc that goes its own way nothing is lent.
    aside = trail(1.5 * RADIUS_PX, 50)
    aside.fits.update({index: replace(disc, x_px=disc.x_px + 30) for index, disc in aside.fits.items()})
    lone = Discs(closed=[trail(RADIUS_PX, 0), aside]).lifted_by(hands_y_px, TIME_S)
    assert lone is not None
    assert np.isnan(lone.half_height_px).sum() == 0


def test_of_discs_as_clear_those_smaller_than_a_plate_are_let_go_first() -> None:
    discs, hands = Discs(), [(np.array([LIFTED.x_px, LIFTED.y_px - 36]), LIFTER_PX)]
    small = [replace(LIFTED, x_px=x, y_px=y, radius_px=18.0) for x in (85.0, 140.0) for y in (128.0, 165.0)]
    for index, time_s in enumerate(TIME_S[TIME_S < 1.5]):
        picture = floor_of(WIDTH_PX, HEIGHT_PX)
        for plate in [*small, LIFTED] if time_s > 0.5 else small:
            picture = with_plate(picture, plate)
        discs.see(index, float(time_s), Planes(to_pixels(picture, 1.5, index)), hands)
    assert max(trail.disc.half_height_px for trail in discs.open) == pytest.approx(RADIUS_PX, rel=0.03)


def test_a_round_shoulder_at_the_hands_does_not_stand_for_the_plate_below_them() -> None:
    shoulder = replace(LIFTED, y_px=LIFTED.y_px - 50)
    discs, hands = Discs(), [(np.array([LIFTED.x_px, LIFTED.y_px - 36]), LIFTER_PX)]
    for index, time_s in enumerate(TIME_S[TIME_S < 1.5]):
        # The shoulder is found alone, for the plate comes into the picture later.
        scene = [shoulder] if time_s < 0.5 else [shoulder, LIFTED]
        picture = floor_of(WIDTH_PX, HEIGHT_PX)
        for plate in scene:
            picture = with_plate(picture, plate)
        discs.see(index, float(time_s), Planes(to_pixels(picture, 1.5, index)), hands)
    assert min(abs(trail.disc.y_px - LIFTED.y_px) for trail in discs.open) < 2


def test_a_dropped_plate_is_followed_through_its_fall_to_a_sudden_stop() -> None:
    """Free fall at 120 px to the metre, blurred by an open shutter, and no bounce."""
    fall_s = np.maximum(0, TIME_S - 1.7)
    dropped = np.where(TIME_S < 1.7, LIFTED_PX, np.maximum(0, 57.0 - 9.81 / 2 * fall_s**2 * 115))
    step_px = np.abs(np.diff(dropped, append=dropped[-1]))
    discs = Discs()
    hands_y_px = LIFTED.y_px - dropped - 4
    for index, time_s in enumerate(TIME_S):
        picture = with_plate(floor_of(WIDTH_PX, HEIGHT_PX), lifted_plate(index, dropped))
        picture = blurred_down(picture, max(1, round(step_px[index] / 2)))
        hands = [(np.array([LIFTED.x_px, hands_y_px[index]]), LIFTER_PX)]
        discs.see(index, float(time_s), Planes(to_pixels(picture, 1.5, index)), hands)
    bar = discs.lifted_by(hands_y_px, TIME_S)
    assert bar is not None
    assert seen(bar)[[0, 30, 48, 65, 89]].all()
    # While it falls 20 px a frame, the middle of its smear may be a row off; on the floor it is exact again.
    assert worst_px(bar, dropped) < 1.5
    assert bar.centre_px[65:, 1] == pytest.approx(LIFTED.y_px, abs=0.5)


def test_a_plate_hidden_for_a_third_of_a_second_is_found_again_and_missing_meanwhile() -> None:
    hidden = (TIME_S > 0.8) & (TIME_S < 1.1)
    # With half a grey level of grain: in coarser grain on an even wall a lost rim is imagined and followed on.
    bar = followed(lambda index: [] if hidden[index] else [lifted_plate(index)], noise_grey=0.5)
    assert bar is not None
    assert not seen(bar)[hidden].any()
    assert seen(bar)[~hidden].mean() > 0.9
    assert seen(bar)[TIME_S > 1.4].all()
    assert worst_px(bar) < 0.5


def test_nothing_is_lifted_when_the_plate_stays_on_the_floor() -> None:
    assert followed(lambda _: [LIFTED]) is None


def test_nothing_is_lifted_by_hands_that_stay_still() -> None:
    still = np.full(len(TIME_S), LIFTED.y_px - 30)
    assert followed(lambda index: [lifted_plate(index)], still) is None


@pytest.mark.parametrize("noise_grey", [1.5, 8.0])
def test_nothing_is_lifted_where_there_is_no_plate(noise_grey) -> None:
    """In coarse grain discs are imagined now and then; none moves with the hands."""
    assert followed(lambda _: [], noise_grey=noise_grey) is None


def test_a_plate_whose_lifter_leaves_the_picture_at_the_top_is_carried() -> None:
    """Hands seen only near the floor do not rise with the plate; they are near it while they are seen."""
    hands_px = np.column_stack([np.full(len(TIME_S), LIFTED.x_px), LIFTED.y_px - LIFTED_PX - 4])
    hands_px[LIFTED_PX > 8] = np.nan
    discs = Discs()
    for index, time_s in enumerate(TIME_S):
        picture = to_pixels(with_plate(floor_of(WIDTH_PX, HEIGHT_PX), lifted_plate(index)), 1.5, index)
        seen_hands = [(hands_px[index], LIFTER_PX)] if np.isfinite(hands_px[index, 0]) else []
        discs.see(index, float(time_s), Planes(picture), seen_hands)
    assert discs.lifted_by(hands_px[:, 1], TIME_S) is None
    bar = discs.carried_by(hands_px, TIME_S)
    assert bar is not None
    assert worst_px(bar) < 0.5
    assert discs.carried_by(hands_px + 100, TIME_S) is None


def test_hands_that_were_never_seen_lift_nothing() -> None:
    discs = Discs()
    for index in range(10):
        discs.see(index, index / 30, Planes(to_pixels(with_plate(floor_of(WIDTH_PX, HEIGHT_PX), LIFTED))), [])
    assert discs.lifted_by(np.full(10, np.nan), np.arange(10) / 30) is None


@pytest.mark.parametrize("sigma_px", [0.2, 0.4, 1.0])
def test_the_noise_is_read_from_where_the_bar_lies_still(sigma_px) -> None:
    path = LIFTED.y_px - np.concatenate([np.zeros(90), LIFTED_PX])
    found = [_noise_px(path + np.random.default_rng(seed).normal(0, sigma_px, 180)) for seed in range(20)]
    # The stiller half of the film: one reading scatters by about 10 %; the lift itself adds a little.
    assert np.median(found) == pytest.approx(sigma_px, rel=0.15)


def test_too_little_to_read_noise_from_gives_half_a_pixel() -> None:
    assert _noise_px(np.arange(6.0)) == 0.5
    assert _noise_px(np.full(30, np.nan)) == 0.5


def test_the_lifted_plate_is_not_let_go_for_clearer_ones_when_others_leave() -> None:
    # Two others stand at six plates, and a post hides some of the lifted one's rim.
    lying = [Plate(x_px=x, y_px=y, radius_px=20.0, grey=20) for x in (24.0, 200.0) for y in (40.0, 110.0, 225.0)]
    hands_y_px = LIFTED.y_px - LIFTED_PX - 4
    discs = Discs()
    for index, time_s in enumerate(TIME_S):
        picture = floor_of(WIDTH_PX, HEIGHT_PX)
        for plate in (*lying, lifted_plate(index)):
            picture = with_plate(picture, plate)
        picture[:, 102:118] = LIFTED.grey
        hands = [(np.array([LIFTED.x_px, hands_y_px[index]]), LIFTER_PX)]
        if time_s < 1.5:
            # One plate after the other.
            hands += [(np.array([x, (40.0, 110.0, 225.0)[index // 10 % 3]]), LIFTER_PX) for x in (24.0, 200.0)]
        discs.see(index, float(time_s), Planes(to_pixels(picture, 1.5, index)), hands)
    bar = discs.lifted_by(hands_y_px, TIME_S)
    assert bar is not None
    assert seen(bar).mean() > 0.95
    assert worst_px(bar) < 1.0
