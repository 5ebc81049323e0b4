"""How bodies differ: heights, masses and lengths of 6,068 people, for ranges where a lifter said nothing.

    python design/load/proportions.py FOLDER

FOLDER holds ``ANSUR_II_MALE_Public.csv`` and ``ANSUR_II_FEMALE_Public.csv`` (US Army, 2012, public release).

Verdict: both sexes together 1.71 ± 0.09 m; mass over height squared 27.0 ± 4.0 kg/m² (15 %); at one stature, the
trunk is spread by 5 %, the hips' breadth by 6 %, the arm by 3 %.
"""

import csv
import sys
from pathlib import Path

import numpy as np

LENGTHS = {
    "trunk, hip to shoulder": lambda of: of("acromialheight") - of("trochanterionheight"),
    "arm, shoulder to wrist": lambda of: of("acromionradialelength") + of("radialestylionlength"),
    "hips' breadth": lambda of: of("bicristalbreadth"),
}


def main(folder: Path) -> None:
    """Print the spreads that ``lumbar.mechanics.person`` and ``seen`` use."""
    rows = []
    for sex in ("MALE", "FEMALE"):
        with (folder / f"ANSUR_II_{sex}_Public.csv").open(encoding="latin-1") as file:
            rows += list(csv.DictReader(file))

    def of(name: str) -> np.ndarray:
        return np.array([float(row[name]) for row in rows])

    height_m, mass_kg = of("stature") / 1000, of("weightkg") / 10
    ratio = mass_kg / height_m**2
    print(f"{len(rows)} people: {height_m.mean():.3f} ± {height_m.std():.3f} m")
    print(
        f"mass over height squared: {ratio.mean():.1f} ± {ratio.std():.1f} kg/m²"
        f" ({100 * ratio.std() / ratio.mean():.0f} %)"
    )
    is_male = np.array([row["Gender"] == "Male" for row in rows])
    for name, length in LENGTHS.items():
        share = length(of) / of("stature")
        within = np.hypot(
            share[is_male].std() * is_male.mean() ** 0.5, share[~is_male].std() * (~is_male).mean() ** 0.5
        )
        print(f"{name}: {share.mean():.3f} of stature, ± {100 * within / share.mean():.1f} % within a sex")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
