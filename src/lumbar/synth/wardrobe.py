"""What a body wears and how it is coloured: skin, hair, shoes, shirt, shorts, belt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbar.arrays import Bools, Floats
from lumbar.synth.body import Body
from lumbar.synth.case import Look

_SKINS = ((224, 172, 140), (198, 134, 98), (141, 92, 62), (92, 58, 40))
_HAIRS = ((38, 28, 22), (70, 46, 28), (24, 22, 24), (120, 84, 40))
_SHOES = ((30, 30, 34), (210, 210, 210), (150, 30, 30))
_CLOTHS = ((40, 90, 160), (60, 60, 64), (190, 40, 40), (230, 230, 225), (30, 110, 70), (150, 120, 40))

#: How wide a lifting belt is (m): 10 cm at most (IPF rule book).
_BELT_M = 0.10
#: How far each kind of cloth stands off the skin (m), how deep its folds are, and how far it hangs where it
#: may: own choice, by eye.
CLOTHS = {
    "bare": (0.0, 0.0, 0.0),
    "tight": (0.003, 0.0, 0.0),
    "loose": (0.010, 0.006, 0.025),
    "draped": (0.016, 0.010, 0.06),
}


@dataclass(frozen=True, slots=True, eq=False)
class Garment:
    """A surface to draw: its vertices among the body's, its faces among those, a colour for each vertex."""

    name: str
    vertices: NDArray[np.int64]
    faces: NDArray[np.int64]
    colours: Floats
    off_m: Floats
    folds_m: Floats
    hangs_m: Floats


def dress(body: Body, look: Look) -> list[Garment]:
    """Return the surfaces of a dressed body, in the order in which they cover each other."""
    rng = np.random.default_rng([look.seed, 17])
    colours, thickness = _skin_and_hair(body, rng)
    first, second = rng.permutation(len(_CLOTHS))[:2]
    garments = [_garment("skin", body.faces("body"), colours, thickness)]
    eyes = _eyes(body)
    garments.append(_garment("eyes", body.faces("eyes"), eyes, np.zeros(len(eyes))))
    tights = body.faces("tights")
    is_loose = look.cloth in ("loose", "draped")
    shirt, shorts = _cuts(body, tucked=not is_loose)
    size = CLOTHS[look.cloth]
    if look.has_shorts:
        # Under a loose shirt, over a tight one that is tucked in: two cloths never share a surface.
        under = (0.004, 0.0, 0.0) if is_loose else (0.007, 0.0, 0.0)
        garments.append(_cloth("shorts", body, tights[shorts], np.array(_CLOTHS[second]) * 0.6, under, rng))
    if look.cloth != "bare":
        garments.append(_cloth("shirt", body, tights[shirt], np.array(_CLOTHS[first]), size, rng))
    if look.has_belt:
        over = (size[0] + 0.010, 0.0, 0.0)
        garments.append(_cloth("belt", body, tights[_belt(body)], np.array([46, 34, 28]), over, rng))
    return garments


def _garment(name: str, faces: NDArray[np.int64], colours: Floats, off: Floats) -> Garment:
    vertices, inverse = np.unique(faces, return_inverse=True)
    none = np.zeros(len(vertices))
    return Garment(name, vertices, inverse.reshape(faces.shape), colours[vertices], off[vertices], none, none)


def _cloth(
    name: str,
    body: Body,
    faces: NDArray[np.int64],
    colour: Floats,
    size_m: tuple[float, float, float],
    rng: np.random.Generator,
) -> Garment:
    off, folds, hangs = size_m
    vertices, inverse = np.unique(faces, return_inverse=True)
    around = body.vertices_m[vertices]
    waves = np.zeros(len(vertices))
    for _ in range(6):
        direction = rng.standard_normal(3) * [1.0, 0.5, 1.0]
        waves += np.sin(around @ direction * rng.uniform(14, 34) + rng.uniform(0, 6.3))
    shade = 1 + 0.05 * waves[:, None] / 3 if folds else 1 + 0 * waves[:, None]
    return Garment(
        name, vertices, inverse.reshape(faces.shape), colour * shade, np.full(len(vertices), off),
        folds * waves / 3, np.full(len(vertices), hangs),
    )  # fmt: skip


def wear(garment: Garment, skin_m: Floats, normals: Floats) -> Floats:
    """Return a garment's vertices on a posed body: off the skin, folded, hanging down where it faces down."""
    normal = normals[garment.vertices]
    down = np.clip(-normal[:, 1], 0, 1)
    away = garment.off_m + np.maximum(garment.folds_m, -0.4 * garment.off_m)
    worn = skin_m[garment.vertices] + away[:, None] * normal
    worn[:, 1] -= garment.hangs_m * down
    return worn


def surface_normals(points_m: Floats, faces: NDArray[np.int64]) -> Floats:
    """Return the normal of each vertex, weighted by the area of its faces."""
    normals = np.zeros((len(points_m), 3))
    for triangle in (faces[:, :3], faces[:, [0, 2, 3]]):
        a, b, c = (points_m[triangle[:, corner]] for corner in range(3))
        across = np.cross(b - a, c - a)
        for axis in range(3):
            total = np.bincount(triangle.ravel(), np.repeat(across[:, axis], 3), len(points_m))
            normals[:, axis] += total
    normals /= np.linalg.norm(normals, axis=1, keepdims=True) + 1e-12
    return normals


# -- where things are on a body ----------------------------------------------------------------------------


def _cuts(body: Body, *, tucked: bool) -> tuple[Bools, Bools]:
    """Return which faces of the tights make a T-shirt and which make shorts."""
    faces = body.faces("tights")
    scale = body.height_m / 1.75
    middle = body.vertices_m[faces].mean(axis=1)
    arms = body.carried_by("upper_arm", "forearm", "hand", "shoulder")[faces].mean(axis=1) > 0.5
    hip, neck = body.bone_m("upperleg01.L")[1], body.bone_m("neck01")[1]
    sleeve = abs(body.bone_m("upperarm01.L")[2]) * 0.4 + abs(body.bone_m("lowerarm01.L")[2]) * 0.6
    hem = hip + (0.05 if tucked else -0.07) * scale
    torso = (middle[:, 1] > hem) & (middle[:, 1] < neck + 0.02) & ~arms
    shirt = torso | (arms & (np.abs(middle[:, 2]) < sleeve))
    knee = body.bone_m("lowerleg01.L")[1]
    shorts = (middle[:, 1] < hip + 0.10 * scale) & (middle[:, 1] > knee + 0.10 * scale) & ~arms
    return shirt, shorts


def _belt(body: Body) -> Bools:
    faces = body.faces("tights")
    middle = body.vertices_m[faces].mean(axis=1)
    arms = body.carried_by("upper_arm", "forearm", "hand", "shoulder")[faces].mean(axis=1) > 0.5
    waist = np.abs(middle[:, 1] - body.spine_m[2, 1]) < _BELT_M / 2
    return np.asarray(waist & ~arms)


def _skin_and_hair(body: Body, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return the colours (vertex, 3) of the skin's surface and how far hair and shoes stand off it."""
    points, scale = body.vertices_m, body.height_m / 1.75
    colours = np.tile(np.array(_SKINS[rng.integers(4)], float), (len(points), 1))
    colours += rng.normal(0, 4, (len(points), 1))
    thickness = np.zeros(len(points))
    neck = body.bone_m("head")
    own = np.unique(body.faces("body"))
    top = points[own, 1].max()
    head = points[:, 1] > neck[1] - 0.03
    arms = body.carried_by("upper_arm", "forearm", "hand", "shoulder") > 0.1
    behind = (points[:, 0] < neck[0] - 0.01 * scale) & (points[:, 1] > neck[1] + 0.01)
    hair = head & (behind | (points[:, 1] > top - 0.055 * scale)) & ~arms
    hair &= ~(head & (np.abs(points[:, 2]) > 0.072 * scale) & (points[:, 1] < neck[1] + 0.10 * scale))
    colours[hair], thickness[hair] = _HAIRS[rng.integers(4)], 0.010
    shoes = (body.carried_by("foot") > 0.6) & (points[:, 1] < body.bone_m("foot.L")[1] + 0.005)
    colours[shoes], thickness[shoes] = _SHOES[rng.integers(3)], 0.006
    eyes = points[np.unique(body.faces("eyes"))].mean(axis=0)
    brows = head & (points[:, 0] > neck[0] + 0.07) & (np.abs(points[:, 1] - eyes[1] - 0.022) < 0.004)
    colours[brows] *= 0.45
    lips = head & (points[:, 0] > neck[0] + 0.09) & (np.abs(points[:, 1] - eyes[1] + 0.068) < 0.009)
    lips &= np.abs(points[:, 2]) < 0.028
    colours[lips] *= [0.85, 0.6, 0.6]
    return colours, thickness


def _eyes(body: Body) -> Floats:
    colours = np.full((len(body.vertices_m), 3), 235.0)
    eyes = np.unique(body.faces("eyes"))
    front = body.vertices_m[eyes, 0] > np.quantile(body.vertices_m[eyes, 0], 0.85)
    colours[eyes[front]] = [40, 30, 25]
    return colours
