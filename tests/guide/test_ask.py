"""Questions in plain words find their answer; what is not known is said to be so."""

import pytest

from lumbar.estimate import Missing
from lumbar.guide.answers import Answer, answers
from lumbar.guide.ask import Answers, ask
from lumbar.guide.search import search


def found(question: str) -> Answers:
    to = ask(question)
    assert isinstance(to, Answers)
    return to


def test_the_question_of_the_issue_is_answered() -> None:
    answer = found("is it normal that my back is sore two days after").first
    assert isinstance(answer, Answer)
    assert answer.id == "normal-soreness"
    assert answer.dots == "●●●○"
    assert {"NC-01", "NC-03"} <= {card.card for card in answer.cited}


def test_two_related_questions_stand_below() -> None:
    assert [answer.id for answer in found("does a belt help").related] == ["prevention", "straps"]


def test_both_sides_are_given_where_the_evidence_is_split() -> None:
    answer = answers()["heat-or-ice"]
    assert [said.cards for said in answer.positions] == [("TX-03",), ("TX-04",)]


@pytest.mark.parametrize(
    "question", ["qqq zzz", "", "  ?! ", "my elbow hurts from curls", "the capital of France"]
)
def test_what_is_not_known_is_said_to_be_so(question: str) -> None:
    to = found(question)
    assert not to.is_known
    assert isinstance(to.first, Missing)
    assert to.related == ()


def test_an_elbow_is_known_when_the_back_is_meant() -> None:
    assert found("my back is sore and my elbow too, is that normal").is_known


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Should I use a BELT?", "should i use a belt"),
        ("ibuprofen for a sore back", "painkillers for a sore back"),
        ("RDLs with a sore back", "romanian deadlifts with a sore back"),
        ("is an x-ray useful", "is an MRI useful"),
    ],
)
def test_words_that_mean_the_same_find_the_same(one: str, other: str) -> None:
    assert search(one)[0].id == search(other)[0].id


def test_every_answer_is_ranked_and_none_below_zero() -> None:
    hits = search("how often should I deadlift")
    assert {hit.id for hit in hits} == answers().keys()
    assert [hit.fit_score for hit in hits] == sorted((hit.fit_score for hit in hits), reverse=True)
    assert hits[-1].fit_score >= 0


def test_under_every_answer_stands_what_belongs_in_the_check_first() -> None:
    assert "numbness" in found("does a belt help").net.text
    assert "lumbar check" in found("qqq zzz").net.text
