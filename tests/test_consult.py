"""The consultation: forty and more written lifters, and what holds for anybody at all."""

import json
import re
from dataclasses import replace
from html import unescape
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbar.bench.people import anybody, usual
from lumbar.consult import STOPS_AT, Consultation, consult
from lumbar.estimate import Missing
from lumbar.knowledge.library import library
from lumbar.report.consultation import Parts, consultation_view, render_consultation, render_summary, to_record
from lumbar.symptoms.telling import Told
from lumbar.symptoms.urgency import assess

from .consulted import Vignette, held, known_of, lifters, plan_said, urgency_said
from .laws.test_wording import forbidden

LEVELS = ("SELF_CARE", "ROUTINE", "SOON", "SAME_DAY", "EMERGENCY_NOW")


def parts(found: Consultation) -> Parts:
    record = found.measured.record if found.measured else None
    made_on = found.known.state.today
    return Parts(found.urgency, found.course, record, found.ledger, found.plan, found.answers, made_on)


def words(page: str) -> str:
    """Return what is read of a page, in one line."""
    return " ".join(texts(page))


def texts(page: str) -> list[str]:
    """Return what is read of a page, a piece for each element."""
    body = re.sub(r"<style.*?</style>|<head>.*?</head>", "", page, flags=re.DOTALL)
    pieces = (" ".join(unescape(piece).split()) for piece in re.split(r"<[^>]*>", body))
    return [piece for piece in pieces if piece]


def is_said(text: str, found: Consultation, page: str) -> bool:
    """Say whether a sentence of the wording, by its id, or a text, by itself, is in the consultation."""
    if text in library().sentences:
        by_id = {said.id for said in found.sentences}
        plain = library().sentences[text].text
        return text in by_id or ("{" not in plain and plain in page)
    return text in page


@pytest.mark.parametrize("one", lifters(), ids=lambda one: one.id)
def test_a_written_lifter_is_told_what_the_cards_say(one: Vignette) -> None:
    found, expect = held(one), one.expect
    page = words(render_consultation(parts(found)))
    lines = found.ledger.contributors if found.ledger else ()
    order, strengths = [each.id for each in lines], {each.id: each.strength.value for each in lines}
    assert expect.get("urgency", urgency_said(found)) == urgency_said(found)
    assert expect.get("plan", plan_said(found)) == plan_said(found)
    assert order[: len(expect.get("first", ()))] == expect.get("first", [])
    assert order[:1] not in [[name] for name in expect.get("not_first", ())]
    assert {name: strengths.get(name) for name in expect.get("strengths", {})} == expect.get("strengths", {})
    for name in expect.get("says_first", ()):
        assert isinstance(found.urgency, Missing)
        assert found.urgency.reason.startswith(library().sentences[name].text.split("{")[0])
    if "corrections" in expect:
        state = getattr(found.plan, "state", None)
        assert state is not None
        assert [each.id for each in state.corrections] == expect["corrections"]
    assert [text for text in expect.get("must_say", ()) if not is_said(text, found, page)] == []
    assert [text for text in expect.get("must_not_say", ()) if is_said(text, found, page)] == []


def test_the_written_lifters_cover_every_contributor_and_every_urgency() -> None:
    """Each contributor is first for somebody, but age, which is first for nobody, and each level comes out."""
    assert len(lifters()) >= 40
    assert len({one.id for one in lifters()}) == len(lifters())
    first = {name for one in lifters() for name in one.expect.get("first", ())[:1]}
    assert first == library().contributors.keys() - {"age"}
    assert {one.expect.get("urgency") for one in lifters()} >= set(LEVELS) | {"unknown"}
    assert {one.expect.get("plan") for one in lifters()} >= {"none", "locked", "modified", "open"}
    assert {card for one in lifters() for card in one.judged_by} <= library().cards.keys()


#: Sides and sleep as they may be, in the few shapes that change what is said.
LOGS = st.none() | st.fixed_dictionaries(
    {
        "weeks": st.integers(1, 14),
        "per_week": st.sampled_from([0.5, 1, 2]),
        "kg": st.sampled_from([40, 100, 220.5]),
        "gap_days": st.sampled_from([0, 0, 35, 90]),
        "last": st.fixed_dictionaries({"sets": st.integers(1, 8), "kg": st.sampled_from([40, 100, 140])}),
    }
)
SCORES = st.integers(0, 10)
DIARIES = st.lists(
    st.fixed_dictionaries(
        {"hours": st.sampled_from([-10, 8, 20, 30, 40]), "pain": SCORES},
        optional={"sleep": SCORES, "pain_bending": SCORES, "leg_sign": st.sampled_from(["yes", "no"])},
    ),
    max_size=3,
    unique_by=lambda row: row["hours"],
)
FILMS = st.lists(
    st.fixed_dictionaries(
        {
            "day": st.sampled_from([0, -7, -14]),
            "is_refused": st.booleans(),
            "findings": st.lists(
                st.fixed_dictionaries(
                    {
                        "id": st.sampled_from(["rounding", "hips-first", "drift"]),
                        "kind": st.sampled_from(["fault", "praise"]),
                        "level": st.integers(1, 3),
                    }
                ),
                max_size=2,
            ),
        }
    ),
    max_size=2,
)
HOLD = library().tests["trunk-extensor-hold"]
TESTS = st.dictionaries(st.just(HOLD.id), st.tuples(st.integers(1, int(HOLD.high))), max_size=1)
GATES = st.none() | st.fixed_dictionaries(
    {"days_ago": st.integers(0, 10), "left": st.sampled_from(["open", "modified", "locked"])}
)
FACTORS = {
    "poor_sleep": st.sampled_from(["yes", "no", "dk"]),
    "worry": SCORES,
    "work_lifting": st.sampled_from(["yes", "no"]),
    "earlier_episodes": st.integers(0, 9),
    "mass_kg": st.integers(40, 200),
    "height_cm": st.integers(150, 200),
}


@st.composite
def anyone(draw: st.DrawFn) -> Vignette:
    """Draw a lifter of whom anything may be known, or nothing."""
    answers = None
    if draw(st.booleans()):
        own = draw(st.fixed_dictionaries({}, optional=FACTORS))
        chance = Random(draw(st.integers(0, 10_000)))  # noqa: S311 - people, not secrets
        person = usual() if draw(st.booleans()) else anybody(chance, may_skip=True)
        answers = {**person, **own}
    unasked = tuple(name for name in usual() if answers is not None and name not in answers)
    pieces = {
        "gate": draw(GATES),
        "log": draw(LOGS),
        "diary": sorted(draw(DIARIES), key=lambda row: row["hours"]),
        "films": sorted(draw(FILMS), key=lambda row: -row["day"]),
        "tests": draw(TESTS),
    }
    return Vignette(
        "drawn", "", (), {}, answers, draw(st.sampled_from([None, "europe"])), unasked=unasked, **pieces
    )


def beside(found: Consultation, pages: list[str]) -> None:
    """Fail where anything but urgency is said."""
    assert (found.course, found.measured, found.ledger, found.plan, found.answers) == (None, None, None, None, ())
    well = consult(replace(found.known, answers=usual()))
    shared = {said.text for said in found.sentences} | {library().sentences["check.what-it-is"].text}
    other = {said.text for said in well.sentences} - shared
    other |= {one["said"]["title"] for film in found.known.films for one in film.record["findings"]}
    assert other
    assert [piece for page in pages for piece in texts(page) if piece in other] == []


#: A share of blame: a percentage, or so many of a hundred, of what it comes from.
BLAME = re.compile(r"\d\s*(?:%|percent|per cent|of 100)\s+(?:of|due|because|from|comes)\b", re.IGNORECASE)


@pytest.mark.slow
@given(anyone())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whoever_asks_urgency_is_first_and_nothing_is_promised(one: Vignette) -> None:
    found = held(one)
    made = parts(found)
    page, record = render_consultation(made), to_record(made)
    pages = [page, render_summary(made)]
    level = assess(found.known.answers).floor if found.known.answers is not None else None
    first = found.urgency.headline[0].text if isinstance(found.urgency, Told) else found.urgency.reason
    assert texts(page)[1] == first
    assert record["says_first"][0] == first
    if level is not None and level >= STOPS_AT:
        assert found.is_stopped
    if found.is_stopped:
        beside(found, pages)
    assert all(said.cards and said.text for said in found.sentences)
    cited = {" ".join(cites.split()) for _, cites in consultation_view(made).sources}  # quotations are not ours
    read = [piece for one_page in pages for piece in texts(one_page) if piece not in cited]
    assert [piece for piece in read if BLAME.search(piece) or forbidden(piece)] == []
    json.dumps(record, allow_nan=False)


def test_a_share_of_blame_would_be_seen() -> None:
    assert BLAME.search("Form: 40 % of your soreness")
    assert BLAME.search("60 percent due to load")


def test_of_the_ledger_no_line_holds_a_percentage() -> None:
    """Not one percentage of anything in the lifter's own column: it would be read as a share (ST-01)."""
    for one in lifters():
        ledger = held(one).ledger
        for each in ledger.contributors if ledger else ():
            assert not any("%" in said.text for said in (*each.yours, each.word, each.change)), one.id


@pytest.mark.parametrize(
    ("gate", "answers", "is_due"),
    [
        (None, None, True),
        ({"days_ago": 1, "left": "open"}, None, False),
        ({"days_ago": 1, "left": "locked"}, None, True),
        ({"days_ago": 9, "left": "open"}, None, True),
        (None, {}, False),
        ({"days_ago": 1, "left": "locked"}, {"saddle_change": "yes"}, False),
    ],
)
def test_the_check_is_due_unless_one_speaks_of_now(gate, answers, *, is_due: bool) -> None:
    assert held(Vignette("one", "", (), {}, answers, gate=gate)).is_check_due is is_due


def test_a_check_asked_now_speaks_for_the_newest_entry_of_the_diary() -> None:
    """The check after an entry that closed the plan, finished and with nothing found, opens it again."""
    diary = [{"hours": 20, "pain": 4, "is_locked": True}]
    assert plan_said(held(Vignette("one", "", (), {}, {}, diary=diary))) == "open"
    unfinished = Vignette("one", "", (), {}, {}, diary=diary, unasked=("fever",))
    assert plan_said(held(unfinished)) == "locked"
    again = Vignette("one", "", (), {}, None, gate={"days_ago": 1, "left": "open"}, diary=diary)
    assert plan_said(held(again)) == "locked"


def test_whose_answers_are_of_a_minor_gets_nothing_but_urgency() -> None:
    """RF-18 and FA-13: no plan, and nothing to work on; the page holds no word of it."""
    found = held(next(one for one in lifters() if one.id == "minor"))
    beside(found, [render_consultation(parts(found))])
    assert known_of(lifters()[0]).answers is not None
