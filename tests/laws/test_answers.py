"""Every answer is cited, three sentences long, no surer than its cards; every part of the guide has its place."""

from collections.abc import Iterator

import pytest

from lumbar.guide.answers import Answer, answers
from lumbar.guide.ask import Answers, GoToCheck, ask
from lumbar.guide.claims import judged_claims
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said
from lumbar.symptoms.urgency import Urgency, assess

#: The guide's questions, each with the answer that is its own.
GUIDE_QUESTIONS = {"question-1": "normal-soreness", "question-2": "how-long", "question-3": "lasting-pain"}
#: What the issue names, by the ids of the answers.
NAMED_IN_THE_ISSUE = {
    "sore-or-injured", "belt", "sumo-or-conventional", "rounding", "train-while-sore", "heat-or-ice", "how-often",
    "mri", "age",
}  # fmt: skip


def everything_said() -> Iterator[Said]:
    for answer in answers().values():
        yield from answer.sentences


@pytest.fixture(params=answers().values(), ids=lambda answer: answer.id)
def answer(request: pytest.FixtureRequest) -> Answer:
    return request.param


def test_there_are_the_guides_questions_and_forty_more() -> None:
    assert set(GUIDE_QUESTIONS.values()) | NAMED_IN_THE_ISSUE <= answers().keys()
    assert len(answers()) >= len(GUIDE_QUESTIONS) + 40
    known = [answer for answer in answers().values() if answer.grade != "none"]
    assert len(known) >= 60


def test_no_sentence_is_without_a_source() -> None:
    for said in everything_said():
        assert said.cards, said.id
        assert all(library().cards[card].sources for card in said.cards), said.id


def test_an_answer_has_three_sentences_evidence_and_two_sides_or_none(answer: Answer) -> None:
    assert len(answer.short) == 3
    assert len(answer.positions) in {0, 2}
    assert answer.evidence.text
    assert answer.cited


def test_an_answer_is_no_surer_than_its_best_card(answer: Answer) -> None:
    if answer.grade != "none":
        grades = {library().cards[card].grade for said in answer.short for card in said.cards}
        assert answer.grade >= min(grades)


def test_what_is_not_known_is_said_to_be_not_known(answer: Answer) -> None:
    """An answer without evidence says so in its first sentence; one with evidence does not."""
    says_so = "not known here" in answer.short[0].text or "None of Lumbar" in answer.short[0].text
    assert says_so is (answer.grade == "none")


def test_every_claim_of_the_guide_has_an_answer() -> None:
    assert [claim.id for claim in judged_claims() if not claim.answers] == []
    for claim in judged_claims():
        if claim.item in GUIDE_QUESTIONS and claim.id != "G31":
            assert GUIDE_QUESTIONS[claim.item] in [answer.id for answer in claim.answers]


def test_the_claims_are_all_there_with_verdict_and_sources() -> None:
    claims = judged_claims()
    assert [claim.id for claim in claims] == [f"G{number:02}" for number in range(1, 33)]
    assert all(claim.cited and claim.why and claim.said.text for claim in claims)


def test_each_question_finds_its_own_answer(answer: Answer) -> None:
    """Put as Lumbar puts it; one whose subject is pregnancy or a pump still is a question and no sign."""
    found = ask(answer.question.text)
    assert isinstance(found, Answers)
    assert answer.id in [near.id for near in found.nearest[:3]]


def test_each_question_of_the_check_asked_back_goes_to_the_check() -> None:
    """What the check calls a sign must be one in a lifter's question, too."""
    signs = {name for alarm in library().alarms.values() if not alarm.is_context for name in alarm.sets}
    quiet = {"pain", "days", "age", "hours_since_lift", "midline_bone_pain", "bone_risk", "pregnant", "sudden"}
    missed = [
        name for name in sorted(signs - quiet)
        if not isinstance(ask(library().sentences[f"ask.{name}"].text), GoToCheck)
    ]  # fmt: skip
    assert missed == []


def test_every_sign_that_could_be_an_emergency_has_its_words() -> None:
    """Each yes/no question that reaches SAME_DAY or more by itself is named by an alarm."""
    alarms = {name for alarm in library().alarms.values() for name in alarm.sets}
    alone = {
        name for name, variable in library().variables.items()
        if variable.kind == "yesno" and assess({name: "yes", "hours_since_lift": 24}).floor >= Urgency.SAME_DAY
    }  # fmt: skip
    assert alone - alarms == set()
