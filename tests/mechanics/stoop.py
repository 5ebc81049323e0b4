"""The measured stoop lifts, and the man who did them as a chain: tests/reference/stoop.

His joints and masses are those of the authors' own model of him (``vuaHuman2d.lua`` of the same repository), which
tests our dynamics; beside it stands the table's man on the same joints, which tests our body.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.signal import butter, filtfilt

from lumbar.arrays import Floats
from lumbar.mechanics.body import upper_body
from lumbar.mechanics.chain import bottom_up, moment_about, moment_of_force, place_parts, top_down
from lumbar.mechanics.segments import DE_LEVA
from lumbar.units import GRAVITY_M_PER_S2

FILE = Path(__file__).parents[1] / "reference" / "stoop" / "lifts.npz"
MASS_KG, BOX_KG, RATE_HZ = 81.68, 15.0, 50.0
#: The box is off the floor when the plate under it has lost this much, N, of its 147.
OFF_FLOOR_N = 143.0
#: In the pelvis, x from the back to the front spines: the hip from the front spines, L5/S1 from the hip (m).
HIP_FROM_ASIS, L5S1_FROM_HIP = (-0.0478, -0.0709), (-0.0291, 0.0973)
#: In the thorax, from its joint with the middle trunk (m); and the head's centre from its own.
THORAX = {
    "c7": (-0.0472, 0.2863),
    "clavicle": (0.0690, 0.2244),
    "t10": (-0.0776, 0.0353),
    "sternum": (0.1216, 0.0528),
}
HEAD = {"head_front": (0.1164, 0.1742), "head_back": (-0.0323, 0.1742)}
SHOULDER, THORAX_CENTRE, HEAD_CENTRE, MID_CENTRE = (
    (0.0021, 0.1821),
    (-0.0081, 0.1680),
    (0.0428, 0.1074),
    (0.035, 0.1205),
)
#: Masses (kg) of the man's own model: middle trunk, thorax, head, upper arms, forearms, hands.
OWN_KG = np.array([11.214, 12.243, 4.894, 5.093, 2.310, 0.993])
#: How far the table's man of his stature (1.73 m) has his shoulders from L5/S1, m.
TABLE_TRUNK_M = (0.5155 - 0.094) * 1.73 / 1.741


@dataclass(frozen=True)
class Lift:
    """One lift: published moments and what is needed to find them again."""

    from_below_n_m: Floats
    from_above_n_m: Floats
    is_up: Floats
    ours_from_above_n_m: Floats
    by_the_table_n_m: Floats
    by_stature_n_m: Floats
    ours_from_below_n_m: Floats
    share_by_force: Floats
    box_height_m: Floats


def smooth(path: Floats) -> Floats:
    """Low-pass at 5 Hz, forth and back: the usual treatment of lifting markers."""
    return filtfilt(*butter(2, 5 / (RATE_HZ / 2)), path, axis=0)


def acceleration(path: Floats) -> Floats:
    return np.gradient(np.gradient(path, 1 / RATE_HZ, axis=0), 1 / RATE_HZ, axis=0)


def fit(model: dict[str, tuple[float, float]], points: dict[str, Floats]) -> tuple[Floats, Floats]:
    """The origin (time, 2) and rotation (time, 2, 2) that lay a rigid model on its markers best."""
    own = np.array(list(model.values()))
    seen = np.stack([points[name] for name in model], axis=1)
    a, b = own - own.mean(0), seen - seen.mean(1, keepdims=True)
    angle = np.arctan2((a[:, 0] * b[..., 1] - a[:, 1] * b[..., 0]).sum(1), (a * b).sum((1, 2)))
    turn = np.moveaxis(np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]), 2, 0)
    return seen.mean(1) - turn @ own.mean(0), turn


def load(number: int) -> Lift:
    with np.load(FILE) as held:
        names = list(held["markers"])
        raw = {
            key.split("_", 1)[1]: held[key].astype(float)
            for key in held.files
            if key.startswith(f"stoop{number}_")
        }
    points = {name: smooth(raw["markers_m"][:, index]) for index, name in enumerate(names)}
    hip, l5s1 = pelvis(points)
    joints, parts = upper_parts(points, l5s1)
    box = smooth(raw["box_m"])
    hands, is_up = hand_force(raw["plate_n"], box)
    own = moment_about(l5s1, parts, OWN_KG, acceleration(parts))
    held_n_m = moment_of_force(l5s1, box, hands)
    body = upper_body("male", MASS_KG)
    as_long = np.linalg.norm(joints[:, 1] - joints[:, 0], axis=1).mean()
    longer = replace(body, centre_ratio=body.centre_ratio * [TABLE_TRUNK_M / as_long, 1, 1, 1])
    table, stature = (
        top_down(joints, each, box, hands, acceleration(place_parts(joints, each))) for each in (body, longer)
    )
    legs, legs_kg = lower_parts(points, hip, l5s1)
    below = bottom_up(l5s1, legs, legs_kg, raw["ground_n"], raw["pressure_m"], acceleration(legs))
    share = -raw["plate_n"][:, 1] / (BOX_KG * GRAVITY_M_PER_S2)
    return Lift(
        raw["from_below_n_m"],
        raw["from_above_n_m"],
        is_up,
        own + held_n_m,
        table.moment_n_m,
        stature.moment_n_m,
        below,
        share,
        box[:, 1],
    )


def pelvis(points: dict[str, Floats]) -> tuple[Floats, Floats]:
    forward = points["asis"] - points["psis"]
    forward /= np.linalg.norm(forward, axis=1, keepdims=True)
    up = np.stack([-forward[:, 1], forward[:, 0]], axis=1)
    hip = points["asis"] + HIP_FROM_ASIS[0] * forward + HIP_FROM_ASIS[1] * up
    return hip, hip + L5S1_FROM_HIP[0] * forward + L5S1_FROM_HIP[1] * up


def upper_parts(points: dict[str, Floats], l5s1: Floats) -> tuple[Floats, Floats]:
    """The chain's joints (time, 5, 2), and the centres of the man's own six parts (time, 6, 2)."""
    joint, turn = fit(THORAX, points)
    neck, head_turn = fit(HEAD, points)
    shoulder = joint + turn @ np.array(SHOULDER)
    up = (joint - l5s1) / np.linalg.norm(joint - l5s1, axis=1, keepdims=True)
    forward = np.stack([up[:, 1], -up[:, 0]], axis=1)
    middle = l5s1 + MID_CENTRE[1] * up + MID_CENTRE[0] * forward
    arm = DE_LEVA["male"]
    ends = [shoulder, points["elbow"], points["wrist"], points["finger"]]
    limbs = [
        a + arm[n].centre_ratio * (b - a)
        for n, a, b in zip(("upper_arm", "forearm", "hand"), ends, ends[1:], strict=False)
    ]
    thorax, head = joint + turn @ np.array(THORAX_CENTRE), neck + head_turn @ np.array(HEAD_CENTRE)
    return np.stack([l5s1, *ends], axis=1), np.stack([middle, thorax, head, *limbs], axis=1)


def lower_parts(points: dict[str, Floats], hip: Floats, l5s1: Floats) -> tuple[Floats, Floats]:
    """What is below L5/S1, by de Leva's table: thighs, shanks, feet, and the rest of the lower trunk."""
    table = DE_LEVA["male"]
    ends = {
        "thigh": (hip, points["knee"]),
        "shank": (points["knee"], points["ankle"]),
        "foot": (points["heel"], points["toe"]),
    }
    parts = [a + table[name].centre_ratio * (b - a) for name, (a, b) in ends.items()]
    shares = [2 * table[name].mass_ratio for name in ends] + [table["lower_trunk"].mass_ratio * 0.645]
    return np.stack([*parts, (hip + l5s1) / 2], axis=1), MASS_KG * np.array(shares)


def hand_force(plate_n: Floats, box: Floats) -> tuple[Floats, Floats]:
    """The force of the hands on the box: what its plate lost while it stands there, then weight and acceleration.

    A top-down model that hangs the box's whole weight in the hands from the start is 60 N·m wrong before lift-off.
    """
    is_up = np.arange(len(box)) >= np.argmax(-plate_n[:, 1] > OFF_FLOOR_N)
    carried = BOX_KG * (acceleration(box) + [0, GRAVITY_M_PER_S2])
    taken = np.stack([-plate_n[:, 0], np.maximum(-plate_n[:, 1], 0)], axis=1)
    return np.where(is_up[:, None], carried, taken), is_up
