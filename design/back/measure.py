"""Measure the back of clips with known truth as the product does: one row per pull, with parts from the truth."""

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from blur import blur
from clips import Clip, true_outline
from sights import PULLING, Sights

from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.form.rounding import measure_rounding
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.back import BACK_JOINTS, BackCurve, BackSight, read_back
from lumbar.motion.motion import Motion, to_motion
from lumbar.motion.reps import Rep, find_reps
from lumbar.motion.sight import back_sight
from lumbar.motion.smooth import HALF_WINDOW_S, smooth
from lumbar.synth.perform import RepTruth
from lumbar.synth.truth import Truth

MEASURES = ("lumbar_change", "thoracic_change", "lumbar_start")
_SLOW_M_PER_S = 0.08
_NONE = Missing("not asked for")


@dataclass(frozen=True, slots=True)
class Row:
    """One pull: the truth and what was measured, in degrees; ``got`` maps to (value, low, high)."""

    clip: str
    view_deg: float
    cloth: str
    has_belt: bool
    style: str
    body: str
    stature_px: float
    rep: int
    true: Mapping[str, float]
    got: Mapping[str, tuple[float, float, float]]
    why: str


def _got(measured: Mapping[str, Measured]) -> tuple[dict[str, tuple[float, float, float]], str]:
    found = {}
    for name in MEASURES:
        value = measured[name]
        if isinstance(value, Estimate):
            found[name] = tuple(float(np.degrees(one)) for one in (value.value, value.low, value.high))
    change = measured["lumbar_change"]
    return found, change.reason if isinstance(change, Missing) else ""


def _missing(reason: str) -> dict[str, Measured]:
    return dict.fromkeys(MEASURES, Missing(reason))


def _true(time_s: Floats, lumbar: Floats, thoracic: Floats, start_s: float, end_s: float) -> dict[str, float]:
    span = np.linspace(start_s, end_s, 60)
    courses = {"lumbar": np.interp(span, time_s, lumbar), "thoracic": np.interp(span, time_s, thoracic)}
    found = {f"{name}_change": float(np.degrees(one.max() - one[0])) for name, one in courses.items()}
    return found | {"lumbar_start": float(np.degrees(courses["lumbar"][0]))}


# -- rendered clips ----------------------------------------------------------------------------------------


def rows_of(clip: Clip, swaps: tuple[str, ...] = (), *, is_given: bool = False) -> list[Row]:
    """Return a row per completed pull.

    ``swaps`` takes joints, mask or camera from the truth. With ``is_given`` the events, the bar and the direction
    are the truth's: then only the back is on trial. Otherwise everything is as the product has it.
    """
    truth, case = clip.truth, clip.case
    motion = None
    if clip.tracks.bar is not None and not is_given:
        motion = to_motion(clip.tracks, Lifter(), Barbell(plate_m=case["lift"]["plate_m"]))
    reps = find_reps(motion) if motion else ()
    back = _back(clip, motion, swaps, is_given=is_given)
    found = []
    for true_rep in truth.reps:
        if not true_rep.is_completed:
            continue
        end_s = _end_s(true_rep)
        rep = next((rep for rep in reps if abs(rep.lift_off_s - true_rep.lift_off_s) < 0.5), None)
        if is_given:
            rep = _rep(true_rep.number, true_rep.lift_off_s, end_s)
        measured = _missing("no rep was found") if rep is None else dict(measure_rounding(motion, back, (rep,))[0])
        got, why = _got(measured)
        found.append(Row(
            clip=clip.name, view_deg=case["phone"]["view_deg"], cloth=case["look"]["cloth"],
            has_belt=case["look"]["has_belt"], style=case["lift"]["style"], body=case["body"],
            stature_px=clip.stature_px, rep=true_rep.number, got=got, why=why,
            true=_true(truth.time_s, truth.lumbar_rad, truth.thoracic_rad, true_rep.lift_off_s, end_s),
        ))  # fmt: skip
    return found


def _end_s(rep: RepTruth) -> float:
    """Return when the bar passes the knee; of a pull that starts above it, its middle."""
    if rep.knee_pass_s is not None:
        return rep.knee_pass_s
    return (rep.lift_off_s + (rep.lockout_s or rep.lift_off_s + 1)) / 2


def _rep(number: int, lift_off_s: float, end_s: float) -> Rep:
    return Rep(number, lift_off_s, around(end_s, 0.05), end_s + 1, _NONE, _NONE, 0.0, 0.5)


def _back(clip: Clip, motion: Motion | None, swaps: tuple[str, ...], *, is_given: bool) -> BackCurve | Missing:
    truth = clip.truth
    if is_given:
        sight = given_sight(clip)
    elif motion is None:
        return Missing("no bar was found")
    elif isinstance(motion.view_angle_rad, Missing) and "camera" not in swaps:
        return motion.view_angle_rad
    else:
        sight = back_sight(clip.tracks, motion)
    if "joints" in swaps:
        joints = np.stack([truth.joint_px(f"{clip.side}_{joint}") for joint in BACK_JOINTS], axis=1)
        sight = replace(sight, joints_px=joints, faces_right=clip.side == "right")
    if "mask" in swaps:
        sight = replace(sight, outline_px=true_outline(truth))
    if "camera" in swaps:
        view = np.radians(clip.case["phone"]["view_deg"])
        sight = replace(sight, view_angle_rad=float(view), stature_px=clip.stature_px)
    return read_back(sight)


def given_sight(clip: Clip) -> BackSight:
    """Return what was seen of the lifter, with bar, stature and direction from the truth."""
    truth, tracks = clip.truth, clip.tracks
    joints = np.stack([tracks.pose.landmark_px(f"{clip.side}_{joint}") for joint in BACK_JOINTS], axis=1)
    height = truth.bar_m[:, 1]
    return BackSight(
        time_s=tracks.time_s,
        joints_px=smooth(tracks.time_s, joints, HALF_WINDOW_S)[0],
        outline_px=tracks.silhouette.outline_px,
        bar_is_down=height < height.min() + 0.03,
        bar_is_still=np.abs(np.gradient(height, truth.time_s)) < _SLOW_M_PER_S,
        view_angle_rad=float(np.nanmedian(tracks.quality.view_angle_rad)),
        stature_px=clip.stature_px,
        faces_right=clip.side == "right",
    )


def course_of(clip: Clip, truth: Truth) -> tuple[Floats, Floats, Floats]:
    """Return time, and true and read lumbar flexion since the first set-up, (time,) in degrees."""
    back = _back(clip, None, (), is_given=True)
    off_s = truth.reps[0].lift_off_s
    true = np.degrees(truth.lumbar_rad - np.interp(off_s, truth.time_s, truth.lumbar_rad))
    if isinstance(back, Missing):
        return truth.time_s, true, np.full_like(true, np.nan)
    before = (back.time_s > off_s - 0.35) & (back.time_s <= off_s)
    return truth.time_s, true, np.degrees(back.since(before, np.ones_like(before))[:, 0])


# -- pulls without pictures --------------------------------------------------------------------------------


def courses(folder: Path, split: str) -> Iterator[tuple[int, Sights]]:
    """Yield the pulls of ``make_courses``."""
    for path in sorted(folder.glob(f"{split}-*.pkl")):
        with path.open("rb") as file:
            yield int(path.stem.split("-")[1]), pickle.load(file)  # noqa: S301 - our own file


def course_row(number: int, sights: Sights, strength: float) -> Row:
    """Return the row of one pull, seen with errors of ``strength`` times the usual size."""
    case = sights.case
    data = {
        "kind": sights.kind[None], "time_s": sights.time_s[None], "pull": 0 * sights.kind[None],
        "joints_px": sights.joints_px[None], "outline_px": sights.outline_px[None],
        "m_per_px": np.array([sights.m_per_px]), "stature_px": np.array([sights.stature_px]),
        "view_deg": np.array([case.phone.view_deg]),
    }  # fmt: skip
    seen = blur(data, np.random.default_rng([number, 0]), strength)
    back = read_back(BackSight(
        time_s=sights.time_s, joints_px=seen.joints_px[0], outline_px=seen.outline_px[0],
        bar_is_down=sights.kind < PULLING,
        bar_is_still=(sights.kind < PULLING) & (case.lift.style != "romanian"),
        view_angle_rad=float(seen.view_rad[0]), stature_px=float(seen.stature_px[0]), faces_right=True,
    ))  # fmt: skip
    start_s, end_s = (float(at) for at in sights.time_s[sights.kind == PULLING][[0, -1]])
    got, why = _got(measure_rounding(None, back, (_rep(1, start_s, end_s),))[0])
    return Row(
        clip=f"{number}", view_deg=case.phone.view_deg, cloth=case.look.cloth, has_belt=case.look.has_belt,
        style=case.lift.style, body=case.body, stature_px=sights.stature_px, rep=1, got=got, why=why,
        true=_true(sights.time_s, sights.lumbar_rad, sights.thoracic_rad, start_s, end_s),
    )  # fmt: skip
