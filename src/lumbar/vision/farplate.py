"""The far plate: where it is, though legs and the near plate hide most of it.

Its place tells from which side the bar is seen far better than a pose does: a degree of the view moves it against
the near plate by 2 cm. It is too little of a circle to be found in one picture. But both plates hang on one bar,
so that it goes where the near one goes, smaller by what the way between them makes: its edge is where pictures
laid over each other along that way still have one. What stands in the gym is smeared by that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lumbar.arrays import Bools, Floats, Pixels
from lumbar.lifter import COLLAR_M
from lumbar.vision import image
from lumbar.vision.quality import line_to_left
from lumbar.vision.tracks import BarTrack

#: A phone's focal length over the picture's longer side: 24–28 mm, with stabilisation's crop.
USUAL_FOCAL = 0.85
#: From the near plate's middle to the far one's inner face (m): the way between the collars and half of a stack of
#: plates.
_APART_M = 2 * COLLAR_M + 0.09

# Engineering rules.
#: So many pictures are kept at most while a clip is watched; so many are laid over each other, from so many
#: heights of the bar.
KEPT, _LAID, _HEIGHTS = 96, 48, 12
#: The near plate's radius in the picture (px) for the first look and for the second, and points of a circle.
_FIRST, _SECOND = (24.0, 48), (60.0, 96)
#: The second look goes this far around what the first one found (px of the first).
_AGAIN_PX = 2.0
#: How far it is looked for, in radii of the near plate: to the side of where the pose says, above and below.
_ASIDE, _ABOVE, _BELOW = 1.4, 1.2, 0.6
#: The near plate and the lifter hide this much more than their outline: a share and pixels.
_COVER_RATIO, _COVER_PX, _BODY_PX = 1.08, 2.0, 1
#: Steps of brightness from which an edge is no clearer; a point counts where it is seen in this share of pictures.
_CLEAR, _SEEN, _LEAST_SEEN = 8.0, 1 / 6, 4
#: The edge found must be so much clearer than at the next best place that is further off than this (radii). Of 23
#: drawn clips of the tune split, 80 to 120°, 18 have 1.38 or more and are right to 0.13 radii, 5 have 1.27 or less
#: and three of these are wrong (design/motion/far_plate.py); six of the 18 were not looked at when this was set.
_CLEARER, _NEXT = 1.35, 0.3


@dataclass(slots=True, eq=False)
class Glimpses:
    """A few grey pictures, evenly from all of the clip: as it goes on, every second one is let go."""

    most: int = KEPT
    stride: int = 1
    greys: dict[int, Pixels] = field(default_factory=dict)

    def see(self, number: int, grey: Pixels) -> None:
        """Keep the next picture if it is its turn."""
        if number % self.stride:
            return
        self.greys[number] = grey
        self.hold(self.most)

    def hold(self, most: int) -> None:
        """Hold no more than so many from now on, but at least one: of those there are, every second one goes."""
        self.most = max(1, most)
        while len(self.greys) > self.most:
            self.stride *= 2
            self.greys = {number: grey for number, grey in self.greys.items() if number % self.stride == 0}


@dataclass(frozen=True, slots=True, eq=False)
class _Layers:
    """Pictures of one size to be laid over each other along the near plate's way.

    ``across`` and ``down`` (picture, y, x) are slopes of brightness; ``is_free`` (picture, y, x) where neither the
    near plate nor the lifter hides what is behind; ``way_px`` (picture, 2) is how far the near plate is from its
    usual place ``middle_px``, ``radius_px`` its usual radius; ``scale`` their pixels over the working picture's.
    """

    across: Floats
    down: Floats
    is_free: Bools
    way_px: Floats
    middle_px: Floats
    radius_px: float
    scale: float


@dataclass(frozen=True, slots=True)
class _Window:
    """Where the far plate is looked for (px): about a place off the near plate's middle, and how far around it."""

    middle_px: tuple[float, float]
    half_px: tuple[float, float]

    def scaled(self, factor: float) -> "_Window":
        """Return the same window in a picture of another size."""
        (x, y), (wide, high) = self.middle_px, self.half_px
        return _Window((x * factor, y * factor), (wide * factor, high * factor))

    def grid(self) -> tuple[Floats, Floats]:
        """Return the places across and down, a pixel apart."""
        x, y = (
            middle + np.arange(-np.ceil(half), np.ceil(half) + 1)
            for middle, half in zip(self.middle_px, self.half_px, strict=True)
        )
        return x, y


def find_far_plate(
    glimpses: Glimpses, bar: BarTrack, outline_px: Floats, world_m: Floats, plate_m: float
) -> Floats | None:
    """Return the middle of the far plate's inner face over time, (time, 2) in pixels; None where none is clear.

    ``bar`` is that of one place of the phone, NaN elsewhere; ``outline_px`` (time, point, 2) is the lifter's,
    ``world_m`` (time, landmark, 3) the pose's guess, ``plate_m`` the diameter of the largest plate.
    """
    numbers = _spread(bar, np.array(sorted(glimpses.greys), dtype=np.intp))
    sideways = _sideways(world_m[np.isfinite(bar.half_width_px)])
    if numbers.size < _LEAST_SEEN or sideways is None:
        return None
    greys = [glimpses.greys[int(number)] for number in numbers]
    first = _layers(greys, bar, outline_px, numbers, _FIRST[0])
    middle_px, radius_px = first.middle_px / first.scale, first.radius_px / first.scale
    focal_px = USUAL_FOCAL * max(greys[0].shape)
    depth_m = focal_px * plate_m / 2 / radius_px
    smaller = depth_m / (depth_m + _APART_M)
    aside_px = _APART_M * sideways * focal_px / (depth_m + _APART_M)
    aside_px += (smaller - 1) * (middle_px[0] - greys[0].shape[1] / 2)
    window = _Window(
        (aside_px, (_BELOW - _ABOVE) / 2 * radius_px), (_ASIDE * radius_px, (_BELOW + _ABOVE) / 2 * radius_px)
    )
    (x, y), clearer = _clearest(first, window.scaled(first.scale), smaller, _FIRST[1])
    if clearer < _CLEARER:
        return None
    second = _layers(greys, bar, outline_px, numbers, _SECOND[0])
    near = _Window((x, y), (_AGAIN_PX, _AGAIN_PX)).scaled(1 / first.scale)
    place_px, _ = _clearest(second, near.scaled(second.scale), smaller, _SECOND[1])
    return np.asarray(middle_px + np.array(place_px) / second.scale + smaller * (bar.centre_px - middle_px))


def _spread(bar: BarTrack, numbers: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return some of these pictures in which the near plate was followed, evenly from all of its heights."""
    numbers = numbers[np.isfinite(np.column_stack([bar.centre_px, bar.half_width_px])[numbers]).all(axis=1)]
    height_px = bar.centre_px[numbers, 1]
    if not numbers.size:
        return numbers
    level = np.floor((height_px - height_px.min()) / (np.ptp(height_px) + 1e-6) * _HEIGHTS)
    each = [numbers[level == one] for one in np.unique(level)]
    most = _LAID // _HEIGHTS
    return np.sort(
        np.concatenate([one[np.linspace(0, len(one) - 1, min(most, len(one))).astype(int)] for one in each])
    )


def _sideways(world_m: Floats) -> float | None:
    """Return how far to the right of the picture the bar goes for each metre away from the camera, by the pose.

    Lines of shoulders and hips lie along it; None where no pose says so.
    """
    line = line_to_left(world_m)
    line = line[np.isfinite(line).all(axis=1)]
    if not line.size:
        return None
    away = line * np.sign(line[:, 2:])
    return float(np.median(away[:, 0] / np.maximum(np.hypot(away[:, 0], away[:, 2]), 1e-6)))


def _layers(
    greys: Sequence[Pixels], bar: BarTrack, outline_px: Floats, numbers: NDArray[np.intp], radius_px: float
) -> _Layers:
    """Return the pictures of these numbers, so large that the near plate has that radius, or as they are."""
    centre_px, half_px = bar.centre_px[numbers], np.column_stack([bar.half_width_px, bar.half_height_px])[numbers]
    usual_px = float(np.median(half_px[:, 1]))
    scale = min(1.0, radius_px / usual_px)
    height, width = (round(scale * side) for side in greys[0].shape)
    slopes = [image.slopes(image.resize(grey, width, height)) for grey in greys]
    free = [
        ~(
            image.filled(outline * scale, width, height, _BODY_PX)
            | _in_ellipse(middle * scale, half * scale, width, height)
        )
        for outline, middle, half in zip(outline_px[numbers], centre_px, half_px, strict=True)
    ]
    middle_px = np.median(centre_px, axis=0)
    return _Layers(
        across=np.stack([across for across, _ in slopes]),
        down=np.stack([down for _, down in slopes]),
        is_free=np.stack(free),
        way_px=(centre_px - middle_px) * scale,
        middle_px=middle_px * scale,
        radius_px=usual_px * scale,
        scale=scale,
    )


def _in_ellipse(middle_px: Floats, half_px: Floats, width: int, height: int) -> Bools:
    """Say which pixels the near plate covers, (y, x)."""
    x, y = np.arange(width) - middle_px[0], np.arange(height)[:, None] - middle_px[1]
    wide, high = _COVER_RATIO * half_px + _COVER_PX
    return np.asarray((x / wide) ** 2 + (y / high) ** 2 < 1)


def _clearest(layers: _Layers, window: _Window, smaller: float, points: int) -> tuple[tuple[float, float], float]:
    """Return where in a window the edge of the far plate is clearest, and by how much clearer than elsewhere."""
    across, down = window.grid()
    clear = np.stack([_edge(layers, across, y, smaller, points) for y in down])
    row, column = np.unravel_index(int(clear.argmax()), clear.shape)
    apart = np.hypot(down[:, None] - down[row], across - across[column]) > _NEXT * layers.radius_px
    second = float(clear[apart].max()) if apart.any() else 0.0
    return (float(across[column]), float(down[row])), float(clear[row, column]) / max(second, 1e-6)


def _edge(layers: _Layers, across_px: Floats, down_px: float, smaller: float, points: int) -> Floats:
    """Return how clear an edge circles about places off the near plate have, (place,), averaged over pictures.

    A plate is darker than what is behind it, or lighter, nearly all around: slopes inwards and outwards cancel.
    """
    around = np.linspace(0, 2 * np.pi, points, endpoint=False)
    outwards = np.column_stack([np.cos(around), np.sin(around)])
    middle = layers.middle_px + smaller * layers.way_px + [0.0, down_px]
    circle = middle[:, None] + smaller * layers.radius_px * outwards
    height, width = layers.is_free.shape[1:]
    x = np.rint(circle[None, ..., 0] + across_px[:, None, None]).astype(np.intp)
    y = np.broadcast_to(np.rint(circle[None, ..., 1]).astype(np.intp), x.shape)
    is_inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    at = (np.arange(len(circle))[None, :, None], y.clip(0, height - 1), x.clip(0, width - 1))
    is_seen = layers.is_free[at] & is_inside
    slope = (layers.across[at] * outwards[:, 0] + layers.down[at] * outwards[:, 1]) * is_seen
    looks = is_seen.sum(axis=1)
    counts = looks >= max(_LEAST_SEEN, _SEEN * len(circle))
    mean = np.where(counts, slope.sum(axis=1) / np.maximum(looks, 1), 0.0)
    # An arc is worth more the longer it is, but a short sharp one is one, too.
    return np.asarray(
        np.abs(np.clip(mean, -_CLEAR, _CLEAR).sum(axis=1)) / np.sqrt(counts.sum(axis=1) + points / 8)
    )
