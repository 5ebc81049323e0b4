"""How well the back is read on clips with known truth: rows per rep, tables, ablations."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.form import rounding
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.back import BACK_JOINTS, BackCurve, BackSight, read_back
from lumbar.motion.course import Peak
from lumbar.motion.motion import Motion, to_motion
from lumbar.motion.reps import Rep, find_reps
from lumbar.motion.sight import back_sight
from lumbar.motion.smooth import HALF_WINDOW_S, smooth
from lumbar.synth.fast import fast_clip
from lumbar.synth.keep import load_truth
from lumbar.synth.truth import Truth
from lumbar.vision.tracks import OUTLINE_POINTS, Tracks

#: What is taken from the truth instead of from what was seen.
ABLATIONS = ((), ("joints",), ("mask",), ("camera",), ("joints", "camera"), ("joints", "mask", "camera"))


@dataclass
class Clip:
    name: str
    case: dict
    tracks: Tracks
    truth: Truth


def rendered(folder: Path) -> Iterator[Clip]:
    for place in sorted(folder.iterdir()):
        if (place / "tracks.pkl").exists() and (place / "truth.json").exists():
            with (place / "tracks.pkl").open("rb") as file:
                tracks = pickle.load(file)  # noqa: S301 - our own file
            yield Clip(
                place.name, json.loads((place / "truth.json").read_text())["case"], tracks, load_truth(place)
            )


def true_outline(truth: Truth) -> Floats:
    import cv2

    found = np.full((len(truth.time_s), OUTLINE_POINTS, 2), np.nan)
    for i in range(len(found)):
        rings, _ = cv2.findContours(truth.seen.at(i).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        if not rings:
            continue
        ring = max(rings, key=cv2.contourArea)[:, 0].astype(float) + 0.5
        closed = np.vstack([ring, ring[:1]])
        s = np.r_[0, np.cumsum(np.hypot(*np.diff(closed, axis=0).T))]
        even = np.linspace(0, s[-1], OUTLINE_POINTS, endpoint=False)
        found[i] = np.c_[np.interp(even, s, closed[:, 0]), np.interp(even, s, closed[:, 1])]
    return found


def truth_of_rep(truth: Truth, true_rep) -> dict[str, float]:
    t = truth.time_s
    end = true_rep.knee_pass_s or (true_rep.lift_off_s + true_rep.lockout_s) / 2
    at = lambda values: np.interp(true_rep.lift_off_s, t, values)
    span = np.linspace(true_rep.lift_off_s, end, 60)
    lumbar, thoracic = np.interp(span, t, truth.lumbar_rad), np.interp(span, t, truth.thoracic_rad)
    return {
        "lumbar_change": float(lumbar.max() - at(truth.lumbar_rad)),
        "thoracic_change": float(thoracic.max() - at(truth.thoracic_rad)),
        "lumbar_start": float(at(truth.lumbar_rad)),
    }


def rows_of(clip: Clip, swaps: tuple[str, ...] = (), *, is_given: bool = False) -> list[dict]:
    """Return one row per completed pull; with ``is_given`` the events come from the truth, where nothing was found."""
    truth, case = clip.truth, clip.case
    side = case["phone"]["side"]
    base = {
        "clip": clip.name, "view": case["phone"]["view_deg"], "cloth": case["look"]["cloth"],
        "belt": case["look"]["has_belt"], "style": case["lift"]["style"], "body": case["body"],
        "swaps": "+".join(swaps) or "as seen", "stature_px": _stature_px(truth),
    }  # fmt: skip
    motion = to_motion(clip.tracks, Lifter(), Barbell(plate_m=case["lift"]["plate_m"])) if clip.tracks.bar else None
    reps = find_reps(motion) if motion else ()
    back = _back(clip, motion, side, swaps, is_given=is_given)
    found = []
    for true_rep in truth.reps:
        if not true_rep.is_completed:
            continue
        row = base | {"rep": true_rep.number, "true": truth_of_rep(truth, true_rep), "got": {}}
        rep = next((r for r in reps if abs(r.lift_off_s - true_rep.lift_off_s) < 0.5), None)
        if is_given:
            rep = given_rep(truth, true_rep)
        if rep is None:
            row["why"] = "no rep found"
        else:
            got = _measured(motion, back, rep)
            row["got"] = {k: (v.value, v.low, v.high) for k, v in got.items() if isinstance(v, Estimate)}
            row["why"] = got["lumbar_change"].reason if isinstance(got["lumbar_change"], Missing) else ""
            if not isinstance(back, Missing):
                near = (back.time_s > rep.lift_off_s - 0.35) & (back.time_s < rep.lift_off_s + 1.5)
                row["jitter"] = np.degrees(np.sqrt(np.nanmean(back.jitter_rad[near, 0] ** 2)))
                row["sd"] = np.degrees(np.nanmedian(back.since(rounding.set_up(back, rep))[1][:, 0]))
        found.append(row)
    return found


def _measured(motion: Motion | None, back: BackCurve | Missing, rep: Rep) -> dict[str, Measured]:
    """Measure as the product does; without a bar all but where along its way."""
    if motion is not None or isinstance(back, Missing):
        return dict(rounding.measure_rounding(motion, back, rep))
    worst = [rounding.worst(motion, back, rep, column) for column in (0, 1)]
    lumbar, thoracic = (one.height if isinstance(one, Peak) else one for one in worst)
    return {"lumbar_change": lumbar, "thoracic_change": thoracic, "lumbar_start": rounding._start(back, rep)}


def given_rep(truth: Truth, rep) -> Rep:
    knee_s = rep.knee_pass_s or (rep.lift_off_s + rep.lockout_s) / 2
    none = Missing("")
    return Rep(rep.number, rep.lift_off_s, around(knee_s, 0.05), rep.lockout_s, none, none, 0.0, 0.5)


def _stature_px(truth: Truth) -> float:
    depth = np.einsum("tj,tj->t", truth.camera_axes[:, 2], truth.joint_m("neck") - truth.camera_position_m)
    return truth.focal_px * truth.body_height_m / float(np.median(depth))


def given_sight(clip: Clip) -> BackSight:
    """Return what was seen, with bar, stature and direction from the truth, where the bar was not found."""
    truth, tracks, side = clip.truth, clip.tracks, clip.case["phone"]["side"]
    joints = np.stack([tracks.pose.landmark_px(f"{side}_{joint}") for joint in BACK_JOINTS], axis=1)
    return BackSight(
        time_s=tracks.time_s,
        joints_px=smooth(tracks.time_s, joints, HALF_WINDOW_S)[0],
        outline_px=tracks.silhouette.outline_px,
        bar_is_down=truth.bar_m[:, 1] < truth.bar_m[:, 1].min() + 0.03,
        bar_is_still=np.abs(np.gradient(truth.bar_m[:, 1], truth.time_s)) < 0.08,
        view_angle_rad=float(np.nanmedian(tracks.quality.view_angle_rad)),
        stature_px=_stature_px(truth),
        faces_right=side == "right",
    )


def _back(
    clip: Clip, motion: Motion | None, side: str, swaps: tuple[str, ...], *, is_given: bool
) -> BackCurve | Missing:
    truth = clip.truth
    if is_given:
        sight = given_sight(clip)
    elif motion is None:
        return Missing("no bar")
    else:
        view = motion.view_angle_rad
        if isinstance(view, Missing) and "camera" not in swaps:
            return view
        sight = back_sight(clip.tracks, motion, view.value if isinstance(view, Estimate) else np.pi / 2)
    if "joints" in swaps:
        joints = np.stack([truth.joint_px(f"{side}_{joint}") for joint in BACK_JOINTS], axis=1)
        sight = replace(sight, joints_px=joints, faces_right=side == "right")
    if "mask" in swaps and truth.seen is not None:
        sight = replace(sight, outline_px=true_outline(truth))
    if "camera" in swaps:
        sight = replace(sight, view_angle_rad=np.radians(clip.case["phone"]["view_deg"]), stature_px=_stature_px(truth))
    return read_back(sight)


def summary(rows: list[dict], measure: str = "lumbar_change") -> str:
    known = [r for r in rows if measure in r["got"]]
    missing = 1 - len(known) / max(1, len(rows))
    if not known:
        return f"n {len(rows):4d}  missing {missing:4.0%}"
    true = np.degrees([r["true"][measure] for r in known])
    value, low, high = np.degrees([r["got"][measure] for r in known]).T
    error = value - true
    held = np.mean((low <= true) & (true <= high))
    text = (
        f"n {len(rows):4d}  missing {missing:4.0%}  MAE {np.abs(error).mean():4.1f}  bias {error.mean():+4.1f}  "
        f"p95 {np.percentile(np.abs(error), 95):4.1f}  range ±{np.mean(high - low) / 2:4.1f}  held {held:4.0%}"
    )
    if measure == "lumbar_change":
        flag = low > np.maximum(8, (high - low) / 1.645)
        neutral, round_ = true < 3, true >= 20
        if neutral.any():
            text += f"  false flags {flag[neutral].mean():4.0%} of {neutral.sum()}"
        if round_.any():
            text += f"  found {flag[round_].mean():4.0%} of {round_.sum()}"
    return text
