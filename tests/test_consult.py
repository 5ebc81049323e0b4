"""The consultation: forty and more written lifters, and what holds for anybody at all."""

import json
import re
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbar.bench.people import anybody
from lumbar.consult import STOPS_AT, Consultation, consult
from lumbar.estimate import Missing
from lumbar.knowledge.library import library
from lumbar.report.consultation import Parts, render_consultation, render_summary, to_record
from lumbar.symptoms.telling import Told
from lumbar.symptoms.urgency import assess
from .people import Vignette, held, known_of, lifters, plan_said, urgency_said

LEVELS = ("SELF_CARE", "ROUTINE", "SOON", "SAME_DAY", "EMERGENCY_NOW")


def parts(found: Consultation) -> Parts:
    record = found.measured.record if found.measured else None
    made = found.known.state.today
    return Parts(found.urgency, found.course, record, found.ledger, found.plan, found.answers, made)


def words(page: str) -> str:
    """Return what is read of a page, in one line."""
    bare = re.sub(r"<style.*?</style>|<head>.*?</head>|<[^>]*>", " ", page, flags=re.DOTALL)
    return " ".join(bare.split())


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
