"""The consultation as pages: the whole of it, and one sheet to take to a physiotherapist."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lumbar import __version__
from lumbar.contributors.ledger import Contributor, Ledger
from lumbar.estimate import Estimate, Missing
from lumbar.guide.answers import Answer
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said, say
from lumbar.plan.lock import Locked
from lumbar.plan.making import Plan
from lumbar.plan.record import left_of
from lumbar.report.page import policy, render, static
from lumbar.report.plan_page import PlanView, plan_styles, plan_view
from lumbar.report.words import count
from lumbar.symptoms.course import Comparison
from lumbar.symptoms.telling import Told
from lumbar.symptoms.urgency import Urgency

#: How many full dots the strongest contributor has.
_MOST_DOTS = 3


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a consultation, in the order in which they are shown; what urgency stopped is None or empty.

    ``record`` is the newest filmed set as docs/analysis-json.md has it, ``film_uri`` where its own page is.
    """

    urgency: Told | Missing
    course: Comparison | None
    record: Mapping[str, Any] | None
    ledger: Ledger | None
    plan: Plan | Locked | None
    answers: Sequence[Answer]
    made_on: date
    film_uri: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One contributor: three columns of text, a strength in words and dots; no dots where nobody looked."""

    name: str
    word: str
    dots: str
    yours: tuple[str, ...]
    known: tuple[str, ...]
    change: str
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of the guide."""

    question: str
    short: tuple[str, ...]
    evidence: tuple[str, ...]
    sure: str
    dots: str
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """Everything that the templates may use; texts only, escaped by them."""

    made_on: date
    version: str
    is_urgent: bool
    headline: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    still_open: tuple[str, ...]
    again: str
    closing: tuple[str, ...]
    course: tuple[str, ...]
    measured: tuple[str, ...]
    findings: tuple[Mapping[str, Any], ...]
    film_uri: str
    ledger_headline: str
    lines: tuple[Line, ...]
    steps: tuple[str, ...]
    ledger_closing: tuple[str, ...]
    plan: PlanView | None
    answers: tuple[Answered, ...]
    sources: tuple[tuple[str, str], ...]


def render_consultation(parts: Parts) -> str:
    """Return the consultation as one page that holds all it shows, asks nothing of the network, and prints."""
    styles = (static("page.css"), plan_styles(), static("consultation.css"))
    view = consultation_view(parts)
    return render("consultation.html.j2", it=view, plan=view.plan, styles=styles, policy=policy(styles, ()))


def render_summary(parts: Parts) -> str:
    """Return one sheet for a physiotherapist: urgency, soreness, what was measured and noted, what is done."""
    styles = (static("page.css"), static("consultation.css"))
    return render("summary.html.j2", it=consultation_view(parts), styles=styles, policy=policy(styles, ()))


def consultation_view(parts: Parts) -> ConsultationView:
    """Return what the templates show."""
    told = parts.urgency if isinstance(parts.urgency, Told) else None
    ledger = parts.ledger
    answered = tuple(_answered(answer) for answer in parts.answers)
    lines = tuple(_line(each) for each in ledger.contributors) if ledger else ()
    plan = plan_view(parts.plan) if parts.plan is not None else None
    reasons = told.reasons if told else ()
    cards = [card for reason in reasons for card in reason.cards]
    cards += [card for line in lines for card in line.cards] + [card for one in answered for card in one.cards]
    findings = tuple(parts.record.get("findings", ())) if parts.record else ()
    cards += [card for one in findings for card in one["cards"]] + list(plan.sources if plan else ())
    return ConsultationView(
        made_on=parts.made_on,
        version=__version__,
        is_urgent=told is not None and told.urgency is not None and told.urgency >= Urgency.SAME_DAY,
        headline=_texts(told.headline) if told else (_reason(parts.urgency),),
        reasons=tuple((reason.said.text, ", ".join(reason.cards)) for reason in reasons),
        still_open=_texts((*told.still_open, *told.unasked)) if told else (),
        again=told.again.text if told else "",
        closing=_texts(told.closing) if told else (say("check.what-it-is").text,),
        course=_course(parts.course),
        measured=_measured(parts.record),
        findings=findings,
        film_uri=parts.film_uri,
        ledger_headline=ledger.headline.text if ledger else "",
        lines=lines,
        steps=_texts(ledger.steps) if ledger else (),
        ledger_closing=_texts(ledger.closing) if ledger else (),
        plan=plan,
        answers=answered,
        sources=_sources(cards),
    )


def _reason(urgency: Told | Missing) -> str:
    return urgency.reason if isinstance(urgency, Missing) else ""


def _texts(said: Iterable[Said]) -> tuple[str, ...]:
    return tuple(each.text for each in said)


def _course(course: Comparison | None) -> tuple[str, ...]:
    """Say whether the soreness fits what is ordinary, and what speaks against it."""
    if course is None:
        return ()
    fit = course.fit.reason if isinstance(course.fit, Missing) else say(f"fit.{course.fit.value}").text
    return (fit, *_texts(course.against))


def _measured(record: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Say in a few numbers what the newest film shows; why it could not be judged, if so."""
    if record is None:
        return ()
    if record.get("refused"):
        return (record["refused"]["reason"], record["refused"]["advice"])
    reps = record["reps"]
    said = [f"{count(len(reps), 'rep')} measured."]
    said += [text for text in (_spread(reps, *row) for row in _SHOWN) if text]
    return tuple(said)


#: What of a filmed set a consultation names: measure, its name, factor to the shown unit, unit, decimals.
_SHOWN = (
    ("lumbar_change", "Rounding of the lower back from set-up to its worst", 57.29578, "°", 0),
    ("l5s1_moment_peak", "Highest moment that the lower back carried", 1.0, " N·m", 0),
    ("bar_drift", "Bar drift", 100.0, " cm", 0),
    ("mean_concentric_velocity", "Mean speed up", 1.0, " m/s", 2),
)


def _spread(
    reps: Sequence[Mapping[str, Any]], measure: str, name: str, factor: float, unit: str, digits: int
) -> str:
    """Return the rep with the largest value of a measure, with its range; empty where no rep has one."""
    found = [
        (rep["number"], rep["measures"][measure]) for rep in reps if "value" in rep["measures"].get(measure, {})
    ]
    if not found:
        return ""
    number, most = max(found, key=lambda pair: pair[1]["value"])
    value, low, high = (f"{most[key] * factor:.{digits}f}" for key in ("value", "low", "high"))
    where = f" on rep {number}" if len(reps) > 1 else ""
    return f"{name}: {value}{unit}{where} (range {low} to {high})."


def _line(each: Contributor) -> Line:
    dots = each.strength.dots
    compared = each.matched.said if each.matched is not None else ()
    effects = tuple(effect.said.text for effect in each.effects)
    return Line(
        each.name.text,
        each.word.text,
        "" if dots is None else "●" * dots + "○" * (_MOST_DOTS - dots),
        _texts((*each.yours, *compared)),
        (each.known.text, *effects),
        each.change.text,
        tuple(dict.fromkeys(card for said in each.sentences for card in said.cards)),
    )


def _answered(answer: Answer) -> Answered:
    return Answered(
        answer.question.text,
        _texts(answer.short),
        _texts((answer.evidence, *answer.positions)),
        answer.certainty.text,
        answer.dots,
        tuple(one.card for one in answer.cited),
    )


def _sources(cards: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the cards that were named, each with the works it is taken from."""
    known = library()
    names = sorted(set(cards) & known.cards.keys())
    return tuple(
        (name, " · ".join(known.sources[each].cite for each in known.cards[name].sources)) for name in names
    )


def to_record(parts: Parts) -> dict[str, Any]:
    """Return the consultation as plain values for JSON."""
    view = consultation_view(parts)
    told = parts.urgency if isinstance(parts.urgency, Told) else None
    return {
        "schema": "lumbar.consultation/1",
        "made_on": view.made_on.isoformat(),
        "urgency": told.urgency.name if told and told.urgency is not None else None,
        "says_first": list(view.headline),
        "is_stopped": parts.ledger is None,
        "course": list(view.course),
        "measured": list(view.measured),
        "findings": [one["id"] for one in view.findings],
        "contributors": [_contributor(each) for each in (parts.ledger.contributors if parts.ledger else ())],
        "steps": list(view.steps),
        "plan": None if parts.plan is None else left_of(parts.plan),
        "answers": [answer.id for answer in parts.answers],
        "cards": [name for name, _ in view.sources],
    }


def _contributor(each: Contributor) -> dict[str, Any]:
    more = each.matched.more_score if each.matched is not None else None
    return {
        "id": each.id,
        "strength": each.strength.value,
        "yours": [said.text for said in each.yours],
        "more_score": {"value": more.value, "low": more.low, "high": more.high}
        if isinstance(more, Estimate)
        else None,
        "changeable": each.changeable,
    }
