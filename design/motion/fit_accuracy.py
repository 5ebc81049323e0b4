"""How well the whole-body fit measures: angles at events, places of joints, the bar's drift, events, ranges.

    python design/motion/fit_accuracy.py tune --fast 60 [--renders DIR] [--jobs 1] [--calibrate]

Fast cases are drawn here, without pixels; ``--renders`` names a folder made by ``lumbar synth`` in which each clip
has a ``tracks.pkl`` beside it (what the vision saw, pickled). Truth joints are three-dimensional, left and right:
what is compared is the near side's joint, projected to the sagittal plane. Places are compared twice: in the
picture, where only the fit counts (as millimetres at the joint's true depth), and in metres, where the scale and
the origin count too. ``--calibrate`` prints, for each angle, the factor by which its standard deviations must be
multiplied for nine in ten truths to lie in the range.
"""

import argparse
import pickle
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Measured
from lumbar.form.limits import refusal
from lumbar.form.measure import measure_rep
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.motion import POINTS, Motion, to_motion
from lumbar.motion.reps import Rep, find_reps
from lumbar.synth.case import Case
from lumbar.synth.chance import draw_case
from lumbar.synth.fast import fast_clip
from lumbar.synth.keep import load_truth
from lumbar.synth.perform import RepTruth
from lumbar.synth.truth import Truth
from lumbar.vision.tracks import Tracks

JOINTS = ("ankle", "knee", "hip", "shoulder")
BANDS = ((0, 45), (45, 80), (80, 120), (120, 150), (150, 180))
EVENTS = ("lift_off", "knee_pass", "lockout")
ANGLES = ("knee", "hip", "trunk")


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


def fast_cases(split: str, count: int) -> Iterator[tuple[str, float, Tracks, Truth, float]]:
    """Yield name, view, tracks, truth and plate of fast cases."""
    for number in range(count):
        kept = Path("/tmp/fit_cache") / f"{split}-{number:05d}.pkl"
        if kept.exists():
            case, tracks, truth = pickle.loads(kept.read_bytes())
            xy = tracks.pose.xy_px.copy()
            from lumbar.synth.landmarks import _px_per_m, bias_m, _SOURCES
            from lumbar.vision.tracks import LANDMARKS
            from dataclasses import replace

            for k, lm in enumerate(LANDMARKS):
                j, row = _SOURCES[lm]
                b = bias_m(truth, row, near=case.phone.side in lm)
                if row == "hip":
                    b = b - 0.012 * truth.camera_axes[:, :2, 0]
                xy[:, k] += b * _px_per_m(truth, j)[:, None]
            from lumbar.motion.evidence import VIEW_BIAS_RAD

            tracks = replace(
                tracks,
                quality=replace(
                    tracks.quality, view_angle_rad=np.clip(tracks.quality.view_angle_rad + VIEW_BIAS_RAD, 0, np.pi)
                ),
                pose=replace(tracks.pose, xy_px=xy),
            )
        else:
            continue
        yield f"fast {case.name}", case.phone.view_deg, tracks, truth, case.lift.plate_m


def rendered_cases(folder: Path) -> Iterator[tuple[str, float, Tracks, Truth, float]]:
    """Yield name, view, tracks, truth and plate of rendered clips."""
    import json

    for clip in sorted(folder.iterdir()):
        if not (clip / "tracks.pkl").exists():
            continue
        try:
            tracks = pickle.loads((clip / "tracks.pkl").read_bytes())  # noqa: S301 - our own files
        except EOFError:
            continue
        told = json.loads((clip / "truth.json").read_text())["case"]
        yield clip.name, told["phone"]["view_deg"], tracks, load_truth(clip), told["lift"]["plate_m"]


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


def evaluate(name: str, view_deg: float, tracks: Tracks, truth: Truth, plate_m: float, *, tall: bool) -> Found:
    """Measure one clip and compare."""
    found = Found(name, view_deg)
    lifter = Lifter(height_m=truth.body_height_m) if tall else Lifter()
    if len(tracks.time_s) != len(truth.time_s):
        keep = np.searchsorted(truth.time_s, tracks.time_s - 1e-6).clip(0, len(truth.time_s) - 1)
    else:
        keep = np.arange(len(truth.time_s))
    if tracks.bar is None:
        found.refused = "no bar"
        return found
    motion = to_motion(tracks, lifter, Barbell(plate_m=plate_m))
    reps = find_reps(motion)
    limit = refusal(tracks, motion, reps)
    whole = [rep for rep in truth.reps if rep.is_completed]
    found.errors["rep count"].append(len(reps) - len(whole))
    if limit:
        found.refused = limit.kind if hasattr(limit, "kind") else str(limit)
        return found
    side = near_of(truth)
    angles = true_angles(truth, side)
    matches(found, motion, reps, whole, angles, truth)
    places(found, motion, truth, side, keep)
    return found


def matches(
    found: Found, motion: Motion, reps: tuple[Rep, ...], whole: list[RepTruth], angles, truth: Truth
) -> None:
    """Compare each rep with the true one that it belongs to."""
    for rep in reps:
        if not whole:
            continue
        true = min(whole, key=lambda one: abs(one.lockout_s - rep.lockout_s))
        if abs(true.lockout_s - rep.lockout_s) > 1:
            continue
        when = {"lift_off": true.lift_off_s, "knee_pass": true.knee_pass_s, "lockout": true.lockout_s}
        found.errors["lift_off s"].append(rep.lift_off_s - true.lift_off_s)
        found.errors["lockout s"].append(rep.lockout_s - true.lockout_s)
        if when["knee_pass"] is not None:
            found.compare("knee_pass s", rep.knee_pass_s, when["knee_pass"], scale=1)
        measures = measure_rep(motion, rep, None)
        for event in EVENTS:
            if when[event] is None:
                continue
            for joint in ANGLES:
                want = float(np.interp(when[event], truth.time_s, angles[joint]))
                found.compare(f"{joint}_{event}", measures[f"{joint}_{event}"], want, scale=np.degrees(1))
        up = (truth.time_s >= true.lift_off_s) & (truth.time_s <= true.lockout_s)
        drift = float(np.ptp(truth.bar_m[up, 0])) if up.any() else np.nan
        found.compare("bar_drift", measures["bar_drift"], drift, scale=1000)
        found.compare(
            "mean_concentric_velocity", measures["mean_concentric_velocity"], true.mean_speed_m_per_s, scale=1
        )


def places(found: Found, motion: Motion, truth: Truth, side: str, keep) -> None:
    """Compare joints with the near side's, in the picture and in metres."""
    during = np.zeros(len(keep), bool)
    for rep in truth.reps:
        end = rep.lockout_s or rep.lift_off_s
        during |= (motion.time_s >= rep.lift_off_s - 0.3) & (motion.time_s <= end + 0.3)
    shift = np.zeros(2)
    has_frame = hasattr(motion, "points_px")
    if has_frame:
        middle = (truth.joint_m("left_ankle") + truth.joint_m("right_ankle"))[keep, 0] / 2
        shift = np.array([np.median(middle), np.percentile(truth.bar_m[:, 1], 2)])
    for joint in JOINTS:
        at = truth.joint_m(f"{side}_{joint}")[keep]
        depth = np.einsum("tj,tj->t", truth.camera_axes[keep, 2], at - truth.camera_position_m[keep])
        if has_frame:
            off = motion.points_px[:, POINTS.index(joint)] - truth.joint_px(f"{side}_{joint}")[keep]
            mm = np.hypot(*off.T) * depth / truth.focal_px * 1000
            found.errors[f"{joint} picture mm"].extend(mm[during & np.isfinite(mm)][::5])
            metre = motion.point(joint) - (at[:, :2] - shift)
            found.missing[f"{joint} picture mm"].extend(~np.isfinite(mm[during])[::5])
        else:
            ankle = truth.joint_m(f"{side}_ankle")[keep, :2]
            metre = motion.point(joint) - (at[:, :2] - np.median(ankle, axis=0))
        mm = np.hypot(*metre.T) * 1000
        found.errors[f"{joint} metre mm"].extend(mm[during & np.isfinite(mm)][::5])
        found.missing[f"{joint} metre mm"].extend(~np.isfinite(mm[during])[::5])
    if has_frame:
        lever = (motion.bar_m[:, 0] - motion.point("hip")[:, 0]) - (
            truth.bar_m[keep, 0] - truth.joint_m(f"{side}_hip")[keep, 0]
        )
        found.errors["lever bar-hip mm"].extend(lever[during & np.isfinite(lever)][::5] * 1000)
        over = motion.bar_m[:, 0] - (truth.bar_m[keep, 0] - shift[0])
        found.errors["bar over ankle mm"].extend(over[during & np.isfinite(over)][::5] * 1000)


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
    parser.add_argument("split")
    parser.add_argument("--fast", type=int, default=0)
    parser.add_argument("--renders", type=Path)
    parser.add_argument("--no-height", action="store_true")
    parser.add_argument("--band", type=int, nargs=2)
    parser.add_argument("--each", action="store_true")
    options = parser.parse_args()
    cases = list(fast_cases(options.split, options.fast))
    if options.renders:
        cases += list(rendered_cases(options.renders))
    warnings.simplefilter("ignore")
    all_found = []
    for case in cases:
        if options.band and not options.band[0] <= case[1] < options.band[1]:
            continue
        all_found.append(evaluate(*case, tall=not options.no_height))
        if options.each:
            one = all_found[-1]
            print(
                one.name,
                round(one.view_deg),
                one.refused,
                {k: round(float(np.mean(np.abs(v))), 2) for k, v in one.errors.items()},
            )
    table(all_found)


if __name__ == "__main__":
    main()
