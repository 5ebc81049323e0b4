"""What must hold between entries: names that exist, sentences that are there and may be said."""

from collections.abc import Iterator
from functools import singledispatch

from lumbar.knowledge.contributing import KnownContributor, Trial
from lumbar.knowledge.entries import (
    Balance,
    Card,
    Claim,
    Contradiction,
    Entry,
    Factor,
    Forbidden,
    Hold,
    Question,
    Rule,
    Screen,
    Sentence,
    Test,
)
from lumbar.knowledge.exercise import Exercise, Stage
from lumbar.knowledge.form_rules import FormRule
from lumbar.knowledge.guidance import Alarm, GuideAnswer
from lumbar.knowledge.guiding import alarm_faults, answer_faults, word_faults
from lumbar.knowledge.names import Names
from lumbar.knowledge.reading import Fault, Placed, Reading, repeated
from lumbar.knowledge.rulebook import condition_faults, doubt_faults, screen_faults, unasked_faults
from lumbar.knowledge.soreness import Aspect, Course, Light
from lumbar.knowledge.tables import SAYS, SAYS_TRAINED
from lumbar.knowledge.words import faults_of

#: Where a claim may be dealt with besides the knowledge itself; a test looks the places up.
PLACES = ("command: ", "page: ", "planned: ")


def check(reading: Reading) -> Iterator[Fault]:
    """Yield every fault between the entries of the knowledge."""
    placed, names = reading.placed, Names(reading.placed, reading.refused)
    yield from repeated(placed)
    for entry in placed:
        yield from names.faults(entry, "cards", getattr(entry.entry, "cards", ()), "card")
        yield from _unsaid(entry, names)
        yield from _own(entry.entry, entry, names)
    yield from word_faults(placed)
    yield from unasked_faults(placed, names)
    yield from doubt_faults(placed, names)


def _unsaid(placed: Placed, names: Names) -> Iterator[Fault]:
    """Yield the sentences that the entry needs and that are not there."""
    needed = [pattern.format(id=placed.id) for pattern in SAYS.get(placed.table, ())]
    if isinstance(placed.entry, Question) and placed.entry.ask_twice:
        needed.append(f"example.{placed.id}")
    if isinstance(placed.entry, Screen):
        needed.extend(f"item.{item.id}" for item in placed.entry.items)
    if isinstance(placed.entry, Exercise) and placed.entry.is_trained:
        needed.extend(pattern.format(id=placed.id) for pattern in SAYS_TRAINED)
    if isinstance(placed.entry, GuideAnswer):
        needed = [f"answer.{placed.id}{part}" for part in placed.entry.parts]
    if isinstance(placed.entry, Aspect):
        needed.extend(f"sign.{sign.id}" for sign in placed.entry.signs)
    for sentence in needed:
        if sentence not in names["sentence"] and ("sentence", sentence) not in names.refused:
            yield placed.fault("", f"the sentence {sentence!r} is missing in wording/")


def _unspeakable(placed: Placed, key: str, text: str, names: Names) -> Iterator[Fault]:
    words = [word for word in names["forbidden"].values() if isinstance(word, Forbidden)]
    yield from (placed.fault(key, problem) for problem in faults_of(text, words))


@singledispatch
def _own(entry: Entry, placed: Placed, names: Names) -> Iterator[Fault]:
    """Yield what is wrong with one entry, by its kind."""
    _ = entry, placed, names
    yield from ()


@_own.register
def _(card: Card, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from names.faults(placed, "sources", card.sources, "source")
    yield from names.faults(placed, "derived_from", card.derived_from, "card")


@_own.register
def _(sentence: Sentence, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from _unspeakable(placed, "text", sentence.text, names)


@_own.register
def _(rule: Rule, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from names.faults(placed, "level", (rule.level,), "level")
    yield from condition_faults(placed, "when", rule.when, names, must_rise=True)


@_own.register
def _(contradiction: Contradiction, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from condition_faults(placed, "when", contradiction.when, names)
    yield from names.faults(placed, "ask", contradiction.ask, "question")


@_own.register
def _(hold: Hold, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from condition_faults(placed, "when", hold.when, names)


@_own.register
def _(exercise: Exercise, placed: Placed, names: Names) -> Iterator[Fault]:
    if exercise.hold_when is not None:
        yield from condition_faults(placed, "hold_when", exercise.hold_when, names)
    yield from names.faults(placed, "needs", (name for row in exercise.needs for name in row), "equipment")
    yield from names.faults(placed, "instead", exercise.instead, "exercise")
    if exercise.is_trained and exercise.dose is None:
        yield placed.fault("dose", "is missing: what is trained has a dose")


@_own.register
def _(stage: Stage, placed: Placed, names: Names) -> Iterator[Fault]:
    if stage.when is not None:
        yield from condition_faults(placed, "when", stage.when, names)
    yield from names.faults(placed, "test", (stage.test,) if stage.test else (), "test")


@_own.register
def _(rule: FormRule, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from names.faults(placed, "exercise", (rule.exercise,) if rule.exercise else (), "exercise")
    yield from (
        placed.fault("hidden_by", f"no technique, drift or praise is called {name!r}")
        for name in rule.hidden_by
        if not any(name in names[table] for table in ("technique", "drift", "praise"))
    )


@_own.register
def _(screen: Screen, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from screen_faults(screen, placed, names)


@_own.register
def _(test: Test, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from names.faults(placed, "norms", [row.card for row in test.norms], "card")
    yield from names.faults(placed, "error", [row.card for row in test.error], "card")


@_own.register
def _(balance: Balance, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from names.faults(placed, "over", (balance.over,), "test")
    yield from names.faults(placed, "under", (balance.under,), "test")


@_own.register
def _(factor: Factor, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from names.faults(placed, "associations", [row.card for row in factor.associations], "card")
    yield from names.faults(placed, "questions", factor.questions, "question")
    if factor.when is not None:
        yield from condition_faults(placed, "when", factor.when, names)


@_own.register
def _(contributor: KnownContributor, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from names.faults(placed, "known", [row.card for row in contributor.known], "card")
    yield from names.faults(placed, "questions", contributor.questions, "question")
    yield from names.faults(placed, "tests", contributor.tests, "test")
    yield from names.faults(placed, "balances", contributor.balances, "balance")
    yield from names.faults(placed, "step", (contributor.step,), "step")
    yield from names.faults(placed, "answers", contributor.answers, "answer")
    if contributor.when is not None:
        yield from condition_faults(placed, "when", contributor.when, names)


@_own.register
def _(trial: Trial, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from names.faults(placed, "exercise", (trial.exercise,), "exercise")
    tried = names["exercise"].get(trial.exercise)
    if isinstance(tried, Exercise) and tried.trains not in ("comfort", "warm-up"):
        yield placed.fault("exercise", f"{trial.exercise!r} is neither comfort nor warm-up")
    if not trial.note_hours[0] < trial.note_hours[1]:
        yield placed.fault("note_hours", "do not rise")


@_own.register
def _(aspect: Aspect, placed: Placed, names: Names) -> Iterator[Fault]:
    for sign in aspect.signs:
        yield from condition_faults(placed, f"signs.{sign.id}.when", sign.when, names)


@_own.register
def _(light: Light, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from condition_faults(placed, "when", light.when, names)


@_own.register
def _(course: Course, placed: Placed, names: Names) -> Iterator[Fault]:
    _ = names
    for key, hours, points in (
        ("high_score", course.hours, course.high_score),
        ("study_mean_score", course.study_hours, course.study_mean_score),
    ):
        if len(hours) != len(points):
            yield placed.fault(key, f"has {len(points)} values for {len(hours)} hours")
        if sorted(set(hours)) != list(hours):
            yield placed.fault(key, f"belongs to hours that do not rise: {', '.join(map(str, hours))}")


@_own.register
def _(claim: Claim, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from _unspeakable(placed, "claim", claim.claim, names)
    yield from _unspeakable(placed, "why", claim.why, names)
    for place in claim.appears:
        if not place.startswith(PLACES) and place not in names.all_ids:
            yield placed.fault("appears", f"{place!r} is no entry and no {', '.join(PLACES)}…")


@_own.register
def _(answer: GuideAnswer, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from answer_faults(answer, placed, names)


@_own.register
def _(alarm: Alarm, placed: Placed, names: Names) -> Iterator[Fault]:
    yield from alarm_faults(alarm, placed, names)
