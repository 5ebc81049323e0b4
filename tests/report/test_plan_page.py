"""The plan as a page: whole, escaped, without a request, in words and drawings."""

import re
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "plan"))

from lifters import LIGHTS, entry, state

from lumbar.knowledge.library import library
from lumbar.plan.lock import Locked
from lumbar.plan.making import Plan, make_plan
from lumbar.plan.state import Correction
from lumbar.report.plan_page import dots, plan_fragment, plan_view, render_plan
from lumbar.symptoms.diary import Episode
from lumbar.symptoms.urgency import Urgency

EVIL = Correction("x", "<script>alert(1)</script>", "a & b", "c", ("PV-20",))


@pytest.fixture(scope="module")
def plan() -> Plan:
    made = make_plan(state("green", corrections=(EVIL,)))
    assert isinstance(made, Plan)
    return made


def visible(html: str) -> str:
    bare = re.sub(r"<(style|svg|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def test_every_sentence_of_the_plan_is_on_the_page(plan: Plan) -> None:
    shown = visible(render_plan(plan))
    assert [
        said.text for said in plan.sentences if " ".join(said.text.split()) not in shown and said.id[:5] != "sure."
    ] == []


def test_what_others_wrote_is_escaped(plan: Plan) -> None:
    page = render_plan(plan)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_page_asks_nothing_of_the_network(plan: Plan) -> None:
    page = render_plan(plan)
    assert re.findall(r"(?:src|href)=\"(?!data:,|#)[^\"]*", page) == []
    assert "default-src 'none'" in unescape(page)
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_each_exercise_has_its_drawing_and_its_dots(plan: Plan) -> None:
    page = render_plan(plan)
    assert page.count('class="exercise"') == len(plan.items)
    assert dots(library().exercises["heat"]) == "●●●○"


def test_the_list_of_today_begins_with_the_walk_and_warms_up_before_it_pulls(plan: Plan) -> None:
    names = [name for name, _ in plan_view(plan).todo]
    assert names[:3] == ["Walking", "Warm-up sets", "Deadlift from the floor"]


def test_the_fragment_is_what_the_page_holds(plan: Plan) -> None:
    fragment = plan_fragment(plan)
    assert fragment.strip() in render_plan(plan)
    assert "<html" not in fragment


def test_a_locked_plan_shows_why_and_no_exercise() -> None:
    locked = make_plan(state(urgency=Urgency.SAME_DAY))
    assert isinstance(locked, Locked)
    page = render_plan(locked)
    assert "Get medical assessment today." in page
    assert "<svg" not in page
    assert "tickbox" not in page.partition("<body")[2]


def test_a_sore_day_shows_what_does_not_help_under_its_own_heading() -> None:
    sore = replace(state(None), episode=Episode((entry(30, **LIGHTS["amber"] | {"pain": 4}),)))
    view = plan_view(make_plan(sore))
    assert [(group.heading, [item.id for item in group.items]) for group in view.sections[0].groups][1] == (
        "Does not help much",
        ["stretching"],
    )
