"""Does it fit ordinary soreness: the expected course, the signs against it, the light, the marks, the picture."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.estimate import Missing
from lumbar.knowledge.library import library
from lumbar.symptoms.course import Fit, compare, course_for, highest
from lumbar.symptoms.diary import Entry, Episode
from lumbar.symptoms.picture import draw_body, draw_course
from lumbar.symptoms.recheck import next_mark, recheck, traffic_light
from lumbar.symptoms.urgency import Urgency

SESSION = datetime(2026, 11, 15, 18, tzinfo=UTC)
BOTH = frozenset({"low-back-left", "low-back-right"})
ORDINARY = {
    "soreness_onset": "next-day", "soreness_kind": "dull", "leg_sign": "no", "changed": "no", "pain_lifting": 2,
    "pain_before": 0,
}  # fmt: skip


def entry(hours: int, pain: int, places: frozenset[str] | None = BOTH, **answers) -> Entry:
    at = SESSION + timedelta(hours=hours)
    return Entry(at, SESSION, {**ORDINARY, "pain": pain, **answers}, places, is_checked=True)


def episode(*course: tuple[int, int], **answers) -> Episode:
    return Episode(tuple(entry(hours, pain, **answers) for hours, pain in course))


def test_the_curve_of_the_published_study_fits() -> None:
    """The means of TL-14, rounded: 2.91, 2.62, 1.97 and 1.13 after one to four days."""
    assert compare(episode((24, 3), (48, 3), (72, 2), (96, 1))).fit is Fit.FITS


def test_the_means_of_the_study_lie_on_the_course() -> None:
    course = library().courses["after-new-effort"]
    for hours, mean in zip(course.study_hours, course.study_mean_score, strict=True):
        assert 0 < mean <= highest(course, hours)


def test_the_course_falls_and_ends_after_a_week_at_the_usual_level() -> None:
    course = library().courses["after-new-effort"]
    points = [highest(course, hours) for hours in range(0, 300, 6)]
    assert points == sorted(points, reverse=True)
    assert (points[0], points[-1]) == (5, 1)


def test_the_usual_kind_of_session_has_the_shorter_course() -> None:
    assert course_for({"new_effort": "no"}).id == "after-usual-effort"
    assert course_for({"new_effort": "dk"}).id == course_for({}).id == "after-new-effort"


@pytest.mark.parametrize(
    ("answers", "sign"),
    [
        ({"soreness_onset": "during"}, "sign.began-during"),
        ({"soreness_onset": "no-session"}, "sign.began-without-session"),
        ({"leg_sign": "yes"}, "sign.leg-sign"),
        ({"places": frozenset({"low-back-left", "lower-leg-left"})}, "sign.below-knee"),
        ({"pain_worst": 8}, "sign.severe"),
        ({"soreness_kind": "electric"}, "sign.burns"),
    ],
)
def test_one_strong_sign_is_enough_not_to_fit(answers: dict, sign: str) -> None:
    comparison = compare(episode((24, 3), **answers))
    assert comparison.fit is Fit.NOT
    assert comparison.against[0].id == sign


@pytest.mark.parametrize(
    ("answers", "sign"),
    [
        ({"soreness_onset": "same-day"}, "sign.began-same-day"),
        ({"soreness_onset": "later"}, "sign.began-later"),
        ({"places": frozenset({"low-back-left"})}, "sign.one-side"),
        ({"pain_worst": 6}, "sign.strong"),
        ({"soreness_kind": "sharp"}, "sign.sharp"),
    ],
)
def test_one_weak_sign_fits_partly(answers: dict, sign: str) -> None:
    comparison = compare(episode((24, 3), **answers))
    assert (comparison.fit, [said.id for said in comparison.against]) == (Fit.PARTLY, [sign])


def test_three_weak_signs_do_not_fit() -> None:
    told = {"soreness_onset": "same-day", "soreness_kind": "sharp", "places": frozenset({"low-back-left"})}
    assert compare(episode((24, 3), **told)).fit is Fit.NOT


def test_no_better_after_three_days_does_not_fit() -> None:
    assert compare(episode((24, 3), (72, 3))).against[0].id == "sign.not-easing"


def test_still_there_after_a_week_does_not_fit() -> None:
    assert "sign.past-a-week" in [said.id for said in compare(episode((24, 4), (169, 1))).against]


def test_too_high_for_its_day_fits_partly_and_says_by_how_much() -> None:
    comparison = compare(episode((24, 5), (132, 4)))
    assert comparison.fit is Fit.PARTLY
    assert comparison.against[0].text == ("On day 5 it was 4 of 10, above the expected course, which reaches 2.5.")


@pytest.mark.parametrize("name", ["soreness_onset", "soreness_kind", "leg_sign"])
def test_unknown_never_counts_as_no(name: str) -> None:
    comparison = compare(episode((24, 3), **{name: "dk"}))
    assert (comparison.fit, len(comparison.not_known)) == (Fit.PARTLY, 1)


def test_without_a_session_or_without_soreness_there_is_nothing_to_compare() -> None:
    lost = Episode((Entry(SESSION, None, {"pain": 3}),))
    assert isinstance(compare(lost).fit, Missing)
    assert isinstance(compare(episode((24, 0))).fit, Missing)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Urgency.SELF_CARE, Urgency.ROUTINE),
        (Urgency.ROUTINE, Urgency.SOON),
        (Urgency.SOON, Urgency.SOON),
        (Urgency.SAME_DAY, Urgency.SAME_DAY),
    ],
)
def test_not_fitting_raises_by_one_step_up_to_soon(before: Urgency, after: Urgency) -> None:
    assert compare(episode((24, 3), soreness_onset="during")).raised(before) is after
    assert compare(episode((24, 3))).raised(before) is before


#: The worked check of the evidence file.
@pytest.mark.parametrize(
    ("course", "answers", "colour"),
    [
        ([(12, 3), (24, 0)], {}, "green"),
        ([(12, 4), (24, 0)], {}, "amber"),
        ([(12, 3), (40, 0)], {}, "amber"),
        ([(12, 3), (24, 0)], {"pain_lifting": 5}, "amber"),
        ([(12, 6), (24, 0)], {}, "red"),
        ([(12, 3), (60, 1)], {}, "red"),
        ([(12, 3), (24, 0)], {"leg_sign": "yes"}, "red"),
    ],
)
def test_the_traffic_light_is_that_of_the_pain_monitoring_model(course, answers, colour) -> None:
    light = traffic_light(episode(*course, **answers))
    assert not isinstance(light, Missing)
    assert light.id == colour


@pytest.mark.parametrize("unknown", ["pain_lifting", "leg_sign"])
def test_what_is_not_known_is_not_green(unknown: str) -> None:
    assert isinstance(traffic_light(episode((12, 3), (24, 0), **{unknown: "dk"})), Missing)


def test_before_it_has_settled_there_is_no_light() -> None:
    light = traffic_light(episode((12, 3)))
    assert isinstance(light, Missing)
    assert "how long it takes" in light.reason


LADDERS = st.fixed_dictionaries(
    {
        "soreness_kind": st.sampled_from(["dull", "tight", "sharp", "burning", "electric", "dk"]),
        "soreness_onset": st.sampled_from(["next-day", "same-day", "later", "during", "no-session", "dk"]),
        "leg_sign": st.sampled_from(["no", "yes", "dk"]),
        "pain_lifting": st.integers(0, 10),
    }
)
FITS = {Fit.FITS: 0, Fit.PARTLY: 1, Fit.NOT: 2}


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(LADDERS, st.integers(0, 240), st.integers(1, 10), st.integers(1, 10))
def test_more_pain_never_makes_it_fit_better_nor_the_light_greener(answers, hours, one, other) -> None:
    less, more = (episode((hours, pain), **answers) for pain in sorted((one, other)))
    before, after = compare(less).fit, compare(more).fit
    assert not isinstance(before, Missing)
    assert not isinstance(after, Missing)
    assert FITS[before] <= FITS[after]
    lights = [traffic_light(less), traffic_light(more)]
    ranks = [
        0 if isinstance(light, Missing) else ("", "green", "amber", "red").index(light.id) for light in lights
    ]
    assert ranks[0] <= ranks[1] or isinstance(lights[1], Missing)


def ids(*entries: Entry) -> list[str]:
    return [said.id for said in recheck(Episode(entries)).reasons]


CALM = entry(24, 3)


def test_the_check_is_asked_with_the_first_entry() -> None:
    assert ids(CALM) == ["diary.recheck-first"]


def test_a_calm_second_entry_asks_nothing() -> None:
    assert ids(CALM, entry(40, 3)) == []
    assert ids(CALM, entry(40, 2, soreness_kind="dull")) == []


@pytest.mark.parametrize(
    "after",
    [
        entry(40, 4),
        entry(40, 3, changed="yes"),
        entry(40, 3, changed="dk"),
        entry(40, 3, leg_sign="yes"),
        entry(40, 3, leg_sign="dk"),
        entry(40, 3, soreness_kind="sharp"),
        entry(40, 3, BOTH | {"thigh-back-left"}),
        Entry(SESSION + timedelta(hours=40), SESSION, {"pain": 3}, BOTH),
        Entry(SESSION + timedelta(hours=40), SESSION, {"pain": "dk", "changed": "no", "leg_sign": "no"}, BOTH),
    ],
)
def test_whatever_is_new_worse_or_in_doubt_asks_the_check_again(after: Entry) -> None:
    assert ids(CALM, after) == ["diary.recheck"]


def test_a_locked_plan_asks_the_check_again_each_time() -> None:
    locked = Entry(CALM.at, SESSION, CALM.answers, BOTH, is_checked=True, is_locked=True)
    assert ids(locked, entry(40, 2)) == ["diary.recheck"]


@pytest.mark.parametrize(("hours", "mark"), [(72, "day-3"), (168, "day-7"), (336, "day-14"), (1008, "week-6")])
def test_each_mark_asks_the_check_once(hours: int, mark: str) -> None:
    near = entry(hours - 1, 1)
    assert f"mark.{mark}" in ids(near, entry(hours, 1))
    assert f"mark.{mark}" not in ids(near, entry(hours, 1), entry(hours + 1, 1))


def test_a_mark_stays_due_until_the_check_was_asked() -> None:
    missed = Entry(SESSION + timedelta(hours=75), SESSION, entry(75, 1).answers, BOTH)
    assert "mark.day-3" in ids(CALM, missed, entry(80, 1))


def test_the_next_mark_is_told() -> None:
    mark = next_mark(episode((24, 3)))
    assert mark is not None
    assert mark.day == 3
    assert next_mark(episode((2000, 3))) is None


NS = "{http://www.w3.org/2000/svg}"


def test_the_picture_has_a_title_a_description_and_a_dot_for_each_entry() -> None:
    root = ET.fromstring(draw_course(episode((24, 3), (48, 7))))  # noqa: S314 - our own
    assert root.findtext(f"{NS}title") == "Your soreness and the expected course"
    about = root.findtext(f"{NS}desc") or ""
    assert "Day 1: 3 of 10, within the band." in about
    assert "Day 2: 7 of 10, above the band." in about
    assert [c.get("class") for c in root.iter(f"{NS}circle")] == ["dot", "over"]
    assert "prefers-color-scheme: dark" in (root.findtext(f"{NS}style") or "")


def test_dots_stand_at_their_day_and_height() -> None:
    root = ET.fromstring(draw_course(episode((0, 0), (192, 10))))  # noqa: S314 - our own
    dots = [(float(c.get("cx", "")), float(c.get("cy", ""))) for c in root.iter(f"{NS}circle")]
    assert dots == [(40.0, 236.0), (pytest.approx(40 + 584 * 8 / 9, abs=0.05), 40.0)]


def test_a_picture_without_entries_shows_the_band_alone() -> None:
    root = ET.fromstring(draw_course(Episode(())))  # noqa: S314 - our own
    assert not list(root.iter(f"{NS}circle"))
    assert len(list(root.iter(f"{NS}polygon"))) == 1


def test_the_body_chart_marks_the_sore_places_and_names_them() -> None:
    root = ET.fromstring(draw_body(BOTH))  # noqa: S314 - our own
    assert [c.get("class") for c in root.iter(f"{NS}circle")].count("sore") == 2
    assert root.findtext(f"{NS}desc") == "Marked: low back, left, low back, right."
