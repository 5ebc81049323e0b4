"""The articulated lifter: what the body is between its joints, and where its points lie in space.

A planar lifter with depth. Feet, knees, hips, shoulders and the bar move in the sagittal plane; each side's
joints lie beside it, knees where turned-out feet take them. What changes with time are the places of knee, hip,
shoulder and bar (:data:`STATE`); what does not is the camera, the lengths and the feet (:data:`CLIP`). The ankles'
middle is where x is zero, the floor where y is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.lifter import COLLAR_M
from lumbar.motion.camera import PARAMETERS

#: Unknowns of each frame, in metres in the sagittal plane.
STATE = ("knee_x", "knee_y", "hip_x", "hip_y", "shoulder_x", "shoulder_y", "bar_x", "bar_y")
KNEE, HIP, SHOULDER, BAR = (slice(start, start + 2) for start in (0, 2, 4, 6))
#: Unknowns of the clip: the camera, half the stance, the feet's turn outwards (its tangent), heights and lengths,
#: how much the chord hip→shoulder shortens from upright to level, the plate's distance from the sagittal plane,
#: stature, how far ahead of the ankles the centre of mass is carried, and how far a load draws the shoulders down.
CLIP = (
    *PARAMETERS, "stance", "splay", "ankle_y", "shank", "thigh", "trunk", "shortening", "arm", "heel_x", "toe_x",
    "plate_z", "stature", "balance", "drop",
)  # fmt: skip
AT = {name: index for index, name in enumerate(CLIP)}

#: Landmarks that take part, near side first, then the same of the far side.
JOINTS = ("shoulder", "wrist", "hip", "knee", "ankle", "heel", "toe")
MARKS = tuple((joint, side) for side in (1, -1) for joint in JOINTS)
#: Rows that follow the marks: the near plate's middle, its top and its front, the crown of a head held high, and
#: the far plate's middle.
PLATE, TOP, FRONT, CROWN, FAR = -5, -4, -3, -2, -1
EXTRAS = 5

#: Lengths in statures, mean and spread: design/motion/proportions.py, from de Leva 1996 (means) and ANSUR II
#: (spreads between 6,068 people). ``arm`` goes from the shoulder to the bar in the hand, under load.
PROPORTIONS = {
    "ankle_y": (0.043, 0.0035),
    "shank": (0.247, 0.010),
    "thigh": (0.243, 0.0115),
    "trunk": (0.280, 0.015),
    "arm": (0.362, 0.014),
    "heel_x": (-0.033, 0.008),
    "toe_x": (0.115, 0.010),
}
#: Half of what is seen of a stack of plates between its faces (m): from a step behind the side, the outline that
#: is taken for the near plate's ends at the front with the outer face, at the back with an inner one. Of ten drawn
#: clips of the tune split, with one to three plates a side, half had 0.010 to 0.040.
HALF_STACK_M, HALF_STACK_SD_M = 0.025, 0.02
#: The cosine of the view about which that turns over: an engineering rule, for steps must be smooth.
_SQUARE = 0.1
#: Half the distances between the two hips, shoulders and hands, in statures (de Leva 1996; hands: Escamilla 2000).
HIP_Z, SHOULDER_Z, HAND_Z = 0.062, 0.102, 0.150
#: Where the crown is when a lifter stands tallest, in statures: shoes, hair and posture about cancel.
CROWN_AT = 0.995
#: How far the bar's axis lies ahead of the thigh bone's middle when it leans on it, in statures: half a thigh
#: (ANSUR II: clearance 0.098 of stature) and half a bar, and a little for its not lying at the middle.
THIGH_TO_BAR = 0.064
#: How far the bar's axis lies ahead of the line from ankle to knee while it goes along the shin (m): half a shin,
#: half a bar, and up to 2.5 cm between (reference/biomechanics §6.2).
SHIN_TO_BAR_M = 0.075
#: The wrist's way from the bar to the shoulder, how far it lies ahead of that line (m: half a bar and half a palm,
#: for palms that face the lifter), and where heel and toe are above the floor (m): engineering rules.
WRIST_SHARE, WRIST_AHEAD_M = 0.17, 0.0235
SOLE_M = {"heel_x": 0.044, "toe_x": 0.02}
#: The network's shoulder lies beyond the joint by this share of the trunk, whichever way that points: 45 mm
#: (design/motion/landmark_biases.py, train split).
SHOULDER_BEYOND = 0.095

#: Shares of body mass and where they lie on their segment (de Leva 1996, mean of the sexes): head and trunk from
#: hip to shoulder, thighs from hip to knee, shanks from knee to ankle, arms from shoulder to bar, feet at their x.
_HEAD_TRUNK, _THIGHS, _SHANKS, _ARMS, _FEET = (
    (0.50, 0.65),
    (0.29, 0.39),
    (0.09, 0.44),
    (0.095, 0.45),
    (0.025, 0.03),
)


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Points in space (time, point, 3), and their derivatives by STATE (…, 3, 8) and by CLIP (…, 3, clip)."""

    at_m: Floats
    by_state: Floats
    by_clip: Floats


def points(state_m: Floats, clip: Floats, radius_m: float) -> Points:
    """Return the marks in the order of :data:`MARKS`, and then plates and crown."""
    frames = len(state_m)
    at = np.zeros((frames, len(MARKS) + EXTRAS, 3))
    by_state, by_clip = np.zeros((*at.shape, len(STATE))), np.zeros((*at.shape, len(CLIP)))
    for index, (joint, side) in enumerate(MARKS):
        _PLACES[joint](state_m, clip, side, (at[:, index], by_state[:, index], by_clip[:, index]))
    for row, rim in ((PLATE, (0.0, 0.0)), (TOP, (0.0, radius_m)), (FRONT, (radius_m, 0.0))):
        at[:, row, :2] = state_m[:, BAR] + rim
        by_state[:, row, [0, 1], [6, 7]] = 1
        at[:, row, 2] = clip[AT["plate_z"]]
        by_clip[:, row, 2, AT["plate_z"]] = 1
    outward, by_view = _front_face(clip[AT["view"]])
    at[:, FRONT, 2] += outward
    by_clip[:, FRONT, 2, AT["view"]] = by_view
    at[:, CROWN, 0], at[:, CROWN, 1] = state_m[:, SHOULDER.start], CROWN_AT * clip[AT["stature"]]
    by_state[:, CROWN, 0, SHOULDER.start] = 1
    by_clip[:, CROWN, 1, AT["stature"]] = CROWN_AT
    at[:, FAR, :2], at[:, FAR, 2] = state_m[:, BAR], -COLLAR_M
    by_state[:, FAR, [0, 1], [6, 7]] = 1
    return Points(at, by_state, by_clip)


def _front_face(view_rad: float) -> tuple[float, float]:
    """Return how far outwards from a stack's middle the face lies that ends it ahead, and that by the view."""
    cos, square = np.cos(view_rad), np.hypot(np.cos(view_rad), _SQUARE)
    return -HALF_STACK_M * cos / square, HALF_STACK_M * np.sin(view_rad) * _SQUARE**2 / square**3


def near_joint(state_m: Floats, clip: Floats, name: str) -> Floats:
    """Return the near side's joint itself, not where the network puts it, (time, 3)."""
    starts = {"knee": KNEE, "hip": HIP, "shoulder": SHOULDER}
    joint = np.empty((len(state_m), 3))
    if name in starts:
        joint[:, :2] = state_m[:, starts[name]]
        width = {"hip": HIP_Z, "shoulder": SHOULDER_Z}.get(name)
        joint[:, 2] = knee_z(state_m, clip)[0] if width is None else width * clip[AT["stature"]]
        return joint
    into = (joint, np.zeros((len(state_m), 3, len(STATE))), np.zeros((len(state_m), 3, len(CLIP))))
    joint[:] = 0
    _PLACES[name](state_m, clip, 1, into)
    return joint


_Into: TypeAlias = tuple[Floats, Floats, Floats]
_Place: TypeAlias = Callable[[Floats, Floats, int, _Into], None]


def _hip(state_m: Floats, clip: Floats, side: int, into: _Into) -> None:
    at, by_state, by_clip = into
    at[:, :2] = state_m[:, HIP]
    by_state[:, [0, 1], [2, 3]] = 1
    at[:, 2] = side * HIP_Z * clip[AT["stature"]]
    by_clip[:, 2, AT["stature"]] = side * HIP_Z


def _shoulder(state_m: Floats, clip: Floats, side: int, into: _Into) -> None:
    at, by_state, by_clip = into
    at[:, :2] = (1 + SHOULDER_BEYOND) * state_m[:, SHOULDER] - SHOULDER_BEYOND * state_m[:, HIP]
    by_state[:, [0, 1], [4, 5]] = 1 + SHOULDER_BEYOND
    by_state[:, [0, 1], [2, 3]] = -SHOULDER_BEYOND
    at[:, 2] = side * SHOULDER_Z * clip[AT["stature"]]
    by_clip[:, 2, AT["stature"]] = side * SHOULDER_Z


def _wrist(state_m: Floats, clip: Floats, side: int, into: _Into) -> None:
    at, by_state, by_clip = into
    at[:, :2] = (1 - WRIST_SHARE) * state_m[:, BAR] + WRIST_SHARE * state_m[:, SHOULDER] + [WRIST_AHEAD_M, 0.0]
    by_state[:, [0, 1], [6, 7]] = 1 - WRIST_SHARE
    by_state[:, [0, 1], [4, 5]] = WRIST_SHARE
    at[:, 2] = side * HAND_Z * clip[AT["stature"]]
    by_clip[:, 2, AT["stature"]] = side * HAND_Z


def _knee(state_m: Floats, clip: Floats, side: int, into: _Into) -> None:
    at, by_state, by_clip = into
    at[:, :2] = state_m[:, KNEE]
    by_state[:, [0, 1], [0, 1]] = 1
    z, by_own, by_whole = knee_z(state_m, clip)
    at[:, 2], by_state[:, 2], by_clip[:, 2] = side * z, side * by_own, side * by_whole


def knee_z(state_m: Floats, clip: Floats) -> tuple[Floats, Floats, Floats]:
    """Return how far a knee lies from the sagittal plane (time,), by STATE (time, 8) and by CLIP (time, clip).

    Half way between hip and ankle, and from there outwards as far as the knee bends forwards, times the splay.
    """
    splay, stance, stature = (clip[AT[name]] for name in ("splay", "stance", "stature"))
    bend = state_m[:, 0] - state_m[:, 2] / 2
    by_state, by_clip = np.zeros((len(state_m), len(STATE))), np.zeros((len(state_m), len(CLIP)))
    by_state[:, 0], by_state[:, 2] = splay, -splay / 2
    by_clip[:, AT["splay"]] = bend
    by_clip[:, AT["stance"]], by_clip[:, AT["stature"]] = 0.5, HIP_Z / 2
    return (stance + HIP_Z * stature) / 2 + splay * bend, by_state, by_clip


def _ankle(_: Floats, clip: Floats, side: int, into: _Into) -> None:
    at, _by_state, by_clip = into
    at[:, 1] = clip[AT["ankle_y"]]
    by_clip[:, 1, AT["ankle_y"]] = 1
    at[:, 2] = side * clip[AT["stance"]]
    by_clip[:, 2, AT["stance"]] = side


def _sole(name: str) -> _Place:
    def put(_: Floats, clip: Floats, side: int, into: _Into) -> None:
        at, _by_state, by_clip = into
        ahead, splay = clip[AT[name]], clip[AT["splay"]]
        at[:, 0], at[:, 1] = ahead, SOLE_M[name]
        by_clip[:, 0, AT[name]] = 1
        at[:, 2] = side * (clip[AT["stance"]] + splay * ahead)
        by_clip[:, 2, AT["stance"]] = side
        by_clip[:, 2, AT["splay"]], by_clip[:, 2, AT[name]] = side * ahead, side * splay

    return put


_PLACES: dict[str, _Place] = {
    "shoulder": _shoulder,
    "wrist": _wrist,
    "hip": _hip,
    "knee": _knee,
    "ankle": _ankle,
    "heel": _sole("heel_x"),
    "toe": _sole("toe_x"),
}

#: What holds the body together, one number per frame each; zero when it is kept.
BONDS = ("shank", "thigh", "trunk", "arm", "balance", "leg", "thigh_to_bar", "knee_at_top", "shin_to_bar")


_SOFT_KNEE_M = 0.002
#: A knee is never lower over the ankle than this (m); only a guess on the way is.
_LEAST_SHANK_M = 0.15
#: A knee that bends 8° lies this far ahead of the line from hip to ankle; lockouts have 170° and more (§6.3).
_BENT_AT_TOP_M = 0.015


def bonds(state_m: Floats, clip: Floats, is_held: Bools, load_ratio: float) -> tuple[Floats, Floats, Floats]:
    """Return how far each of :data:`BONDS` is broken (time, bond) in metres, by STATE and by CLIP.

    ``is_held`` (time,) says where the bar hangs in the hands; ``load_ratio`` is its mass over the lifter's.
    """
    shape = (len(state_m), len(BONDS))
    into = (np.zeros(shape), np.zeros((*shape, len(STATE))), np.zeros((*shape, len(CLIP))))
    held = is_held.astype(np.float64)
    _shank(state_m, clip, into)
    _thigh(state_m, clip, into)
    _trunk(state_m, clip, held, into)
    _arm(state_m, clip, into)
    _balance(state_m, clip, held * load_ratio, into, held)
    _whole_leg(state_m, clip, into)
    _at_top(state_m, clip, into)
    _along_shin(state_m, clip, into)
    return into


def up_the_shin(state_m: Floats, clip: Floats) -> Floats:
    """Return how far up the shank the bar is, in shares of the way from ankle to knee, (time,)."""
    ankle_y = clip[AT["ankle_y"]]
    return np.asarray((state_m[:, 7] - ankle_y) / np.maximum(state_m[:, 1] - ankle_y, _LEAST_SHANK_M))


def _shank(state_m: Floats, clip: Floats, into: _Into) -> None:
    off, by_state, by_clip = into
    z, z_state, z_clip = knee_z(state_m, clip)
    length, across, upright = _length(state_m[:, KNEE] - [0.0, clip[AT["ankle_y"]]], z - clip[AT["stance"]])
    off[:, 0] = length - clip[AT["shank"]]
    by_state[:, 0, KNEE] = across
    by_state[:, 0] += upright[:, None] * z_state
    by_clip[:, 0] = upright[:, None] * z_clip
    by_clip[:, 0, AT["stance"]] -= upright
    by_clip[:, 0, AT["ankle_y"]], by_clip[:, 0, AT["shank"]] = -across[:, 1], -1


def _thigh(state_m: Floats, clip: Floats, into: _Into) -> None:
    off, by_state, by_clip = into
    z, z_state, z_clip = knee_z(state_m, clip)
    length, across, upright = _length(state_m[:, KNEE] - state_m[:, HIP], z - HIP_Z * clip[AT["stature"]])
    off[:, 1] = length - clip[AT["thigh"]]
    by_state[:, 1, KNEE], by_state[:, 1, HIP] = across, -across
    by_state[:, 1] += upright[:, None] * z_state
    by_clip[:, 1] = upright[:, None] * z_clip
    by_clip[:, 1, AT["stature"]] -= upright * HIP_Z
    by_clip[:, 1, AT["thigh"]] = -1


def _arm(state_m: Floats, clip: Floats, into: _Into) -> None:
    off, by_state, by_clip = into
    length, across, _ = _length(state_m[:, SHOULDER] - state_m[:, BAR], np.zeros(len(state_m)))
    off[:, 3] = length - clip[AT["arm"]]
    by_state[:, 3, SHOULDER], by_state[:, 3, BAR] = across, -across
    by_clip[:, 3, AT["arm"]] = -1


def _whole_leg(state_m: Floats, clip: Floats, into: _Into) -> None:
    """Fill the leg's row: stretched to the full, it is as long as its parts, less a soft knee's millimetres."""
    off, by_state, by_clip = into
    aside = np.full(len(state_m), HIP_Z * clip[AT["stature"]] - clip[AT["stance"]])
    length, across, upright = _length(state_m[:, HIP] - [0.0, clip[AT["ankle_y"]]], aside)
    off[:, 5] = length - clip[AT["shank"]] - clip[AT["thigh"]] + _SOFT_KNEE_M
    by_state[:, 5, HIP] = across
    by_clip[:, 5, AT["ankle_y"]], by_clip[:, 5, AT["shank"]], by_clip[:, 5, AT["thigh"]] = -across[:, 1], -1, -1
    by_clip[:, 5, AT["stature"]], by_clip[:, 5, AT["stance"]] = upright * HIP_Z, -upright


def _at_top(state_m: Floats, clip: Floats, into: _Into) -> None:
    """Fill the rows of the top: there the bar leans on the thighs, and the knees are nearly straight."""
    off, by_state, by_clip = into
    off[:, 6] = state_m[:, 6] - (state_m[:, 0] + state_m[:, 2]) / 2 - THIGH_TO_BAR * clip[AT["stature"]]
    by_state[:, 6, [6, 0, 2]] = 1, -0.5, -0.5
    by_clip[:, 6, AT["stature"]] = -THIGH_TO_BAR
    # How far ahead of the line from hip to ankle the knees lie.
    off[:, 7] = state_m[:, 0] - state_m[:, 2] / 2 - _BENT_AT_TOP_M
    by_state[:, 7, [0, 2]] = 1, -0.5


def _along_shin(state_m: Floats, clip: Floats, into: _Into) -> None:
    """Fill the shin's row: how far the bar is ahead of it, against what is usual; the ankles' middle is x zero."""
    off, by_state, by_clip = into
    up, knee = up_the_shin(state_m, clip), state_m[:, 0]
    height = state_m[:, 1] - clip[AT["ankle_y"]]
    tall, stretched = np.maximum(height, _LEAST_SHANK_M), up * (height > _LEAST_SHANK_M)
    off[:, 8] = state_m[:, 6] - up * knee - SHIN_TO_BAR_M
    by_state[:, 8, 0], by_state[:, 8, 1] = -up, knee * stretched / tall
    by_state[:, 8, 6], by_state[:, 8, 7] = 1, -knee / tall
    by_clip[:, 8, AT["ankle_y"]] = knee * (1 - stretched) / tall


def _length(reach: Floats, z: Floats) -> tuple[Floats, Floats, Floats]:
    """Return lengths, and their derivatives by the reach in the plane and across it."""
    length = np.sqrt((reach**2).sum(axis=1) + z**2) + 1e-9
    return length, reach / length[:, None], z / length


def _trunk(state_m: Floats, clip: Floats, held: Floats, into: _Into) -> None:
    """Fill the trunk's row: its chord is shorter when level, for then the spine is bent, and upright under load.

    A load draws the shoulders down.
    """
    off, by_state, by_clip = into
    reach = state_m[:, SHOULDER] - state_m[:, HIP]
    length, across, _ = _length(reach, np.zeros(len(state_m)))
    short = clip[AT["shortening"]] - clip[AT["drop"]] * held
    upright = across[:, 1]
    off[:, 2] = (
        length - clip[AT["trunk"]] + clip[AT["shortening"]] * (1 - upright) + clip[AT["drop"]] * held * upright
    )
    # d(y/l) = dy/l − (y/l²) dl
    own = across * (1 + short * upright / length)[:, None]
    own[:, 1] -= short / length
    by_state[:, 2, SHOULDER], by_state[:, 2, HIP] = own, -own
    by_clip[:, 2, AT["trunk"]], by_clip[:, 2, AT["shortening"]] = -1, 1 - upright
    by_clip[:, 2, AT["drop"]] = held * upright


def _balance(state_m: Floats, clip: Floats, load: Floats, into: _Into, held: Floats) -> None:
    """Fill the balance's row: the centre of mass of body and bar stays over the feet."""
    off, by_state, by_clip = into
    weights = np.zeros((len(state_m), len(STATE)))
    for (mass, along), (start, end) in (
        (_HEAD_TRUNK, (HIP, SHOULDER)), (_THIGHS, (HIP, KNEE)), (_ARMS, (SHOULDER, BAR)),
    ):  # fmt: skip
        share = along * (held if end is BAR else 1.0)
        weights[:, start.start] += mass * (1 - share)
        weights[:, end.start] += mass * share
    mass, along = _SHANKS
    weights[:, KNEE.start] += mass * (1 - along)
    weights[:, BAR.start] += load
    whole = 1 + load
    weights /= whole[:, None]
    mass, ahead = _FEET
    off[:, 4] = (weights * state_m).sum(axis=1) + mass * ahead / whole - clip[AT["balance"]]
    by_state[:, 4] = weights
    by_clip[:, 4, AT["balance"]] = -1
