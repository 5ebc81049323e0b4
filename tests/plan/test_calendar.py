"""The calendar: what to do on which day, and nothing of how somebody is."""

from datetime import date

from icalendar import Calendar
from lifters import state

from lumbar.plan.calendar import to_ical
from lumbar.plan.making import Plan, make_plan


def events(**more) -> list:
    plan = make_plan(state(**more))
    assert isinstance(plan, Plan)
    return list(Calendar.from_ical(to_ical(plan)).walk("VEVENT"))


def test_each_training_day_has_its_entries() -> None:
    days = {(event.decoded("dtstart"), str(event["summary"])) for event in events()}
    assert days == {
        (date(2026, 11, 23), "Pulls"),
        (date(2026, 11, 23), "Trunk, hinge and hips"),
        (date(2026, 11, 25), "Trunk, hinge and hips"),
        (date(2026, 11, 26), "Trunk, hinge and hips"),
        (date(2026, 11, 27), "Trunk, hinge and hips"),
    }
    assert all(event.decoded("dtend") > event.decoded("dtstart") for event in events())


def test_an_entry_says_what_to_do_and_when_to_stop() -> None:
    pulls = next(event for event in events() if event["summary"] == "Pulls")
    assert "Deadlift from the floor: 3 × 5 at 142.5 kg" in pulls["description"]
    assert "Stop and run lumbar check" in pulls["description"]
    assert str(pulls["class"]) == "PRIVATE"


def test_it_says_nothing_of_how_somebody_is() -> None:
    for colour in ("green", "amber", "red"):
        text = " ".join(str(event["description"]) + str(event["summary"]) for event in events(colour=colour))
        for word in ("green", "amber", "red light", "sore", "appointment", "Heat"):
            assert word not in text


def test_a_newer_file_takes_the_place_of_an_older_one() -> None:
    green = {event["uid"]: event.decoded("dtstart") for event in events()}
    amber = {event["uid"]: event.decoded("dtstart") for event in events(colour="amber")}
    assert green == amber
    assert len(green) == len(set(green))
