"""Make the frames that the back's reader learns from: ``python design/back/make_data.py SPLIT FIRST LAST OUT``.

About 0.4 s a clip; writes one file per 100 clips into OUT, and skips those that are there.
"""

import sys
from pathlib import Path

import numpy as np
from sights import JOINTS, Sights, wide_sights

_PER_FILE = 100


def pack(sights: list[Sights]) -> dict[str, np.ndarray]:
    """Return clips as arrays, (clip, frame, …)."""
    return {
        "outline_px": np.stack([one.outline_px for one in sights]).astype(np.float32),
        "joints_px": np.stack([one.joints_px for one in sights]).astype(np.float32),
        "lumbar_rad": np.stack([one.lumbar_rad for one in sights]),
        "thoracic_rad": np.stack([one.thoracic_rad for one in sights]),
        "kind": np.stack([one.kind for one in sights]),
        "time_s": np.stack([one.time_s for one in sights]),
        "stature_px": np.array([one.stature_px for one in sights]),
        "m_per_px": np.array([one.m_per_px for one in sights]),
        "view_deg": np.array([one.case.phone.view_deg for one in sights]),
        "cloth": np.array([one.case.look.cloth for one in sights]),
        "has_belt": np.array([one.case.look.has_belt for one in sights]),
        "style": np.array([one.case.lift.style for one in sights]),
        "body": np.array([one.case.body for one in sights]),
        "joints": np.array(JOINTS),
    }


def main() -> None:
    """Write the clips numbered FIRST to LAST of a split."""
    split, first, last, out = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    out.mkdir(parents=True, exist_ok=True)
    for start in range(first, last, _PER_FILE):
        path = out / f"{split}-{start:06d}.npz"
        if path.exists():
            continue
        sights = [wide_sights(split, number) for number in range(start, min(start + _PER_FILE, last))]
        scratch = path.with_suffix(".part")
        with scratch.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **pack(sights))
        scratch.rename(path)
        print(path.name, flush=True)


if __name__ == "__main__":
    main()
