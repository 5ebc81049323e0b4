"""Cut the measured stoop lifts to what the tests need.

    uv run --with c3d python design/load/cut_stoop.py FOLDER

FOLDER is the folder ``stoop`` as published by Millard, Sreenivasa & Mombaur 2017 (Front. Robot. AI 4:41; MIT),
repository mjhmilla/MillardSreenivasaMombaur2017, commit cb66a55a. Left and right markers are averaged, which is
what the sagittal plane needs; nothing is smoothed. Writes ``tests/reference/stoop/lifts.npz``.
"""

import sys
from pathlib import Path

import c3d
import numpy as np

OUT = Path(__file__).parents[2] / "tests" / "reference" / "stoop" / "lifts.npz"
MARKERS = {
    "asis": ("LASI", "RASI"),
    "psis": ("LPSI", "RPSI"),
    "c7": ("C7",),
    "clavicle": ("CLAV",),
    "sternum": ("STRN",),
    "t10": ("T10",),
    "head_front": ("LFHD", "RFHD"),
    "head_back": ("LBHD", "RBHD"),
    "elbow": ("LELB", "RELB"),
    "wrist": ("LWRA", "RWRA", "LWRB", "RWRB"),
    "finger": ("LFIN", "RFIN"),
    "knee": ("LKNE", "RKNE"),
    "ankle": ("LANK", "RANK"),
    "heel": ("LHEE", "RHEE"),
    "toe": ("LTOE", "RTOE"),
}


def markers(path: Path) -> np.ndarray:
    """Return the averaged markers (time, marker, 2) in m: forward and up."""
    with path.open("rb") as file:
        reader = c3d.Reader(file)
        names = [label.strip() for label in reader.point_labels]
        frames = np.array([points[:, :3] for _, points, _ in reader.read_frames()]) / 1000
    rows = [frames[:, [names.index(name) for name in group]].mean(axis=1) for group in MARKERS.values()]
    return np.stack(rows, axis=1)[:, :, [0, 2]]


def table(folder: Path, name: str) -> np.ndarray:
    """Return one of the published tables."""
    return np.loadtxt(folder / "2D" / name, delimiter=",")


def lift(folder: Path, number: int) -> dict[str, np.ndarray]:
    """Return one lift: markers, the box, forces on its plate and under the feet, both published moments."""
    points = markers(next((folder / "2D").glob(f"stoop{number}_*_2D.c3d")))
    forces = table(folder, f"stoop{number}_F1Cop1F2Cop2_2D.csv")
    from_below, from_above = (table(folder, f"stoop{number}_l5s1{way}.csv")[:, 2] for way in ("Bu", "Td"))
    return {
        "time_s": forces[:, 0],
        "markers_m": points,
        "box_m": table(folder, f"stoop{number}_15kgBox_2D.csv")[:, 1:3],
        "plate_n": forces[:, [1, 3]],
        "ground_n": forces[:, [7, 9]],
        "pressure_m": forces[:, [10, 12]],
        "from_below_n_m": from_below,
        "from_above_n_m": -from_above,
    }


def main() -> None:
    """Cut all three lifts."""
    folder = Path(sys.argv[1])
    kept = {
        f"stoop{number}_{name}": values if name == "time_s" else values.astype(np.float32)
        for number in (1, 2, 3)
        for name, values in lift(folder, number).items()
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(OUT, markers=np.array(list(MARKERS)), **kept)
    print(f"{OUT.name}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
