"""Personal factors: sizes with sources, and what each does not mean."""

import pytest

from lumbar.knowledge.library import library
from lumbar.screening.factors import told, with_body_mass_index


def by_id(answers=None):
    return {entry.factor.id: entry for entry in told(answers or {})}


def test_every_factor_of_the_issue_is_there_with_size_source_and_limit() -> None:
    wanted = {
        "age-years", "earlier-episodes", "body-mass", "smoking", "sleep", "stress-and-mood", "work",
        "energy-intake", "calcium", "vitamin-d",
    }  # fmt: skip
    entries = by_id()
    assert wanted <= entries.keys()
    for entry in entries.values():
        assert entry.sizes
        assert entry.sources
        assert " not " in f" {entry.does_not_mean.text} " or " no " in f" {entry.does_not_mean.text} "


#: Card → odds ratio or risk ratio with its interval, as the evidence file prints it.
@pytest.mark.parametrize(
    ("factor", "size"),
    [
        ("earlier-episodes", "odds ratio 3.18 (2.11 to 4.78), NC-10 (B)"),
        ("body-mass", "odds ratio 1.36 (1.18 to 1.57), FA-02 (A)"),
        ("smoking", "odds ratio 1.31 (1.11 to 1.55), FA-06 (A)"),
        ("sleep", "odds ratio 1.4 (1.1 to 1.71), FA-07 (B)"),
        ("work", "odds ratio 1.7 (1.4 to 2.2), FA-11 (B)"),
        ("activity", "risk ratio 0.9 (0.85 to 0.96), FA-12 (A)"),
    ],
)
def test_the_sizes_are_those_of_the_evidence_file(factor: str, size: str) -> None:
    assert any(size in said.text for said in by_id()[factor].sizes)


def test_what_age_mass_and_supplements_do_not_mean_is_said() -> None:
    entries = by_id()
    assert "older adults report less soreness" in entries["age-years"].does_not_mean.text
    assert "misjudges lifters" in entries["body-mass"].does_not_mean.text
    assert "no remedy" in entries["calcium"].does_not_mean.text
    assert "no link to soreness" in entries["vitamin-d"].does_not_mean.text


@pytest.mark.parametrize(
    ("answers", "factor", "is_yours"),
    [
        ({"smoking": "now"}, "smoking", True),
        ({"smoking": "before"}, "smoking", False),
        ({"smoking": "dk"}, "smoking", None),
        ({}, "smoking", None),
        ({"earlier_episodes": 3}, "earlier-episodes", True),
        ({"earlier_episodes": 2}, "earlier-episodes", False),
        ({"height_cm": 180, "mass_kg": 81}, "body-mass", True),
        ({"height_cm": 180, "mass_kg": 80}, "body-mass", False),
        ({"height_cm": 180}, "body-mass", None),
    ],
)
def test_what_was_not_answered_is_not_no(answers, factor, is_yours) -> None:
    assert by_id(answers)[factor].is_yours is is_yours


def test_what_the_lifter_named_comes_first() -> None:
    assert told({"poor_sleep": "yes"})[0].factor.id == "sleep"


def test_the_body_mass_index_follows_from_height_and_mass() -> None:
    assert with_body_mass_index({"height_cm": 180, "mass_kg": 100})["body_mass_index"] == 30
    assert with_body_mass_index({"height_cm": 230, "mass_kg": 30})["body_mass_index"] == 10
    assert "body_mass_index" not in with_body_mass_index({"mass_kg": 100, "height_cm": "dk"})


def test_no_figure_that_was_never_read_is_printed() -> None:
    """Part E of the evidence file: the odds ratio of depression, and any dose of a supplement to take."""
    text = " ".join(said.text for entry in told({}) for said in entry.sizes)
    assert "1.6 " not in text
    assert "FA-14" in text
    assert library().factors["vitamin-d"].questions == ()
