"""What is known of lifters and phones before a clip is looked at: each number with its spread."""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.motion.chain import AT, CLIP, HALF_STACK_SD_M, MARKS, PROPORTIONS
from lumbar.motion.evidence import OVER_FOOT_M, RIM_SHARE, USUAL_PLATE_M, Evidence, offsets_sd_m
from lumbar.vision.farplate import USUAL_FOCAL

#: Spread of adult stature where it was not given, and of one that was (shoes, rounding), in metres.
_STATURE_M, _STATURE_SD_M, _GIVEN_SD_M = 1.73, 0.09, 0.015
#: The same where plate and height do not fit: all metres may be wrong together.
_DOUBTFUL_SD_M = 0.6
#: Mean and spread of what does not scale with stature. Half the stance: 0.16 m conventional, 0.35 m sumo, feet
#: turned out 14° and 42° (Escamilla 2000); the plate's face 0.655 m to 0.87 m from the middle (IPF rule book, one
#: to three plates); the chord of the trunk loses 4 % to 7 % of itself (synthetic bodies of the train split,
#: design/motion/proportions.py); body and bar together stand 50 to 78 mm ahead of the ankles from lift-off to
#: lockout of one reference lifter (reference/biomechanics §5, F3), and 72 to 115 mm of those whose bar follows
#: their shins (train split, design/motion/balance.py). Phones: engineering rules.
_FIXED = {
    "tip": (0.0, 0.10),
    "roll": (0.0, 0.022),
    "camera_y": (0.9, 0.45),
    "stance": (0.20, 0.09),
    "splay": (0.38, 0.30),
    "shortening": (0.03, 0.02),
    "plate_z": (USUAL_PLATE_M, 0.055),
    "balance": (0.10, 0.03),
    "drop": (0.025, 0.015),
}
#: The feet's turn (tangent) at the mean stance, its growth per metre of stance, and what is left (Escamilla 2000).
_SPLAY = (0.38, 3.4, 0.12)
#: Logarithm of the focal length over the picture's longer side: phones of 24–28 mm, with stabilisation's crop.
_LOG_FOCAL, _LOG_FOCAL_SD = np.log(USUAL_FOCAL), 0.13
#: The view as it is told from shoulders and hips: how far off it usually is (rad).
_VIEW_SD = np.radians(4.5)
#: How far from there the bar lies over the foot (m), and on the floor: heavy tails, for blocks.
_OVER_FOOT_SD_M = 0.035
_ON_FLOOR_M, _FLOOR_FREEDOM = 0.02, 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Priors:
    """Mean and spread of every constant; ``tied`` rows hold a length to stature."""

    mean: Floats
    spread: Floats
    offset_spread_m: Floats

    def residuals(self, clip: Floats, offsets_m: Floats) -> tuple[Floats, Floats]:
        """Return residuals in spreads and their rows by constants and offsets; lengths follow stature."""
        rows = np.diag(1 / np.r_[self.spread, self.offset_spread_m.ravel()])
        off = np.r_[(clip - self.mean) / self.spread, (offsets_m / self.offset_spread_m).ravel()]
        for name, (share, spread) in PROPORTIONS.items():
            at, scale = AT[name], 1 / (spread * self.mean[AT["stature"]])
            off[at] = (clip[at] - share * clip[AT["stature"]]) * scale
            rows[at, at], rows[at, AT["stature"]] = scale, -share * scale
        # Who stands wide turns the feet out.
        at, scale = AT["splay"], 1 / _SPLAY[2]
        off[at] = (clip[at] - _SPLAY[0] - _SPLAY[1] * (clip[AT["stance"]] - _FIXED["stance"][0])) * scale
        rows[at, at], rows[at, AT["stance"]] = scale, -_SPLAY[1] * scale
        return off, rows

    def rest(self, state_m: Floats, evidence: Evidence) -> tuple[Floats, Floats]:
        """Return where a lying bar is expected, (2,), and the weights of that, (2,)."""
        want = np.array([OVER_FOOT_M, evidence.plate_radius_m])
        if not evidence.lies.any():
            return want, np.zeros(2)
        off = float(np.median(state_m[evidence.lies, 7])) - want[1]
        robust = (_FLOOR_FREEDOM + 1) / (_FLOOR_FREEDOM + (off / _ON_FLOOR_M) ** 2)
        return want, np.array([1 / _OVER_FOOT_SD_M**2, robust / _ON_FLOOR_M**2])


def expect(evidence: Evidence) -> Priors:
    """Return what is expected of the lifter and the phone of a clip."""
    mean, spread = np.zeros(len(CLIP)), np.ones(len(CLIP))
    stature, stature_sd = (
        (_STATURE_M, _STATURE_SD_M) if evidence.stature_m is None else (evidence.stature_m, _GIVEN_SD_M)
    )
    if evidence.is_scale_doubtful:
        stature, stature_sd = _STATURE_M, _DOUBTFUL_SD_M
    focal = _LOG_FOCAL + np.log(evidence.long_side_px)
    depth = np.exp(focal) * evidence.plate_radius_m / evidence.plate_px + _FIXED["plate_z"][0]
    known = _FIXED | {
        "log_focal": (float(focal), _LOG_FOCAL_SD),
        "view": (evidence.view_rad, _VIEW_SD),
        "stature": (stature, stature_sd),
        # Where the phone stands follows from the picture: these spreads say nothing.
        "camera_x": (depth * np.cos(evidence.view_rad), 3.0),
        "camera_z": (depth * np.sin(evidence.view_rad), 3.0),
    }
    for name, (middle, width) in known.items():
        mean[AT[name]], spread[AT[name]] = middle, width
    for name, (share, _) in PROPORTIONS.items():
        mean[AT[name]] = share * stature
    return Priors(mean, spread, _offset_spread_m(evidence))


def _offset_spread_m(evidence: Evidence) -> Floats:
    """Return how far each mark, and at last the rim's front and top, is off all clip long, (mark + 1, 2)."""
    marks = [np.full(2, offsets_sd_m(joint, side)) for joint, side in MARKS]
    width, height = np.array(RIM_SHARE) * evidence.plate_radius_m
    # How much of a stack of plates is seen is known the less, the more aslant it is seen.
    return np.array([*marks, [np.hypot(width, HALF_STACK_SD_M * np.cos(evidence.view_rad)), height]])
