"""What locks a plan: urgency, age, a check that is due, a red light that nobody looked at yet."""

from collections.abc import Iterator
from dataclasses import dataclass

from lumbar.estimate import Missing
from lumbar.knowledge.saying import Said, say
from lumbar.knowledge.soreness import Light
from lumbar.plan.state import PlanState
from lumbar.symptoms.course import compare
from lumbar.symptoms.diary import Episode
from lumbar.symptoms.recheck import recheck, traffic_light
from lumbar.symptoms.urgency import Urgency


@dataclass(frozen=True, slots=True)
class Locked:
    """There is no plan: why, and what comes first."""

    reason: Said
    then: tuple[Said, ...]

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said, in order."""
        return (self.reason, *self.then)


def urgency_now(state: PlanState) -> Urgency | Missing:
    """Return the urgency, one step up where the soreness does not fit ordinary soreness (NC-12)."""
    if isinstance(state.urgency, Missing):
        return state.urgency
    return compare(state.episode).raised(state.urgency)


def lock(state: PlanState) -> Locked | None:
    """Return what locks the plan, the most urgent first; None where nothing does."""
    urgency = urgency_now(state)
    if isinstance(urgency, Urgency) and urgency >= Urgency.SOON:
        return Locked(say(f"level.{urgency.name}"), tuple(_after(urgency)))
    why = next(_against(state, urgency), None)
    if why is None:
        return None
    reason, *then = why
    return Locked(reason, (*then, say("locked.run-check")))


def _against(state: PlanState, urgency: Urgency | Missing) -> Iterator[tuple[Said, ...]]:
    """Yield what locks a plan besides a known urgency: the reason, and what belongs to it."""
    last = state.episode.last
    if last is not None and last.is_locked:
        yield (say("locked.check"),)
    if isinstance(urgency, Missing):
        yield (_unknown(urgency),)
    if state.is_adult is not True:
        yield (say("result.adults" if state.is_adult is False else "locked.age"),)
    if is_red_unchecked(state.episode):
        yield say("locked.red"), say("light.red.then")
    if last is not None and not last.is_checked and (due := recheck(state.episode)):
        yield say("locked.changed"), *due.reasons


def _after(urgency: Urgency) -> Iterator[Said]:
    yield say(f"level.{urgency.name}.then")
    yield say(f"again.{urgency.name}")
    if urgency is not Urgency.EMERGENCY_NOW:
        yield say("locked.waits")


def is_red_unchecked(episode: Episode) -> bool:
    """Return whether the light turned red at an entry after which the check was not asked again."""
    for count in range(1, len(episode.entries) + 1):
        found = traffic_light(Episode(episode.entries[:count]))
        if isinstance(found, Light) and found.id == "red":
            return not any(entry.is_checked for entry in episode.entries[count - 1 :])
    return False


def _unknown(urgency: Missing) -> Said:
    """Return why the urgency is not known, as the wording has it."""
    said = (say("locked.no-check"), say("locked.old-check"), say("locked.check"))
    return next((each for each in said if each.text == urgency.reason), say("locked.unfinished"))
