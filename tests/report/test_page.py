"""The page of a set: whole, valid, self-contained, and it hides nothing that is missing."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from lumbar.estimate import Estimate, Missing, around
from lumbar.form.analysis import SetAnalysis
from lumbar.form.measures import Measure
from lumbar.report.page import data_uri, render_page
from lumbar.report.view import summary_of

ON = date(2026, 11, 22)
CLIP = b"\0\0\0\x18ftypmp42 not really a film"
#: HTML elements without an end, and those of SVG that this page closes at once.
VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Element:
    """An element of the page: what it is, where it is, and its text."""

    tag: str
    attributes: dict[str, str | None]
    parents: tuple[str, ...]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """A page taken apart; it refuses an end that does not fit its start."""

    open: list[Element] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), tuple(one.tag for one in self.open))
        self.elements.append(element)
        if len(attrs) != len(element.attributes):
            self.faults.append(f"an attribute twice in {tag}")
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs), tuple(one.tag for one in self.open)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            self.faults.append(f"</{tag}> in {[one.tag for one in self.open]}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        is_read = not self.open or self.open[-1].tag not in {"script", "style"}
        for element in self.open if is_read else self.open[-1:]:
            element.text += data

    def find(self, tag: str, **attributes: str) -> Iterator[Element]:
        for element in self.elements:
            if element.tag == tag and all(element.attributes.get(k) == v for k, v in attributes.items()):
                yield element

    @property
    def words(self) -> str:
        """What a reader sees, in one line."""
        (body,) = self.find("body")
        return " ".join(body.text.split())


def taken_apart(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    return page


@pytest.fixture(scope="module")
def html(pulled: SetAnalysis) -> str:
    return render_page(pulled, data_uri(CLIP), made_on=ON)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return taken_apart(html)


@pytest.fixture
def refused_page(refused: SetAnalysis) -> Page:
    return taken_apart(render_page(refused, data_uri(CLIP), made_on=ON))


@pytest.mark.parametrize("kind", ["page", "refused_page"])
def test_the_page_is_balanced_and_its_ids_are_unique(kind: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(kind)
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert page.faults == []
    assert page.open == []
    assert len(ids) == len(set(ids))
    named = {
        name
        for element in page.elements
        for key in ("aria-labelledby", "aria-describedby", "for")
        for name in (element.attributes.get(key) or "").split()
    }
    assert named <= set(ids)
    links = {element.attributes["href"] for element in page.find("a")}
    assert {str(link).removeprefix("#") for link in links} <= set(ids)


def test_the_page_asks_nothing_of_the_network(page: Page, html: str) -> None:
    places = [
        element.attributes[key]
        for element in page.elements
        for key in ("src", "href", "poster", "srcset", "action", "data", "xlink:href")
        if key in element.attributes
    ]
    assert [place for place in places if not str(place).startswith(("data:", "#"))] == []
    styles = "".join(element.text for element in page.find("style"))
    assert re.findall(r"url\(|@import", styles) == []
    script = [element for element in page.find("script") if "type" not in element.attributes]
    assert re.findall(r"fetch\(|XMLHttpRequest|WebSocket|sendBeacon|import\(", script[0].text) == []
    assert re.findall(r"https?:", html) == []


def test_the_policy_forbids_everything_but_the_page_itself(page: Page) -> None:
    (meta,) = page.find("meta", **{"http-equiv": "Content-Security-Policy"})
    rules = dict(rule.split(" ", 1) for rule in str(meta.attributes["content"]).split("; "))
    assert rules["default-src"] == "'none'"

    def hashed(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    assert rules["style-src"].split() == [hashed(style.text) for style in page.find("style")]
    (script,) = (one for one in page.find("script") if "type" not in one.attributes)
    assert rules["script-src"] == hashed(script.text)
    # The policy would refuse them, so there may be none.
    assert [
        e.tag for e in page.elements if "style" in e.attributes or any(k.startswith("on") for k in e.attributes)
    ] == []


def test_every_missing_reason_is_on_the_page(page: Page, pulled: SetAnalysis) -> None:
    reasons = {
        one.reason
        for mapping in (*pulled.measures, pulled.set_measures)
        for one in mapping.values()
        if isinstance(one, Missing)
    }
    assert len(reasons) == 3
    assert [reason for reason in reasons if reason not in page.words] == []


def test_a_missing_number_leads_to_its_reason(page: Page, pulled: SetAnalysis) -> None:
    links = list(page.find("a", **{"class": "why"}))
    missing = [one for mapping in pulled.measures for one in mapping.values() if isinstance(one, Missing)]
    assert len(links) == len(missing)
    reasons = {
        f"#{note.attributes['id']}": note.text.strip() for note in page.find("li") if "id" in note.attributes
    }
    assert sorted(reasons[str(link.attributes["href"])] for link in links) == sorted(one.reason for one in missing)


def test_every_rep_is_a_row_and_every_number_has_its_range(page: Page) -> None:
    rows = [element for element in page.find("tr") if "tbody" in element.parents]
    assert len(rows) == 5 * 4  # speeds, times, distances, angles, ratios
    assert "0.54 0.51–0.57" in page.words.replace("0.540.51", "0.54 0.51")
    cells = list(page.find("td"))
    assert len(cells) == 4 * 16
    assert all(cell.text.startswith("—") or "–" in cell.text for cell in cells)


def test_what_could_not_be_judged_comes_with_how_to_film_it(page: Page, pulled: SetAnalysis) -> None:
    for limit in pulled.limits:
        assert f"{limit.reason}{limit.advice}" in page.words


def test_the_first_lines_of_a_refused_page_are_why_and_what_to_do(
    refused_page: Page, refused: SetAnalysis
) -> None:
    assert refused.refused is not None
    assert refused_page.words.startswith(
        f"This set cannot be judged {refused.refused.reason} Film it so: {refused.refused.advice}"
    )
    assert len(list(refused_page.find("video"))) == 1
    assert list(refused_page.find("table")) == []
    layers = [box.attributes["data-layer"] for box in refused_page.find("input") if "data-layer" in box.attributes]
    assert layers == ["skeleton", "outline", "veil"]


def test_the_lead_says_the_set_in_sentences(page: Page) -> None:
    said = page.words.replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith(
        "4 reps at 110 kg Mean speed up 0.54 m/s (range 0.51–0.57) on rep 1, 0.49 m/s (range 0.46–0.52) on rep 4. "
        "Velocity loss 9 % (range 4–14)."
    )


def test_the_summary_says_the_lever_arm_of_the_hardest_rep_in_plain_words(pulled: SetAnalysis) -> None:
    hardest = max(pulled.loads, key=lambda load: load.peak_n_m.value if isinstance(load.peak_n_m, Estimate) else 0)
    said = " ".join(summary_of(pulled)).replace("\N{NO-BREAK SPACE}", " ")
    assert isinstance(hardest.lever_m, Estimate)
    value, low, high = (
        f"{100 * each:.0f}" for each in (hardest.lever_m.value, hardest.lever_m.low, hardest.lever_m.high)
    )
    words = f"hardest (rep {hardest.rep}), the bar is {value} cm (range {low}–{high}) ahead of the lowest joint"
    assert words in said


def test_the_page_says_what_it_is_and_what_a_range_means(page: Page) -> None:
    for words in (
        "not a medical device",
        "measure by measure",
        "nine times out of ten",
        "tuesday pull.mp4",
        "2026-11-22",
        "BlazePose heavy",
        "6.0 Hz",
    ):
        assert words in page.words


def test_any_measure_is_shown_by_its_name_and_definition(
    pulled: SetAnalysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = Measure("grip_width", "Grip <width>", "m", "Between the hands.", "nobody yet")
    monkeypatch.setattr("lumbar.form.measures.REP_MEASURES", (new,))
    wider = replace(pulled, measures=tuple({"grip_width": around(0.52, 0.02)} for _ in pulled.reps))
    page = taken_apart(render_page(wider, None, made_on=ON))
    assert "Grip <width>" in page.words
    assert "Between the hands." in page.words
    assert [table.text.count("52") for table in page.find("table")] == [4]


@pytest.mark.parametrize("name", ["<script>.mp4", "<img src=x onerror='alert(1)'>.mp4", '"&quot;{{ page }}.mp4'])
def test_a_clip_named_like_a_script_is_only_a_name(pulled: SetAnalysis, name: str) -> None:
    named = replace(pulled, clip=replace(pulled.clip, path=Path(name)))
    html = render_page(named, data_uri(CLIP), made_on=ON)
    page = taken_apart(html)
    assert page.faults == []
    assert len(list(page.find("script"))) == 2
    assert list(page.find("img")) == []
    assert name in page.words


def test_the_script_gets_valid_json_that_cannot_end_its_element(page: Page, html: str) -> None:
    (element,) = page.find("script", id="data")
    assert "<" not in element.text
    data = json.loads(element.text)
    assert [rep[0] for rep in data["reps"]] == [1, 2, 3, 4]
    assert [curve["id"] for curve in data["curves"]] == [
        figure.attributes["data-chart"] for figure in taken_apart(html).find("figure", **{"class": "timed"})
    ]


def test_what_is_drawn_is_switched_by_boxes_with_keys(page: Page) -> None:
    boxes = [box for box in page.find("input") if "data-layer" in box.attributes]
    keys = {box.attributes["data-layer"]: box.attributes.get("data-key") for box in boxes}
    # The back was not read in this set, so there is no switch for its curve.
    assert keys == {"skeleton": "S", "trail": "P", "lever": "A", "plate": None, "outline": None, "veil": None}
    assert all("checked" in box.attributes for box in boxes)


def test_every_rep_can_be_tapped_and_every_finding_leads_to_its_frame(page: Page, pulled: SetAnalysis) -> None:
    taps = [button for button in page.find("button") if "data-rep" in button.attributes]
    assert {button.attributes["data-rep"] for button in taps} == {"1", "2", "3", "4"}
    assert all(str(button.attributes["aria-label"]).startswith("Loop rep") for button in taps)
    jumps = [button.attributes["data-at"] for button in page.find("button") if "data-at" in button.attributes]
    assert jumps == [f"{one.time_s:.3f}" for one in pulled.findings if one.time_s is not None]


def test_thirty_seconds_weigh_at_most_400_kb_without_the_clip(half_a_minute: SetAnalysis) -> None:
    assert len(half_a_minute.tracks.time_s) == 900
    assert len(render_page(half_a_minute, None, made_on=ON).encode()) <= 400_000


def test_the_clip_is_in_the_page_byte_for_byte(page: Page) -> None:
    (video,) = page.find("video")
    assert video.attributes["src"] == "data:video/mp4;base64," + b64encode(CLIP).decode()


def test_without_a_clip_there_is_no_video_and_the_figure_still_moves(pulled: SetAnalysis) -> None:
    page = taken_apart(render_page(pulled, None, made_on=ON))
    assert list(page.find("video")) == []
    assert len(list(page.find("canvas", id="drawing"))) == 1


def test_a_clip_in_which_nobody_was_seen_has_a_page(refused: SetAnalysis) -> None:
    tracks = refused.tracks
    none = slice(0, 0)
    empty = replace(
        refused,
        tracks=replace(
            tracks,
            pose=replace(
                tracks.pose,
                time_s=tracks.time_s[none],
                xy_px=tracks.pose.xy_px[none],
                visibility=tracks.pose.visibility[none],
                world_m=tracks.pose.world_m[none],
                score=tracks.pose.score[none],
            ),
            silhouette=replace(
                tracks.silhouette, time_s=tracks.time_s[none], outline_px=tracks.silhouette.outline_px[none]
            ),
            width_px=0,
            height_px=0,
            faces_px=np.zeros((0, 4)),
        ),
    )
    page = taken_apart(render_page(empty, data_uri(CLIP), made_on=ON))
    assert page.faults == []
    assert page.words.startswith("This set cannot be judged")
    assert len(list(page.find("video"))) == 1


def test_the_page_has_the_places_where_the_app_puts_what_it_knows_of_other_sets(pulled: SetAnalysis) -> None:
    html = render_page(pulled, "clip.mp4", made_on=ON, back="/films")
    assert html.count('<p><a href="/films">← All films</a></p>') == 1
    assert html.count('<section class="watch') == 1


def test_every_control_has_a_name(page: Page) -> None:
    nameless = [
        element.tag
        for element in page.elements
        if element.tag in {"button", "input", "video"}
        and "aria-label" not in element.attributes
        and "label" not in element.parents
    ]
    assert nameless == []
    assert [
        svg.attributes["role"] for svg in page.find("svg") if "chart" in (svg.attributes.get("class") or "")
    ] == ["img"] * 6


def test_the_same_analysis_makes_the_same_page(pulled: SetAnalysis) -> None:
    assert render_page(pulled, data_uri(CLIP), made_on=ON) == render_page(pulled, data_uri(CLIP), made_on=ON)


def test_pounds_are_shown_to_who_lifts_pounds(pulled: SetAnalysis) -> None:
    page = taken_apart(render_page(pulled, None, made_on=ON, mass_unit="lb"))
    assert page.words.replace("\N{NO-BREAK SPACE}", " ").startswith("4 reps at 242.5 lb")
