"""What is asked next: only what can still raise the level, in the order of danger."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lumbar.knowledge.entries import Item, Screen
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer, AnswersById
from lumbar.knowledge.rulebook import asked_by
from lumbar.symptoms.urgency import Urgency, rulebook


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen as it is shown now: only the lines that can still matter."""

    screen: Screen
    lines: tuple[Item, ...]

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the questions that this screen answers now, in order."""
        if self.screen.question is not None:
            return (self.screen.question,)
        return tuple(dict.fromkeys(name for line in self.lines for name in line.sets))


def next_screen(answers: AnswersById) -> Shown | None:
    """Return what to ask next, or None when asking cannot raise the level any more."""
    wanted = rulebook().open_questions(answers)
    if not wanted:
        return None
    top = max(urgency for urgency, _ in wanted)
    urgent = {question for urgency, question in wanted if urgency == top}
    matters = {question for _, question in wanted}
    for screen in library().screens.values():
        if asked_by(screen) & urgent:
            return Shown(screen, _lines(screen, answers, matters))
    message = f"no screen asks any of {sorted(urgent)} ({Urgency(top).name})"
    raise LookupError(message)  # the loader has made sure that this cannot be


def _lines(screen: Screen, answers: AnswersById, matters: set[str]) -> tuple[Item, ...]:
    if screen.kind != "list":
        return screen.items
    return tuple(line for line in screen.items if (line.sets.keys() - answers.keys()) & matters)


def ticked(shown: Shown, yes: Iterable[str], unsure: Iterable[str] = ()) -> Mapping[str, Answer]:
    """Return the answers that ticks mean: ``yes`` and ``unsure`` are ids of lines, the rest do not fit.

    The worst ticked line of a question counts; a question whose only marks are unsure ones is not known; in a
    count, an unsure line counts as if it fitted.
    """
    marked, doubtful = set(yes), set(unsure)
    if shown.screen.kind == "count":
        return {shown.questions[0]: len(marked | doubtful)}
    answers: dict[str, Answer] = {}
    for question in shown.questions:
        ladder = library().variables[question].choices
        given = [line.sets[question] for line in shown.lines if line.id in marked and question in line.sets]
        asked = any(line.id in doubtful for line in shown.lines if question in line.sets)
        if given:
            answers[question] = max(given, key=lambda answer: ladder.index(str(answer)))
        else:
            answers[question] = DONT_KNOW if asked else ladder[0]
    return answers


def unknown(shown: Shown) -> Mapping[str, Answer]:
    """Return the answers when the lifter knows none of what a screen asks."""
    return dict.fromkeys(shown.questions, DONT_KNOW)
