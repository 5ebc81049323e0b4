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


@pytest.mark.parametrize("sex", ["male", "female"])
def test_the_same_segment_between_other_ends_weighs_the_same(sex: Sex) -> None:
    for name, segment in DE_LEVA[sex].items():
        stem = name.removesuffix("_cervical").removesuffix("_shoulders")
        for end in ("_styloid_fingers", "_styloid", "_fingers", "_ankle", "_sphyrion"):
            stem = stem.removesuffix(end)
        assert segment.mass_ratio == DE_LEVA[sex][stem].mass_ratio, name
        assert 0 < segment.centre_ratio < 1


@pytest.mark.parametrize(("sex", "share", "centre_m"), [("male", 0.4319, 0.311), ("female", 0.4190, 0.316)])
def test_head_and_trunk_above_the_lower_back(sex: Sex, share: float, centre_m: float) -> None:
    found = head_and_trunk(sex)  # §3.2, rounded to 1e-4 and to 1 mm
    assert found[0] == pytest.approx(share, abs=1e-4)
    assert found[1] == pytest.approx(centre_m, abs=1e-3)


@pytest.mark.parametrize(("sex", "share"), [("male", 0.531), ("female", 0.509)])
def test_more_than_half_of_the_body_hangs_on_the_lower_back(sex: Sex, share: float) -> None:
    assert upper_body(sex, 80, 1.75).mass_kg.sum() / 80 == pytest.approx(share, abs=5e-4)


@pytest.mark.parametrize(("mass_kg", "height_m"), [(20, 1.7), (300, 1.7), (80, 69), (80, 1.0)])
def test_a_body_that_cannot_be_is_named(mass_kg: float, height_m: float) -> None:
    with pytest.raises(ValueRangeError, match="cannot be"):
        upper_body("male", mass_kg, height_m)
