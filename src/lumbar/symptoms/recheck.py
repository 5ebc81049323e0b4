"""When the check is asked again, and the traffic light that holds training back."""

from dataclasses import dataclass

from lumbar.estimate import Missing
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW
from lumbar.knowledge.saying import Said, say
from lumbar.knowledge.soreness import Light, Mark
from lumbar.symptoms.course import Fit, compare
from lumbar.symptoms.diary import Entry, Episode

#: From worst to best.
_COLOURS = ("red", "amber", "green")


@dataclass(frozen=True, slots=True)
class Recheck:
    """Why the check is asked again; empty where it need not be."""

    reasons: tuple[Said, ...]

    def __bool__(self) -> bool:
        return bool(self.reasons)


def traffic_light(episode: Episode) -> Light | Missing:
    """Return the worst colour that fits (TL-10); Missing where a worse one cannot be ruled out.

    Whoever gates training with it must take Missing for "not green".
    """
    known, answers = library(), episode.answers
    for colour in _COLOURS:
        condition = known.condition(known.lights[colour].when)
        truth = condition.truth(answers)
        if truth:
            return known.lights[colour]
        if truth is None:
            # would knowing how long it took decide it?
            is_waiting = condition.truth({**answers, "settled": "by-24h"}) is not None
            return Missing(say("light.none-settled" if is_waiting else "light.none-answers").text)
    return Missing(say("light.none-answers").text)


def reached(episode: Episode) -> Mark | None:
    """Return the last mark that the newest entry is the first to reach."""
    last = episode.last
    if last is None or last.hours is None:
        return None
    before = max((entry.hours or 0 for entry in episode.entries[:-1] if entry.is_checked), default=0)
    due = [mark for mark in library().marks.values() if before < mark.day * 24 <= last.hours]
    return due[-1] if due else None


def next_mark(episode: Episode) -> Mark | None:
    """Return the next mark to come."""
    last = episode.last
    if last is None or last.hours is None:
        return None
    hours = last.hours
    return next((mark for mark in library().marks.values() if mark.day * 24 > hours), None)


def recheck(episode: Episode) -> Recheck:
    """Return whether the newest entry asks for the check, and why.

    With the first entry; with any new or changed symptom, any more pain, any worse kind or limit, any doubt
    about that; when the light turns red or the soreness stops fitting; at each mark; and for as long as the last
    check left the plan locked.
    """
    if not episode.entries:
        return Recheck(())
    *before, last = episode.entries
    if not before:
        return Recheck((say("diary.recheck-first"),))
    reasons = []
    alarms = _alarms(episode) - _alarms(Episode(tuple(before)))
    if has_changed(before[-1], last) or alarms or before[-1].is_locked:
        reasons.append(say("diary.recheck"))
    if (mark := reached(episode)) is not None:
        reasons.extend((say(f"mark.{mark.id}"), say("diary.recheck-mark")))
    return Recheck(tuple(reasons))


def _alarms(episode: Episode) -> set[str]:
    """Return what asks for the check when it is new: a red light, a soreness that does not fit."""
    light = traffic_light(episode)
    found = {"red"} if not isinstance(light, Missing) and light.id == "red" else set()
    return found | ({"not"} if compare(episode).fit is Fit.NOT else set())


def has_changed(before: Entry, after: Entry) -> bool:
    """Return whether anything is new or worse in an entry; doubt counts as a change."""
    if any(after.answers.get(name, DONT_KNOW) != "no" for name in ("changed", "leg_sign")):
        return True
    if after.places is not None and after.places - (before.places or frozenset()):
        return True
    variables = library().variables
    for name, answer in after.answers.items():
        variable, old = variables[name], before.answers.get(name)
        if variable.worse == "up" and isinstance(answer, int) and isinstance(old, int) and answer > old:
            return True
        ladder = variable.choices if variable.worse == "last" else ()
        if old in ladder and answer in ladder and ladder.index(str(answer)) > ladder.index(str(old)):
            return True
    return after.felt is None or (before.felt is not None and after.felt > before.felt)
