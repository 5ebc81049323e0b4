"""Where the mass of head and trunk lies in each body: its volume above L5/S1, by the parts that carry it.

    python design/synth/weigh_bodies.py [OUT.npz]

The lifter's mesh is filled with points 12 mm apart; a point moves with the parts of the skin's vertex next to it.
Those above L5/S1 count, without arms and hands (by their skin). Each part's share and centre are written, at rest,
and :mod:`lumbar.synth.truth` carries them through the lift. So the true moment rests on the body's own shape, not
on the table that the product uses. Printed: how far up that centre lies, as a share of the way from L5/S1 to the
shoulders (de Leva: 0.738 for men, 0.808 for women), and in metres beside what stature alone would say.
"""

import sys
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from lumbar.mechanics.body import head_and_trunk
from lumbar.mechanics.segments import STATURE_M
from lumbar.synth.body import Body, body_names, load_body

STEP_M = 0.012
OUT = Path("src/lumbar/synth/bodies/masses.npz")
ARMS = ("upper_arm", "forearm", "hand", "finger")


def crossings(body: Body, up, right):
    """Yield, for each line ahead at (up, right), where it goes through the skin, m."""
    quads = body.faces("body")
    found = [[] for _ in up]
    lines = np.column_stack([up, right])
    tree = cKDTree(lines)
    for corners in body.vertices_m[np.vstack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])]:
        flat, ahead = corners[:, 1:], corners[:, 0]
        middle = flat.mean(axis=0)
        near = tree.query_ball_point(middle, np.linalg.norm(flat - middle, axis=1).max() + 1e-9)
        edges = np.column_stack([flat[1] - flat[0], flat[2] - flat[0]])
        if not near or abs(np.linalg.det(edges)) < 1e-14:
            continue
        along = np.linalg.solve(edges, (lines[near] - flat[0]).T)
        inside = (along >= 0).all(axis=0) & (along.sum(axis=0) <= 1)
        for line, (one, other) in zip(np.array(near)[inside], along[:, inside].T, strict=True):
            found[line].append(ahead[0] + one * (ahead[1] - ahead[0]) + other * (ahead[2] - ahead[0]))
    return found


def fill(body: Body):
    """Return points (point, 3) inside the skin."""
    shape = body.vertices_m[np.unique(body.faces("body"))]
    # Off any vertex, so that a line meets no edge.
    axes = [np.arange(shape[:, axis].min(), shape[:, axis].max(), STEP_M) + 1e-5 for axis in (1, 2)]
    up, right = (grid.ravel() for grid in np.meshgrid(*axes, indexing="ij"))
    points = []
    for height, side, through in zip(up, right, crossings(body, up, right), strict=True):
        ends = sorted(through)
        for start, end in zip(ends[::2], ends[1::2], strict=False):
            ahead = np.arange(start + STEP_M / 2, end, STEP_M)
            points.append(np.column_stack([ahead, np.full_like(ahead, height), np.full_like(ahead, side)]))
    return np.concatenate(points)


def weigh(body: Body):
    """Return the volume (part,) and the centre (part, 3) of head and trunk above L5/S1, at rest."""
    points = fill(body)
    skin = np.unique(body.faces("body"))
    nearest = skin[cKDTree(body.vertices_m[skin]).query(points)[1]]
    held = (points[:, 1] > body.spine_m[0, 1]) & (body.carried_by(*ARMS)[nearest] < 0.5)
    shares, points = body.skin[nearest[held]].astype(float), points[held]
    volume = shares.sum(axis=0)
    centre = shares.T @ points / np.maximum(volume, 1e-9)[:, None]
    return volume * STEP_M**3, np.where(volume[:, None] > 0, centre, 0.0)


def main(out: Path) -> None:
    """Weigh every body, print what came out, and write it."""
    names, weighed = body_names(), []
    for name in names:
        body = load_body(name)
        volume, centre = weigh(body)
        weighed.append((volume, centre))
        whole = volume @ centre / volume.sum() - body.spine_m[0]
        up_m = (body.sides_m("upperarm01").mean(axis=0) - body.spine_m[0])[1]
        table_m = head_and_trunk(body.sex).centre_m * body.height_m / STATURE_M[body.sex]
        print(
            f"{name} {body.sex:6s} {body.height_m:.3f} m: {volume.sum() * 1000:.1f} l,"
            f" centre {whole[1]:.3f} m up ({table_m:.3f} by stature),"
            f" {whole[1] / up_m:.3f} of the way to the shoulders, {whole[0]:+.3f} m ahead"
        )
    np.savez_compressed(
        out,
        names=np.array(names),
        volume_ml=np.round(np.stack([volume for volume, _ in weighed]) * 1e6).astype(np.int32),
        centre_tenth_mm=np.round(np.stack([centre for _, centre in weighed]) * 1e4).astype(np.int16),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
