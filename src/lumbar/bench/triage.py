"""How well the urgency check sorts people: written ones with an expected level, and anybody at random.

The written people and the rules were made together: these rows show that the check does what it is meant to
do, not that it is right for patients. Cases labelled by independent clinicians would be needed for that.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from statistics import median

from lumbar.bench.people import FOLDER, Vignette, anybody, talk, urgent, usual, vignettes
from lumbar.bench.rows import Row, at_least, at_most
from lumbar.knowledge.library import library
from lumbar.symptoms.asking import Shown
from lumbar.symptoms.checkin import CheckIn
from lumbar.symptoms.urgency import Urgency, assess

#: Share of emergencies that 23 symptom checkers sent to emergency care (card ST-10).
OTHERS_EMERGENCY = 0.80
#: The issue's goals: an emergency in under ten questions, an ordinary sore back through in under two minutes.
FEW_QUESTIONS = 9
TWO_MINUTES_S = 120.0
#: Silent reading of English, words per minute (Brysbaert 2019, J Mem Lang 109:104047; from memory).
READING_WORDS_PER_MIN = 238.0
#: To find and press the keys of one answer; an engineering rule.
ANSWER_S = 1.5
#: How many people at random; 20,000 is what the evidence file asks of its invariants.
QUICK_CASES, FULL_CASES = 1_000, 20_000
#: How the source of a vignette names levels, as the levels of ours that agree with it.
PUBLISHED = {
    "emergency": (Urgency.EMERGENCY_NOW,),
    "self-care": (Urgency.SELF_CARE, Urgency.ROUTINE),
}


def run(*, quick: bool, say: Callable[[str], None]) -> Iterator[Row]:
    """Measure: who is found, who is sent too high, how much is asked."""
    people = vignettes()
    if not people:
        note = f"the written people are in the repository ({FOLDER.parent.name}/{FOLDER.name}): run it there"
        yield Row("emergency-sensitivity", None, "ratio", n=0, note=note)
        return
    say(f"{len(people)} written people")
    yield from _sorted_rows([(person, _reached(person)) for person in people])
    cases = QUICK_CASES if quick else FULL_CASES
    say(f"{cases} people at random")
    yield from _random_rows(cases)
    yield from _single_signs()
    yield _ordinary()


def _reached(person: Vignette) -> CheckIn:
    return talk(person.answers)


def _expected(person: Vignette) -> tuple[Urgency, Urgency]:
    levels = [Urgency[name] for name in person.expect]
    return min(levels), max(levels)


def _share(id_: str, hits: Sequence[bool], note: str = "", baseline: float | None = None) -> Row:
    if not hits:
        return Row(id_, None, "ratio", n=0, note="nobody of this kind is among the written people")
    return Row(id_, sum(hits) / len(hits), "ratio", baseline=baseline, n=len(hits), note=note)


def _sorted_rows(found: Sequence[tuple[Vignette, CheckIn]]) -> Iterator[Row]:
    floors = [(check.triage.floor, *_expected(person), check, person) for person, check in found]
    emergencies = [level for level, low, _, _, _ in floors if low is Urgency.EMERGENCY_NOW]
    hits = [level is Urgency.EMERGENCY_NOW for level in emergencies]
    note = "baseline: 23 symptom checkers on other vignettes (card ST-10)"
    yield at_least(1.0, _share("emergency-sensitivity", hits, note, OTHERS_EMERGENCY))
    same_day = [level >= Urgency.SAME_DAY for level, low, _, _, _ in floors if low is Urgency.SAME_DAY]
    yield at_least(1.0, _share("same-day-sensitivity", same_day))
    too_high = [level > high for level, _, high, _, _ in floors]
    note = "people and rules were written together: see single-sign rows for how readily it alarms"
    yield _share("over-triage-rate", too_high, note)
    yield at_most(0.0, _share("under-triage-rate", [level < low for level, low, _, _, _ in floors]))
    labelled = [level in PUBLISHED[p.published] for level, _, _, _, p in floors if p.published in PUBLISHED]
    yield _share("published-level-agreement", labelled, "only the vignettes whose source prints a level")
    asked = [check.asked for level, _, _, check, _ in floors if level is Urgency.EMERGENCY_NOW]
    yield from _questions("questions-to-emergency", asked)
    yield from _questions("questions-to-any-level", [check.asked for _, check in found], goal=None)


def _questions(name: str, asked: Sequence[int], goal: float | None = FEW_QUESTIONS) -> Iterator[Row]:
    rows = [
        Row(f"{name}-median", float(median(asked)), "questions", n=len(asked)),
        Row(f"{name}-worst", float(max(asked)), "questions", n=len(asked)),
    ]
    yield from rows if goal is None else (at_most(goal, row) for row in rows)


def _random_rows(cases: int) -> Iterator[Row]:
    chance = Random(2026)  # noqa: S311 - the same people in every run
    agreed, asked = [], []
    for _ in range(cases):
        person = anybody(chance)
        check = talk(person)
        agreed.append(check.triage.floor is assess(person).floor)
        if check.triage.floor is Urgency.EMERGENCY_NOW:
            asked.append(check.asked - len(check.asked_twice) - len(check.settled))
    note = "asking only what matters, against knowing every answer"
    yield at_least(1.0, _share("short-check-agreement", agreed, note))
    yield from _questions("questions-to-emergency-random", asked)


def _single_signs() -> Iterator[Row]:
    """Yield how often one single yes, on top of ordinary soreness, already sends somebody further."""
    variables = library().variables
    signs = [name for name in urgent() if variables[name].kind == "yesno"]
    levels = [assess({**usual(), name: "yes"}).floor for name in signs]
    note = "of all yes/no questions, answered yes alone beside ordinary soreness"
    yield _share("single-sign-emergency", [level is Urgency.EMERGENCY_NOW for level in levels], note)
    yield _share("single-sign-same-day", [level is Urgency.SAME_DAY for level in levels], note)
    yield _share("single-sign-self-care", [level is Urgency.SELF_CARE for level in levels], note)


def _ordinary() -> Row:
    """Return how long somebody with ordinary soreness takes who reads every question and line.

    How to answer a list is read once; the region was chosen before.
    """
    words, answers, check = _count("check.how-list", "check.how-list-private"), 0, CheckIn(region="europe")
    while isinstance(step := check.next(), Shown):
        words += _words(step)
        answers += 1
        check = check.with_answers({name: usual()[name] for name in step.questions})
    value = words / READING_WORDS_PER_MIN * 60 + answers * ANSWER_S
    note = f"modelled: {words} words at {READING_WORDS_PER_MIN:g} a minute, {ANSWER_S:g} s for each answer"
    return at_most(TWO_MINUTES_S, Row("ordinary-sore-back-time", value, "s", n=answers, note=note))


def _words(shown: Shown) -> int:
    if shown.screen.kind == "single":
        return _count(f"ask.{shown.screen.question}")
    return _count(f"screen.{shown.screen.id}", *(f"item.{line.id}" for line in shown.lines))


def _count(*sentences: str) -> int:
    return sum(len(library().sentences[name].text.split()) for name in sentences)
