"""How well questions in plain words reach their answer, and warning signs the check.

The questions were written before the search was built, and are not tuned on; but the same hands wrote questions
and answers, so strangers will ask in ways that these rows do not show.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from lumbar.bench.asked import FOLDER, Asked, by_overlap, names_guide_word, read_asked
from lumbar.bench.rows import Row, at_least
from lumbar.guide.ask import Answers, GoToCheck, ask
from lumbar.symptoms.urgency import Urgency

#: The goals of the issue.
FIRST, FIRST_THREE, WARNINGS = 0.85, 0.95, 1.0
#: What the rows gave the first time that they were run, before anything was mended after seeing them.
FIRST_RUN = "the first run, before anything was mended, gave {}"


def run(*, quick: bool, say: Callable[[str], None]) -> Iterator[Row]:
    """Measure the held-out questions; it takes seconds, so that quick is no different."""
    _ = quick
    asked, odd = read_asked("held-out"), read_asked("odd")
    if asked is None or odd is None:
        note = f"the questions are in the repository ({FOLDER.parent.name}/{FOLDER.name}): run it there"
        yield Row("ask-first-right", None, "ratio", n=0, note=note)
        return
    say(f"{len(asked.questions)} questions, {len(asked.alarms)} warning signs")
    yield from _questions(asked.questions)
    yield from _warnings(asked.alarms)
    yield from _odd(odd)
    yield from _others(asked)


def _share(name: str, hits: Sequence[bool], note: str = "", baseline: Sequence[bool] = ()) -> Row:
    row = Row(name, sum(hits) / len(hits), "ratio", n=len(hits), note=note)
    return replace(row, baseline=sum(baseline) / len(baseline)) if baseline else row


def named(question: str) -> tuple[bool, tuple[str, ...]]:
    """Return whether a question is answered, and the ids of the answers that are named."""
    match ask(question):
        case Answers(nearest=nearest, is_known=is_known):
            return is_known, tuple(answer.id for answer in nearest)
        case _:
            return False, ()


def _questions(pairs: Sequence[tuple[str, str]]) -> Iterator[Row]:
    found = [(named(question), right) for question, right in pairs]
    plain = [(by_overlap(question), right) for question, right in pairs]
    first = [is_known and ids[0] == right for (is_known, ids), right in found]
    row = _share("ask-first-right", first, FIRST_RUN.format("0.950"), [ids[0] == right for ids, right in plain])
    yield at_least(FIRST, row)
    three = [right in ids for (_, ids), right in found]
    row = _share("ask-first-three", three, FIRST_RUN.format("0.992"), [right in ids[:3] for ids, right in plain])
    yield at_least(FIRST_THREE, row)


def _warnings(pairs: Sequence[tuple[str, Urgency]]) -> Iterator[Row]:
    found = [(ask(question), level) for question, level in pairs]
    sent = [isinstance(to, GoToCheck) for to, _ in found]
    note = "baseline: the words of the popular guide's own warning signs; " + FIRST_RUN.format("1.000")
    yield at_least(WARNINGS, _share("ask-warning-signs", sent, note, [names_guide_word(q) for q, _ in pairs]))
    high = [isinstance(to, GoToCheck) and to.urgency is not None and to.urgency >= level for to, level in found]
    yield _share("ask-warning-level", high, "sent there with at least the level that was expected")


def _odd(asked: Asked) -> Iterator[Row]:
    """Yield how odd words fare: written after the search, as strangers might put it."""
    sent = [isinstance(ask(question), GoToCheck) for question, _ in asked.alarms]
    note = f"no measure of what strangers write: {FIRST_RUN.format('0.743')}"
    yield _share("ask-odd-warning-signs", sent, note)
    answered = [not isinstance(ask(question), GoToCheck) for question in asked.harmless]
    yield _share("ask-harmless-answered", answered, "names no sign, and is not sent to the check")


def _others(asked: Asked) -> Iterator[Row]:
    answered = [not isinstance(ask(question), GoToCheck) for question, _ in asked.ordinary]
    yield _share("ask-ordinary-answered", answered, "names or denies what a sign also names, and is answered")
    refused = [not named(question)[0] for question in asked.foreign]
    yield _share("ask-foreign-refused", refused, "asks for what Lumbar does not answer, and is told so")
