"""Where the fit starts: the phone level, the bar over the feet, joints where their landmarks are."""

import numpy as np

from lumbar.arrays import Floats
from lumbar.motion.camera import Pinhole
from lumbar.motion.chain import AT, HIP_Z, MARKS, PLATE, SHOULDER_Z
from lumbar.motion.evidence import OVER_FOOT_M, Evidence

#: A bar that seems to lie this far above the floor, by the hips of who stands tall, is taken to lie on blocks. A
#: phone that is tipped by 7° makes for 0.12 to 0.16 (one real clip); from there the fit comes down again. An
#: engineering rule.
_ON_BLOCKS_M = 0.12


def start(evidence: Evidence, mean: Floats) -> tuple[Floats, Floats, Floats]:
    """Return state (time, 8), constants of the clip and offsets of the marks to start from."""
    clip = mean.copy()
    _place_camera(evidence, clip)
    pinhole = Pinhole(clip[:7], evidence.centre_px)
    state_m = np.empty((len(evidence.time_s), 8))
    height = clip[AT["stature"]]
    widths = {"knee": 0.08 * height, "hip": HIP_Z * height, "shoulder": SHOULDER_Z * height}
    for column, joint in enumerate(("knee", "hip", "shoulder")):
        at = pinhole.place(evidence.seen_px[:, MARKS.index((joint, 1))], widths[joint])
        state_m[:, 2 * column : 2 * column + 2] = _filled(at)
    state_m[:, 6:] = _filled(pinhole.place(evidence.seen_px[:, PLATE], clip[AT["plate_z"]]))
    state_m[:, :2] = _bent_knee(state_m[:, 2:4], clip)
    return state_m, clip, np.zeros((len(MARKS) + 1, 2))


def _filled(path: Floats) -> Floats:
    """Return a path (time, 2) whose gaps are bridged by straight lines."""
    known = np.isfinite(path[:, 0])
    if not known.any():
        return np.zeros_like(path)
    index = np.arange(len(path))
    return np.stack([np.interp(index, index[known], column[known]) for column in path.T], axis=1)


def _place_camera(evidence: Evidence, clip: Floats) -> None:
    """Set the camera's place so that the lying bar is where a lying bar is."""
    lies = evidence.lies if evidence.lies.any() else np.isfinite(evidence.seen_px[:, PLATE, 0])
    rest_px = np.nanmedian(evidence.seen_px[lies, PLATE], axis=0) - evidence.centre_px
    axes, focal = Pinhole(clip[:7], evidence.centre_px).axes, np.exp(clip[0])
    depth = focal * evidence.plate_radius_m / evidence.plate_px
    seen = np.array([*rest_px / focal * depth, depth])
    above_m = evidence.plate_radius_m + _on_blocks_m(evidence, clip, float(rest_px[1]), float(depth))
    want = np.array([OVER_FOOT_M, above_m, clip[AT["plate_z"]]])
    clip[4:7] = want - axes.T @ seen


def _on_blocks_m(evidence: Evidence, clip: Floats, rest_px: float, depth: float) -> float:
    """Return how far above the floor the bar lies, or hangs at its lowest, by the hips of who stands tall.

    ``rest_px`` is how far below the picture's middle the bar is then, ``depth`` how far from the phone.
    """
    hips_px = evidence.seen_px[evidence.is_tall, MARKS.index(("hip", 1)), 1] - evidence.centre_px[1]
    seen_px = hips_px[np.isfinite(hips_px)]
    if not seen_px.size:
        return 0.0
    hip_m = float(clip[AT["ankle_y"]] + clip[AT["shank"]] + clip[AT["thigh"]])
    below_m = (rest_px * depth - float(np.median(seen_px)) * (depth + clip[AT["plate_z"]])) / np.exp(clip[0])
    above_m = float(hip_m - below_m - evidence.plate_radius_m)
    return above_m if above_m > _ON_BLOCKS_M else 0.0


def _bent_knee(hip: Floats, clip: Floats) -> Floats:
    """Return knees (time, 2) that bend forwards between these hips and the ankle."""
    ankle = np.array([0.0, clip[AT["ankle_y"]]])
    shank, thigh = clip[AT["shank"]], clip[AT["thigh"]]
    reach = hip - ankle
    far = np.clip(np.hypot(*reach.T), abs(shank - thigh) + 0.05, shank + thigh - 0.004)
    along = reach / np.hypot(*reach.T)[:, None]
    share = (shank**2 + far**2 - thigh**2) / (2 * far)
    aside = np.sqrt(np.maximum(shank**2 - share**2, 0.0))
    ahead = np.stack([along[:, 1], -along[:, 0]], axis=1)
    return np.asarray(ankle + share[:, None] * along + aside[:, None] * ahead)
