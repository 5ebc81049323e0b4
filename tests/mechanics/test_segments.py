import csv
from pathlib import Path

import numpy as np
import pytest

from lumbar.errors import ValueRangeError
from lumbar.mechanics.body import head_and_trunk, upper_body
from lumbar.mechanics.segments import DE_LEVA, Sex

LIMBS = ("upper_arm", "forearm", "hand", "thigh", "shank", "foot")


@pytest.mark.parametrize(("sex", "whole"), [("male", 1.0000), ("female", 0.9999)])
def test_a_body_s_segments_make_the_body(sex: Sex, whole: float) -> None:
    table = DE_LEVA[sex]  # the table's own invariant, §4.1, to its last digit
    total = (
        table["head"].mass_ratio + table["trunk"].mass_ratio + 2 * sum(table[name].mass_ratio for name in LIMBS)
    )
    assert total == pytest.approx(whole, abs=5e-5)


@pytest.mark.parametrize(("sex", "trunk"), [("male", 0.4346), ("female", 0.4257)])
def test_three_parts_make_the_trunk(sex: Sex, trunk: float) -> None:
    table = DE_LEVA[sex]
    assert sum(table[f"{part}_trunk"].mass_ratio for part in ("upper", "mid", "lower")) == pytest.approx(
        trunk, abs=1e-9
    )
    assert sum(table[f"{part}_trunk"].length_m for part in ("upper", "mid", "lower")) == pytest.approx(
        table["trunk"].length_m, abs=1e-6
    )


@pytest.mark.parametrize(("sex", "share", "centre_m"), [("male", 0.4319, 0.311), ("female", 0.4190, 0.316)])
def test_head_and_trunk_above_the_lower_back(sex: Sex, share: float, centre_m: float) -> None:
    found = head_and_trunk(sex)  # §3.2, rounded to 1e-4 and to 1 mm
    assert found.mass_ratio == pytest.approx(share, abs=1e-4)
    assert found.centre_m == pytest.approx(centre_m, abs=1e-3)


@pytest.mark.parametrize("sex", ["male", "female"])
def test_the_parts_that_one_body_is_made_of_turn_as_the_whole_does(sex: Sex) -> None:
    # De Leva has the radius of the whole trunk, and those of its thirds: the parallel axes of ours must give it.
    table = DE_LEVA[sex]
    low, mid, up = (table[name] for name in ("lower_trunk", "mid_trunk", "upper_trunk"))
    heights = (1 - low.centre_ratio) * low.length_m, low.length_m + (1 - mid.centre_ratio) * mid.length_m, (
        low.length_m + mid.length_m + (1 - up.centre_ratio) * up.length_m
    )  # fmt: skip
    masses = np.array([part.mass_ratio for part in (low, mid, up)])
    radii = np.array([part.gyration_ratio[1] * part.length_m for part in (low, mid, up)])
    middle = masses @ heights / masses.sum()
    whole = np.sqrt(masses @ (radii**2 + (np.array(heights) - middle) ** 2) / masses.sum())
    assert whole == pytest.approx(table["trunk"].gyration_ratio[1] * table["trunk"].length_m, rel=0.02)
    # With the head on top and the pelvis cut off, ours lies farther up and reaches farther.
    assert head_and_trunk(sex).gyration_m > whole


@pytest.mark.parametrize(("sex", "share"), [("male", 0.531), ("female", 0.509)])
def test_more_than_half_of_the_body_hangs_on_the_lower_back(sex: Sex, share: float) -> None:
    assert upper_body(sex, 80).mass_kg.sum() / 80 == pytest.approx(share, abs=5e-4)


@pytest.mark.parametrize("mass_kg", [20, 300])
def test_a_body_that_cannot_be_is_named(mass_kg: float) -> None:
    with pytest.raises(ValueRangeError, match="cannot be"):
        upper_body("male", mass_kg)


#: The same segment between other endpoints, and what it is called between its usual ones.
ALIASES = {
    "head_cervical": "head", "trunk_cervical": "trunk", "trunk_shoulders": "trunk",
    "upper_trunk_cervical": "upper_trunk", "forearm_styloid": "forearm", "hand_fingers": "hand",
    "hand_styloid_fingers": "hand", "hand_styloid": "hand", "shank_ankle": "shank", "shank_sphyrion": "shank",
}  # fmt: skip


def test_every_number_is_the_one_that_others_have() -> None:
    # Not our own transcription: tests/reference/deleva/README.md.
    with (Path(__file__).parents[1] / "reference/deleva/segments.csv").open(encoding="utf-8") as held:
        rows = list(csv.DictReader(held))
    assert len(rows) == 42
    assert len({(row["sex"], row["ends"]) for row in rows}) == 42
    for row in rows:
        sex: Sex = "male" if row["sex"] == "male" else "female"
        ours = next(segment for segment in DE_LEVA[sex].values() if segment.ends == row["ends"])
        theirs = [float(row[name]) for name in list(row)[2:]]
        assert [ours.mass_ratio, ours.centre_ratio, *ours.gyration_ratio] == theirs, (row["sex"], row["ends"])


@pytest.mark.parametrize("sex", ["male", "female"])
def test_lengths_and_shares_of_one_segment_belong_together(sex: Sex) -> None:
    # Between other endpoints a segment is as heavy, turns as hard, and has its centre where it was.
    for name, usual in ALIASES.items():
        one, other = DE_LEVA[sex][name], DE_LEVA[sex][usual]
        rounding_m = 0.0005 * (one.length_m + other.length_m)  # the shares are given to a thousandth
        assert one.mass_ratio == other.mass_ratio, name
        for mine, its in zip(one.gyration_ratio, other.gyration_ratio, strict=True):
            assert mine * one.length_m == pytest.approx(its * other.length_m, abs=rounding_m), name
        (start, end), (its_start, its_end) = one.ends.split("–"), other.ends.split("–")
        from_start, its_from_start = one.centre_ratio * one.length_m, other.centre_ratio * other.length_m
        if start == its_start:
            assert from_start == pytest.approx(its_from_start, abs=1e-4), name
        elif end == its_end:
            assert one.length_m - from_start == pytest.approx(other.length_m - its_from_start, abs=1e-4), name
