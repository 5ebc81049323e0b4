"""Findings in words: every slot filled, every source named; the page shows them and jumps to their moment."""

import re
from dataclasses import replace
from datetime import date

import pytest

from lumbar.estimate import around
from lumbar.form.analysis import SetAnalysis
from lumbar.form.findings import Finding
from lumbar.form.measures import BY_ID
from lumbar.knowledge.library import library
from lumbar.report.findings import findings_of, nothing_of, view_of
from lumbar.report.page import render_page
from lumbar.report.record import to_record

RULES = library().form_rules
ON = date(2026, 11, 22)


def made(rule_id: str) -> Finding:
    rule = RULES[rule_id]
    name = rule.clauses[0].measure
    rep = None if rule.scope == "set" else 2
    reps = () if rep is None else (2,)
    return Finding(rule_id, rule.kind, name, around(0.25, 0.1), 0.1, 1, reps, rep, None if rep is None else 12.34)


@pytest.mark.parametrize("rule_id", RULES)
def test_every_finding_is_said_whole(rule_id) -> None:
    view = view_of(made(rule_id))
    for text in (view.title, view.seen, view.why, view.wrong, *view.sure, view.cue or "", view.drill or ""):
        assert not re.search(r"[{}]|None|nan", text), text
    assert view.seen.endswith(".")
    assert re.search(r"\d", view.seen)
    assert (view.cue is None) == (view.drill is None) == (view.kind == "praise")
    assert view.sources
    assert len(set(view.sources)) == len(view.sources)


def test_the_number_is_said_with_its_range_unit_and_rep(pulled: SetAnalysis) -> None:
    first, second, third = findings_of(pulled)
    assert first.seen == (
        "Between the set-up and its worst moment your lower back bent 18° more (range 14–22), on rep 4."
    )
    assert first.when == "rep 4, 21.6 s"
    assert "31\N{NO-BREAK SPACE}% slower" in second.seen
    assert second.when is None
    assert "at most 2.0\N{NO-BREAK SPACE}% of your height" in third.seen
    assert "range up to 3.0\N{NO-BREAK SPACE}%" in third.seen
    assert BY_ID["lumbar_change"].unit == "rad"


def test_the_page_shows_each_finding_and_its_moment(pulled: SetAnalysis) -> None:
    html = render_page(pulled, None, made_on=ON)
    for view in findings_of(pulled):
        assert f'id="finding-{view.id}"' in html
        assert view.title in html
    assert re.findall(r'data-at="([\d.]+)"', html) == ["21.600", "8.200"]
    assert "The phone stood low" in html


def test_a_set_without_findings_says_so_and_a_refused_one_says_nothing(
    pulled: SetAnalysis, refused: SetAnalysis
) -> None:
    silent = replace(pulled, findings=())
    assert "Nothing stands out" in (nothing_of(silent) or "")
    assert "Nothing stands out" in render_page(silent, None, made_on=ON)
    assert nothing_of(pulled) is None
    assert nothing_of(refused) is None
    assert 'id="findings"' not in render_page(refused, None, made_on=ON)


def test_the_record_holds_findings_style_and_advice(pulled: SetAnalysis) -> None:
    record = to_record(pulled)
    assert record["style"] == {"name": "conventional", "confidence": 1.0, "reason": "You said so."}
    assert [advice["id"] for advice in record["advice"]] == ["advice-height"]
    first = record["findings"][0]
    assert (first["id"], first["level"], first["rep"], first["reps"]) == ("rounding", 2, 4, [3, 4])
    assert first["seen"]["unit"] == "rad"
    assert first["exercise"] == "hip-hinge-drill"
    assert "FM-03" in first["cards"]
