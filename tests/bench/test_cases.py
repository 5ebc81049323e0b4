"""The clips of the bench are fixed, of the report split alone, and told apart by what they are."""

from dataclasses import replace

import pytest

from lumbar.bench.cases import BANDS, band_of, cases_of, traits_of
from lumbar.synth.case import Case, Phone, Spoil
from lumbar.synth.run import cases_for
from lumbar.synth.splits import load_split


@pytest.mark.parametrize("source", ["rendered", "fast", "quick"])
def test_all_clips_are_of_the_report_split_and_each_stands_once(source: str) -> None:
    held = load_split("report")
    cases = cases_of(source)  # type: ignore[arg-type]
    assert {case.body for case in cases} <= set(held.bodies)
    assert all(held.first_seed <= case.seed < held.first_seed + held.seeds for case in cases)
    assert len({case.name for case in cases}) == len(cases)


def test_the_rendered_ones_are_what_synth_draws() -> None:
    cases = cases_of("rendered")
    assert cases == cases_for("report", 1, len(cases))


def test_most_fast_clips_have_the_view_that_is_promised_and_all_bands_have_some() -> None:
    bands = [band_of(case.phone.view_deg) for case in cases_of("fast")]
    assert bands.count("80-120") > len(bands) / 2
    assert min(bands.count(band) for band in BANDS) >= 14


@pytest.mark.parametrize(
    ("view_deg", "band"),
    [(0, "front"), (44.9, "front"), (45, "45-80"), (80, "80-120"), (120, "120-150"), (180, "rear")],
)
def test_a_view_lies_in_one_band(view_deg: float, band: str) -> None:
    assert band_of(view_deg) == band


@pytest.mark.parametrize(
    ("share", "hidden"), [(0.0, "hidden ≤ 10 %"), (0.25, "hidden 10-40 %"), (0.9, "hidden > 40 %")]
)
def test_what_the_plate_hides_is_a_stratum(share: float, hidden: str) -> None:
    assert traits_of(Case("one"), share).hidden == hidden


def test_faults_of_a_picture_are_counted() -> None:
    clean = Case("one", phone=Phone(shake_deg=0.02), spoil=Spoil(exposure=1.0, crf=22))
    assert traits_of(clean, 0).picture == "clean picture"
    shaken = replace(clean, phone=Phone(shake_deg=0.3))
    assert traits_of(shaken, 0).picture == "1 fault"
    assert traits_of(replace(shaken, spoil=Spoil(crf=33)), 0).picture == "2+ faults"
