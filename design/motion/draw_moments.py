"""Draw moments of pulls, and what the pose network makes of them.

    python design/motion/draw_moments.py SPLIT FIRST LAST OUT

Of each case two pulls, the second with a spine of its own, in bursts of five frames: standing, the set-up, twice
between lift-off and knee pass, at lockout; spoiled and compressed as a phone's are, filmed from 75° to 130°.
Bodies are mixtures, two in five wear a belt. About twelve seconds a case; writes one file a case, and skips those
that are there. Needs VTK (``uv sync --group synth``).
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from moments import Moments, rows_of

sys.path.insert(0, str(Path(__file__).parents[1] / "back"))
from numbered import write_numbered
from sights import mixed_body

from lumbar.arrays import Floats
from lumbar.synth.body import load_body
from lumbar.synth.case import Case
from lumbar.synth.chance import Range, draw_case
from lumbar.synth.perform import perform
from lumbar.synth.render import act, draw
from lumbar.synth.splits import SplitName, load_split
from lumbar.synth.spoil import Sensor
from lumbar.synth.truth import Truth, tell_truth
from lumbar.video.clip import open_clip
from lumbar.video.frames import Frame, read_frames
from lumbar.video.writer import ClipWriter
from lumbar.vision.blazepose import BlazePose
from lumbar.vision.estimator import Pose
from lumbar.vision.tracks import LANDMARKS

_BURST, _VIEWS_DEG, _BELTS = 5, (75.0, 130.0), 0.4
#: A hip further from the lifter's than this, in regions, is somebody else's; a pose with a lower score is none.
_NEAR, _LEAST_SCORE = 0.12, 0.5


def wide_case(split: SplitName, number: int, rng: np.random.Generator) -> Case:
    """Return a case of a body of its own, without what hides the lifter on purpose."""
    case = draw_case(split, number, Range(view_deg=_VIEWS_DEG))
    return replace(
        case,
        body=mixed_body(load_split(split).bodies, rng),
        gym=replace(case.gym, has_mirror=False, lights_out_s=None),
        phone=replace(case.phone, falls_at_s=None),
        look=replace(case.look, has_belt=bool(rng.random() < _BELTS)),
    )


def pulls(case: Case, rng: np.random.Generator) -> Iterator[tuple[Case, Floats]]:
    """Yield two pulls and the times of their frames."""
    for is_first in (True, False):
        start = rng.uniform(-8, 42)
        lift = replace(case.lift, reps=1, creep_deg=0.0, uneven_deg=(), fails_at=None)
        if not is_first:
            lift = replace(
                lift,
                lumbar_start_deg=start,
                lumbar_peak_deg=float(np.clip(start + rng.uniform(-12, 34), -14, 58)),
                lumbar_peak_at=float(rng.uniform(0.08, 0.6)),
                thoracic_deg=float(rng.uniform(-8, 32)),
            )
        rep = perform(load_body(case.body), lift, np.zeros(1)).reps[0]
        off_s, lockout_s = rep.lift_off_s, rep.lockout_s or rep.lift_off_s + 1.0
        passed_s = rep.knee_pass_s or (off_s + lockout_s) / 2
        step_s = 1 / case.phone.frame_rate_hz
        set_up_s = off_s - rng.uniform(0.15, 0.4) - step_s * _BURST
        middle_s = np.sort(off_s + (passed_s - off_s) * rng.uniform(0.1, 1, 2)) - step_s * _BURST / 2
        starts = [set_up_s, *middle_s]
        if is_first:
            starts = [rng.uniform(0.1, lift.stand_s - 0.05), *starts, lockout_s - rng.uniform(0, 0.3)]
        times = np.maximum(0, np.array(starts))[:, None] + step_s * np.arange(_BURST)
        yield replace(case, lift=lift), times.ravel()


def truth_at(case: Case, time_s: Floats) -> Truth:
    """Return the truth at these times."""
    played = act(case, time_s)
    return tell_truth(case, load_body(case.body), played.done, played.posed, played.view)


def film(parts: list[tuple[Case, Floats]], path: Path) -> Iterator[Frame]:
    """Yield the frames of all parts as a phone stored them, one after the other."""
    first = parts[0][0]
    sensor, rate_hz = Sensor(first.spoil, np.random.default_rng([first.seed, 4])), first.phone.frame_rate_hz
    with ClipWriter(path, rate_hz=rate_hz, crf=first.spoil.crf, codec=first.spoil.codec) as writer:
        shots = (shot for case, time_s in parts for shot in draw(case, time_s))
        for number, shot in enumerate(shots):
            writer.add(Frame(number / rate_hz, sensor.take(shot.image)))
    with read_frames(open_clip(path), max_rate_hz=inf) as frames:
        yield from frames


def lifters_pose(eye: BlazePose, frame: Frame, hip_px: Floats, last: Pose | None) -> Pose | None:
    """Return the pose of whoever's hip is nearest to the lifter's; None where nobody is found there."""
    if last is not None:
        poses = [eye.follow(frame.image, last.next_region)]
    else:
        found = [eye.follow(frame.image, region) for region in eye.find(frame.image)[0]]
        poses = [eye.follow(frame.image, pose.next_region) for pose in found]
    sides = [LANDMARKS.index(name) for name in ("left_hip", "right_hip")]
    away = [np.hypot(*(pose.xy_px[sides].mean(axis=0) - hip_px)) / pose.next_region.size_px for pose in poses]
    best = int(np.argmin(away)) if away else 0
    return poses[best] if away and away[best] < _NEAR and poses[best].score > _LEAST_SCORE else None


def seen(split: SplitName, number: int) -> list[Moments]:
    """Return what the network makes of a case's pulls."""
    rng = np.random.default_rng([load_split(split).seed(number), 77])
    parts = list(pulls(wide_case(split, number, rng), rng))
    eye, made = BlazePose(), []
    with TemporaryDirectory() as folder:
        frames = film(parts, Path(folder) / "clip.mp4")
        for case, time_s in parts:
            truth, poses, last = truth_at(case, time_s), [], None
            hips_px = (truth.joint_px("left_hip") + truth.joint_px("right_hip")) / 2
            for row, hip_px in enumerate(hips_px):
                frame = next(frames)
                scale = frame.image.shape[1] / truth.width_px
                last = lifters_pose(eye, frame, hip_px * scale, last if row % _BURST else None)
                if last is not None:
                    poses.append((row, last.score, last.xy_px / scale, last.world_m))
            if poses:
                rows, *arrays = (np.array(column) for column in zip(*poses, strict=True))
                made.append(Moments(case, rows_of(truth, rows), *arrays))
    return made


if __name__ == "__main__":
    write_numbered(seen)
