"""The consultation as pages: its parts in order, nothing unescaped, nothing from the network; and on paper."""

import re
import shutil
import subprocess
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest

from lumbar.consult import Consultation
from lumbar.report.consultation import Parts, render_consultation, render_summary, to_record

from ..consulted import Vignette, film_of, held, lifters, plan_said

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HEADINGS = [
    "Your soreness beside ordinary soreness",
    "What was measured on film",
    "What may be behind it",
    "Your plan",
    "Questions that go with it",
]
EVIL = "<script>alert(1)</script>"


def named(name: str) -> Consultation:
    return held(next(one for one in lifters() if one.id == name))


def parts(found: Consultation) -> Parts:
    record = found.measured.record if found.measured else None
    made_on = found.known.state.today
    return Parts(found.urgency, found.course, record, found.ledger, found.plan, found.answers, made_on)


@pytest.fixture(scope="module")
def whole() -> Parts:
    """A lifter of whom much is known: a jump in load, a finding on film, a diary."""
    return parts(named("load-and-form"))


def test_the_parts_come_in_order_and_urgency_first(whole: Parts) -> None:
    page = render_consultation(whole)
    places = [page.index(f">{heading}</h2>") for heading in HEADINGS]
    assert places == sorted(places)
    assert page.index("<h1>") < places[0]
    assert "No warning sign reported today." in page[page.index("<h1>") : places[0]]


@pytest.mark.parametrize("name", ["emergency-with-everything-known", "minor", "gate-locked"])
def test_what_is_stopped_has_no_part(name: str) -> None:
    page = render_consultation(parts(named(name)))
    assert [heading for heading in HEADINGS if heading in page] == []
    assert ('role="alert"' in page) == name.startswith("emergency")


def test_each_contributor_has_its_three_columns(whole: Parts) -> None:
    page = render_consultation(whole)
    for head in ("Your data", "What is known", "Can you change it"):
        assert page.count(f'data-head="{head}"') == 12
    assert page.count('role="row"') == 13


def test_dots_are_for_what_was_looked_at() -> None:
    """Not having looked is not "looked, and not there"; the summary names what is there."""
    found = parts(named("trunk-endurance-alone"))
    assert found.ledger is not None
    looked = [each for each in found.ledger.contributors if each.strength.dots is not None]
    assert 0 < len(looked) < len(found.ledger.contributors)
    ledger = re.search(r'class="ledger".*?</section>', render_consultation(found), re.DOTALL)
    assert ledger is not None
    assert ledger[0].count('class="dots"') == len(looked)
    summary = render_summary(found)
    assert "<strong>Trunk endurance</strong>" in summary
    assert "<strong>Form</strong>" not in summary


def test_strangers_words_are_shown_and_never_run(whole: Parts) -> None:
    said = {"title": f"{EVIL}a title", "seen": f"{EVIL}seen", "cue": f"{EVIL}cue"}
    film = film_of({"findings": [{"id": "rounding", "said": said}]})
    refused = {**film.record, "refused": {"id": "x", "reason": EVIL, "advice": EVIL}}
    for record in (film.record, refused):
        evil = replace(whole, record=record)
        for page in (render_consultation(evil), render_summary(evil)):
            assert "<script" not in page
            assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_finding_reaches_the_plan_escaped() -> None:
    one = next(one for one in lifters() if one.id == "load-and-form")
    films = [{"findings": [{"id": "rounding", "said": {"title": EVIL, "cue": EVIL, "drill": EVIL}}]}]
    assert "<script" not in render_consultation(parts(held(replace(one, films=films))))


@pytest.mark.parametrize("render", [render_consultation, render_summary])
def test_a_page_asks_nothing_of_the_network(render, whole: Parts) -> None:
    page = render(whole)
    assert re.findall(r"""(?:src|href|action)=["'](?!data:|#)[^"']*""", page) == []
    assert not re.search(r"@import|url\((?!['\"]?data:)|<script|<iframe|<object", page)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    rules = unescape(policy[1])
    assert "default-src 'none'" in rules
    assert "unsafe" not in rules
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashes = [b64encode(sha256(style.encode()).digest()).decode() for style in styles]
    assert styles
    assert all(f"sha256-{each}" in rules for each in hashes)


def test_a_page_carries_no_style_or_handler_that_its_policy_forbids(whole: Parts) -> None:
    assert not re.search(r"<[a-z][^>]*\s(?:style|on[a-z]+)=", render_consultation(whole))


def test_the_record_tells_parts_and_order(whole: Parts) -> None:
    record = to_record(whole)
    assert record["schema"] == "lumbar.consultation/1"
    assert (record["urgency"], record["is_stopped"], record["plan"]) == ("SELF_CARE", False, "open")
    assert [each["id"] for each in record["contributors"]][:2] == ["load", "form"]
    assert record["findings"] == ["rounding"]
    stopped = to_record(parts(named("same-day")))
    assert (stopped["urgency"], stopped["is_stopped"], stopped["plan"]) == ("SAME_DAY", True, None)
    assert (stopped["contributors"], stopped["answers"], stopped["findings"]) == ([], [], [])


@pytest.mark.parametrize("lifter", lifters(), ids=lambda one: one.id)
def test_the_record_says_what_is_left_of_the_plan(lifter: Vignette) -> None:
    found = held(lifter)
    left = plan_said(found)
    assert to_record(parts(found))["plan"] == (None if left == "none" else left)


def sheets(page: str, folder: Path) -> int:
    """Return how many sheets a page is when it is printed."""
    source, printed = folder / "page.html", folder / "page.pdf"
    source.write_text(page)
    places = (f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={printed}")
    command = [str(CHROMIUM), *QUIET, *places, "--no-pdf-header-footer", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True)
    return len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))


@pytest.mark.slow
@pytest.mark.e2e
@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium, to print")
def test_the_summary_is_one_sheet_and_the_consultation_prints(whole: Parts, tmp_path: Path) -> None:
    """The summary with everything that can be on it: all contributors there, two findings."""
    findings = [{"id": "rounding"}, {"id": "hips-first", "said": {"title": "Hips rise before the bar"}}]
    full = replace(whole, record=film_of({"findings": findings}).record)
    assert sheets(render_summary(full), tmp_path) == 1
    assert 2 <= sheets(render_consultation(full), tmp_path) <= 12
