"""Rendered clips with what vision saw in them and with their truth."""

import json
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.synth.keep import load_truth
from lumbar.synth.truth import Truth
from lumbar.vision import image
from lumbar.vision.tracks import OUTLINE_POINTS, Tracks


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One rendered clip: ``case`` as in truth.json, ``tracks`` as ``vision.watch`` gave them."""

    name: str
    case: dict[str, Any]
    tracks: Tracks
    truth: Truth

    @property
    def side(self) -> str:
        """Return the side nearer to the camera."""
        return str(self.case["phone"]["side"])

    @property
    def stature_px(self) -> float:
        """Return how tall the lifter stands in the picture."""
        return stature_px(self.truth)


def rendered(folder: Path) -> Iterator[Clip]:
    """Yield the clips of a folder of ``lumbar synth`` that have a ``tracks.pkl`` beside them."""
    for place in sorted(folder.iterdir()):
        if (place / "tracks.pkl").exists() and (place / "truth.json").exists():
            with (place / "tracks.pkl").open("rb") as file:
                tracks = pickle.load(file)  # noqa: S301 - our own file
            case = json.loads((place / "truth.json").read_text())["case"]
            yield Clip(place.name, case, tracks, load_truth(place))


def stature_px(truth: Truth) -> float:
    """Return how tall the lifter stands in the picture."""
    depth = truth.depth_m(truth.joint_m("neck"))
    return truth.focal_px * truth.body_height_m / float(np.median(depth))


def true_outline(truth: Truth) -> Floats:
    """Return the outline of the lifter's visible pixels, (time, OUTLINE_POINTS, 2)."""
    found = np.full((len(truth.time_s), OUTLINE_POINTS, 2), np.nan)
    if truth.seen is not None:
        for frame in range(len(found)):
            found[frame] = _ring(truth.seen.at(frame))
    return found


def _ring(mask: Bools) -> Floats:
    ring = image.largest_outline(mask.astype(float))
    if ring is None:
        return np.full((OUTLINE_POINTS, 2), np.nan)
    closed = np.vstack([ring, ring[:1]]) + 0.5
    along = np.r_[0, np.cumsum(np.hypot(*np.diff(closed, axis=0).T))]
    even = np.linspace(0, along[-1], OUTLINE_POINTS, endpoint=False)
    return np.column_stack([np.interp(even, along, closed[:, axis]) for axis in (0, 1)])
