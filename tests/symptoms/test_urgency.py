"""The rules, judged by people: who goes where, what can never happen, and that every rule is needed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import answer_of, people, rising, worsened

from lumbar.bench.people import Vignette, anybody, urgent, vignettes
from lumbar.estimate import Missing
from lumbar.knowledge.expressions import Compare, DontKnow, Every, Expression, Not, Some, Yes
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer
from lumbar.symptoms.telling import tell
from lumbar.symptoms.urgency import Rulebook, TriageRule, Urgency, assess, rulebook

QUICK = settings(max_examples=150, deadline=None)
#: The evidence file asks for 20,000 cases of each; a seed is drawn, because fifty answers are much to draw.
MANY = settings(max_examples=20_000, deadline=None)
SEED = st.integers(0, 2**64).map(Random)

EVERYBODY = pytest.mark.parametrize("person", vignettes(), ids=lambda person: person.id)


def wrong(book: Rulebook, person: Vignette) -> str:
    """Say what a rulebook gets wrong about a person; nothing if it is right."""
    triage = book.assess(person.answers)
    reasons, others = _rules(person.must_say), _rules(person.must_not_say)
    if isinstance(triage.urgency, Missing):
        return "no result"
    if triage.urgency.name not in person.expect:
        return f"{triage.urgency.name}, not {' or '.join(person.expect)}"
    fired = set(triage.fired)
    return "" if reasons <= fired and not others & fired else f"fired {fired}, not {reasons} without {others}"


def _rules(sentences: Iterable[str]) -> set[str]:
    return {name.removeprefix("because.") for name in sentences if name.startswith("because.")}


def test_there_are_the_thirty_people_of_the_evidence_file() -> None:
    assert sum(person.id.startswith("V-") for person in vignettes()) == 30


@EVERYBODY
def test_each_person_reaches_the_expected_level_for_the_expected_reason(person: Vignette) -> None:
    assert not wrong(rulebook(), person)


@EVERYBODY
def test_each_person_is_told_what_must_be_said_and_nothing_that_must_not(person: Vignette) -> None:
    said = {sentence.id for sentence in tell(assess(person.answers), person.answers, "europe").sentences}
    assert set(person.must_say) <= said
    assert not set(person.must_not_say) & said


def test_the_levels_in_the_code_are_those_in_the_knowledge() -> None:
    assert {level.id: level.rank for level in library().levels.values()} == {u.name: u.value for u in Urgency}


# What can never happen


@st.composite
def two_people(draw: st.DrawFn) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """One person, and the same one with one or two answers turned for the worse."""
    person = draw(people())
    worse = dict(person)
    sided = [name for name in urgent() if library().variables[name].worse]
    for name in draw(st.lists(st.sampled_from(sided), min_size=1, max_size=2, unique=True)):
        ordered = rising(library().variables[name])
        if person[name] in ordered:
            worse[name] = draw(st.sampled_from(ordered[ordered.index(person[name]) :]))
    return person, worse


def never_lower(pair: tuple[Mapping[str, Answer], Mapping[str, Answer]]) -> None:
    person, worse = pair
    assert assess(worse).floor >= assess(person).floor


@QUICK
@given(two_people())
def test_a_worse_answer_never_lowers_the_level(pair: tuple[dict[str, Answer], dict[str, Answer]]) -> None:
    never_lower(pair)


@pytest.mark.slow
@MANY
@given(SEED)
def test_a_worse_answer_never_lowers_the_level_in_20_000_cases(chance: Random) -> None:
    person = anybody(chance)
    never_lower((person, worsened(chance, person)))


def unknown_is_not_no(person: Mapping[str, Answer], name: str) -> None:
    unknown, unasked, no = {**person, name: DONT_KNOW}, dict(person), {**person, name: "no"}
    unasked.pop(name)
    assert assess(unknown).floor >= assess(no).floor
    if assess({**person, name: "yes"}).floor > assess(no).floor:
        # it matters: then leaving it open must show, one way or the other
        left_open = assess(unasked)
        assert isinstance(left_open.urgency, Missing) or name in left_open.unasked
        doubted = assess(unknown)
        assert doubted.floor > assess(no).floor or name in {doubt.question for doubt in doubted.doubts}


YESNO = [q.id for q in library().questions.values() if q.topic == "urgency" and q.kind == "yesno"]


@QUICK
@given(people(may_skip=True), st.sampled_from(YESNO))
def test_unknown_never_counts_as_no(person: dict[str, Answer], name: str) -> None:
    unknown_is_not_no({**person, name: "no"}, name)


@pytest.mark.slow
@MANY
@given(SEED)
def test_unknown_never_counts_as_no_in_20_000_cases(chance: Random) -> None:
    name = chance.choice(YESNO)
    unknown_is_not_no({**anybody(chance, may_skip=True), name: "no"}, name)


def only_the_emergency(person: Mapping[str, Answer]) -> None:
    triage = assess(person)
    allowed = ("level.EMERGENCY_NOW", "emergency.", "because.", "again.EMERGENCY_NOW", "check.what-it-is")
    if triage.urgency is Urgency.EMERGENCY_NOW:
        told = tell(triage, person, "europe")
        assert triage.plan == "hidden"
        assert told.sentences[0].id.startswith("emergency.call")
        assert all(sentence.id.startswith(allowed) for sentence in told.sentences)
        assert all(reason.level is Urgency.EMERGENCY_NOW for reason in told.reasons)
    elif triage.floor >= Urgency.SOON or not triage.is_finished:
        assert triage.plan == "locked"


@QUICK
@given(people(may_skip=True))
def test_an_emergency_shows_the_emergency_and_nothing_else(person: dict[str, Answer]) -> None:
    only_the_emergency(person)


@pytest.mark.slow
@MANY
@given(SEED)
def test_an_emergency_shows_the_emergency_and_nothing_else_in_20_000_cases(chance: Random) -> None:
    only_the_emergency(anybody(chance, may_skip=True))


@QUICK
@given(people(may_skip=True), st.data())
def test_one_more_answer_never_lowers_the_level(person: dict[str, Answer], data: st.DataObject) -> None:
    missing = [name for name in urgent() if name not in person]
    if missing:
        name = data.draw(st.sampled_from(missing))
        more = {**person, name: data.draw(answer_of(library().variables[name]))}
        assert assess(more).floor >= assess(person).floor


@QUICK
@given(people(may_skip=True))
def test_self_care_needs_every_mandatory_answer(person: dict[str, Answer]) -> None:
    if assess(person).urgency is Urgency.SELF_CARE:
        assert all(person.get(name, DONT_KNOW) != DONT_KNOW for name in rulebook().mandatory - {"improving"})


def test_nobody_without_a_known_adult_age_gets_a_plan() -> None:
    well = next(person for person in vignettes() if person.id == "V-23").answers
    assert assess({**well, "age": 17}).plan == "locked"
    assert assess({**well, "age": DONT_KNOW}).plan == "locked"
    assert assess({**well, "age": 18}).plan == "open"


# Every rule is needed


def without(rule: TriageRule) -> Rulebook:
    return replace(rulebook(), rules=tuple(other for other in rulebook().rules if other is not rule))


def instead_of(rule: TriageRule, condition: Expression) -> Rulebook:
    other = replace(rule, condition=condition)
    return replace(rulebook(), rules=tuple(other if old is rule else old for old in rulebook().rules))


def is_noticed(book: Rulebook) -> bool:
    return any(wrong(book, person) for person in vignettes())


EVERY_RULE = pytest.mark.parametrize("rule", rulebook().rules, ids=lambda rule: rule.id)


@EVERY_RULE
def test_dropping_a_rule_is_noticed(rule: TriageRule) -> None:
    assert is_noticed(without(rule))


@EVERY_RULE
def test_negating_a_rule_is_noticed(rule: TriageRule) -> None:
    assert is_noticed(instead_of(rule, Not(rule.condition)))


def weakened(condition: Expression) -> Iterator[tuple[str, Expression]]:
    """Yield the condition with one part left out, for every part of every ``and`` and ``or``."""
    match condition:
        case Every(parts) | Some(parts):
            for at, part in enumerate(parts):
                rest = parts[:at] + parts[at + 1 :]
                yield f"without {part}", rest[0] if len(rest) == 1 else type(condition)(rest)
                for name, inner in weakened(part):
                    yield name, type(condition)((*parts[:at], inner, *parts[at + 1 :]))
        case Not(part):
            yield from ((name, Not(inner)) for name, inner in weakened(part))
        case Yes() | DontKnow() | Compare():
            return


PARTS = [(rule, name, part) for rule in rulebook().rules for name, part in weakened(rule.condition)]


@pytest.mark.parametrize(("rule", "name", "part"), PARTS, ids=[f"{rule.id} {name}" for rule, name, _ in PARTS])
def test_leaving_out_one_part_of_a_rule_is_noticed(rule: TriageRule, name: str, part: Expression) -> None:
    assert is_noticed(instead_of(rule, part)), name
