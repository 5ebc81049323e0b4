"""BlazePose on ONNX Runtime: find a person, then follow 33 landmarks and a mask from frame to frame.

The pipeline's constants are those of MediaPipe Pose (Apache-2.0); how the weights were converted stands in
NOTICE. The rotated crop is kept and is not smoothed: both were measured to matter on bent-over lifters.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Literal

import numpy as np

from lumbar.arrays import Floats, Pixels
from lumbar.errors import WeightsError
from lumbar.vision import image
from lumbar.vision.estimator import Face, Pose, Region
from lumbar.vision.tracks import LANDMARKS

Network = Literal["full", "heavy"]

_DETECTOR_PX = 224
_CROP_PX = 256
_HEAT_PX = 64
#: Landmarks 33 and 34 of the network are no body points: centre and a point on the circle of the next crop.
_POINTS = 39
_LEAST_SCORE = 0.5
#: A picture with one side this much longer than the other is looked at in so many squares as well; regions nearer
#: than this share of the larger one hold the same person. Engineering rules.
_LONG, _PARTS, _SAME = 1.2, 3, 0.12
#: The farthest that a lifter's trunk tips over.
_LEVEL_RAD = np.pi / 2


@cache
def _session(name: str, threads: int) -> Any:
    """Load a network that ships with Lumbar, after checking that it is the one that shipped."""
    # Before the import: the runtime keeps notes of its use in the home folder, to send them to its maker.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime  # noqa: PLC0415 - slow to import

    folder = files("lumbar.vision") / "weights"
    lines = (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    wanted = {file: digest for digest, file in (line.split() for line in lines)}
    file = f"blazepose_{name}_fp16.onnx"
    try:
        weights = (folder / file).read_bytes()
    except OSError as error:
        raise WeightsError(f"{file} is missing from the installation. Install Lumbar again.") from error
    if sha256(weights).hexdigest() != wanted[file]:
        raise WeightsError(f"{file} is damaged: its SHA-256 is not the one that shipped. Install Lumbar again.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Waiting threads must sleep: decoding and tracking want the same cores.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def _sigmoid(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -60, 60))))


def _anchors() -> Floats:
    """Return the detector's 2254 anchor centres, (anchor, 2), in 0–1."""
    cells = []
    for stride, count in ((8, 2), (16, 2), (32, 6)):
        side = _DETECTOR_PX // stride
        y, x = np.mgrid[0:side, 0:side]
        cells.append(np.repeat(np.stack([(x + 0.5) / side, (y + 0.5) / side], -1).reshape(-1, 2), count, 0))
    return np.concatenate(cells)


_ANCHORS = _anchors()


def _overlap(box: Floats, boxes: Floats) -> Floats:
    """Return intersection over union of one box with many; boxes are x0, y0, x1, y1."""
    x0, y0 = np.maximum(box[0], boxes[:, 0]), np.maximum(box[1], boxes[:, 1])
    x1, y1 = np.minimum(box[2], boxes[:, 2]), np.minimum(box[3], boxes[:, 3])
    shared = np.clip(x1 - x0, 0, None) * np.clip(y1 - y0, 0, None)
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return np.asarray(shared / ((box[2] - box[0]) * (box[3] - box[1]) + area - shared))


def _region(centre: Floats, rim: Floats) -> Region:
    """Return the rotated square that MediaPipe cuts around a person: 1.25 × the circle, hips to head up.

    Who lifts carries the head above the hips, or level with them: of a square that is turned further a plate was
    taken for the head, and read like that the lifter lies folded together in the plate.
    """
    reach = rim - centre
    turn = np.pi / 2 - np.arctan2(-reach[1], reach[0])
    turn -= 2 * np.pi * np.floor((turn + np.pi) / (2 * np.pi))
    turn = np.clip(turn, -_LEVEL_RAD, _LEVEL_RAD)
    return Region(float(centre[0]), float(centre[1]), float(2.5 * np.hypot(*reach)), float(turn))


def _refined(points: Floats, heat: Floats) -> Floats:
    """Move each landmark to the centre of its 7 × 7 heat where that is confident (MediaPipe's refinement)."""
    to_heat = _HEAT_PX / _CROP_PX
    cell = (points[:, :2] * to_heat).astype(int)
    inside = ((cell >= 0) & (cell < _HEAT_PX)).all(axis=1)
    padded = np.pad(heat, ((3, 3), (3, 3), (0, 0)), constant_values=-60.0)
    reach = np.arange(7)
    column, row = (np.clip(cell[:, axis], 0, _HEAT_PX - 1) for axis in (0, 1))
    which = np.arange(len(points))[:, None, None]
    patch = _sigmoid(padded[row[:, None, None] + reach[:, None], column[:, None, None] + reach, which])
    total = patch.sum(axis=(1, 2))
    sure = inside & (patch.max(axis=(1, 2)) >= _LEAST_SCORE)
    safe = np.where(total > 0, total, 1.0)
    x = (patch.sum(axis=1) @ (reach - 3.0)) / safe + column
    y = (patch.sum(axis=2) @ (reach - 3.0)) / safe + row
    refined = points.astype(float)
    refined[sure, :2] = np.column_stack([x, y])[sure] / to_heat
    return refined


@dataclass(frozen=True, slots=True)
class BlazePose:
    """The estimator that ships with Lumbar; ``network`` trades speed (full) for steadiness (heavy)."""

    network: Network = "full"
    threads: int = 1

    @property
    def name(self) -> str:
        """Return what made the landmarks."""
        return f"BlazePose {self.network}"

    def find(self, picture: Pixels) -> tuple[tuple[Region, ...], tuple[Face, ...]]:
        """Find everybody: regions best first, and their faces."""
        height, width = picture.shape[:2]
        found: list[tuple[Region, Face]] = []
        for left, top, side in _squares(width, height):
            here = self._look(picture, left, top, side)
            found += [one for one in here if not any(one[0].is_near(other, _SAME) for other, _ in found)]
        return tuple(region for region, _ in found), tuple(face for _, face in found)

    def _look(self, picture: Pixels, left: float, top: float, side: int) -> list[tuple[Region, Face]]:
        """Find everybody in a square of the picture, of which a part may lie outside: that is black."""
        across, down = (slice(max(0, round(first)), max(0, round(first)) + side) for first in (left, top))
        part = picture[down, across]
        # Pixel centres line up with the corner convention of the letterbox at this size to under half a pixel.
        scale = _DETECTOR_PX / side
        small = image.resize(part, max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
        boxed = np.zeros((_DETECTOR_PX, _DETECTOR_PX, 3), np.uint8)
        y, x = (_DETECTOR_PX - small.shape[0]) // 2, (_DETECTOR_PX - small.shape[1]) // 2
        boxed[y : y + small.shape[0], x : x + small.shape[1]] = small
        session = _session("detector", self.threads)
        raw, logits = session.run(None, {session.get_inputs()[0].name: boxed[None].astype(np.float32) / 127.5 - 1})
        return _people(raw[0], _sigmoid(logits[0, :, 0]), side, np.array([left, top]))

    def follow(self, picture: Pixels, region: Region) -> Pose:
        """Read landmarks and mask inside a region; the pose's own ``next_region`` is where to look next."""
        turn = np.array([[np.cos(region.turn_rad), -np.sin(region.turn_rad)],
                         [np.sin(region.turn_rad), np.cos(region.turn_rad)]])  # fmt: skip
        linear = turn * (region.size_px / _CROP_PX)
        offset = np.array([region.x_px, region.y_px]) - linear @ np.full(2, _CROP_PX / 2)
        to_picture = np.column_stack([linear, offset])
        crop = image.sample(picture, to_picture, _CROP_PX, _CROP_PX)
        session = _session(self.network, self.threads)
        outputs = session.run(None, {session.get_inputs()[0].name: crop[None].astype(np.float32) / 255})
        by_shape = {tuple(output.shape): output for output in outputs}
        raw = by_shape[(1, 5 * _POINTS)].reshape(_POINTS, 5)
        points = _refined(raw, by_shape[(1, _HEAT_PX, _HEAT_PX, _POINTS)][0])
        xy_px = points[:, :2] @ linear.T + offset
        world_m = by_shape[(1, 3 * _POINTS)].reshape(_POINTS, 3).astype(float)[: len(LANDMARKS)].copy()
        world_m[:, :2] = world_m[:, :2] @ turn.T
        return Pose(
            xy_px=xy_px[: len(LANDMARKS)],
            visibility=_sigmoid(raw[: len(LANDMARKS), 3]),
            world_m=world_m,
            score=float(by_shape[(1, 1)].ravel()[0]),
            mask=by_shape[(1, _CROP_PX, _CROP_PX, 1)][0, ..., 0],
            mask_to_picture=to_picture,
            next_region=_region(xy_px[33], xy_px[34]),
        )


def _squares(width: int, height: int) -> Iterator[tuple[float, float, int]]:
    """Yield left, top and side of squares to look for people in: all of the picture, then parts of a long one.

    Of a lifter who fills a third of it the detector would see 45 to 80 pixels, and find nobody, or a plate.
    """
    long, short = max(height, width), min(height, width)
    yield (width - long) / 2, (height - long) / 2, long
    if long > _LONG * short:
        for part in range(_PARTS):
            share = part / (_PARTS - 1)
            yield float(round((width - short) * share)), float(round((height - short) * share)), short


def _people(raw: Floats, score: Floats, side: int, corner: Floats) -> list[tuple[Region, Face]]:
    """Decode the detector and merge overlapping boxes by their weighted mean, best first."""
    keep = np.flatnonzero(score > _LEAST_SCORE)
    keep = keep[np.argsort(-score[keep])]
    numbers = raw[keep] / _DETECTOR_PX
    anchors = _ANCHORS[keep]
    centre = numbers[:, :2] + anchors
    boxes = np.column_stack([centre - numbers[:, 2:4] / 2, centre + numbers[:, 2:4] / 2])
    points = numbers[:, 4:].reshape(-1, 4, 2) + anchors[:, None]
    found = []
    left = np.arange(len(keep))
    while left.size:
        same = _overlap(boxes[left[0]], boxes[left]) > 0.3
        group = left[same]
        weight = score[keep[group]] / score[keep[group]].sum()
        hip, rim, shoulder = np.tensordot(weight, points[group], 1)[:3] * side + corner
        # The head sits on the trunk's line, about half a trunk above the shoulders (ANSUR II proportions).
        x, y = shoulder + 0.45 * (shoulder - hip)
        face = Face(float(x), float(y), float(0.25 * np.hypot(*(shoulder - hip))))
        found.append((_region(hip, rim), face))
        left = left[~same]
    return found
