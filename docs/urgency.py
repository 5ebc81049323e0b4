"""Write docs/urgency.md from the rules: ``python docs/urgency.py`` (``--check`` changes nothing)."""

import sys
from collections.abc import Iterator
from pathlib import Path

from lumbar.knowledge.entries import Level, Question, Rule
from lumbar.knowledge.expressions import Compare, DontKnow, Every, Expression, Not, Some, Yes
from lumbar.knowledge.library import library
from lumbar.knowledge.rulebook import asked_by
from lumbar.knowledge.saying import say

PAGE = Path(__file__).with_name("urgency.md")

INTRO = """# How we decide what is urgent

This page is made from the rules that Lumbar runs on, by `python docs/urgency.py`; nothing in it is written
by hand but this introduction. `lumbar check` asks; `lumbar knowledge show TR-04` shows one rule with its
evidence.

![The first questions of lumbar check in a terminal](urgency-check.svg)

- **The highest level wins.** Each rule below can only raise it. No answer that gets worse can lower it: the
  rules are checked for that when they are loaded, and in 20,000 random cases.
- **What is not known is not "no".** A rule that rests on an open question is neither fired nor ruled out, and
  the result says so. "Don't know" on the signs that matter most is asked once more with an example, and then
  counts.
- **Danger first.** What could mean an emergency is asked first; what cannot change the result is not asked.
- **An emergency shows the emergency.** Whom to call, why, when to call again: no plan, no exercise, no tip.
- **Some answers are not kept.** Those on sexual function, pregnancy and self-harm are used and dropped,
  unless the lifter wants them kept.

A result, for severe pain and nothing else:

![The result of lumbar check in a terminal](urgency-result.svg)

Letters behind a card are its grade: A review or guideline, B low-certainty review, trial or cohort, C single
small study, D consensus or case reports, E our own reasoning, R regulation. The rules were written together
with the people in `tests/vignettes/triage`; they were not tested on patients, and a clinician must review
them before a release.
"""

SIGNS = {"==": "is", "!=": "is not", ">=": "at least", "<=": "at most", ">": "more than", "<": "under"}


def in_words(condition: Expression, *, inside: bool = False) -> str:
    """Return a condition as a phrase of question ids."""
    match condition:
        case Yes(name):
            return f"`{name}`"
        case DontKnow(name):
            return f"`{name}` not known"
        case Compare(name, sign, value):
            return f"`{name}` {SIGNS[sign]} {value}"
        case Not(part):
            return f"not ({in_words(part)})"
        case Every(parts):
            phrase = " **and** ".join(in_words(part, inside=True) for part in parts)
        case Some(parts):
            phrase = " or ".join(in_words(part, inside=True) for part in parts)
    return f"({phrase})" if inside else phrase


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRO, *_levels(), *_order(), *_questions(), *_sources()])


def _cards(cards: tuple[str, ...]) -> str:
    return ", ".join(f"{card} ({library().cards[card].grade})" for card in cards)


def _levels() -> Iterator[str]:
    known = library()
    for level in sorted(known.levels.values(), key=lambda level: -level.rank):
        yield f"## {level.id.replace('_', ' ').capitalize()}\n"
        yield f"{say(f'level.{level.id}')} {say(f'level.{level.id}.then')}\n"
        yield f"Plan: {level.plan}. {say(f'again.{level.id}')}\n"
        yield from _rules(level, [rule for rule in known.rules.values() if rule.level == level.id])


def _rules(level: Level, rules: list[Rule]) -> Iterator[str]:
    if not rules:
        yield f"No rule leads here: {level.id} is what is left when all that matters was answered.\n"
        return
    yield "| rule | when | what it means | cards |"
    yield "|---|---|---|---|"
    for rule in rules:
        own = " *Our own rule.*" if rule.origin == "own" else ""
        when, why = in_words(library().condition(rule.when)), f"{say(f'because.{rule.id}')}{own}"
        yield f"| {rule.id}<br>{rule.name} | {when} | {why} | {_cards(rule.cards)} |"
    yield ""


def _order() -> Iterator[str]:
    yield "## In which order it is asked\n"
    yield "Of the lists that can still decide the highest open level, the first is asked; lines that cannot"
    yield "matter any more are left out.\n"
    for number, screen in enumerate(library().screens.values(), 1):
        names = ", ".join(f"`{name}`" for name in sorted(asked_by(screen)))
        yield f"{number}. {say(f'screen.{screen.id}')} {names}"
    yield ""


def _questions() -> Iterator[str]:
    yield "## The questions\n"
    yield "| id | question | answers | cards |"
    yield "|---|---|---|---|"
    for question in library().questions.values():
        if question.topic == "urgency":
            text, cards = say(f"ask.{question.id}"), _cards(question.cards)
            yield f"| `{question.id}` | {text} | {_answers(question)} | {cards} |"
    yield ""


def _answers(question: Question) -> str:
    if question.kind == "number":
        answers = f"{question.low} to {question.high} {question.unit}"
    else:
        answers = ", ".join(question.variable.choices)
    notes = {"needed": question.mandatory, "asked twice": question.ask_twice, "not kept": question.private}
    return "; ".join([answers, *(note for note, holds in notes.items() if holds)])


def _sources() -> Iterator[str]:
    known = library()
    cards = sorted({card for rule in known.rules.values() for card in rule.cards})
    yield "## The evidence\n"
    for card in cards:
        entry = known.cards[card]
        memory = " *Partly from memory.*" if entry.is_partly_from_memory else ""
        cites = "; ".join(known.sources[name].cite for name in entry.sources)
        yield f"- **{card} ({entry.grade})** {cites}.{memory}"
    yield ""


def main(*, check: bool) -> None:
    """Write the page, or fail where it is out of date."""
    if check and PAGE.read_text("utf-8") != page():
        raise SystemExit("docs/urgency.md is out of date; run: python docs/urgency.py")
    if not check:
        PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main(check="--check" in sys.argv[1:])
