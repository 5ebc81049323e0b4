"""What a plan is made from, and the few facts that follow from it: pain now, what is answered, the light."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from lumbar.errors import ValueRangeError
from lumbar.estimate import Missing
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer, AnswersById
from lumbar.knowledge.saying import say
from lumbar.knowledge.soreness import Light
from lumbar.plan.history import Pulls
from lumbar.plan.progress import PlanProgress
from lumbar.screening.results import TestResult
from lumbar.symptoms.diary import Entry, Episode, latest_episode
from lumbar.symptoms.gate import Gate
from lumbar.symptoms.recheck import traffic_light
from lumbar.symptoms.telling import MINOR
from lumbar.symptoms.urgency import Urgency

#: How long an entry of the diary says how sore it is now; an engineering rule.
FRESH = timedelta(hours=72)
#: A plan is for a week, and so is the check that it rests on; an engineering rule.
WEEK = timedelta(days=7)
#: How much later than the diary's session a logged one is another session; the diary counts whole hours.
_SAME_SESSION = timedelta(hours=12)

#: "unknown": red is not ruled out, so loaded pulls wait; "unsettled": red is, green is not known yet.
Colour = Literal["green", "amber", "red", "unsettled", "unknown"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What to work on in the technique: a finding's id and name, one cue, one drill, and where they come from.

    ``exercise`` is the drill's id in the knowledge where it is one of its exercises, so that urgency, stage and
    equipment hold it back like any other; ``sources`` are ids of cards.
    """

    id: str
    name: str
    cue: str
    drill: str
    sources: tuple[str, ...]
    exercise: str | None = None

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueRangeError("the sources of a finding", "empty", "at least one card")


@dataclass(frozen=True, slots=True)
class PlanState:
    """Everything that a plan is made from; whoever makes the same state twice gets the same plan twice.

    ``now`` carries its zone, which is the lifter's. ``urgency`` is that of a finished check, Missing where there
    is none or only that it locks is known. ``is_adult`` is None where nobody said. ``episode`` holds the diary
    since the last session; ``answers`` are those of the check where they are at hand. ``corrections`` come in
    the order of their weight.
    """

    now: datetime
    urgency: Urgency | Missing
    is_adult: bool | None
    episode: Episode = field(default_factory=lambda: Episode(()))
    answers: AnswersById = field(default_factory=dict)
    pulls: Pulls = field(default_factory=Pulls)
    tests: tuple[TestResult, ...] = ()
    corrections: tuple[Correction, ...] = ()
    progress: PlanProgress = field(default_factory=PlanProgress)

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueRangeError("the time of a plan", self.now.isoformat(), "a time with its zone")
        object.__setattr__(self, "answers", dict(self.answers))

    @property
    def today(self) -> date:
        """Return the lifter's day."""
        return self.now.date()

    def clock(self, time: datetime) -> datetime:
        """Return a time on the lifter's own clock, without a zone, as the log writes it."""
        return time.astimezone(self.now.tzinfo).replace(tzinfo=None)

    def with_entry(self, entry: Entry) -> "PlanState":
        """Return the state after one more entry of the diary; time does not run backward."""
        episode = latest_episode((*self.episode.entries, entry))
        now = max(self.now, entry.at.astimezone(self.now.tzinfo))
        return replace(self, episode=episode, now=now)


def is_adult(answers: AnswersById) -> bool | None:
    """Return whether the answers of a check are an adult's; None where the age is not known (FA-13)."""
    minor = MINOR.truth(answers)
    return None if minor is None else not minor


def urgency_left(gate: Gate | None, now: datetime) -> Urgency | Missing:
    """Return the urgency that a kept check stands for, as long as it speaks of now.

    What a check locked stays locked until it is asked again: no warning sign goes away by growing old (RF-16).
    """
    if gate is None:
        return Missing(say("locked.no-check").text)
    if gate.left == "locked":
        return Missing(say("locked.check").text)
    if not timedelta(0) <= now - gate.at <= WEEK:
        return Missing(say("locked.old-check").text)
    return Urgency.SELF_CARE if gate.left == "open" else Urgency.ROUTINE


def current_episode(entries: Sequence[Entry], now: datetime) -> Episode:
    """Return the newest episode as far as it still says something: while its last entry is a week old at most.

    An entry that locks the plan says so for as long as it is the newest one.
    """
    episode = latest_episode(entries)
    last = episode.last
    is_old = last is not None and now - last.at > WEEK and not last.is_locked
    return Episode(()) if is_old else episode


def kept_state(
    now: datetime,
    gate: Gate | None,
    entries: Sequence[Entry],
    progress: PlanProgress,
    *,
    pulls: Pulls | None = None,
    tests: Sequence[TestResult] = (),
) -> PlanState:
    """Return the state from what is kept at home. A check that left the plan open was an adult's."""
    urgency = urgency_left(gate, now)
    return PlanState(
        now,
        urgency,
        None if isinstance(urgency, Missing) else True,
        current_episode(entries, now),
        pulls=pulls or Pulls(),
        tests=tuple(tests),
        progress=progress,
    )


def last_session(state: PlanState) -> datetime | None:
    """Return when the lifter last pulled or trained hard, on their own clock; None where nobody knows."""
    entry = state.episode.last
    noted = entry.session_at if entry is not None else None
    known = [state.clock(noted)] if noted is not None else []
    known += [state.pulls.last.at] if state.pulls.last is not None else []
    return max(known, default=None)


def is_log_ahead(state: PlanState) -> bool:
    """Return whether pulls were logged after the session that the diary speaks of."""
    entry, last = state.episode.last, state.pulls.last
    if last is None or entry is None or entry.session_at is None:
        return False
    return last.at - state.clock(entry.session_at) > _SAME_SESSION


def light(state: PlanState) -> Light | Missing:
    """Return the traffic light of the last session (TL-10); Missing where it cannot be told."""
    if state.episode.last is None:
        return Missing(say("light.none-answers").text)
    if is_log_ahead(state):
        return Missing(say("week.light-other").text)
    return traffic_light(state.episode)


def colour(state: PlanState) -> Colour:
    """Return the light's colour; without one, whether at least red is ruled out."""
    found = light(state)
    if isinstance(found, Light):
        return found.id
    if state.episode.last is None or is_log_ahead(state):
        return "unknown"
    red = library().condition(library().lights["red"].when).truth(state.episode.answers)
    # how long it takes to settle is open for two days after every session; the rest must be known
    if red is None:
        red = library().condition(library().lights["red"].when).truth(_settling(state.episode.answers))
    return "unsettled" if red is False else "unknown"


def _settling(answers: AnswersById) -> AnswersById:
    hours = answers.get("hours_since_lift")
    return {**answers, "settled": "by-48h"} if isinstance(hours, int) and hours <= 48 else answers


def pain_now(state: PlanState) -> int | None:
    """Return how sore it is now, the worst of what the check and a fresh entry say; None where nobody knows."""
    last = state.episode.last
    told: list[Answer | None] = [state.answers.get("pain")]
    if last is not None and state.now - last.at <= FRESH:
        told += [last.points("pain"), last.points("pain_bending")]
    return max((points for points in told if isinstance(points, int)), default=None)


def known_answers(state: PlanState) -> dict[str, Answer]:
    """Return what is answered: by the check, by the diary, and what follows from both and from the log."""
    known: dict[str, Answer] = {**state.answers}
    last = state.episode.last
    if last is not None and state.now - last.at <= FRESH:
        known |= state.episode.answers
    for name in ("pain", "pain_bending"):
        known.pop(name, None)
    pain = pain_now(state)
    if pain is not None:
        known["pain"] = pain
        known |= _bending(last, state) if last is not None else {}
    session = last_session(state)
    if session is not None:
        hours = int((state.clock(state.now) - session).total_seconds() // 3600)
        question = library().questions["hours_since_lift"]
        known["hours_since_lift"] = min(max(hours, question.low), question.high)
    return known


def _bending(last: Entry, state: PlanState) -> Mapping[str, Answer]:
    points = last.points("pain_bending")
    is_fresh = state.now - last.at <= FRESH
    return {"pain_bending": points} if is_fresh and points is not None else {"pain_bending": DONT_KNOW}
