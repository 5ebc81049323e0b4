"""Lengths of segments in statures: their means and their spread among people, for ``PROPORTIONS`` of the fit.

    python design/motion/proportions.py ANSUR_II_MALE_Public.csv ANSUR_II_FEMALE_Public.csv

Means of joint-to-joint lengths are de Leva's (1996, reference/biomechanics §3.2), men 1.741 m, women 1.735 m tall.
Heights of skin landmarks (ANSUR II) are not joint centres, so only their spread between people is taken: of the
length over stature, 4,082 men and 1,986 women together. Arms reach to the grip; under load the shoulder gives
another 0.03 m at 1.75 m (own choice of the synth, ``SHOULDER_DROP_M``). The trunk's means lie between de Leva's
0.296 (to the shoulder of a body lying flat) and 0.268, the usual of the train split's bodies.
"""

import csv
import sys

import numpy as np

#: Segment: (upper landmark, lower landmark or None, de Leva's mean over the sexes in statures or None).
SEGMENTS = {
    "ankle_y": ("lateralmalleolusheight", None, 0.039),
    "shank": ("lateralfemoralepicondyleheight", "lateralmalleolusheight", 0.2493),
    "thigh": ("trochanterionheight", "lateralfemoralepicondyleheight", 0.2425),
    "trunk": ("acromialheight", "trochanterionheight", 0.296),
    "foot": ("footlength", None, 0.152),
    "clearance of the thigh": ("thighclearance", None, None),
}


def main() -> None:
    """Read the tables and print means and spreads."""
    people = []
    for path in sys.argv[1:]:
        with open(path, encoding="latin-1", newline="") as file:  # noqa: PTH123 - a path from the command line
            people += list(csv.DictReader(file))
    stature = np.array([float(one["stature"]) for one in people])
    print(f"{len(people)} people, stature {stature.mean():.0f} ± {stature.std():.0f} mm")
    for name, (upper, lower, de_leva) in SEGMENTS.items():
        length = np.array([float(one[upper]) - (float(one[lower]) if lower else 0.0) for one in people]) / stature
        said = "" if de_leva is None else f"   de Leva {de_leva:.4f}"
        print(f"{name:24} ANSUR {length.mean():.4f} ± {length.std():.4f}{said}")
    reach = np.array([float(one["acromialheight"]) - float(one["wristheight"]) for one in people]) / stature
    print(f"{'arm, acromion to wrist':24} ANSUR {reach.mean():.4f} ± {reach.std():.4f}")


if __name__ == "__main__":
    main()
