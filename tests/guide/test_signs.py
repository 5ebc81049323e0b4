"""Warning signs in lay words: named, denied, doubted."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.guide.ask import Answers, GoToCheck, ask
from lumbar.guide.signs import named_in, plain
from lumbar.knowledge.library import library
from lumbar.symptoms.urgency import Urgency

SIGNS = (
    "numb between the legs", "i cannot pee", "lost control of my bowels", "tingling in both feet", "my foot drags",
    "fever and chills", "fell off a ladder", "had cancer", "cola coloured urine", "chest pain", "a swollen calf",
    "pain wakes me at night", "unexplained weight loss", "i want to die", "belly pain",
)  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_goes_to_the_check_whatever_stands_around_it(sign: str) -> None:
    for question in (sign, f"is {sign} normal after deadlifts?", f"Sore back, {sign.upper()}, can I train?"):
        found = ask(question)
        assert isinstance(found, GoToCheck), question
        assert found.signs


@pytest.mark.slow
@given(st.sampled_from(SIGNS), st.text(max_size=30), st.sampled_from([". ", "; ", " ... ", "? ", "\n", " but "]))
def test_nothing_written_before_a_sign_hides_it(sign: str, before: str, between: str) -> None:
    """Whatever it is, even a "no": another clause denies nothing."""
    assert named_in(f"{before}{between}{sign}").is_warning


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = ask(text)
    assert isinstance(found, Answers | GoToCheck)


@pytest.mark.parametrize(
    "question",
    [
        "sore after deadlifts, no numbness or tingling, is that normal",
        "without any fever or weakness, just sore",
        "my legs are not numb, is soreness normal",
        "I don't have any tingling, only a sore back",
        "never had a fever, my back is sore",
        "bladder and bowels are fine, back sore after deadlifts",
    ],
)
def test_a_plain_no_is_believed(question: str) -> None:
    assert isinstance(ask(question), Answers)


@pytest.mark.parametrize(
    "question",
    [
        "not sure if it is numb",
        "no fever but numb between my legs",
        "no fever numb legs",
        "no fever and numb toes",
        "not only sore but tingling",
        "the leg is no longer weak",
        "the numbness is not there any more",
        "not just soreness, numbness too",
        "no bladder control",
        "no feeling in my foot",
        "I don't feel my foot",
        "can't feel when I pee",
    ],
)
def test_a_doubt_or_half_a_no_is_a_sign(question: str) -> None:
    assert isinstance(ask(question), GoToCheck)


def test_what_is_denied_is_left_out_of_the_search() -> None:
    assert named_in("is it normal to be sore, no numbness or tingling").rest == "is it normal to be sore ,"


def test_signs_add_up_by_the_rules_of_the_check() -> None:
    """Fever alone is today (TR-21), with a numb leg an emergency (TR-07)."""
    fever, both = ask("fever and a sore back"), ask("fever, and one foot is numb")
    assert isinstance(fever, GoToCheck)
    assert isinstance(both, GoToCheck)
    assert (fever.urgency, both.urgency) == (Urgency.SAME_DAY, Urgency.EMERGENCY_NOW)


def test_severe_pain_is_taken_as_after_lifting() -> None:
    """Nobody says when they lifted; the compartment rule (TR-04) must not need it."""
    found = ask("worst pain of my life, muscles rock hard, no position helps")
    assert isinstance(found, GoToCheck)
    assert found.urgency is Urgency.EMERGENCY_NOW


def test_the_emergency_number_is_that_of_the_region() -> None:
    found = ask("numb between the legs", "europe")
    assert isinstance(found, GoToCheck)
    assert found.sentences[1].text == "Call 112 now."
    assert found.then.id == "ask-guide.check-emergency"


def test_what_is_only_like_a_sign_names_no_level() -> None:
    """The check, and not a likeness, says how urgent it is."""
    found = ask("one leg is thick and warm since the flight home")
    assert isinstance(found, GoToCheck)
    found = ask("rear ended by a lorry on the motorway")
    assert isinstance(found, GoToCheck)
    assert found.urgency in {None, Urgency.EMERGENCY_NOW}


def test_every_pattern_is_one_and_can_be_reached() -> None:
    """A pattern with a capital letter could never be found in plain text."""
    known = library()
    for entry in (*known.meanings.values(), *known.phrases.values(), *known.answers.values()):
        for pattern in (*getattr(entry, "patterns", ()), *getattr(entry, "silent_on", ())):
            re.compile(pattern)
    for alarm in library().alarms.values():
        for pattern in alarm.patterns:
            literal = pattern.replace("\\w", "").replace("\\d", "").replace("\\b", "")
            assert literal == literal.lower(), alarm.id


@pytest.mark.parametrize(
    "alarm", [alarm for alarm in library().alarms.values() if alarm.examples], ids=lambda a: a.id
)
def test_each_example_of_a_sign_goes_to_the_check(alarm) -> None:
    assert [text for text in alarm.examples if not isinstance(ask(text), GoToCheck)] == []


@given(st.text(max_size=60))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)
