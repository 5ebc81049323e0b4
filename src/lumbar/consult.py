"""Main path 2: everything known of one lifter → one consultation. Urgency first, and it can stop the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lumbar.contributors.evidence import Evidence, FilmedSet, FilmFinding
from lumbar.contributors.ledger import Ledger, Strength, ledger
from lumbar.estimate import Missing
from lumbar.guide.answers import Answer, answers
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import AnswersById
from lumbar.knowledge.saying import Said, say
from lumbar.plan.lock import Locked
from lumbar.plan.making import Plan, make_plan
from lumbar.plan.state import Correction, PlanState, is_adult
from lumbar.symptoms.course import Comparison, compare
from lumbar.symptoms.diary import Episode
from lumbar.symptoms.telling import Told, tell
from lumbar.symptoms.urgency import Urgency, assess

#: From this urgency on nothing else is said: what was lifted and how does not matter now (RF-16). Nor is anything
#: else said to somebody under 18, at whatever urgency (RF-18, FA-13).
STOPS_AT = Urgency.SAME_DAY
#: How many answers a consultation brings; an engineering rule: more are not read.
_ANSWERS = 6
#: What everybody with a sore back asks, in this order; ids of the guide's answers.
_ALWAYS = ("normal-soreness", "train-while-sore", "heat-or-ice", "sore-or-injured")


@dataclass(frozen=True, slots=True)
class SetOnFilm:
    """One filmed set: ``at`` on the lifter's clock, ``record`` as docs/analysis-json.md has it, without series."""

    at: datetime
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """Everything known of one lifter at a moment, each piece optional.

    ``answers`` are those of a check that was just asked, None where none was; then ``state.urgency`` tells what
    the last check left. ``films`` are newest first. ``evidence`` and ``state`` hold the diary, the log and the
    tests; what was filmed is added to both here.
    """

    evidence: Evidence
    state: PlanState
    films: tuple[SetOnFilm, ...] = ()
    answers: AnswersById | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Consultation:
    """What a lifter gets, in the order in which it is said; what urgency stops is None or empty.

    ``urgency`` is what the check says, or why nothing can be said before it was asked.
    """

    known: Known
    urgency: Told | Missing
    course: Comparison | None = None
    measured: SetOnFilm | None = None
    ledger: Ledger | None = None
    plan: Plan | Locked | None = None
    answers: tuple[Answer, ...] = ()

    @property
    def is_stopped(self) -> bool:
        """Say whether urgency, or being under 18, leaves nothing else to say."""
        return self.ledger is None

    @property
    def is_check_due(self) -> bool:
        """Say whether the check comes first: never asked, too old, unfinished, or locked by it."""
        if isinstance(self.urgency, Told):
            return self.urgency.urgency is None
        return isinstance(self.known.state.urgency, Missing)

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said and comes from the wording, in order."""
        urgent = self.urgency.sentences if isinstance(self.urgency, Told) else ()
        course = (*self.course.against, *self.course.not_known, *self.course.fitting) if self.course else ()
        plan = self.plan.sentences if self.plan else ()
        ledger_says = self.ledger.sentences if self.ledger else ()
        answered = (said for answer in self.answers for said in answer.sentences)
        return (*urgent, *course, *ledger_says, *plan, *answered)


def consult(known: Known) -> Consultation:
    """Return the consultation of one lifter: urgency, what was measured, what may be behind it, plan, answers."""
    urgency, level = _urgency(known)
    if level >= STOPS_AT or is_adult(known.answers or {}) is False:
        return Consultation(known, urgency)
    weighed = ledger(replace(known.evidence, filmed=filmed(known.films)))
    return Consultation(
        known=known,
        urgency=urgency,
        course=compare(known.state.episode) if known.state.episode.entries else None,
        measured=known.films[0] if known.films else None,
        ledger=weighed,
        plan=make_plan(_state(known)),
        answers=_fitting(weighed),
    )


def _urgency(known: Known) -> tuple[Told | Missing, Urgency]:
    """Return what the check says, and how urgent that is; a check that left the plan locked stops everything.

    Why it did is kept nowhere (RG-06), so it must be taken for the worst until it is asked again.
    """
    if known.answers is not None:
        triage = assess(known.answers)
        return tell(triage, known.answers, known.region), triage.floor
    left = known.state.urgency
    if not isinstance(left, Missing):
        return Missing(say("consult.kept", when=f"{known.state.now:%Y-%m-%d}").text), left
    is_locked = left.reason == say("locked.check").text
    return left, STOPS_AT if is_locked else Urgency.SELF_CARE


def _state(known: Known) -> PlanState:
    """Return the state that the plan is made from: with what this check said, and what the film shows."""
    state = replace(known.state, corrections=corrections(known.films))
    if known.answers is None:
        return state
    triage = assess(known.answers)
    episode = checked(state.episode) if triage.is_finished else state.episode
    return replace(
        state, urgency=triage.urgency, is_adult=is_adult(known.answers), answers=known.answers, episode=episode
    )


def checked(episode: Episode) -> Episode:
    """Return an episode after whose newest entry a finished check was asked: it holds, not an earlier one."""
    if episode.last is None:
        return episode
    return Episode((*episode.entries[:-1], replace(episode.last, is_checked=True, is_locked=False)))


def filmed(films: Sequence[SetOnFilm]) -> tuple[FilmedSet, ...]:
    """Return what stood out on film, for the ledger: what can be changed, never praise; a refused clip is none."""
    return tuple(
        FilmedSet(
            film.at,
            tuple(
                FilmFinding(one["id"], one["said"]["title"], one["level"] > 1) for one in _to_change(film.record)
            ),
        )
        for film in films
        if not film.record.get("refused")
    )


def corrections(films: Sequence[SetOnFilm]) -> tuple[Correction, ...]:
    """Return what the newest set that could be judged gives to work on, for the plan."""
    newest = next((film for film in films if not film.record.get("refused")), None)
    return tuple(
        Correction(
            one["id"], one["said"]["title"], one["said"]["cue"], one["said"]["drill"], tuple(one["cards"]),
            one.get("exercise"),
        )
        for one in (_to_change(newest.record) if newest else ())
    )  # fmt: skip


def _to_change(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in record.get("findings", ()) if one["kind"] != "praise" and one["said"]["cue"]]


def _fitting(weighed: Ledger) -> tuple[Answer, ...]:
    """Return the answers that fit: those of what the lifter's data show, then those that everybody asks."""
    shown = [each.id for each in weighed.contributors if each.strength.rank >= Strength.THERE.rank]
    own = [name for each in shown for name in library().contributors[each].answers[:1]]
    names = list(dict.fromkeys((*own[: _ANSWERS - 2], *_ALWAYS)))[:_ANSWERS]
    return tuple(answers()[name] for name in names)
