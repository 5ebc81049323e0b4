"""The expected course of ordinary soreness: does this lifter's fit it, and what speaks against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from lumbar.estimate import Missing
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import AnswersById
from lumbar.knowledge.saying import Said, say
from lumbar.knowledge.soreness import Aspect, Course
from lumbar.symptoms.diary import Episode
from lumbar.symptoms.urgency import Urgency

#: This many weak signs weigh as much as a strong one; an engineering rule.
WEAK_MAKE_STRONG = 3

#: "Does not fit" raises by one step (NC-12), but never to SAME_DAY or more by itself: those want a sign of their
#: own; an engineering rule.
RAISED_AT_MOST = Urgency.SOON


class Fit(Enum):
    """How well a soreness fits; the ids of the wording."""

    FITS = "fits"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared, and what came out; Missing where there is nothing to compare.

    ``against`` and ``not_known`` are why it does not fit fully, ``fitting`` is what fits.
    """

    fit: Fit | Missing
    course: Course
    against: tuple[Said, ...] = ()
    not_known: tuple[Said, ...] = ()
    fitting: tuple[Said, ...] = ()

    def raised(self, urgency: Urgency) -> Urgency:
        """Return the urgency with one step more where the soreness does not fit."""
        if self.fit is not Fit.NOT or urgency >= RAISED_AT_MOST:
            return urgency
        return Urgency(urgency + 1)


def course_for(answers: AnswersById) -> Course:
    """Return the course to compare with: the longer one unless the session was of the usual kind."""
    usual = answers.get("new_effort") == "no"
    return library().courses["after-usual-effort" if usual else "after-new-effort"]


def highest(course: Course, hours: int) -> float:
    """Return the most, of 10, that still fits so many hours after the session.

    >>> highest(library().courses["after-new-effort"], 120)
    3.0
    """
    points = list(zip(course.hours, course.high_score, strict=True))
    for (early, high), (late, low) in pairwise(points):
        if early <= hours <= late:
            return high + (low - high) * (hours - early) / (late - early)
    return points[-1][1]


def compare(episode: Episode) -> Comparison:
    """Return how an episode compares with ordinary soreness after training."""
    answers = episode.answers
    course = course_for(answers)
    if all(entry.felt in (None, 0) for entry in episode.entries):
        return Comparison(Missing(say("fit.no-pain").text), course)
    if episode.last is None or episode.last.hours is None:
        return Comparison(Missing(say("fit.no-time").text), course)
    looked = [_look(aspect, answers) for aspect in library().aspects.values()]
    looked += [("weak", said) for said in _above(episode, course)] or _within(episode, course)

    def of(weight: str) -> tuple[Said, ...]:
        return tuple(said for own, said in looked if own == weight)

    against, not_known = of("strong") + of("weak"), of("not-known")
    if of("strong") or len(against) >= WEAK_MAKE_STRONG:
        return Comparison(Fit.NOT, course, against, not_known, of("fits"))
    fit = Fit.PARTLY if against or not_known else Fit.FITS
    return Comparison(fit, course, against, not_known, of("fits"))


def _look(aspect: Aspect, answers: AnswersById) -> tuple[str, Said]:
    """Return the weight of the first sign that holds; unknown is not "no"."""
    truths = [(sign, library().condition(sign.when).truth(answers)) for sign in aspect.signs]
    for sign, truth in truths:
        if truth:
            return sign.weight, say(f"sign.{sign.id}")
    if any(truth is None for _, truth in truths):
        return "not-known", say(f"aspect.{aspect.id}")
    return "fits", say(f"aspect.{aspect.id}.fits")


def _within(episode: Episode, course: Course) -> list[tuple[str, Said]]:
    """Return that every entry lies within the course, if it does."""
    dots = [(entry.hours, entry.felt) for entry in episode.entries]
    inside = all(felt <= highest(course, hours) for hours, felt in dots if hours is not None and felt is not None)
    return [("fits", say("fit.below"))] if inside else []


def _above(episode: Episode, course: Course) -> Iterator[Said]:
    """Yield the entry furthest above the course; what is above its peak is told by the strength already."""
    over = []
    for entry in episode.entries:
        if entry.hours is not None and entry.felt is not None:
            high = highest(course, entry.hours)
            if high < entry.felt <= max(course.high_score):
                over.append((entry.felt - high, entry.hours, entry.felt, high))
    if over:
        _, hours, felt, high = max(over)
        yield say("fit.above", day=hours // 24, points=felt, high=f"{high:.1f}")
