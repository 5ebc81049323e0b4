"""A plan as an iCalendar file: what to do on which day, and nothing of how somebody is.

A day has at most two entries: the pull, and trunk, hinge and hips. Their ids are those of the day, so that a
newer file takes the place of an older one. Calendars are often shared: no soreness and no light is in them.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from lumbar import __version__
from lumbar.knowledge.saying import Said, say
from lumbar.plan.items import Item
from lumbar.plan.making import Plan

#: What the ids of the entries are made from; any fixed text would do.
_NAME = "lumbar:plan"


def to_ical(plan: Plan) -> bytes:
    """Return the week's days as an iCalendar file (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Lumbar//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say("calendar.name").text)
    for event in _events(plan):
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _events(plan: Plan) -> Iterator[Event]:
    pulls = (*plan.prevention.warm_up, *plan.week.pulls)
    others = tuple(each for each in plan.prevention.items if each.exercise.movement != "prepare")
    for day in sorted({day for each in (*pulls, *others) for day in each.days}):
        for kind, items in (("pulls", pulls), ("exercises", others)):
            todo = [each for each in items if day in each.days]
            if todo:
                yield _event(plan, day, kind, todo)


def _event(plan: Plan, day: date, kind: str, items: Iterable[Item]) -> Event:
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'{_NAME}:{kind}:{day.isoformat()}')}")
    event.add("dtstamp", plan.state.now.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", say(f"calendar.{kind}").text)
    event.add("description", "\n".join(said.text for said in _lines(items)))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _lines(items: Iterable[Item]) -> Iterator[Said]:
    for each in items:
        yield each.name if each.dose is None else say("plan.line", name=each.name, dose=each.dose)
    yield say("plan.stop")
