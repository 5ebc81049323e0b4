"""A body takes a posture: where every joint goes, and how every rigid part of it moves.

All frames are posed at once. The spine bends by command; legs and arms are found so that the feet stand
where they stand and the hands reach what they hold.
"""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from lumbar.arrays import Bools, Floats, freeze
from lumbar.synth.body import LEVELS, PART, PARTS, Body
from lumbar.synth.turns import FORWARD, LEFT, UP, along, frame, move, send, share, turn, unit

#: How the lumbar and the thoracic flexion are shared among the joints, from the sacrum up; own choice, of
#: the order of published segmental ranges (reference/simulation §2.2).
LUMBAR_SHARES = np.array([0.17, 0.21, 0.19, 0.17, 0.14, 0.12])
THORACIC_SHARES = np.array([0.12, 0.12, 0.10, 0.10, 0.09, 0.09, 0.08, 0.08, 0.08, 0.07, 0.07])

#: The bar lies this far behind and below the knuckle line of a closed hand (m).
PALM_M = 0.028 * FORWARD + 0.012 * UP

#: A straight arm or leg is never quite straight: the share of its full length that it may reach.
_STRAIGHT = 0.9995
#: How far the shoulder blade gives way to let the hand reach (m); an engineering rule.
_SHOULDER_GIVES_M = 0.05
_TAUT_M = 0.006

#: Joints whose truth is kept, 3D and 2D: (left, right) pairs first, then those of the mid-line.
PAIRS = ("shoulder", "elbow", "wrist", "knuckle", "hip", "knee", "ankle", "heel", "toe", "ear", "eye")
JOINTS = (*(f"{side}_{name}" for name in PAIRS for side in ("left", "right")), "nose", "head_top", "neck")

_THORAX = 1 + LEVELS.index("T3T4")
_CURL_DEG = {1: (20, 45, 40), 2: (75, 85, 60), 3: (75, 85, 60), 4: (75, 85, 60), 5: (75, 85, 60)}


@dataclass(frozen=True, slots=True, eq=False)
class Posture:
    """What a body does, frame by frame.

    ``hip_m`` (time, 3) is the middle of the hip joints; ``pelvis_rad`` (time,) tips it forwards, ``lean_rad``
    (time,) to the right; ``lumbar_rad`` and ``thoracic_rad`` (time,) flex the spine; ``head_rad`` (time,)
    tips the head against the vertical. ``ankle_m`` and ``hand_m`` are (time, 2, 3), left first; a hand is
    where the bar's axis crosses the palm. ``toe_out_rad`` (time,), ``heel_up_rad`` (time, 2), ``grip``
    (time,) in 0–1 curls the fingers.
    """

    hip_m: Floats
    pelvis_rad: Floats
    lean_rad: Floats
    lumbar_rad: Floats
    thoracic_rad: Floats
    head_rad: Floats
    ankle_m: Floats
    toe_out_rad: Floats
    heel_up_rad: Floats
    hand_m: Floats
    grip: Floats

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.hip_m)

    def at(self, rows: slice) -> "Posture":
        """Return some of the frames."""
        return replace(self, **{field.name: getattr(self, field.name)[rows] for field in fields(self)})


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """A body in a posture.

    ``joints_m`` (time, joint, 3) in the order of :data:`JOINTS`; ``spine_m`` (time, 17, 3); ``moves`` (time,
    part, 4, 4) take each rigid part from rest; ``over_reach_m`` (time, 2) is how far the hands miss what
    they hold.
    """

    joints_m: Floats
    spine_m: Floats
    moves: Floats
    over_reach_m: Floats

    def __post_init__(self) -> None:
        freeze(self)

    def joint_m(self, name: str) -> Floats:
        """Return one joint's path, (time, 3)."""
        return self.joints_m[:, JOINTS.index(name)]

    def middle_m(self, pair: str) -> Floats:
        """Return the middle of a left and a right joint, (time, 3)."""
        return (self.joint_m(f"left_{pair}") + self.joint_m(f"right_{pair}")) / 2


def flexions(lumbar_rad: Floats, thoracic_rad: Floats) -> Floats:
    """Return the flexion of each spine joint, (time, 17)."""
    return np.hstack([lumbar_rad[:, None] * LUMBAR_SHARES, thoracic_rad[:, None] * THORACIC_SHARES])


def pose(body: Body, posture: Posture) -> Posed:
    """Put a body into a posture."""
    moves = np.zeros((len(posture), len(PARTS), 4, 4))
    hip_rest = body.sides_m("upperleg01").mean(axis=0)
    upright = turn(FORWARD, posture.lean_rad) @ turn(LEFT, posture.pelvis_rad)
    pelvis = move(upright, hip_rest, posture.hip_m)
    spine_m = _bend_spine(body, pelvis, flexions(posture.lumbar_rad, posture.thoracic_rad), moves)
    _turn_head(body, posture, moves)
    joints: dict[str, Floats] = {}
    for index, side in enumerate(("left", "right")):
        joints |= _leg(body, posture, index, moves)
        joints |= _arm(body, posture, index, moves)
        joints |= _landmarks(body, side, moves)
    joints["nose"] = send(moves[:, PART["head"]], _nose(body))
    joints["head_top"] = send(moves[:, PART["head"]], _head_top(body))
    joints["neck"] = send(moves[:, PART["T1T2"]], body.bone_m("neck01"))
    missed = np.stack([joints["left_miss"], joints["right_miss"]], axis=1)
    return Posed(np.stack([joints[name] for name in JOINTS], axis=1), spine_m, moves, missed)


class Skin:
    """The skin of a body, or some of its vertices, to be carried along by its parts."""

    def __init__(self, body: Body, vertices: NDArray[np.int64] | None = None) -> None:
        chosen = np.arange(len(body.vertices_m)) if vertices is None else vertices
        self._weights = csr_array(body.skin[chosen])
        self._rest = np.column_stack([body.vertices_m[chosen], np.ones(len(chosen))])

    def at(self, moves: Floats) -> Floats:
        """Return the vertices of one frame, (vertex, 3), from that frame's ``moves`` (part, 4, 4)."""
        blended = np.asarray(self._weights @ moves[:, :3].reshape(len(moves), 12)).reshape(-1, 3, 4)
        return np.asarray((blended @ self._rest[..., None])[..., 0])


def _bend_spine(body: Body, pelvis: Floats, flexion_rad: Floats, moves: Floats) -> Floats:
    """Fill the moves of pelvis and vertebrae; return the spine's joints, (time, 17, 3)."""
    moves[:, 0] = pelvis
    posed = []
    for level, rest in enumerate(body.spine_m):
        below = moves[:, level]
        centre = send(below, rest)
        posed.append(centre)
        moves[:, level + 1] = move(below[:, :3, :3] @ turn(LEFT, flexion_rad[:, level]), rest, centre)
    return np.stack(posed, axis=1)


def _turn_head(body: Body, posture: Posture, moves: Floats) -> None:
    below = moves[:, PART["T1T2"]]
    chest = below[:, :3, :3]
    head = turn(LEFT, posture.head_rad)
    nod = head @ np.swapaxes(chest, -1, -2)
    for index, part in enumerate(("neck1", "neck2", "neck3"), start=1):
        start = body.bone_m(f"neck0{index}")
        below = moves[:, PART[part]] = move(share(nod, index / 4) @ chest, start, send(below, start))
    moves[:, PART["head"]] = move(head, body.bone_m("head"), send(below, body.bone_m("head")))


def two_links(start_m: Floats, end_m: Floats, lengths_m: tuple[float, float], pole: Floats) -> Floats:
    """Return the middle joint of a limb from ``start_m`` to ``end_m`` that bends towards ``pole``."""
    first, second = lengths_m
    reach = np.linalg.norm(end_m - start_m, axis=-1, keepdims=True)
    direction = (end_m - start_m) / reach
    reach = np.minimum(reach, (first + second) * _STRAIGHT)
    side = unit(along(direction, np.broadcast_to(pole, direction.shape)))
    cosine = (first**2 + reach**2 - second**2) / (2 * first * reach)
    joint: Floats = start_m + first * (cosine * direction + np.sqrt(np.maximum(0, 1 - cosine**2)) * side)
    return joint


def _lengths(start: Floats, middle: Floats, end: Floats) -> tuple[float, float]:
    return float(np.linalg.norm(middle - start)), float(np.linalg.norm(end - middle))


def _leg(body: Body, posture: Posture, index: int, moves: Floats) -> dict[str, Floats]:
    side, name = "LR"[index], ("left", "right")[index]
    hip_0, knee_0, ankle_0 = (body.bone_m(f"{bone}.{side}") for bone in ("upperleg01", "lowerleg01", "foot"))
    outwards = 1 if side == "L" else -1
    yaw = turn(UP, outwards * posture.toe_out_rad)
    hip = send(moves[:, 0], hip_0)
    lengths = _lengths(hip_0, knee_0, ankle_0)
    knee = two_links(hip, posture.ankle_m[:, index], lengths, yaw @ FORWARD)
    ankle = knee + lengths[1] * unit(posture.ankle_m[:, index] - knee)
    lateral = yaw @ LEFT
    moves[:, PART[f"thigh.{side}"]] = move(frame(knee - hip, lateral) @ frame(knee_0 - hip_0, LEFT).T, hip_0, hip)
    moves[:, PART[f"shank.{side}"]] = move(
        frame(ankle - knee, lateral) @ frame(ankle_0 - knee_0, LEFT).T, knee_0, knee
    )
    moves[:, PART[f"foot.{side}"]] = move(yaw @ turn(LEFT, posture.heel_up_rad[:, index]), ankle_0, ankle)
    return {f"{name}_hip": hip, f"{name}_knee": knee, f"{name}_ankle": ankle}


def _arm(body: Body, posture: Posture, index: int, moves: Floats) -> dict[str, Floats]:
    side, name = "LR"[index], ("left", "right")[index]
    shoulder_0, elbow_0, wrist_0 = (
        body.bone_m(f"{bone}.{side}") for bone in ("upperarm01", "lowerarm01", "wrist")
    )
    knuckle_0 = body.bone_m(f"finger3-1.{side}")
    chest = moves[:, _THORAX]
    lengths = _lengths(shoulder_0, elbow_0, wrist_0)
    target = posture.hand_m[:, index] + PALM_M
    shoulder = send(chest, shoulder_0)
    down = unit(target - shoulder)
    hand = float(np.linalg.norm(knuckle_0 - wrist_0))
    short = np.linalg.norm(target - shoulder, axis=-1) - hand - sum(lengths) * _STRAIGHT
    # It gives way a little before the arm is taut, so that elbows do not snap.
    given = np.logaddexp(0, short / _TAUT_M) * _TAUT_M
    shoulder = shoulder + np.minimum(given, _SHOULDER_GIVES_M)[:, None] * down
    wrist = target - hand * down
    elbow = two_links(shoulder, wrist, lengths, -FORWARD)
    wrist = elbow + lengths[1] * unit(wrist - elbow)
    _place_arm(body, side, (shoulder, elbow, wrist, down), moves)
    _curl_fingers(body, side, posture.grip, moves)
    knuckle = send(moves[:, PART[f"hand.{side}"]], knuckle_0)
    return {
        f"{name}_shoulder": shoulder, f"{name}_elbow": elbow, f"{name}_wrist": wrist, f"{name}_knuckle":
        knuckle, f"{name}_miss": np.linalg.norm(knuckle - target, axis=-1),
    }  # fmt: skip


def _place_arm(body: Body, side: str, posed: tuple[Floats, ...], moves: Floats) -> None:
    shoulder, elbow, wrist, down = posed
    shoulder_0, elbow_0, wrist_0 = (
        body.bone_m(f"{bone}.{side}") for bone in ("upperarm01", "lowerarm01", "wrist")
    )
    bend_0 = np.cross(elbow_0 - shoulder_0, wrist_0 - elbow_0)
    bend = np.cross(elbow - shoulder, np.broadcast_to(FORWARD, elbow.shape))
    across = body.bone_m(f"finger2-1.{side}") - body.bone_m(f"finger5-1.{side}")
    inwards = -LEFT if side == "L" else LEFT
    upper = frame(elbow - shoulder, bend) @ frame(elbow_0 - shoulder_0, bend_0).T
    fore = frame(wrist - elbow, bend) @ frame(wrist_0 - elbow_0, bend_0).T
    hand = frame(down, inwards) @ frame(body.bone_m(f"finger3-1.{side}") - wrist_0, across).T
    moves[:, PART[f"upper_arm.{side}"]] = move(upper, shoulder_0, shoulder)
    # The skin of the shoulder follows the upper arm by a third of its turn.
    chest = moves[:, _THORAX, :3, :3]
    shrug = share(upper @ np.swapaxes(chest, -1, -2), 0.30) @ chest
    moves[:, PART[f"shoulder.{side}"]] = move(shrug, shoulder_0, shoulder)
    whole = moves[:, PART[f"forearm.{side}"]] = move(fore, elbow_0, elbow)
    moves[:, PART[f"hand.{side}"]] = move(hand, wrist_0, wrist)
    middle = body.bone_m(f"lowerarm02.{side}")
    half = share(hand @ np.swapaxes(fore, -1, -2), 0.5) @ fore
    moves[:, PART[f"forearm_end.{side}"]] = move(half, middle, send(whole, middle))


def _curl_fingers(body: Body, side: str, grip: Floats, moves: Floats) -> None:
    for finger, angles_deg in _CURL_DEG.items():
        above = moves[:, PART[f"hand.{side}"]]
        for bone, angle in enumerate(angles_deg, start=1):
            name = f"finger{finger}-{bone}.{side}"
            joint = body.bone_m(name)
            curl = turn(LEFT, np.radians(angle) * grip) @ above[:, :3, :3]
            above = moves[:, PART[name]] = move(curl, joint, send(above, joint))


def _landmarks(body: Body, side: str, moves: Floats) -> dict[str, Floats]:
    """Return heel, toe, ear and eye of one side: points of the skin, bound to foot or head."""
    letter = side[0].upper()
    outwards = -1 if letter == "L" else 1
    own = body.vertices_m[(body.carried_by(f"foot.{letter}") > 0.9) & _on_body(body)]
    heel, toe = own[own[:, 0].argmin()], own[own[:, 0].argmax()]
    head = body.vertices_m[(body.carried_by("head") > 0.9) & _on_body(body)]
    ear = head[(outwards * head[:, 2]).argmax()]
    eyes = np.unique(body.faces("eyes"))
    eyes = eyes[outwards * body.vertices_m[eyes, 2] > 0]
    eye = body.vertices_m[eyes].mean(axis=0)
    foot_move, head_move = moves[:, PART[f"foot.{letter}"]], moves[:, PART["head"]]
    return {
        f"{side}_heel": send(foot_move, heel), f"{side}_toe": send(foot_move, toe),
        f"{side}_ear": send(head_move, ear), f"{side}_eye": send(head_move, eye),
    }  # fmt: skip


def _on_body(body: Body) -> Bools:
    on = np.zeros(len(body.vertices_m), bool)
    on[np.unique(body.faces("body"))] = True
    return on


def _nose(body: Body) -> Floats:
    head = body.vertices_m[(body.carried_by("head") > 0.9) & _on_body(body)]
    middle = head[np.abs(head[:, 2]) < 0.01]
    return np.asarray(middle[middle[:, 0].argmax()])


def _head_top(body: Body) -> Floats:
    head = body.vertices_m[(body.carried_by("head") > 0.9) & _on_body(body)]
    return np.asarray(head[head[:, 1].argmax()])
