"""Answers from outside: checked against the questions, all faults at once, none guessed."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

from lumbar.errors import AnswersError
from lumbar.knowledge.entries import Contradiction, Question
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer, AnswersById
from lumbar.knowledge.rulebook import is_allowed
from lumbar.knowledge.saying import Said, say
from lumbar.knowledge.spelling import near_match

#: Words for an answer nobody has, besides "dk".
_UNKNOWN_WORDS = frozenset({DONT_KNOW, "?", "don't know", "skip", ""})
_YESNO_WORDS = {"y": "yes", "n": "no", "true": "yes", "false": "no"}


def to_answer(question: Question, given: object, today: date) -> Answer | Said:
    """Return one answer, or the sentence that refuses it with what is allowed."""
    if isinstance(given, str) and given.strip().lower() in _UNKNOWN_WORDS:
        return DONT_KNOW
    if question.kind == "number":
        return _number(question, given, today)
    word = str(given).strip().lower()
    word = _YESNO_WORDS.get(word, word) if question.kind == "yesno" else word
    if is_allowed(word, question.variable):
        return word
    choices = ", ".join(dict.fromkeys((*question.variable.choices, DONT_KNOW)))
    return say("refuse.answer", what=question.id, given=given, choices=choices)


def _number(question: Question, given: object, today: date) -> Answer | Said:
    unit = question.unit or ""
    limits = {"what": question.id, "given": given, "low": question.low, "high": question.high, "unit": unit}
    number = _days_since(given, today) if question.unit == "days" else None
    if number is None:
        try:
            number = int(given) if isinstance(given, int) and not isinstance(given, bool) else int(str(given))
        except ValueError:
            return say("refuse.whole", **limits)
    elif number < 0:
        return say("refuse.future", what=question.id, given=given)
    return number if is_allowed(number, question.variable) else say("refuse.range", **limits)


def _days_since(given: object, today: date) -> int | None:
    """Return how many days ago a date was; None if it is no date."""
    try:
        day = given if isinstance(given, date) else date.fromisoformat(str(given).strip())
        return (today - date(day.year, day.month, day.day)).days
    except ValueError:
        return None


def urgency_questions() -> frozenset[str]:
    """Return what an answers file of the check may answer."""
    return frozenset(question.id for question in library().questions.values() if question.topic == "urgency")


def read_answers(
    given: Mapping[str, object], today: date | None = None, *, known: Collection[str] | None = None
) -> dict[str, Answer]:
    """Return checked answers; ``known`` are the questions that may be answered, those of the check if not said.

    Raises ``AnswersError`` with every unknown question and impossible answer.
    """
    known = urgency_questions() if known is None else known
    answers: dict[str, Answer] = {}
    refused: list[Said] = []
    for name, value in given.items():
        question = library().questions[name] if name in known else None
        answer = (
            _unknown(name, known) if question is None else to_answer(question, value, today or date.today())  # noqa: DTZ011 - the lifter's own day
        )
        if isinstance(answer, Said):
            refused.append(answer)
        else:
            answers[name] = answer
    if refused:
        raise AnswersError([said.text for said in refused])
    return answers


def _unknown(name: str, known: Collection[str]) -> Said:
    near = near_match(name, known)
    return say("refuse.unknown-near", given=name, near=near) if near else say("refuse.unknown", given=name)


def read_file(path: Path, *, known: Collection[str] | None = None) -> tuple[str | None, dict[str, Answer]]:
    """Read an answers file: ``region = "europe"`` if it is there, and one key per question.

    Raises ``AnswersError`` where the file cannot be read, names unknown questions, or answers what cannot be.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise AnswersError([f"{path} cannot be read: {error.strerror}. Give the path of a TOML file."]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AnswersError([f"{path} is not TOML: {error}. Write lines such as: pain = 4"]) from error
    region = content.pop("region", None)
    faults = [] if region is None else _region_faults(region)
    try:
        answers = read_answers(content, known=known)
    except AnswersError as error:
        raise AnswersError([*faults, *error.faults]) from None
    if faults:
        raise AnswersError(faults)
    return region, answers


def _region_faults(region: object) -> list[str]:
    if region in library().regions:
        return []
    return [say("refuse.region", given=region, choices=", ".join(library().regions)).text]


def contradictions(answers: AnswersById) -> tuple[Contradiction, ...]:
    """Return the answers that cannot both be so."""
    known = library()
    return tuple(
        entry for entry in known.contradictions.values() if known.condition(entry.when).truth(answers) is True
    )


def refusals(found: Iterable[Contradiction]) -> list[str]:
    """Return what to tell someone whose file contradicts itself."""
    return [
        say("refuse.contradiction", what=say(f"contradiction.{entry.id}"), questions=", ".join(entry.ask)).text
        for entry in found
    ]
