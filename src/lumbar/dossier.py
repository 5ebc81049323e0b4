"""Everything that is kept of one lifter, gathered for a consultation or a plan."""

from dataclasses import dataclass
from datetime import datetime

from lumbar.consult import Known, SetOnFilm
from lumbar.contributors.evidence import Evidence
from lumbar.knowledge.questions import AnswersById
from lumbar.plan import progress
from lumbar.plan.history import Pulls, pull_history
from lumbar.plan.state import PlanState, kept_state
from lumbar.screening import results
from lumbar.store.films import Film
from lumbar.store.store import KeptLifter, Store
from lumbar.symptoms import journal
from lumbar.symptoms.gate import kept_gate
from lumbar.training.entries import Session
from lumbar.training.exposure import SessionExposure, exposures
from lumbar.training.movements import Movements

#: How many of the newest films a consultation looks at; an engineering rule.
FILMS = 20


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What follows from the log alone, as of ``at``: who asks often keeps it while the log stays as it is."""

    at: datetime
    sessions: tuple[Session, ...]
    exposures: tuple[SessionExposure, ...]
    pulls: Pulls

    @property
    def next_at(self) -> datetime | None:
        """Return when the first session begins that the log holds already: then it must be reckoned anew."""
        at = self.at.replace(tzinfo=None)
        return min((each.started for each in self.sessions if each.started > at), default=None)


def reckoned(person: KeptLifter, now: datetime) -> Reckoned:
    """Read a lifter's log and reckon what follows from it; ``now`` carries its zone, which is the lifter's."""
    sessions, names = person.log.sessions(), Movements(person.log.choices())
    each = tuple(exposures(sessions, names, person.body()))
    return Reckoned(now, tuple(sessions), each, pull_history(sessions, names, now.replace(tzinfo=None)))


def plan_state(person: KeptLifter, now: datetime, log: Reckoned | None = None) -> PlanState:
    """Return what a plan is made from; ``now`` carries its zone, which is the lifter's."""
    return kept_state(
        now,
        kept_gate(person.folder),
        journal.saved(person.folder),
        progress.saved(person.folder),
        pulls=(log or reckoned(person, now)).pulls,
        tests=results.saved(person.folder),
    )


def known_of(
    store: Store,
    person: KeptLifter,
    now: datetime,
    answers: AnswersById | None = None,
    region: str | None = None,
    log: Reckoned | None = None,
) -> Known:
    """Return everything known of a lifter; ``answers`` are those of a check that was just asked."""
    body, log = person.body(), log or reckoned(person, now)
    said = {
        name: value
        for name, value in (
            ("height_cm", None if body.height_m is None else round(body.height_m * 100)),
            ("mass_kg", None if body.mass_kg is None else round(body.mass_kg)),
        )
        if value is not None
    }
    evidence = Evidence(
        at=now.replace(tzinfo=None),
        sessions=log.exposures,
        diary=journal.saved(person.folder),
        results=results.saved(person.folder),
        answers={**said, **(answers or {})},
        sex=body.sex,
    )
    films = store.films.of(person.id, limit=FILMS, with_records=True)
    on_film = tuple(map(_on_film, filter(_is_done, films)))
    return Known(evidence, plan_state(person, now, log), on_film, answers, region)


def _is_done(film: Film) -> bool:
    return film.record is not None


def _on_film(film: Film) -> SetOnFilm:
    return SetOnFilm(film.at, film.record or {})
