"""What a pose model would have said of a lifter whose joints are known: bias, drift, jitter, hidden joints.

The sizes are those that BlazePose showed on our own renders (reference/simulation §2.3, all frames at 30 Hz):
median distance to the true joint in the sagittal plane. A joint that the near plate covers is guessed, not
seen.
"""

import numpy as np
from scipy.ndimage import gaussian_filter1d

from lumbar.arrays import Bools, Floats
from lumbar.motion.bias import bias_m, postures
from lumbar.synth.truth import Truth
from lumbar.vision.tracks import LANDMARKS, PoseTrack

#: Median error (m) of a joint that is seen, and of one that the near plate hides. Seen: side view without
#: plates and 110–135° with them; hidden: what makes the medians of the exact side view (knee 74–80, ankle
#: 202–261 mm) come out, together with the share of frames in which each is hidden.
SEEN_M = {
    "shoulder": 0.023, "elbow": 0.025, "wrist": 0.030, "hip": 0.035, "knee": 0.030, "ankle": 0.028,
    "heel": 0.050, "toe": 0.050, "hand": 0.040, "face": 0.015,
}  # fmt: skip
HIDDEN_M = SEEN_M | {"wrist": 0.060, "hip": 0.110, "knee": 0.145, "ankle": 0.240, "heel": 0.240, "toe": 0.240,
                     "hand": 0.080}  # fmt: skip
#: What of that is the same for everybody is what BlazePose shows on our renders, and what the fit takes off
#: again: :func:`lumbar.motion.bias.bias_m`, and the shoulder that lies beyond the joint along the trunk.
#: (The lab's hip, 45–55 mm ahead, was measured against a rig whose hip joints lay 33–46 mm too far back, see
#: :data:`lumbar.synth.body.HIP_AHEAD_RATIO`.)
SHOULDER_BEYOND_M = 0.045
#: The joints of the far side are half as wrong again; an engineering rule.
FAR_SIDE = 1.5
#: How the error's variance is made up: the same all clip, slow drift, and new in every frame.
_CONSTANT, _DRIFT, _JITTER = 0.55, 0.35, 0.10
#: The bar is in the hands when this share of its weight is.
_HELD = 0.5
#: How slowly the drift changes (s).
_DRIFT_S = 0.5
#: The median length of a two-dimensional normal vector with unit deviation per axis.
_MEDIAN_OF_2D = float(np.sqrt(2 * np.log(2)))
#: How many metres a landmark's own depth guess is off (engineering rule).
_WORLD_M = 0.04

#: Where each landmark is taken from, and which row of the error tables it has: (joint, row).
_SOURCES: dict[str, tuple[str, str]] = {"nose": ("nose", "face")}
for _side in ("left", "right"):
    for _mark in ("eye_inner", "eye", "eye_outer"):
        _SOURCES[f"{_side}_{_mark}"] = (f"{_side}_eye", "face")
    _SOURCES[f"{_side}_ear"] = (f"{_side}_ear", "face")
    _SOURCES[f"mouth_{_side}"] = ("nose", "face")
    for _mark in ("pinky", "index", "thumb"):
        _SOURCES[f"{_side}_{_mark}"] = (f"{_side}_knuckle", "hand")
    for _mark in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel"):
        _SOURCES[f"{_side}_{_mark}"] = (f"{_side}_{_mark}", _mark)
    _SOURCES[f"{_side}_foot_index"] = (f"{_side}_toe", "toe")


def joint_of(landmark: str) -> str:
    """Return the joint that stands for a landmark."""
    return _SOURCES[landmark][0]


def row_of(landmark: str) -> str:
    """Return the row of the error tables that a landmark has."""
    return _SOURCES[landmark][1]


def hidden_by_plate(truth: Truth, landmark: str) -> Bools:
    """Return in which frames the near plate covers a landmark, (time,)."""
    joint = joint_of(landmark)
    away = truth.joint_px(joint) - truth.plate_px[:, :2]
    inside = (away[:, 0] / truth.plate_px[:, 3]) ** 2 + (away[:, 1] / truth.plate_px[:, 2]) ** 2 < 1
    ahead = truth.depth_m(truth.joint_m(joint))
    plate = truth.depth_m(truth.plate_m)
    return np.asarray(inside & (ahead > plate))


def is_lost(truth: Truth, landmark: str) -> Bools:
    """Return in which frames a model has to guess a landmark, (time,).

    The plate covers it, or it belongs to a foot whose knee the plate covers: then the whole lower leg is
    guessed.
    """
    lost = hidden_by_plate(truth, landmark)
    if row_of(landmark) in ("ankle", "heel", "toe"):
        lost = lost | hidden_by_plate(truth, landmark.split("_", 1)[0] + "_knee")
    return lost


def guess_pose(truth: Truth, side: str, rng: np.random.Generator, *, error_ratio: float = 1.0) -> PoseTrack:
    """Return a pose track of the lifter; ``side`` is the one nearer to the camera.

    ``error_ratio`` is how much of the usual error there is; at 0 a perfect network speaks, which puts each
    landmark where networks put it (:func:`shift_m`) and knows hidden joints, but is as unsure of them as usual.
    """
    frames = len(truth.time_s)
    xy = np.zeros((frames, len(LANDMARKS), 2))
    visibility = np.zeros((frames, len(LANDMARKS)))
    shared = {name: _wander(truth.time_s, rng) for name in dict.fromkeys(_SOURCES.values())}
    for column, landmark in enumerate(LANDMARKS):
        joint, row = _SOURCES[landmark]
        hidden = is_lost(truth, landmark)
        size = (
            np.where(hidden, HIDDEN_M[row], SEEN_M[row])
            * error_ratio
            * (1 if side in landmark or row == "face" else FAR_SIDE)
        )
        scale = _px_per_m(truth, joint)
        fixed_m = shift_m(truth, row, near=side in landmark)
        shift = shared[joint, row] * (_own_part(size, fixed_m, hidden) * scale)[:, None]
        xy[:, column] = truth.joint_px(joint) + shift + fixed_m * scale[:, None]
        visibility[:, column] = _visibility(hidden, near=side in landmark, rng=rng)
    seen = np.isfinite(xy).all(axis=2)
    inside = seen & (xy >= 0).all(axis=2) & (xy < [truth.width_px, truth.height_px]).all(axis=2)
    return PoseTrack(
        time_s=truth.time_s,
        xy_px=xy,
        visibility=np.where(inside, visibility, 0.05),
        world_m=_world(truth, rng, error_ratio),
        score=np.clip(inside.mean(axis=1) + rng.normal(0, 0.01, frames), 0, 1),
        estimator="synthetic",
    )


def _own_part(size_m: Floats, fixed_m: Floats, lost: Bools) -> Floats:
    """Return the random error (m): all of a seen joint's; of a lost one's, what its bias leaves of the median."""
    rest_m = np.sqrt(np.maximum(size_m**2 - (fixed_m**2).sum(axis=1), (0.6 * size_m) ** 2))
    return np.asarray(np.where(lost, rest_m, size_m))


def shift_m(truth: Truth, row: str, *, near: bool) -> Floats:
    """Return the known bias of a landmark in the picture's axes (time, 2), in metres at the joint."""
    trunk = truth.middle_m("shoulder") - truth.middle_m("hip")
    trunk /= np.linalg.norm(trunk, axis=1, keepdims=True)
    world = np.zeros((len(truth.time_s), 3))
    side, posture_ratio = 1 if near else -1, postures(trunk[:, 1], truth.load_share > _HELD)
    world[:, :2] = bias_m(row, side, posture_ratio, truth.view_rad)
    if row == "shoulder":
        world += SHOULDER_BEYOND_M * trunk
    return np.asarray(np.einsum("tij,tj->ti", truth.camera_axes[:, :2], world))


def _wander(time_s: Floats, rng: np.random.Generator) -> Floats:
    """Return an error of unit median length, (time, 2): constant, drifting and new in every frame."""
    frames = len(time_s)
    step_s = float(np.median(np.diff(time_s))) if frames > 1 else 1.0
    slow = gaussian_filter1d(rng.standard_normal((frames + 200, 2)), _DRIFT_S / step_s, axis=0)[100:-100]
    slow /= np.sqrt(step_s / (2 * np.sqrt(np.pi) * _DRIFT_S))
    total = (
        np.sqrt(_CONSTANT) * rng.standard_normal(2)
        + np.sqrt(_DRIFT) * slow
        + np.sqrt(_JITTER) * rng.standard_normal((frames, 2))
    )
    return np.asarray(total / _MEDIAN_OF_2D)


def _px_per_m(truth: Truth, joint: str) -> Floats:
    ahead = truth.depth_m(truth.joint_m(joint))
    return np.asarray(truth.focal_px / ahead)


def _visibility(hidden: Bools, *, near: bool, rng: np.random.Generator) -> Floats:
    """Return how visible the model thinks a landmark is: it is too sure of hidden ones, as BlazePose is."""
    middle = np.where(hidden, 0.55, 0.97 if near else 0.75)
    return np.asarray(np.clip(middle + rng.normal(0, 0.05, len(hidden)), 0, 1))


def _world(truth: Truth, rng: np.random.Generator, error_ratio: float) -> Floats:
    """Return the model's own metres about the hips, (time, 33, 3): x right, y down, z away."""
    middle = truth.middle_m("hip")
    own = np.stack([truth.joint_m(joint_of(landmark)) - middle for landmark in LANDMARKS], axis=1)
    turned = np.einsum("tij,tpj->tpi", truth.camera_axes, own)
    return np.asarray(turned + error_ratio * rng.normal(0, _WORLD_M, (1, len(LANDMARKS), 3)))
