"""How well the whole-body fit measures: angles at events, places of joints, the bar's drift, events, ranges.

    python design/motion/fit_accuracy.py tune --fast 60 [--renders DIR] [--band 80 120]

Fast cases are drawn here, without pixels; ``--renders`` names a folder made by ``lumbar synth`` in which each clip
has a ``tracks.pkl`` beside it (what the vision saw, pickled). Truth joints are three-dimensional, left and right:
what is compared is the near side's joint, projected to the sagittal plane. Places are compared twice: in the
picture, where only the fit counts (as millimetres at the joint's true depth), and in metres, where the scale and
the origin count too. The number after × is by how much ranges would have to be widened for nine in ten truths to
lie in them: on the tune split it sets ``_HALF_WIDTHS`` of ``lumbar/form/measure.py``.
"""

import argparse
import json
import pickle
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Measured
from lumbar.form.limits import refusal
from lumbar.form.measure import measure_rep
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.motion import Motion, to_motion
from lumbar.motion.reps import Rep, find_reps
from lumbar.synth.chance import draw_case
from lumbar.synth.fast import fast_clip
from lumbar.synth.keep import load_truth
from lumbar.synth.perform import RepTruth
from lumbar.synth.splits import SPLITS, SplitName
from lumbar.synth.truth import Truth
from lumbar.vision.tracks import Tracks

JOINTS = ("ankle", "knee", "hip", "shoulder")
BANDS = ((0, 45), (45, 80), (80, 120), (120, 150), (150, 180))
EVENTS = ("lift_off", "knee_pass", "lockout")
ANGLES = ("knee", "hip", "trunk")


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """What was seen in a clip, and what was true."""

    name: str
    view_deg: float
    tracks: Tracks
    truth: Truth
    plate_m: float


@dataclass(slots=True)
class Found:
    """What was found in one clip: errors by name, refusals, and what each range held."""

    name: str
    view_deg: float
    refused: str = ""
    errors: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    held: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    missing: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    ratios: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def compare(self, what: str, measured: Measured, truth: float, *, scale: float) -> None:
        """Book one measured number beside its truth."""
        self.missing[what].append(not isinstance(measured, Estimate))
        if isinstance(measured, Estimate):
            self.errors[what].append((measured.value - truth) * scale)
            self.held[what].append(measured.low <= truth <= measured.high)
            self.ratios[what].append(abs(measured.value - truth) / max(measured.half_width, 1e-9))


def fast_cases(split: SplitName, count: int, band: tuple[float, float]) -> Iterator[Clip]:
    """Yield the fast cases of a split whose views lie in a band."""
    for number in range(count):
        case = draw_case(split, number)
        if band[0] <= case.phone.view_deg < band[1]:
            made = fast_clip(case)
            yield Clip(f"fast {case.name}", case.phone.view_deg, made.tracks, made.truth, case.lift.plate_m)


def rendered_cases(folder: Path, band: tuple[float, float]) -> Iterator[Clip]:
    """Yield the rendered clips of a folder whose views lie in a band."""
    for clip in sorted(folder.iterdir()):
        if not (clip / "tracks.pkl").exists():
            continue
        told = json.loads((clip / "truth.json").read_text())["case"]
        if band[0] <= told["phone"]["view_deg"] < band[1]:
            tracks = pickle.loads((clip / "tracks.pkl").read_bytes())  # noqa: S301 - our own files
            yield Clip(clip.name, told["phone"]["view_deg"], tracks, load_truth(clip), told["lift"]["plate_m"])


def near_of(truth: Truth) -> str:
    """Return the side whose shoulder is nearer to the camera."""
    away = [
        np.median(np.linalg.norm(truth.joint_m(f"{side}_shoulder") - truth.camera_position_m, axis=1))
        for side in ("left", "right")
    ]
    return "left" if away[0] < away[1] else "right"


def true_angles(truth: Truth, side: str) -> dict[str, Floats]:
    """Return the near side's angles in the sagittal plane, (time,) each."""
    ankle, knee, hip, shoulder = (truth.joint_m(f"{side}_{joint}")[:, :2] for joint in JOINTS)

    def inner(one: Floats, middle: Floats, other: Floats) -> Floats:
        a, b = one - middle, other - middle
        return np.arccos((a * b).sum(1) / np.hypot(*a.T) / np.hypot(*b.T))

    lean = shoulder - hip
    return {
        "trunk": np.arctan2(lean[:, 1], lean[:, 0]),
        "hip": inner(shoulder, hip, knee),
        "knee": inner(hip, knee, ankle),
    }


def evaluate(clip: Clip, *, has_height: bool) -> Found:
    """Measure one clip and compare."""
    found, truth = Found(clip.name, clip.view_deg), clip.truth
    lifter = Lifter(height_m=truth.body_height_m) if has_height else Lifter()
    if clip.tracks.bar is None:
        found.refused = "no bar"
        return found
    motion = to_motion(clip.tracks, lifter, Barbell(plate_m=clip.plate_m))
    reps = find_reps(motion)
    limit = refusal(clip.tracks, motion, reps)
    whole = [rep for rep in truth.reps if rep.is_completed]
    found.errors["rep count"].append(len(reps) - len(whole))
    if limit:
        found.refused = limit.id
        return found
    side = near_of(truth)
    rows = np.searchsorted(truth.time_s, clip.tracks.time_s - 1e-6).clip(0, len(truth.time_s) - 1)
    if whole:
        matches(found, motion, reps, whole, truth)
    places(found, motion, truth, side, rows)
    return found


def matches(found: Found, motion: Motion, reps: tuple[Rep, ...], whole: list[RepTruth], truth: Truth) -> None:
    """Compare each rep with the true one that it belongs to."""
    angles = true_angles(truth, near_of(truth))
    for rep in reps:
        true = min(whole, key=lambda one: abs((one.lockout_s or 0) - rep.lockout_s))
        if true.lockout_s is None or abs(true.lockout_s - rep.lockout_s) > 1:
            continue
        found.errors["lift_off s"].append(rep.lift_off_s - true.lift_off_s)
        found.errors["lockout s"].append(rep.lockout_s - true.lockout_s)
        if true.knee_pass_s is not None:
            found.compare("knee_pass s", rep.knee_pass_s, true.knee_pass_s, scale=1)
        measures = measure_rep(motion, rep, None)
        when = {"lift_off": true.lift_off_s, "knee_pass": true.knee_pass_s, "lockout": true.lockout_s}
        for event, joint in product(EVENTS, ANGLES):
            if (at_s := when[event]) is not None:
                want = float(np.interp(at_s, truth.time_s, angles[joint]))
                found.compare(f"{joint}_{event}", measures[f"{joint}_{event}"], want, scale=np.degrees(1))
        up = (truth.time_s >= true.lift_off_s) & (truth.time_s <= true.lockout_s)
        found.compare("bar_drift", measures["bar_drift"], float(np.ptp(truth.bar_m[up, 0])), scale=1000)


def places(found: Found, motion: Motion, truth: Truth, side: str, rows: NDArray[np.intp]) -> None:
    """Compare joints with the near side's, in the picture and in metres, around the pulls."""
    during = np.zeros(len(rows), bool)
    for rep in truth.reps:
        end = rep.lockout_s or rep.lift_off_s
        during |= (motion.time_s >= rep.lift_off_s - 0.3) & (motion.time_s <= end + 0.3)
    middle = (truth.joint_m("left_ankle") + truth.joint_m("right_ankle"))[rows, 0] / 2
    origin = np.array([np.median(middle), np.percentile(truth.bar_m[:, 1], 2)])

    def keep(name: str, values: Floats) -> None:
        chosen = values[during][::5]
        found.errors[name].extend(chosen[np.isfinite(chosen)])
        found.missing[name].extend(~np.isfinite(chosen))

    for joint in JOINTS:
        at = truth.joint_m(f"{side}_{joint}")[rows]
        depth = np.einsum("tj,tj->t", truth.camera_axes[rows, 2], at - truth.camera_position_m[rows])
        off = motion.point_px(joint) - truth.joint_px(f"{side}_{joint}")[rows]
        keep(f"{joint} picture mm", np.hypot(*off.T) * depth / truth.focal_px * 1000)
        keep(f"{joint} metres mm", np.hypot(*(motion.point(joint) - at[:, :2] + origin).T) * 1000)
    lever = motion.bar_m[:, 0] - motion.point("hip")[:, 0]
    keep("bar ahead of hip mm", (lever - truth.bar_m[rows, 0] + truth.joint_m(f"{side}_hip")[rows, 0]) * 1000)
    keep("bar ahead of ankle mm", (motion.bar_m[:, 0] - truth.bar_m[rows, 0] + origin[0]) * 1000)


def table(all_found: list[Found]) -> None:
    """Print errors, coverage and missing per band."""
    for low, high in BANDS:
        chosen = [one for one in all_found if low <= one.view_deg < high]
        if not chosen:
            continue
        refused = [one for one in chosen if one.refused]
        print(
            f"\n== {low}–{high}°: {len(chosen)} clips, {len(refused)} refused "
            f"{sorted({one.refused for one in refused})}"
        )
        names = list(dict.fromkeys(name for one in chosen for name in (*one.errors, *one.missing)))
        for name in names:
            error = np.array([e for one in chosen for e in one.errors.get(name, [])])
            held = [h for one in chosen for h in one.held.get(name, [])]
            missing = [m for one in chosen for m in one.missing.get(name, [])]
            line = f"{name:26} n {len(error):5}"
            if len(error):
                line += (
                    f"  MAE {np.mean(np.abs(error)):8.3f} median {np.median(np.abs(error)):8.3f}"
                    f" p95 {np.percentile(np.abs(error), 95):8.3f} bias {np.mean(error):+8.3f}"
                )
            if held:
                line += f"  holds {np.mean(held):.2f}"
            ratios = [r for one in chosen for r in one.ratios.get(name, [])]
            if ratios:
                line += f"  ×{np.percentile(ratios, 90):.2f}"
            if missing:
                line += f"  missing {np.mean(missing):.2f}"
            print(line)


def main() -> None:
    """Evaluate and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split", choices=SPLITS)
    parser.add_argument("--fast", type=int, default=0, help="how many numbers of the split to go through")
    parser.add_argument("--renders", type=Path)
    parser.add_argument("--no-height", action="store_true")
    parser.add_argument("--band", type=float, nargs=2, default=(0, 180))
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    clips = fast_cases(options.split, options.fast, options.band)
    if options.renders:
        clips = chain(clips, rendered_cases(options.renders, options.band))
    table([evaluate(clip, has_height=not options.no_height) for clip in clips])


if __name__ == "__main__":
    main()
