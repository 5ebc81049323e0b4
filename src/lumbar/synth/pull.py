"""The path of one pull: from the bar's rest to lockout, every posture between, in closed form.

Legs are set by knee angle and shank lean, the trunk by the elevation of hip→shoulder, the spine by its
dials; the bar hangs from straight arms, so its height follows. The start is where a straight arm reaches the
resting bar.
"""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from lumbar.arrays import Bools, Floats, freeze
from lumbar.synth.body import Body
from lumbar.synth.lift import STANCES, Lift
from lumbar.synth.posture import PALM_M, flexions
from lumbar.synth.turns import LEFT, turn

#: Steps of the table from progress to bar height.
_STEPS = 401
#: The bar's radius and how far it is kept from the skin (m); the second is an engineering rule.
_BAR_RADIUS_M, _CLEAR_M = 0.014, 0.006
#: How far a loaded shoulder drops towards the hand (m at 1.75 m): own choice, it brings the bar's way near
#: the published 26 % of stature (reference/biomechanics §1.3). The rig's shoulder gives way by up to this
#: much.
SHOULDER_DROP_M = 0.03
#: The trunk's elevation at the start that a body may be set up with; below it, the lifter sits lower
#: (17 ± 7 to 24 ± 10°, reference/biomechanics §6.2).
_LOWEST_TRUNK_RAD = np.radians(14)
#: Hips that rise first: by how much more the trunk is tipped than the dial says, for it rises meanwhile; where
#: along the path it is tipped the most, how wide that is, and how long it begins for; and how much sooner the legs
#: are straight. The trunk then goes down in 0.4 s, at 80°/s at most (engineering rules).
_TIP, _TIP_AT, _EARLY_LEGS = 1.3, (0.20, 0.17, 0.30), 0.40
#: While the hips start up, the bar climbs at this share of its mean rise per step of the path or more: the path is
#: walked by the bar's height, so a body that moved while its bar lay still would be there at once. How long it
#: takes until the bar is as high as it would have been, as a share of the path. Engineering rules.
_LEAST_CLIMB, _FORGETS = 0.2, 0.45


def ease(start: float, end: float, x: Floats) -> Floats:
    """Return a minimum-jerk rise from 0 at ``start`` to 1 at ``end``."""
    t = np.clip((x - start) / (end - start), 0, 1)
    return t**3 * (10 - 15 * t + 6 * t**2)


@dataclass(frozen=True, slots=True, eq=False)
class Stance:
    """How a body stands and holds: all lengths that the planar chain needs, in metres.

    ``thigh_m`` and ``shank_m`` are lengths, ``ankle_height_m`` the ankle's, ``splay_m`` the sideways
    distance of ankle and hip; ``arm_m`` is the sagittal share of shoulder→bar; ``front_m`` (2, 21) is how
    far shank and thigh reach forward of their bone lines, from ankle to knee and from knee to hip.
    """

    thigh_m: float
    shank_m: float
    ankle_height_m: float
    splay_m: float
    stance_m: float
    grip_m: float
    toe_out_rad: float
    arm_m: float
    front_m: Floats
    rest_trunk_rad: float

    def __post_init__(self) -> None:
        freeze(self)


def take_stance(body: Body, lift: Lift) -> Stance:
    """Return how this body stands for this style."""
    ankles_m, toe_out_deg, hands_m, _, _ = STANCES[lift.style]
    scale = body.height_m / 1.75
    hip, knee, ankle = (body.bone_m(f"{bone}.L") for bone in ("upperleg01", "lowerleg01", "foot"))
    shoulder, elbow, wrist = (body.bone_m(f"{bone}.L") for bone in ("upperarm01", "lowerarm01", "wrist"))
    knuckle = body.bone_m("finger3-1.L")
    stance, grip = ankles_m / 2 * scale, hands_m / 2 * scale
    arm = np.linalg.norm(elbow - shoulder) + np.linalg.norm(wrist - elbow) + np.linalg.norm(knuckle - wrist)
    sideways = abs(shoulder[2]) - grip
    middle = body.sides_m("upperleg01").mean(axis=0)
    trunk = body.sides_m("upperarm01").mean(axis=0) - middle
    return Stance(
        thigh_m=float(np.linalg.norm(knee - hip)),
        shank_m=float(np.linalg.norm(ankle - knee)),
        ankle_height_m=float(ankle[1]),
        splay_m=abs(stance - abs(float(hip[2]))),
        stance_m=stance,
        grip_m=grip,
        toe_out_rad=float(np.radians(toe_out_deg)),
        arm_m=float(np.sqrt((0.998 * arm + SHOULDER_DROP_M * scale) ** 2 - sideways**2)),
        front_m=_fronts(body),
        rest_trunk_rad=float(np.arctan2(trunk[1], trunk[0])),
    )


def _fronts(body: Body) -> Floats:
    """Return how far the skin of shank and thigh lies in front of their bone lines, (2, 21)."""
    hip, knee, ankle = (body.bone_m(f"{bone}.L") for bone in ("upperleg01", "lowerleg01", "foot"))
    fronts = []
    for part, low, high in (("shank.L", ankle, knee), ("thigh.L", knee, hip)):
        skin = body.vertices_m[body.carried_by(part) > 0.4]
        along = (high - low) / np.linalg.norm(high - low)
        fraction = (skin - low) @ along / np.linalg.norm(high - low)
        ahead = (skin - low - np.outer((skin - low) @ along, along))[:, 0]
        at = np.linspace(0, 1, 21)
        fronts.append([ahead[np.abs(fraction - f) < 0.06].max(initial=0.04) for f in at])
    return np.array(fronts)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Postures in the sagittal plane, one per row: angles in radians, hip and bar (row, 2) in metres."""

    knee_rad: Floats
    shank_rad: Floats
    trunk_rad: Floats
    lumbar_rad: Floats
    thoracic_rad: Floats
    bar_m: Floats

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, slots=True, eq=False)
class Pull:
    """One pull as a path: ``at`` gives the posture for each fraction of the bar's way."""

    rest_m: Floats
    top_m: Floats
    _progress: PchipInterpolator
    _table: PchipInterpolator

    @property
    def rise_m(self) -> float:
        """Return how far the bar rises."""
        return float(self.top_m[1] - self.rest_m[1])

    def at(self, fraction: Floats) -> Shape:
        """Return the postures at the given fractions (0 at rest, 1 at lockout) of the bar's rise."""
        knee, shank, trunk, lumbar, thoracic, ahead = self._table(self._progress(fraction)).T
        height = self.rest_m[1] + fraction * self.rise_m
        return Shape(knee, shank, trunk, lumbar, thoracic, np.stack([ahead, height], axis=1))


def hip_m(stance: Stance, knee_rad: Floats, shank_rad: Floats) -> Floats:
    """Return the middle of the hips (row, 2) above ankles at x = 0, from knee angle and shank lean."""
    thigh, shank = stance.thigh_m, stance.shank_m
    leg = np.sqrt(thigh**2 + shank**2 - 2 * thigh * shank * np.cos(knee_rad))
    at_ankle = np.arcsin(np.clip(thigh * np.sin(knee_rad) / leg, -1, 1)) * np.cos(stance.toe_out_rad)
    back = at_ankle - shank_rad
    flat = np.sqrt(np.maximum(leg**2 - stance.splay_m**2, 0.01))
    return np.stack([-flat * np.sin(back), stance.ankle_height_m + flat * np.cos(back)], axis=1)


def trunk_vector(body: Body, lumbar_rad: Floats, thoracic_rad: Floats) -> tuple[Floats, Floats]:
    """Return length (m) and elevation (rad) of hip→shoulder with the pelvis as at rest, each (row,)."""
    chain = flexions(lumbar_rad, thoracic_rad)
    low = body.sides_m("upperleg01").mean(axis=0)
    centre, whole = np.broadcast_to(body.spine_m[0], (len(chain), 3)), np.zeros(len(chain))
    for level in range(15):
        whole = whole + chain[:, level]
        following = body.spine_m[level + 1] if level < 14 else body.sides_m("upperarm01").mean(axis=0)
        centre = centre + np.einsum("nij,j->ni", turn(LEFT, whole), following - body.spine_m[level])
    vector = centre - low
    return np.hypot(vector[:, 0], vector[:, 1]), np.arctan2(vector[:, 1], vector[:, 0])


def reach_bar(stance: Stance, hip_m: Floats, trunk_m: Floats, bar_m: Floats) -> Floats:
    """Return the trunk's elevation (row,) at which straight arms reach the bar; NaN where they cannot.

    Two circles cross: the shoulder about the hip, the shoulder about the bar.
    """
    to_bar = bar_m + PALM_M[:2] - hip_m
    far = np.hypot(to_bar[:, 0], to_bar[:, 1])
    cosine = (trunk_m**2 + far**2 - stance.arm_m**2) / (2 * trunk_m * far)
    half = np.arccos(np.where(np.abs(cosine) <= 1, cosine, np.nan))
    return np.arctan2(to_bar[:, 1], to_bar[:, 0]) + half


def hang_bar(stance: Stance, hip_m: Floats, trunk_m: Floats, trunk_rad: Floats, ahead_m: Floats) -> Floats:
    """Return the bar's height (row,) when it hangs from straight arms at ``ahead_m``."""
    shoulder = hip_m + trunk_m[:, None] * np.stack([np.cos(trunk_rad), np.sin(trunk_rad)], axis=1)
    across = shoulder[:, 0] - ahead_m - PALM_M[0]
    return np.asarray(shoulder[:, 1] - np.sqrt(stance.arm_m**2 - across**2) - PALM_M[1])


def clear_of_legs(stance: Stance, hip_m: Floats, shank_rad: Floats, height_m: Floats) -> Floats:
    """Return how far ahead (row,) a bar at that height must be to pass in front of shanks and thighs."""
    ankle = np.broadcast_to([0.0, stance.ankle_height_m], hip_m.shape)
    knee = ankle + stance.shank_m * np.stack([np.sin(shank_rad), np.cos(shank_rad)], axis=1)
    at = np.linspace(0, 1, 21)[:, None]
    clear = np.full(len(hip_m), -1.0)
    for low, high, front in ((ankle, knee, stance.front_m[0]), (knee, hip_m, stance.front_m[1])):
        bone = (high - low)[:, None]
        across = np.stack([bone[..., 1], -bone[..., 0]], axis=-1) / np.linalg.norm(bone, axis=-1, keepdims=True)
        skin = low[:, None] + at * bone + front[:, None] * across
        close = np.abs(skin[..., 1] - height_m[:, None]) < 0.04
        clear = np.maximum(clear, np.where(close, skin[..., 0], -1.0).max(axis=1))
    return clear + _BAR_RADIUS_M + _CLEAR_M


def start_shape(body: Body, stance: Stance, lift: Lift) -> Shape:
    """Return the set-up at the resting bar, one row.

    A body whose trunk would lie flatter than lifters' do sits lower until it does not.
    """
    *_, knee_deg, shank_deg = STANCES[lift.style]
    knee = float(np.radians(knee_deg + lift.knee_deg))
    shank = np.array([np.radians(shank_deg + lift.shank_deg)])
    lumbar, thoracic = np.radians([lift.lumbar_start_deg]), np.radians([lift.thoracic_deg])
    length, _ = trunk_vector(body, lumbar, thoracic)
    height = np.array([_start_height(stance, lift)])
    for _ in range(60):
        hip = hip_m(stance, np.array([knee]), shank)
        ahead = np.maximum(clear_of_legs(stance, hip, shank, height), _over_foot(body)) + _drift(lift, 0.0)
        bar = np.stack([ahead, height], axis=1)
        trunk = reach_bar(stance, hip, length, bar)
        if np.isfinite(trunk[0]) and trunk[0] >= _LOWEST_TRUNK_RAD:
            break
        knee -= np.radians(1.0)
        shank = shank + np.radians(0.15)
    return Shape(np.array([knee]), shank, trunk, lumbar, thoracic, bar)


def _start_height(stance: Stance, lift: Lift) -> float:
    """Return the bar's height at the bottom: its rest, or mid-shin for a Romanian deadlift."""
    if lift.style == "romanian":
        return stance.ankle_height_m + 0.75 * stance.shank_m
    return lift.rest_height_m


def _over_foot(body: Body) -> float:
    """Return where the bar starts ahead of the ankle: over the middle of the foot (reference §6.2)."""
    return 0.075 * body.height_m / 1.75


def _drift(lift: Lift, progress: Floats | float) -> Floats | float:
    """Return how far the bar is pushed off its line: a third at the start, all of it at the knee."""
    return lift.drift_m * (0.3 + 0.7 * np.exp(-(((np.asarray(progress) - 0.4) / 0.25) ** 2)))


def plan_pull(body: Body, stance: Stance, lift: Lift) -> Pull:
    """Return the path of one pull with these dials."""
    start = start_shape(body, stance, lift)
    u = np.linspace(0, 1, _STEPS)
    lumbar, thoracic = _spine_course(lift, u)
    length, _ = trunk_vector(body, lumbar, thoracic)
    early = _EARLY_LEGS * min(1.0, lift.hips_first_deg / 10)
    legs = ease(-0.1, 0.78 - early, u)
    legs = (legs - legs[0]) / (1 - legs[0])
    knee_end = np.radians(177 - lift.soft_knee_deg)
    knee = start.knee_rad + legs * (knee_end - start.knee_rad)
    shank_end = np.radians(3.5 + 0.4 * lift.soft_knee_deg)
    shank = start.shank_rad + ease(-0.15, 0.7, u) * (shank_end - start.shank_rad)
    shank = shank - (shank[0] - start.shank_rad[0]) * (1 - ease(0, 0.3, u))
    trunk_end = stance.rest_trunk_rad + np.radians(lift.lean_back_deg - 0.7 * lift.soft_knee_deg)
    middle, wide, begins = _TIP_AT
    tip = _TIP * np.radians(lift.hips_first_deg) * np.exp(-(((u - middle) / wide) ** 2)) * ease(0, begins, u)
    trunk = start.trunk_rad + ease(0.05, 1.0, u) * (trunk_end - start.trunk_rad) - tip
    hip = hip_m(stance, knee, shank)
    ahead, hung = _hang_clear(body, stance, lift, (hip, length, trunk, shank, u), start)
    height = _climbing(hung, u)
    raised = height > hung
    trunk[raised] = reach_bar(stance, hip, length, np.stack([ahead, height], axis=1))[raised]
    climbs = _strictly_rising(height)
    table = np.stack([knee, shank, trunk, lumbar, thoracic, ahead], axis=1)
    rise = (height[climbs] - height[0]) / (height[climbs][-1] - height[0])
    return Pull(
        rest_m=np.array([ahead[0], height[0]]),
        top_m=np.array([ahead[-1], height[climbs][-1]]),
        _progress=PchipInterpolator(rise, u[climbs]),
        _table=PchipInterpolator(u, table),
    )


def _spine_course(lift: Lift, u: Floats) -> tuple[Floats, Floats]:
    """Return lumbar and thoracic flexion along the pull."""
    start, peak, top = np.radians([lift.lumbar_start_deg, lift.lumbar_peak_deg, lift.lumbar_top_deg])
    top = top - np.radians(0.6 * lift.lean_back_deg)
    bump = (peak - start) * np.exp(-(((u - lift.lumbar_peak_at) / 0.14) ** 2)) * ease(0, 0.08, u)
    lumbar = start + (top - start) * ease(0.1, 0.97, u) + bump
    thoracic = np.radians(lift.thoracic_deg) * (1 - ease(0.4, 1, u))
    return lumbar, thoracic


def _hang_clear(
    body: Body, stance: Stance, lift: Lift, course: tuple[Floats, ...], start: Shape
) -> tuple[Floats, Floats]:
    """Return where the bar hangs, ahead and up: in front of the legs, near the middle of the foot."""
    hip, length, trunk, shank, u = course
    ahead = np.full(_STEPS, start.bar_m[0, 0])
    for _ in range(4):
        height = hang_bar(stance, hip, length, trunk, ahead)
        legs = clear_of_legs(stance, hip, shank, height) + _drift(lift, u)
        kept = np.maximum(legs, _over_foot(body) + _drift(lift, u))
        ahead = gaussian_filter1d(kept, 12, mode="nearest")
        ahead += (start.bar_m[0, 0] - ahead[0]) * (1 - ease(0, 0.25, u))
    return ahead, hang_bar(stance, hip, length, trunk, ahead)


def _climbing(height: Floats, u: Floats) -> Floats:
    """Return the bar's height, raised where it would lie still or sink while the lifter starts up."""
    lacking = np.maximum(_LEAST_CLIMB * (height[-1] - height[0]) - np.gradient(height, u), 0)
    lacking[u > 0.5] = 0
    raised = np.r_[0, np.cumsum((lacking[1:] + lacking[:-1]) / 2 * np.diff(u))]
    over = float(u[np.flatnonzero(lacking).max(initial=0)])
    return np.asarray(height + raised * (1 - ease(over, over + _FORGETS, u)))


def _strictly_rising(height: Floats) -> Bools:
    """Return which rows climb above all before them, so that height can be inverted."""
    best = np.maximum.accumulate(height)
    return np.asarray(np.r_[True, height[1:] > best[:-1] + 1e-7])
