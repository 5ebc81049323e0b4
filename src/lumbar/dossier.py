"""Everything that is kept of one lifter, gathered for a consultation or a plan."""

from datetime import datetime

from lumbar.consult import Known, SetOnFilm
from lumbar.contributors.evidence import Evidence
from lumbar.knowledge.questions import AnswersById
from lumbar.plan import progress
from lumbar.plan.history import pull_history
from lumbar.plan.state import PlanState, kept_state
from lumbar.screening import results
from lumbar.store.films import Film
from lumbar.store.store import KeptLifter, Store
from lumbar.symptoms import journal
from lumbar.symptoms.gate import kept_gate
from lumbar.training.exposure import exposures
from lumbar.training.movements import Movements

#: How many of the newest films a consultation looks at; an engineering rule.
_FILMS = 20


def plan_state(person: KeptLifter, now: datetime) -> PlanState:
    """Return what a plan is made from; ``now`` carries its zone, which is the lifter's."""
    log = person.log
    pulls = pull_history(log.sessions(), Movements(log.choices()), now.replace(tzinfo=None))
    return kept_state(
        now,
        kept_gate(person.folder),
        journal.saved(person.folder),
        progress.saved(person.folder),
        pulls=pulls,
        tests=results.saved(person.folder),
    )


def known_of(
    store: Store, person: KeptLifter, now: datetime, answers: AnswersById | None = None, region: str | None = None
) -> Known:
    """Return everything known of a lifter; ``answers`` are those of a check that was just asked."""
    body, log = person.body(), person.log
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
        sessions=tuple(exposures(log.sessions(), Movements(log.choices()), body)),
        diary=journal.saved(person.folder),
        results=results.saved(person.folder),
        answers={**said, **(answers or {})},
        sex=body.sex,
    )
    films = store.films.of(person.id, limit=_FILMS, with_records=True)
    return Known(evidence, plan_state(person, now), tuple(map(_on_film, filter(_is_done, films))), answers, region)


def _is_done(film: Film) -> bool:
    return film.record is not None


def _on_film(film: Film) -> SetOnFilm:
    return SetOnFilm(film.at, film.record or {})
