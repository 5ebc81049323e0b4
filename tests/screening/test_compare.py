"""What results say, and what their error keeps them from saying."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.knowledge.library import library
from lumbar.screening import results
from lumbar.screening.compare import balances, change, latest, norms, references, sides, tell

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def said(lines) -> list[str]:
    return [line.id for line in lines]


@pytest.mark.parametrize(
    ("seconds", "kind"),
    [(100, "none"), (148, "none"), (149, "more"), (52, "none"), (51, "less")],
)
def test_a_change_below_the_measurement_error_is_no_difference_seen(done, seconds, kind) -> None:
    """The widest of the published errors of the back hold: 48.5 s."""
    told = change(done("trunk-extensor-hold", float(seconds), days=1), done("trunk-extensor-hold", 100.0))
    assert told.id == f"screening.change-{kind}"
    assert "48.5 seconds" in told.text


def test_without_a_known_error_a_change_says_nothing(done) -> None:
    told = change(done("plank-hold", 300.0, days=1), done("plank-hold", 10.0))
    assert told.id == "screening.change-unknown"


@pytest.mark.parametrize(
    ("left", "right", "kind", "side"),
    [
        (100.0, 86.0, "none", ""),
        (100.0, 85.0, "seen", "right"),
        (60.0, 100.0, "seen", "left"),
        (100.0, 100.0, "none", ""),
    ],
)
def test_a_side_difference_below_the_limit_is_no_difference_seen(done, left, right, kind, side) -> None:
    told = list(sides(done("side-bridge-hold", left, right)))
    assert said(told) == [f"screening.sides-{kind}", "screening.sides-own"]
    assert side in told[0].text


def test_sides_of_a_test_without_known_error_cannot_be_told_apart(done) -> None:
    assert said(sides(done("active-knee-extension", 10.0, 80.0))) == ["screening.sides-unknown"]
    assert said(sides(done("side-bridge-hold", 0.0, 0.0))) == ["screening.sides-unknown"]


@settings(deadline=None)
@given(st.floats(1, 600), st.floats(1, 600))
def test_swapping_the_sides_swaps_only_the_name(left: float, right: float) -> None:
    one, other = (
        list(sides(results.TestResult("side-bridge-hold", NOON, pair))) for pair in ((left, right), (right, left))
    )
    assert said(one) == said(other)


def test_a_table_from_memory_is_told_of_and_its_numbers_are_not_shown() -> None:
    for test in library().tests.values():
        from_memory = [norm for norm in test.norms if norm.basis == "memory"]
        told = list(norms(test, None))
        text = " ".join(line.text for line in told)
        assert ("screening.norm-memory" in said(told)) is bool(from_memory)
        seen = {f"mean {norm.mean:g}" for norm in test.norms if norm.basis == "seen"}
        for norm in from_memory:
            assert f"mean {norm.mean:g}" in seen or f"mean {norm.mean:g} " not in text


def test_norms_come_with_how_many_and_how_old_or_say_that_it_is_not_known() -> None:
    (bridge, *_) = norms(library().tests["single-leg-bridge-hold"], None)
    assert "77 people" in bridge.text
    (length, *_) = norms(library().tests["active-knee-extension"], "female")
    assert "mean 13.4°, standard deviation 6°" in length.text
    assert "age 18 to 24 years" in length.text
    assert "not given where we read it" in length.text


def test_norms_of_the_other_sex_are_left_out() -> None:
    texts = [line.text for line in norms(library().tests["plank-hold"], "male")]
    assert any("mean 124 seconds" in text for text in texts)
    assert not any("mean 83 seconds" in text for text in texts)


@pytest.mark.parametrize(
    ("sex", "degrees", "kinds"),
    [
        ("male", (33.0, 33.5), ["within", "beyond"]),
        ("female", (23.4, 24.0), ["within", "beyond"]),
    ],
)
def test_hamstring_length_is_within_or_beyond_the_reference(done, sex, degrees, kinds) -> None:
    told = references(done("active-knee-extension", *degrees), sex)
    assert said(told) == [f"screening.{kind}" for kind in kinds]


def test_without_the_sex_there_is_no_reference(done) -> None:
    assert said(references(done("active-knee-extension", 20.0, 20.0), None)) == ["screening.sex-needed"]
    assert said(references(done("plank-hold", 20.0), None)) == []


@pytest.mark.parametrize(
    ("front", "back", "kind"),
    [(100.0, 200.0, "meets"), (100.0, 100.0, "close"), (100.0, 130.0, "close"), (200.0, 100.0, "misses")],
)
def test_a_balance_within_the_error_of_one_hold_is_too_close_to_call(done, front, back, kind) -> None:
    """One back hold wanders by 1.96 SEM: 48.5 s / √2 = 34.3 s."""
    told = balances([done("trunk-flexor-hold", front), done("trunk-extensor-hold", back)])
    assert said(told) == ["screening.balance", f"screening.balance-{kind}"]


def test_a_balance_needs_both_tests(done) -> None:
    assert balances([done("trunk-flexor-hold", 100.0)]) == ()
    assert balances([done("trunk-flexor-hold", 100.0), done("trunk-extensor-hold", 0.0)]) == ()


def test_low_trust_is_said(done) -> None:
    assert "screening.low-trust" in said(tell(done("hip-flexor-length", 5.0, 5.0), None, None))
    assert "screening.trend-only" in said(tell(done("straight-leg-raise", 70.0, 70.0), None, None))


def test_the_newest_result_comes_with_the_one_before(done) -> None:
    first, second, third = (done("plank-hold", 60.0 + day, days=day) for day in range(3))
    assert latest([third, first, second]) == {"plank-hold": (third, second)}
