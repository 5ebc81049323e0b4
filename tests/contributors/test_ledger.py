"""The ledger: what it says of each contributor alone, in which order, and what it must never say."""

import re
from dataclasses import replace
from datetime import UTC
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbar.contributors.evidence import Evidence
from lumbar.contributors.ledger import Contributor, Ledger, Strength, ledger
from lumbar.estimate import Missing
from lumbar.knowledge.library import library
from lumbar.knowledge.words import faults_of
from lumbar.screening import results
from lumbar.synth.logbook import draw_logbook
from lumbar.synth.soreness import DRIVERS

from .logs import ROUND, at, filmed, noted, pulled, weighed

#: Any share in words or signs.
PERCENT = re.compile(r"%|per ?cent\b|percentage", re.IGNORECASE)

ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "age": st.integers(18, 90),
        "poor_sleep": st.sampled_from(["yes", "no", "dk"]),
        "work_lifting": st.sampled_from(["yes", "no", "dk"]),
        "worry": st.one_of(st.integers(0, 10), st.just("dk")),
        "earlier_episodes": st.integers(0, 9),
        "height_cm": st.integers(150, 200),
        "mass_kg": st.integers(50, 150),
        "reds": st.sampled_from(["yes", "no", "dk"]),
        "new_effort": st.sampled_from(["yes", "no", "dk"]),
        "pain": st.integers(0, 10),
    },
)
MONTH = [pulled(day) for day in range(0, 35, 7)]


def line(found: Ledger, name: str) -> Contributor:
    return next(each for each in found.contributors if each.id == name)


def said(each: Contributor) -> list[str]:
    return [one.id for one in each.yours]


def done(test: str, *values: float, day: float = 30) -> results.TestResult:
    return results.TestResult(test, at(day).replace(tzinfo=UTC), values)


def test_without_data_everything_is_listed_and_nothing_is_known() -> None:
    found = ledger(Evidence(at(0)))
    assert {each.id for each in found.contributors} == set(library().contributors)
    assert {each.strength for each in found.contributors} == {Strength.UNKNOWN}
    assert {each.strength.dots for each in found.contributors} == {None}
    assert found.headline.id == "ledger.not-enough"
    assert found.named == ()
    assert [step.id for step in found.steps] == [
        "step.log-four-weeks", "step.film-one-set", "step.note-every-session", "step.do-two-tests",
        "step.answer-questions",
    ]  # fmt: skip


def test_the_guides_four_causes_and_four_factors_have_their_place() -> None:
    places = {each.guide for each in library().contributors.values()}
    assert places - {None} == {f"cause-{n}" for n in range(1, 5)} | {f"factor-{n}" for n in range(1, 5)}
    beyond = {each.id for each in library().contributors.values() if each.group == "beyond-guide"}
    assert beyond == {"novelty", "poor-sleep", "stress", "work-lifting"}


def test_a_jump_before_the_soreness_has_two_dots_and_its_numbers() -> None:
    found = ledger(Evidence(at(37), weighed(*MONTH, pulled(35, sets=5)), (noted(35, 4),)))
    load = found.contributors[0]
    assert (load.id, load.strength, load.strength.dots) == ("load", Strength.TIMED, 2)
    assert load.yours[0].text.startswith("6 April 2026: 1.67 times the deadlift volume")
    assert said(load) == ["yours.load-volume", "yours.load-back"]
    assert isinstance(load.matched.more_score if load.matched else None, Missing)
    assert found.named == ()


def test_a_usual_session_before_the_soreness_speaks_against_load() -> None:
    found = ledger(Evidence(at(37), weighed(*MONTH, pulled(35)), (noted(35, 4),)))
    assert line(found, "load").strength is Strength.QUIET
    assert said(line(found, "load")) == ["yours.load-usual"]


def test_the_first_pull_after_a_lay_off_is_novelty_and_load_is_not_known() -> None:
    found = ledger(Evidence(at(82), weighed(*MONTH, pulled(80)), (noted(80, 5),)))
    assert found.contributors[0].id == "novelty"
    assert said(found.contributors[0]) == ["yours.novelty-gap"]
    assert "after 52 days" in found.contributors[0].yours[0].text
    assert line(found, "load").strength is Strength.UNKNOWN


def test_novelty_can_be_said_without_a_log() -> None:
    found = ledger(Evidence(at(0), answers={"new_effort": "yes"}))
    assert (found.contributors[0].id, found.contributors[0].strength) == ("novelty", Strength.TIMED)


def test_the_diary_can_say_that_the_session_was_new() -> None:
    found = ledger(Evidence(at(2), weighed(pulled(0)), (noted(0, 4, new_effort="yes"),)))
    assert said(found.contributors[0]) == ["yours.novelty-said"]
    assert found.contributors[0].strength is Strength.TIMED


@pytest.mark.parametrize(
    ("film", "strength"),
    [
        (filmed(35, ROUND), Strength.TIMED),
        (filmed(28, ROUND), Strength.THERE),
        (filmed(35, replace(ROUND, is_clear=False)), Strength.THERE),
        (filmed(35), Strength.QUIET),
    ],
    ids=["then", "another day", "perhaps", "nothing seen"],
)
def test_film_counts_by_what_it_shows_and_when(film, strength: Strength) -> None:
    found = ledger(Evidence(at(37), weighed(*MONTH, pulled(35)), (noted(35, 4),), (film,)))
    assert line(found, "form").strength is strength


def test_film_of_another_day_says_so() -> None:
    found = ledger(Evidence(at(37), weighed(*MONTH, pulled(35)), (noted(35, 4),), (filmed(28, ROUND),)))
    assert said(line(found, "form")) == ["yours.form-clear", "yours.form-other-day"]


@pytest.mark.parametrize(
    ("tests", "sex", "strength"),
    [
        ([done("plank-hold", 40)], "female", Strength.THERE),
        ([done("plank-hold", 42)], "female", Strength.QUIET),
        ([done("plank-hold", 61)], "male", Strength.THERE),
        ([done("trunk-extensor-hold", 50)], None, Strength.THERE),
        ([done("trunk-extensor-hold", 51)], None, Strength.QUIET),
        ([done("plank-hold", 40, day=-160)], "female", Strength.UNKNOWN),
    ],
)
def test_a_hold_under_half_of_what_others_held_is_short(tests, sex, strength: Strength) -> None:
    """Means that were read: planks of 83 s (women) and 124 s (men) by SC-08, back holds of 101 s by SC-04."""
    found = ledger(Evidence(at(37), results=tuple(tests), sex=sex))
    assert line(found, "trunk-endurance").strength is strength


@pytest.mark.parametrize(
    ("tests", "strength"),
    [
        ([done("side-bridge-hold", 60, 40)], Strength.THERE),
        ([done("side-bridge-hold", 60, 58)], Strength.QUIET),
        ([done("active-knee-extension", 40, 30)], Strength.THERE),
        ([done("active-knee-extension", 20, 20)], Strength.QUIET),
        ([done("side-bridge-hold", 100, 100), done("trunk-extensor-hold", 60)], Strength.THERE),
        ([done("plank-hold", 60)], Strength.UNKNOWN),
    ],
)
def test_balance_is_seen_in_sides_lengths_and_ratios(tests, strength: Strength) -> None:
    found = ledger(Evidence(at(37), results=tuple(tests), sex="male"))
    assert line(found, "balance").strength is strength


@pytest.mark.parametrize(
    ("name", "so", "not_so"),
    [
        ("poor-sleep", {"poor_sleep": "yes"}, {"poor_sleep": "no"}),
        ("work-lifting", {"work_lifting": "yes"}, {"work_lifting": "no"}),
        ("stress", {"worry": 4}, {"worry": 3}),
        ("earlier-pain", {"earlier_episodes": 1}, {"earlier_episodes": 0}),
        ("body-weight", {"height_cm": 180, "mass_kg": 98}, {"height_cm": 180, "mass_kg": 97}),
        ("food", {"reds": "yes"}, {"reds": "no"}),
    ],
)
def test_what_is_so_for_a_lifter_has_one_dot_and_never_more(name: str, so: dict, not_so: dict) -> None:
    assert line(ledger(Evidence(at(0), answers=so)), name).strength is Strength.THERE
    assert ledger(Evidence(at(0), answers=so)).contributors[0].id == name
    assert line(ledger(Evidence(at(0), answers=not_so)), name).strength is Strength.QUIET


def test_age_is_never_held_against_a_lifter() -> None:
    found = ledger(Evidence(at(0), answers={"age": 77}))
    assert line(found, "age").strength is Strength.QUIET
    assert "less sore" in line(found, "age").known.text


def test_poor_sleep_before_the_session_is_timed() -> None:
    night = replace(
        noted(35, 0), at=at(34.5).replace(tzinfo=UTC), session_at=None, answers={"sleep": 3, "pain": 0}
    )
    found = ledger(Evidence(at(37), weighed(*MONTH, pulled(35)), (night, noted(35, 4))))
    assert (found.contributors[0].id, found.contributors[0].strength) == ("poor-sleep", Strength.TIMED)


@pytest.mark.parametrize(
    ("is_now", "strength"), [(True, Strength.REPEATS), (False, Strength.USUAL)], ids=["now", "not now"]
)
def test_what_repeats_in_the_log_stands_out(*, is_now: bool, strength: Strength) -> None:
    shown = [place % 3 == 2 for place in range(18)] + [is_now]
    films = tuple(filmed(7 * place, *((ROUND,) if seen else ())) for place, seen in enumerate(shown))
    felt = [5 if seen else 1 for seen in shown[:-1]] + [5]
    diary = tuple(noted(7 * place, points) for place, points in enumerate(felt))
    sessions = weighed(*(pulled(7 * place) for place in range(19)))
    found = ledger(Evidence(at(7 * 18 + 2), sessions, diary, films))
    assert (found.contributors[0].id, found.contributors[0].strength) == ("form", strength)
    assert found.headline.id == "ledger.stands-out"
    assert "Form" in found.headline.text


def test_each_line_has_its_three_columns_with_cards_and_grades() -> None:
    for each in ledger(Evidence(at(0))).contributors:
        assert each.yours
        assert each.known.cards
        assert each.change.text.startswith({"yes": "Yes", "partly": "Partly", "no": "No"}[each.changeable])
        for effect in each.effects:
            assert effect.grade == library().cards[effect.card].grade
            assert f"{effect.card} ({effect.grade})" in effect.said.text


def check_words(found: Ledger) -> None:
    for one in found.sentences:
        assert one.cards, one.id
        assert not PERCENT.search(one.text), one.text
        assert not list(faults_of(one.text, library().forbidden.values())), one.text


@settings(max_examples=40, deadline=None)
@given(ANSWERS)
def test_no_answer_brings_up_a_percentage_or_a_sentence_without_a_card(answers: dict) -> None:
    evidence = Evidence(at(37), weighed(*MONTH, pulled(35, sets=5)), (noted(35, 4),), (filmed(35, ROUND),))
    found = ledger(replace(evidence, answers=answers))
    check_words(found)
    assert len(found.contributors) == len(library().contributors)
    ranks = [each.strength.rank for each in found.contributors]
    assert ranks == sorted(ranks, reverse=True)


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 50), st.sampled_from(DRIVERS), st.integers(4, 40), st.randoms(use_true_random=False))
def test_the_order_in_which_the_data_come_changes_nothing(number: int, driver, weeks: int, chance: Random) -> None:
    evidence = draw_logbook("train", number, driver, weeks=40).after(weeks)
    pieces = {name: list(getattr(evidence, name)) for name in ("sessions", "diary", "filmed")}
    for piece in pieces.values():
        chance.shuffle(piece)
    mixed = replace(evidence, **{name: tuple(piece) for name, piece in pieces.items()})
    found = ledger(evidence)
    assert ledger(mixed) == found
    check_words(found)
