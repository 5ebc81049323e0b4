"""The return to deadlifting: when a lifter is on it, what opens the next step, and what a session changes.

Order and gates: ``knowledge/exercises/ladder.toml`` (TL-11, grade E). A step down after a red light, and a lay-off
of more than thirty days as a reason to begin again at about half the load, are our own rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lumbar.knowledge.exercise import Stage
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import AnswersById
from lumbar.knowledge.saying import Said, say
from lumbar.plan.progress import Climb, Judged
from lumbar.plan.state import Colour, PlanState, colour, is_log_ahead, known_answers
from lumbar.screening.results import TestResult
from lumbar.training.signals import WINDOW_DAYS

#: Two green sessions count where they are at least this far apart (TL-11).
APART = timedelta(hours=48)
#: The last step, and the first with a bar in the hands.
TOP, LOADED = 6, 3
#: Where somebody begins again who has not pulled for more than thirty days: from the floor, and light.
AFTER_A_GAP = 4


def stages() -> tuple[Stage, ...]:
    """Return the steps in their order; the place of each is its number."""
    return tuple(sorted(library().stages.values(), key=lambda stage: stage.number))


@dataclass(frozen=True, slots=True)
class Gate:
    """What is still open before a step; nothing where it may be taken."""

    stage: Stage
    missing: tuple[Said, ...]


def green_count(climb: Climb) -> int:
    """Return the green sessions on this step, those closer than 48 hours to the one before left out."""
    return len(_apart(climb))


def _apart(climb: Climb) -> tuple[datetime, ...]:
    counted: list[datetime] = []
    green = (each.session_at for each in climb.judged if each.colour == "green")
    for time in sorted(time for time in green if climb.since is None or time > climb.since):
        if not counted or time - counted[-1] >= APART:
            counted.append(time)
    return tuple(counted)


def missing_before(stage: Stage, climb: Climb, state: PlanState) -> tuple[Said, ...]:
    """Return what is still open before a step, seen from the step below."""
    answers = known_answers(state)
    return (
        *_greens_missing(stage, climb),
        *_pain_missing(stage, answers),
        *_test_missing(stage, state.tests),
    )


def _greens_missing(stage: Stage, climb: Climb) -> Iterator[Said]:
    count = green_count(climb) if climb.stage == stage.number - 1 else 0
    if count < stage.green_sessions:
        yield say("gate.greens", count=count, wanted=stage.green_sessions)


def _pain_missing(stage: Stage, answers: AnswersById) -> Iterator[Said]:
    truth = None if stage.when is None else library().condition(stage.when).truth(answers)
    if stage.when is not None and not truth:
        yield say("gate.pain-unknown" if truth is None else "gate.pain")


def _test_missing(stage: Stage, tests: tuple[TestResult, ...]) -> Iterator[Said]:
    if stage.test is None or stage.at_least is None:
        return
    results = [result for result in tests if result.test == stage.test]
    newest = max(results, key=lambda result: result.at, default=None)
    name = say(f"test.{stage.test}")
    if newest is None:
        yield say("gate.test-unknown", test=name, wanted=stage.at_least)
    elif newest.mean < stage.at_least:
        yield say("gate.test", test=name, wanted=stage.at_least, value=f"{newest.mean:.0f}")


def climb_now(state: PlanState) -> Climb | None:
    """Return where on the return the lifter is after the newest entry; None who trains as usual.

    The same state gives the same place again and again: a session counts once.
    """
    found = colour(state)
    climb = state.progress.climb or _start(state, found)
    if climb is None:
        return None
    climb = _judged(climb, state, found)
    while climb.stage < TOP and not missing_before(stages()[climb.stage + 1], climb, state):
        climb = replace(climb, stage=climb.stage + 1, since=_latest(climb), judged=())
    is_through = climb.stage == TOP and green_count(climb) >= stages()[TOP].green_sessions
    return None if is_through else climb


def _latest(climb: Climb) -> datetime | None:
    times = [each.session_at for each in climb.judged] + ([climb.since] if climb.since is not None else [])
    return max(times, default=None)


def _start(state: PlanState, found: Colour) -> Climb | None:
    if found == "red":
        session = _session(state)
        return Climb(0, since=session, fallen_at=session, began_at=session)
    last = state.pulls.last
    if last is not None and (state.today - last.at.date()).days > WINDOW_DAYS:
        at = last.at.replace(tzinfo=state.now.tzinfo)
        return Climb(AFTER_A_GAP, since=at, began_at=at)
    return None


def _session(state: PlanState) -> datetime | None:
    last = state.episode.last
    return last.session_at if last is not None else None


def _judged(climb: Climb, state: PlanState, found: Colour) -> Climb:
    """Return the climb with the diary's session judged; red goes one step down, once."""
    session = _session(state)
    if session is None or is_log_ahead(state) or found in ("unsettled", "unknown"):
        return climb
    if found == "red":
        is_new = climb.fallen_at is None or session > climb.fallen_at
        down = replace(climb, stage=max(climb.stage - 1, 0), since=session, judged=(), fallen_at=session)
        return down if is_new else climb
    if climb.since is not None and session <= climb.since:
        return climb
    others = tuple(each for each in climb.judged if each.session_at != session)
    return replace(climb, judged=tuple(sorted((*others, _to(session, found)), key=lambda each: each.session_at)))


def _to(session: datetime, found: Colour) -> Judged:
    return Judged(session, "green" if found == "green" else "amber")


def stage_allowed(climb: Climb | None, state: PlanState, found: Colour) -> int:
    """Return the highest step whose exercises may be in the plan now.

    Nothing beyond daily life without a known pain of 3 at most; no loaded pull while the light is red, or cannot
    be told, nor, with a routine appointment due, without a green one.
    """
    answers = known_answers(state)
    allowed = climb.stage if climb is not None else TOP
    wanted = stages()[1 : allowed + 1] if climb is not None else stages()[1:2]
    for stage in wanted:
        if stage.when is not None and not library().condition(stage.when).truth(answers):
            allowed = min(allowed, stage.number - 1)
    return min(allowed, LOADED - 1) if found in ("red", "unknown") else allowed
