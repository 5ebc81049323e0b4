"""What is asked, and what is not: danger first, nothing needless, the same result as asking everything."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import people

from lumbar.bench.people import USUAL, anybody, talk, vignettes
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer
from lumbar.symptoms.asking import Shown, ticked, unknown
from lumbar.symptoms.checkin import AskAgain, AskOver, CheckIn
from lumbar.symptoms.urgency import Urgency, assess

EVERYBODY = pytest.mark.parametrize("person", vignettes(), ids=lambda person: person.id)
#: The issue: an emergency shows in under ten questions.
FEW = 9


def asks_enough(answers: dict[str, Answer]) -> None:
    check = talk(answers)
    assert check.triage.urgency == assess(answers).urgency
    assert check.triage.is_finished
    if check.triage.urgency is Urgency.EMERGENCY_NOW:
        again = len(check.asked_twice) + len(check.settled)
        assert check.asked - again <= FEW


@EVERYBODY
def test_asking_only_what_matters_finds_the_same_level_as_asking_everything(person) -> None:
    asks_enough(person.answers)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(people())
def test_so_it_does_for_anybody_and_an_emergency_shows_in_under_ten_questions(
    person: dict[str, Answer],
) -> None:
    asks_enough(person)


@pytest.mark.slow
@settings(max_examples=4_000, deadline=None)
@given(st.integers(0, 2**64).map(Random))
def test_so_it_does_in_4_000_cases(chance: Random) -> None:
    asks_enough(anybody(chance))


def test_the_first_question_is_about_the_nerves_at_the_end_of_the_spine() -> None:
    first = CheckIn().next()
    assert isinstance(first, Shown)
    assert first.screen.id == "saddle"


def test_an_ordinary_sore_back_needs_eleven_questions() -> None:
    assert talk({**next(p for p in vignettes() if p.id == "V-23").answers}).asked == 11


def test_nothing_is_asked_after_an_emergency() -> None:
    assert CheckIn(answers={"saddle_change": "yes", "bladder_change": DONT_KNOW}).next() is None


def test_not_being_sure_of_a_cauda_equina_sign_is_asked_once_more_and_then_counts() -> None:
    check = CheckIn().with_answers({"bladder_change": DONT_KNOW})
    assert check.next() == AskAgain("bladder_change")
    again = check.with_second_answer("bladder_change", DONT_KNOW)
    assert isinstance(again.next(), Shown)
    assert again.triage.urgency is Urgency.SAME_DAY
    assert check.with_second_answer("bladder_change", "no").triage.floor is Urgency.SELF_CARE


def test_leaving_out_the_question_on_sexual_function_is_not_asked_again() -> None:
    assert isinstance(CheckIn(answers={"sexual_change": DONT_KNOW}).next(), Shown)


def test_answers_that_cannot_both_be_so_are_asked_over_once() -> None:
    check = CheckIn(answers={**USUAL, "pain": 0, "rest_night_pain": "yes"})
    step = check.next()
    assert isinstance(step, AskOver)
    assert step.questions == ("pain", "rest_night_pain")
    assert not isinstance(check.with_settled(step, {}).next(), AskOver)


def legs(*shown: str) -> Shown:
    screen = library().screens["legs"]
    return Shown(screen, tuple(item for item in screen.items if not shown or item.id in shown))


def test_none_of_these_is_the_best_answer_to_each() -> None:
    answers = ticked(legs(), [])
    assert answers["leg_weak"] == "none"
    assert set(answers.values()) == {"none", "no"}


def test_the_worst_ticked_line_counts() -> None:
    answers = ticked(legs(), ["leg_weak_one_stable", "leg_weak_both"])
    assert answers["leg_weak"] == "both"


def test_an_unsure_line_is_not_known_unless_another_line_says_more() -> None:
    assert ticked(legs(), [], ["leg_numb_one"])["leg_numb_one"] == DONT_KNOW
    assert ticked(legs(), ["leg_weak_one_stable"], ["leg_weak_both"])["leg_weak"] == "one"


def test_an_unsure_line_beside_a_ticked_one_is_asked_again() -> None:
    check = CheckIn().with_answers({"leg_weak": "one"}, unsure=["leg_weak"])
    assert check.next() == AskAgain("leg_weak")
    assert check.with_second_answer("leg_weak", DONT_KNOW).answers["leg_weak"] == "one"


def test_knowing_nothing_of_a_list_makes_everything_unknown() -> None:
    assert set(unknown(legs()).values()) == {DONT_KNOW}


def test_an_unsure_sign_counts_in_a_count() -> None:
    shown = Shown(library().screens["tiredness"], library().screens["tiredness"].items)
    assert ticked(shown, ["myeloma_tired"], ["myeloma_thirst"]) == {"myeloma_items": 2}
