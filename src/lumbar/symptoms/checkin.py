"""One check-in on its way: what was answered, and what comes next. A value; each answer makes a new one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from lumbar.knowledge.entries import Contradiction
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer
from lumbar.symptoms.answers import contradictions
from lumbar.symptoms.asking import Shown, next_screen
from lumbar.symptoms.urgency import Triage, Urgency, assess


@dataclass(frozen=True, slots=True)
class AskAgain:
    """A question whose answer was "don't know" and that matters too much: once more, with an example."""

    question: str


@dataclass(frozen=True, slots=True)
class AskOver:
    """Answers that cannot both be so: these questions are asked over."""

    contradiction: Contradiction
    questions: tuple[str, ...]


Step: TypeAlias = Shown | AskAgain | AskOver


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The answers so far, and what has been asked twice already.

    ``unsure`` are questions with a mark of doubt that one answer does not show; ``asked`` counts the
    questions put to the lifter, a list to tick being one.
    """

    region: str | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    asked_twice: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()
    asked: int = 0

    @property
    def triage(self) -> Triage:
        """Return how urgent it is so far."""
        return assess(self.answers)

    def next(self) -> Step | None:
        """Return what to ask next; None when it is over. An emergency ends it at once."""
        if self.triage.floor is Urgency.EMERGENCY_NOW:
            return None
        for question in self._doubtful():
            return AskAgain(question)
        for entry in contradictions(self.answers):
            if entry.id not in self.settled:
                return AskOver(entry, tuple(name for name in entry.ask if name in self.answers))
        return next_screen(self.answers)

    def _doubtful(self) -> Iterable[str]:
        questions = library().questions
        for name, answer in self.answers.items():
            is_doubtful = answer == DONT_KNOW or name in self.unsure
            if is_doubtful and questions[name].ask_twice and name not in self.asked_twice:
                yield name

    def with_answers(self, given: Mapping[str, Answer], unsure: Iterable[str] = ()) -> "CheckIn":
        """Return the check-in after one more question or list."""
        answers = {**self.answers, **given}
        return replace(self, answers=answers, unsure=self.unsure | set(unsure), asked=self.asked + 1)

    def with_second_answer(self, question: str, answer: Answer) -> "CheckIn":
        """Return the check-in after a question was asked again; another "don't know" changes nothing."""
        twice = replace(self, asked_twice=self.asked_twice | {question})
        return twice.with_answers({} if answer == DONT_KNOW else {question: answer})

    def with_settled(self, over: AskOver, given: Mapping[str, Answer]) -> "CheckIn":
        """Return the check-in after contradictory questions were asked over; what stands now counts."""
        return replace(self, settled=self.settled | {over.contradiction.id}).with_answers(given)
