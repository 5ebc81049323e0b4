"""Findings as a lifter reads them: sentences of the wording with their numbers, and where in the clip to look."""

from collections.abc import Mapping
from dataclasses import dataclass

from lumbar.form import measures as registry
from lumbar.form.analysis import SetAnalysis
from lumbar.form.findings import Finding
from lumbar.knowledge.form_rules import FormRule, Kind
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said, say
from lumbar.report.words import format_measured, format_number, join_unit

#: What stands over each kind, beside its colour.
_KINDS: Mapping[Kind, str] = {"technique": "Technique", "drift": "Over the set", "praise": "Good"}


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding as text parts, and the moment of the clip that shows it.

    ``level`` says how many limits it is beyond (0 for praise); ``when`` and ``time_s`` are None where no picture
    shows it. ``cue`` and ``drill`` are None for praise. ``sources`` are the works behind it.
    """

    id: str
    kind: Kind
    kind_name: str
    level: int
    title: str
    seen: str
    why: str
    sure: tuple[str, ...]
    wrong: str
    cue: str | None
    drill: str | None
    rep: int | None
    time_s: float | None
    when: str | None
    cards: tuple[str, ...]
    sources: tuple[str, ...]


def findings_of(analysis: SetAnalysis) -> tuple[FindingView, ...]:
    """Return the findings of a set in words, most useful first."""
    return tuple(view_of(finding) for finding in analysis.findings)


def nothing_of(analysis: SetAnalysis) -> str | None:
    """Say that nothing stands out, where a set was measured and no finding is made."""
    if analysis.refused is not None or analysis.findings:
        return None
    return say("finding-none").text


def view_of(finding: Finding) -> FindingView:
    """Return one finding in words."""
    rule = library().form_rules[finding.id]
    parts = {name: say(f"finding.{finding.id}.{name}") for name in ("why", "wrong")}
    is_praise = rule.kind == "praise"
    limit, matters = say(f"finding-limit.{rule.limit_grade}"), say(f"finding-matters.{rule.matters_grade}")
    title, seen = say(f"finding.{finding.id}"), say(f"finding.{finding.id}.seen", **_numbers(finding))
    # Of technique alone it must be said that the load counts for more.
    load = (say("finding-load"),) if rule.kind == "technique" else ()
    cards = _cards(rule, (title, *parts.values(), limit, matters, *load))
    return FindingView(
        id=finding.id,
        kind=rule.kind,
        kind_name=_KINDS[rule.kind],
        level=finding.level,
        title=title.text,
        seen=seen.text,
        why=parts["why"].text,
        sure=tuple(one.text for one in (matters, limit, *load)),
        wrong=parts["wrong"].text,
        cue=None if is_praise else say(f"finding.{finding.id}.cue").text,
        drill=None if is_praise else say(f"finding.{finding.id}.drill").text,
        rep=finding.rep,
        time_s=finding.time_s,
        when=None if finding.time_s is None else _when(finding),
        cards=cards,
        sources=_sources(cards),
    )


def _numbers(finding: Finding) -> dict[str, str]:
    """Return what the sentence about what was seen is filled with."""
    measure = registry.BY_ID[finding.measure]
    worded = format_measured(finding.seen, measure)
    return {
        "value": worded.with_unit,
        "range": worded.range or worded.value,
        "high": join_unit(worded.range.replace(" to ", "–").split("–")[-1] or worded.value, worded.unit),
        "rep": "" if finding.rep is None else str(finding.rep),
    }


def _when(finding: Finding) -> str:
    second = format_number(finding.time_s or 0.0, 1)
    return f"{second} s" if finding.rep is None else f"rep {finding.rep}, {second} s"


def _cards(rule: FormRule, said: tuple[Said, ...]) -> tuple[str, ...]:
    """Return the cards behind a finding: those of its rule and of what is said of it, each once."""
    return tuple(dict.fromkeys((*rule.cards, *(card for sentence in said for card in sentence.cards))))


def _sources(cards: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the cards are taken from, each once, as it is cited."""
    known = library()
    names = dict.fromkeys(source for card in cards for source in known.cards[card].sources)
    return tuple(known.sources[name].cite for name in names)
