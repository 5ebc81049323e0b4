"""Lifters written down in a few lines (tests/vignettes/consult), made into what is known of them."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lumbar.bench.people import usual
from lumbar.consult import Consultation, Known, SetOnFilm, consult
from lumbar.contributors.evidence import Evidence
from lumbar.plan.history import pull_history
from lumbar.plan.lock import Locked
from lumbar.plan.making import Plan
from lumbar.plan.progress import PlanProgress
from lumbar.plan.state import kept_state
from lumbar.screening.results import TestResult
from lumbar.symptoms.diary import Entry
from lumbar.symptoms.gate import Gate
from lumbar.symptoms.telling import Told
from lumbar.symptoms.urgency import Urgency
from lumbar.training.entries import Session, SetEntry
from lumbar.training.exposure import exposures
from lumbar.training.movements import Movements
from lumbar.training.quantities import Load

FOLDER = Path(__file__).parent / "vignettes" / "consult"
#: The newest session of everybody here, on a Saturday evening.
PULLED = datetime(2026, 11, 21, 18, tzinfo=UTC)
#: How a log goes on where a file does not say.
USUAL_LOG = {
    "weeks": 8, "per_week": 1, "kg": 100, "sets": 3, "reps": 5, "exercise": "Deadlift (Barbell)", "gap_days": 0,
}  # fmt: skip
PLACES = frozenset({"low-back-left", "low-back-right"})
#: What a finding on film brings besides its id; the texts stand for those of the wording.
SAID = {
    "title": "Your lower back rounds more from rep to rep", "cue": "Chest up, then push the floor away",
    "drill": "Three pulls with a pause below the knee", "seen": "9° more in rep 5 than in rep 1",
    "why": "A back that keeps its shape is easier to repeat.", "sure": "Likely", "wrong": "A loose shirt",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vignette:
    """One lifter: what is known of them, and what a consultation must come to."""

    id: str
    text: str
    judged_by: tuple[str, ...]
    expect: Mapping[str, Any]
    answers: Mapping[str, Any] | None = None
    region: str | None = "europe"
    gate: Mapping[str, Any] | None = None
    log: Mapping[str, Any] | None = None
    diary: Sequence[Mapping[str, Any]] = ()
    films: Sequence[Mapping[str, Any]] = ()
    tests: Mapping[str, Sequence[float]] = field(default_factory=dict)
    sex: str | None = None
    hours: int = 44
    unasked: Sequence[str] = ()


@cache
def lifters() -> tuple[Vignette, ...]:
    """Return every written lifter."""
    rows = (row for path in sorted(FOLDER.glob("*.toml")) for row in tomllib.loads(path.read_text())["lifter"])
    return tuple(Vignette(**row) for row in rows)


def sessions_of(log: Mapping[str, Any]) -> Iterator[Session]:
    """Yield the sessions of a pattern, oldest first: so many weeks alike, then the last one, which may differ."""
    usual_one = {**USUAL_LOG, **{key: value for key, value in log.items() if key != "last"}}
    every_days = 7 / usual_one["per_week"]
    for back in range(round(usual_one["weeks"] * usual_one["per_week"]) - 1, 0, -1):
        yield _session(usual_one, PULLED - timedelta(days=usual_one["gap_days"] + round(back * every_days)))
    yield _session({**usual_one, **log.get("last", {})}, PULLED)


def _session(one: Mapping[str, Any], at: datetime) -> Session:
    each = SetEntry(one["exercise"], 0, "normal", Load(Decimal(str(one["kg"])), "kg"), one["reps"])
    return Session(at.replace(tzinfo=None), (each,) * one["sets"], "Pull")


def entry_of(row: Mapping[str, Any]) -> Entry:
    """Return an entry of the diary so many hours after the newest session; before it, of no session."""
    answers = {key: value for key, value in row.items() if key not in ("hours", "is_locked")}
    session = PULLED if row["hours"] >= 0 else None
    at = PULLED + timedelta(hours=row["hours"])
    return Entry(at, session, answers, PLACES, is_locked=row.get("is_locked", False))


def film_of(row: Mapping[str, Any]) -> SetOnFilm:
    """Return a filmed set as docs/analysis-json.md has it, cut down to what is read."""
    refused = {"id": "cropped", "reason": "The plate is cut off.", "advice": "Film from farther away."}
    record = {
        "refused": refused if row.get("is_refused") else None,
        "reps": [],
        "findings": [_finding(one) for one in row.get("findings", ())],
    }
    return SetOnFilm((PULLED + timedelta(days=row.get("day", 0), minutes=20)).replace(tzinfo=None), record)


def _finding(one: Mapping[str, Any]) -> dict[str, Any]:
    said = {**SAID, **one.get("said", {})}
    return {"kind": "fault", "level": 3, "cards": ["PV-11"], "exercise": None, **one, "said": said}


def known_of(one: Vignette) -> Known:
    """Return what is known of a lifter so many hours after the newest session."""
    now = PULLED + timedelta(hours=one.hours)
    told = {name: answer for name, answer in usual().items() if name not in one.unasked}
    answers = None if one.answers is None else {**told, "hours_since_lift": one.hours, **one.answers}
    sessions = tuple(sessions_of(one.log)) if one.log is not None else ()
    diary = tuple(map(entry_of, one.diary))
    tested = now - timedelta(days=10)
    results = tuple(TestResult(name, tested, tuple(map(float, values))) for name, values in one.tests.items())
    gate = None if one.gate is None else Gate(now - timedelta(days=one.gate["days_ago"]), one.gate["left"])
    pulls = pull_history(sessions, Movements(), now.replace(tzinfo=None))
    state = kept_state(now, gate, diary, PlanProgress(), pulls=pulls, tests=results)
    evidence = Evidence(
        now.replace(tzinfo=None), exposures(sessions, Movements()), diary, (), results, answers or {}, one.sex
    )
    return Known(evidence, state, tuple(map(film_of, one.films)), answers, one.region)


def held(one: Vignette) -> Consultation:
    """Return a lifter's consultation."""
    return consult(known_of(one))


def urgency_said(found: Consultation) -> str:
    """Return the level that a consultation begins with; "unknown" where no check says."""
    if isinstance(found.urgency, Told):
        return found.urgency.urgency.name if found.urgency.urgency is not None else "unfinished"
    return "unknown"


def plan_said(found: Consultation) -> str:
    """Return what is left of the plan: none, locked, modified (nothing is added), or open."""
    if found.plan is None:
        return "none"
    if isinstance(found.plan, Locked):
        return "locked"
    assert isinstance(found.plan, Plan)
    return "open" if found.plan.facts.urgency is Urgency.SELF_CARE else "modified"
