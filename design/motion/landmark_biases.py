"""Where the pose network puts its landmarks, against the joints: learned on drawn moments of the train split.

    python design/motion/draw_moments.py train 400000 400150 MOMENTS
    python design/motion/landmark_biases.py MOMENTS src/lumbar/motion/biases.toml

For each joint, side and posture, over clips: the median error of a clip's frames ahead and up in metres, as a
straight line over the view (Huber's weights; slopes held to zero by a prior), where the fit would not take it for
hidden. Prints spreads between and within clips, and at last the view that is told where the camera stands at some,
and the spread about that.
"""

import pickle
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from moments import Moments

from lumbar.arrays import Bools, Floats
from lumbar.motion.bias import POSTURES, USUAL_VIEW_RAD
from lumbar.motion.chain import JOINTS, MARKS, SHOULDER_BEYOND
from lumbar.motion.evidence import landmark_names
from lumbar.motion.hidden import hidden_marks
from lumbar.synth.landmarks import joint_of
from lumbar.vision.quality import view_angle
from lumbar.vision.tracks import LANDMARKS

#: Frames that make a clip's median, and the least score of a pose that is believed.
_LEAST_FRAMES, _LEAST_SCORE = 3, 0.8
#: Sines of the trunk's angle: bent below, upright above.
_BENT, _UPRIGHT = 0.7, 0.93
#: A prior: the spread of a slope (m per rad). Huber's bend. Views between which what is told is a straight line.
_SLOPE_M, _HUBER, _KNOTS_DEG = 0.15, 1.35, np.array([75.0, 85, 95, 105, 115, 130])

Clips = dict[tuple[str, int, str], list[tuple[float, Floats, Floats]]]


def errors_m(seen: Moments, joint: str, landmark: str) -> Floats:
    """Return how far off a landmark is of its joint, ahead and up, (time, 2)."""
    truth, own = seen.truth, joint_of(landmark)
    away_m = truth.depth_m(truth.joint_m(own))
    off = (seen.landmarks_px[:, LANDMARKS.index(landmark)] - truth.joint_px(own)) * (away_m / truth.focal_px)[
        :, None
    ]
    off = off * np.stack([1 / truth.camera_axes[:, 0, 0], -np.ones(len(off))], axis=1)
    return off - SHOULDER_BEYOND * seen.trunk_m if joint == "shoulder" else off


def hidden(seen: Moments, landmarks: list[str]) -> Bools:
    """Say which marks the fit would take for hidden, (time, mark), if it knew where they are."""
    columns = [LANDMARKS.index(landmark) for landmark in landmarks]
    true = np.stack([seen.truth.joint_px(joint_of(landmark)) for landmark in landmarks], axis=1)
    return hidden_marks(seen.truth.plate_px[:, [0, 1, 3, 2]], true, seen.landmarks_px[:, columns])


def gather(parts: Iterator[Moments]) -> Clips:
    """Return view, median and spread of each clip's errors, by joint, side and posture."""
    found: Clips = defaultdict(list)
    for seen in parts:
        trunk = seen.trunk_m
        upright = trunk[:, 1] / np.hypot(*trunk.T)
        held = seen.truth.load_share > 0.5
        believed = seen.score > _LEAST_SCORE
        cases = (upright < _BENT, (upright > _UPRIGHT) & ~held, (upright > _UPRIGHT) & held)
        landmarks = landmark_names(seen.case.phone.side)
        covered = hidden(seen, landmarks)
        for index, (joint, side) in enumerate(MARKS):
            off = errors_m(seen, joint, landmarks[index])
            for posture, rows in zip(POSTURES, cases, strict=True):
                chosen = off[rows & believed & ~covered[:, index]]
                if len(chosen) >= _LEAST_FRAMES:
                    middle = np.median(chosen, axis=0)
                    spread = 1.48 * np.median(np.abs(chosen - middle), axis=0)
                    found[joint, side, posture].append((seen.truth.view_rad, middle, spread))
    return found


def robust(rows: Floats, wanted: Floats, prior: Floats) -> tuple[Floats, float]:
    """Return coefficients by least squares with Huber's weights, and the spread about them.

    ``prior`` holds each to zero: one over its variance.
    """
    weight, found = np.ones_like(wanted), np.zeros(rows.shape[1])
    for _ in range(30):
        spread = 1.48 * np.median(np.abs(wanted - rows @ found)) + 1e-4
        normal = rows.T @ (weight[:, None] * rows) / spread**2 + np.diag(prior)
        found = np.linalg.solve(normal, rows.T @ (weight * wanted) / spread**2)
        off = np.abs(wanted - rows @ found) / spread
        weight = np.minimum(1, _HUBER / np.maximum(off, 1e-9))
    return found, float(1.48 * np.median(np.abs(wanted - rows @ found)))


def line(clips: list[tuple[float, Floats, Floats]]) -> tuple[Floats, Floats, Floats]:
    """Return bias and slope over the view (2,) each, and what is left between clips."""
    turn = np.array([view for view, *_ in clips]) - USUAL_VIEW_RAD
    rows, wanted = np.column_stack([np.ones_like(turn), turn]), np.array([middle for _, middle, _ in clips])
    axes = [robust(rows, wanted[:, axis], np.array([1e-6, 1 / _SLOPE_M**2])) for axis in range(2)]
    bias, slope = np.array([found for found, _ in axes]).T
    return bias, slope, np.array([spread for _, spread in axes])


def told(found: Clips) -> Iterator[str]:
    """Yield the table's lines; print the spreads."""
    yield "# Made by design/motion/landmark_biases.py: metres ahead and up; see lumbar.motion.bias.\n"
    for side, word in ((1, "near"), (-1, "far")):
        for joint in JOINTS:
            yield f"[{word}.{joint}]"
            for posture in POSTURES:
                clips = found[joint, side, posture]
                bias, slope, between = line(clips)
                within = np.mean([one for *_, one in clips], axis=0)
                spreads = f"left between {_mm(between)}, within {_mm(within)}"
                print(f"{word:4s} {joint:8s} {posture:4s} {len(clips):3d} clips, {spreads}")
                seen, by_view = (f"[{one[0]:.3f}, {one[1]:.3f}]" for one in (bias, slope))
                yield f"{posture} = {{ seen_m = {seen}, per_rad_m = {by_view} }}"
            yield ""


def tell_view(parts: list[Moments]) -> None:
    """Print which view the network tells at some, and how far a clip's lies from that."""
    clips = {part.case.name: part for part in parts}
    believed = {name: view_angle(part.world_m[part.score > _LEAST_SCORE]) for name, part in clips.items()}
    kept = [name for name, views in believed.items() if len(views) >= _LEAST_FRAMES]
    rows = np.stack([
        np.interp([clips[name].case.phone.view_deg for name in kept], _KNOTS_DEG, knot)
        for knot in np.eye(len(_KNOTS_DEG))
    ], axis=1)  # fmt: skip
    seen = np.degrees([np.nanmedian(believed[name]) for name in kept])
    at, spread = robust(rows, seen, np.full(len(_KNOTS_DEG), 1e-9))
    print(
        "view",
        *(f"{true:g}° told {one:.1f}°," for true, one in zip(_KNOTS_DEG, at, strict=True)),
        f"± {spread:.1f}°",
    )


def _mm(pair: Floats) -> str:
    return f"{1000 * pair[0]:3.0f} {1000 * pair[1]:3.0f} mm"


def main() -> None:
    """Read every clip and write the table."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    parts = [part for path in sorted(folder.glob("*.pkl")) for part in pickle.loads(path.read_bytes())]  # noqa: S301
    print(len(parts), "pulls")
    tell_view(parts)
    out.write_text("\n".join(told(gather(iter(parts)))), encoding="utf-8")


if __name__ == "__main__":
    main()
