"""How far the back bent between two frames of one clip: a small network over the back's edge and the posture.

It was fitted on synthetic lifters by ``design/back``; docs/back.md says how well it reads. The weights are plain
arrays, so that nothing but NumPy is needed here.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from scipy.ndimage import gaussian_filter1d

from lumbar.arrays import Bools, Floats, freeze
from lumbar.motion.dorsal import ALONG, dorsal_profile

#: Every second place of the edge is used, smoothed over about 4 cm.
_THINNED, _SMOOTHED = 2, 1.6
#: The edge must be there between these places (shares of the way from hip to shoulder).
_NEEDED = (ALONG > -0.03) & (ALONG < 0.93)
#: Where among the features the lean of trunk and of thigh (rad) are.
LEANS = slice(-3, -1)


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """What the reader looks at in each frame: ``edge`` (time, len(ALONG)) as drawn, ``features`` (time, n)."""

    edge: Floats
    features: Floats

    def __post_init__(self) -> None:
        freeze(self)


def look(joints_px: Floats, outline_px: Floats, stature_px: float) -> Frames:
    """Return what the reader looks at; the lifter faces right.

    ``joints_px`` (time, 3 or more, 2): hip, shoulder, knee of the near side. Frames whose edge was not found
    between hip and shoulder are NaN.
    """
    hip, shoulder, knee = joints_px[:, 0], joints_px[:, 1], joints_px[:, 2]
    edge = dorsal_profile(outline_px, hip, shoulder)
    whole = np.asarray(np.isfinite(edge[:, _NEEDED]).all(axis=1))
    filled = _fill_ends(edge, whole)
    smooth = gaussian_filter1d(filled, _SMOOTHED, axis=1, mode="nearest")
    slope = np.arctan(np.gradient(smooth, ALONG, axis=1))
    trunk, thigh = shoulder - hip, knee - hip
    posture = np.column_stack([
        np.arctan2(trunk[:, 0], -trunk[:, 1]),
        np.arctan2(thigh[:, 0], thigh[:, 1]),
        4 * np.hypot(trunk[:, 0], trunk[:, 1]) / stature_px,
    ])  # fmt: skip
    features = np.hstack([4 * smooth[:, ::_THINNED], slope[:, ::_THINNED], posture])
    features[~whole] = np.nan
    return Frames(edge, features)


def _fill_ends(edge: Floats, whole: Bools) -> Floats:
    """Carry the first and the last place that were found on to the ends."""
    filled = edge.copy()
    for row in np.flatnonzero(whole & np.isnan(edge).any(axis=1)):
        known = np.flatnonzero(np.isfinite(edge[row]))
        filled[row] = np.interp(ALONG, ALONG[known], edge[row, known])
    return filled


@dataclass(frozen=True, slots=True, eq=False)
class _Net:
    """Two hidden layers: ``weights`` and ``biases`` in order, and how the inputs are brought to size one."""

    middle: Floats
    size: Floats
    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]

    def __call__(self, inputs: Floats) -> Floats:
        """Return the outputs, (row, 4)."""
        layer = np.clip((inputs - self.middle) / self.size, -6, 6)
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            layer = np.tanh(layer @ weight + bias)
        return np.asarray(layer @ self.weights[-1] + self.biases[-1])


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """The networks, averaged."""

    nets: tuple[_Net, ...]

    def change(self, one: Floats, other: Floats, view_rad: float, stature_px: float) -> tuple[Floats, Floats]:
        """Return how far the back bent from ``other`` to ``one``, and the standard deviation, (row, 2) in rad.

        Columns are lumbar and thoracic flexion; ``one`` and ``other`` are features, (row, n). To swap the two is
        to change the sign, exactly. ``view_rad`` is the camera's angle, π/2 at the side, more is behind;
        ``stature_px`` how tall the lifter stands in the picture: the smaller, the less an edge says.
        """
        there, back = pair(one, other, view_rad, stature_px), pair(other, one, view_rad, stature_px)
        outputs = [(net(there), net(back)) for net in self.nets]
        values = np.mean([(a[:, :2] - b[:, :2]) / 2 for a, b in outputs], axis=0)
        spread = np.mean([np.exp((a[:, 2:] + b[:, 2:]) / 2) for a, b in outputs], axis=0)
        return np.asarray(values), np.asarray(spread)


def pair(one: Floats, other: Floats, view_rad: float | Floats, stature_px: float | Floats) -> Floats:
    """Return the inputs of a network for two frames: how they differ, what they share, the view and the size."""
    turn = np.broadcast_to(np.asarray(view_rad) - np.pi / 2, len(one))[:, None]
    size = np.broadcast_to(np.log(stature_px), len(one))[:, None]
    return np.hstack([one - other, (one + other) / 2, turn, turn**2, size])


@cache
def load_reader() -> Reader:
    """Return the reader that ships."""
    with (files("lumbar.motion") / "back.npz").open("rb") as source, np.load(source) as held:
        arrays = {key: held[key].astype(float) for key in held.files}
    nets = []
    for number in range(int(arrays["nets"])):
        layers = range(int(arrays["layers"]))
        nets.append(
            _Net(
                middle=arrays["middle"],
                size=arrays["size"],
                weights=tuple(arrays[f"weight_{number}_{layer}"] for layer in layers),
                biases=tuple(arrays[f"bias_{number}_{layer}"] for layer in layers),
            )
        )
    return Reader(tuple(nets))
