"""What must hold for answers and signs to be trusted: names, grades, silence, words that mean one thing."""

import re
from collections.abc import Iterator, Sequence

from lumbar.knowledge.entries import Card, Question, Sentence
from lumbar.knowledge.guidance import Alarm, GuideAnswer, Skip, Synonym
from lumbar.knowledge.names import Names
from lumbar.knowledge.reading import Fault, Placed
from lumbar.knowledge.rulebook import is_allowed

#: The short answer: three sentences, no more and no fewer.
SHORT = (".1", ".2", ".3")
_END_OF_SENTENCE = re.compile(r"[.?](?= [A-Z])")


def answer_faults(answer: GuideAnswer, placed: Placed, names: Names) -> Iterator[Fault]:
    """Yield what is wrong with an answer: unknown names, a grade that is too good, a silence that is broken."""
    yield from names.faults(placed, "claims", answer.claims, "claim")
    yield from names.faults(placed, "related", answer.related, "answer")
    if answer.id in answer.related:
        yield placed.fault("related", "names the answer itself")
    yield from _sentence_faults(answer, placed, names)
    yield from _grade_faults(answer, placed, names)
    yield from _silence_faults(answer, placed, names)


def _said(answer: GuideAnswer, names: Names) -> Iterator[Sentence]:
    for part in SHORT:
        sentence = names["sentence"].get(f"answer.{answer.id}{part}")
        if isinstance(sentence, Sentence):
            yield sentence


def _sentence_faults(answer: GuideAnswer, placed: Placed, names: Names) -> Iterator[Fault]:
    for sentence in _said(answer, names):
        if _END_OF_SENTENCE.search(sentence.text):
            yield placed.fault("id", f"{sentence.id!r} is more than one sentence")


def _grade_faults(answer: GuideAnswer, placed: Placed, names: Names) -> Iterator[Fault]:
    """Yield a fault where an answer is called surer than the best card of its three sentences."""
    cited = [names["card"].get(card) for sentence in _said(answer, names) for card in sentence.cards]
    grades = [card.grade for card in cited if isinstance(card, Card)]
    if answer.grade != "none" and grades and answer.grade < min(grades):
        yield placed.fault("grade", f"{answer.grade} is better than {min(grades)}, the best card of its sentences")
    if (answer.grade == "none") != bool(answer.silent_on) and not (answer.grade == "D" and answer.silent_on):
        yield placed.fault("silent_on", 'goes with grade = "none": the words that no card holds')


def _silence_faults(answer: GuideAnswer, placed: Placed, names: Names) -> Iterator[Fault]:
    for pattern in answer.silent_on:
        for card in names["card"].values():
            if isinstance(card, Card) and re.search(pattern, f"{card.claim} {card.effect}", re.IGNORECASE):
                yield placed.fault("silent_on", f"{card.id} does speak of {pattern!r}")


def alarm_faults(alarm: Alarm, placed: Placed, names: Names) -> Iterator[Fault]:
    """Yield what is wrong with a sign in lay words: answers that cannot be given, meanings that nobody knows."""
    yield from names.faults(placed, "sets", alarm.sets, "question")
    for name, answer in alarm.sets.items():
        question = names["question"].get(name)
        if isinstance(question, Question) and not is_allowed(answer, question.variable):
            yield placed.fault("sets", f"{name} cannot be {answer!r}")
    meant = [name for pattern in alarm.patterns for name in re.findall(r"<([a-z]+)>", pattern)]
    yield from names.faults(placed, "patterns", meant, "meaning")


def word_faults(placed: Sequence[Placed]) -> Iterator[Fault]:
    """Yield the words of the search that stand twice, or for two things."""
    taken: dict[str, Placed] = {}
    for entry in placed:
        if isinstance(entry.entry, Skip | Synonym):
            for word in entry.entry.words:
                before = taken.setdefault(word, entry)
                if before is not entry:
                    yield entry.fault("words", f"{word!r} already belongs to {before.id!r}")
