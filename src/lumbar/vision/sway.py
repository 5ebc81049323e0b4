"""How the phone sways: where the background of the first picture has gone in each of the others.

Corners of the first picture are looked for in every other one, so nothing adds up over a long clip. What most of
the steadiest corners agree on is the phone's; lifter, plate and passers-by disagree, and are heeded less the more
often they did.
"""

from dataclasses import dataclass, field

import numpy as np

from lumbar.arrays import Bools, Floats, Pixels, laid_out
from lumbar.vision import image

# Engineering rules. On two drawn clips of the tune split whose phones sway by 6 and 5 px (deviation), 0.6 and 1.5
# px are left; in the second, an eighth of the frames stayed unknown.
#: The picture is looked at this large along its longer side, for this many corners.
_LONG_SIDE_PX, _CORNERS = 430, 120
#: A corner agrees when it is this near to where the others say (px of the small picture).
_AGREE_PX = 1.0
#: So many must agree, and this share of those that usually do.
_LEAST, _LEAST_SHARE = 10, 0.4
#: A corner that agreed less often than this share of how often the steadiest did, has no say.
_STEADY, _MEMORY = 0.5, 0.97
#: A phone that is moved for good is seen to start: it sways by this share of the picture, or turns by this (rad),
#: soon before its first picture is lost, for at least so long (s); before, it was found in this share of frames.
_STARTS, _STARTS_RAD, _SOON_S, _GONE_S, _FOUND = 0.03, np.radians(2.0), 0.4, 1.0, 0.8
#: A phone in a hand sways less than this share of the picture; what goes further is set down, panned or falls.
_FARTHEST = 0.12
#: Nor does it come nearer, or zoom, by more than this: such a picture is of another shot.
_GROWS = 0.1


@dataclass(slots=True, eq=False)
class Sway:
    """Looks at each picture of a shot beside its first; ``moves_px_rad`` is by the clip's frame numbers."""

    moves_px_rad: dict[int, Floats] = field(default_factory=dict)
    _first: Pixels | None = None
    _scale: float = 1.0
    _corners_px: Floats = field(default_factory=lambda: np.zeros((0, 2)))
    _expected_px: Floats = field(default_factory=lambda: np.zeros((0, 2)))
    _agreed: Floats = field(default_factory=lambda: np.zeros(0))

    def see(self, number: int, grey: Pixels) -> None:
        """Look for the first picture's corners in this one."""
        small = self._small(grey)
        if self._first is None:
            self._first, self._corners_px = small, image.corners(small, _CORNERS)
            self._expected_px, self._agreed = self._corners_px, np.ones(len(self._corners_px))
            self.moves_px_rad[number] = np.zeros(3)
            return
        self.moves_px_rad[number] = self._move(small)

    def may_be_here(self, grey: Pixels) -> bool:
        """Say whether a picture shows this place; where it or the first has too few corners, it may."""
        small = self._small(grey)
        is_bare = min(len(self._corners_px), len(image.corners(small, _LEAST))) < _LEAST
        return is_bare or bool(np.isfinite(self._move(small)).all())

    def _small(self, grey: Pixels) -> Pixels:
        height, width = grey.shape
        self._scale = max(1.0, max(height, width) / _LONG_SIDE_PX)
        return image.resize(grey, round(width / self._scale), round(height / self._scale))

    def _move(self, small: Pixels) -> Floats:
        """Return right, down (px of the whole picture, at its middle) and clockwise turn (rad); NaN if unknown."""
        unknown = np.full(3, np.nan)
        if self._first is None or len(self._corners_px) < _LEAST:
            return unknown
        now_px, found = image.follow(self._first, small, self._corners_px, self._expected_px)
        heard = self._agreed >= _STEADY * np.quantile(self._agreed, 0.8)
        asked = found & heard
        turned = image.similarity(self._corners_px[asked], now_px[asked], _AGREE_PX) if asked.sum() >= 3 else None
        if turned is None:
            return unknown
        expected_px = self._corners_px @ turned[:, :2].T + turned[:, 2]
        agrees = found & (np.hypot(*(now_px - expected_px).T) < _AGREE_PX)
        middle = np.array(small.shape[::-1]) / 2
        shift = turned[:, :2] @ middle + turned[:, 2] - middle
        if (agrees & heard).sum() < max(_LEAST, _LEAST_SHARE * heard.sum()):
            return unknown
        growth = np.hypot(turned[0, 0], turned[1, 0])
        if np.abs(shift).max() > _FARTHEST * max(small.shape) or abs(growth - 1) > _GROWS:
            return unknown
        self._agreed = _MEMORY * self._agreed + (1 - _MEMORY) * agrees
        self._expected_px = expected_px
        return np.array([*(shift * self._scale), np.arctan2(turned[1, 0], turned[0, 0])])

    def moved(self, time_s: Floats) -> Bools:
        """Return in which frames the phone stands no more where it stood at first, to the shot's end, (time,).

        It fell, was set down or picked up. ``time_s`` is the clip's clock.
        """
        moves, moved = laid_out(self.moves_px_rad, len(time_s), (3,)), np.zeros(len(time_s), bool)
        known = np.flatnonzero(np.isfinite(moves[:, 0]))
        if self._first is None or not known.size or len(self._corners_px) < _LEAST:
            return moved
        last, end = int(known[-1]), max(self.moves_px_rad)
        looked = sum(number <= last for number in self.moves_px_rad)
        soon = known[time_s[known] > time_s[last] - _SOON_S]
        far = np.abs(moves[soon, :2]).max() > _STARTS * self._scale * max(self._first.shape)
        starts = far or np.abs(moves[soon, 2]).max() > _STARTS_RAD
        if starts and time_s[end] - time_s[last] > _GONE_S and len(known) > _FOUND * looked:
            moved[soon[0] : end + 1] = True
        return moved

    def path(self, frames: int) -> Floats:
        """Return the moves over the clip, (time, 3); (0, 3) where the background was hardly ever found."""
        moves = laid_out(self.moves_px_rad, frames, (3,))
        known = np.isfinite(moves[:, 0])
        if not known.any() or known.sum() < len(self.moves_px_rad) / 2:
            return np.zeros((0, 3))
        index = np.arange(len(moves))
        return np.stack([np.interp(index, index[known], column[known]) for column in moves.T], axis=1)
