"""What a lifter is told after a check-in: sentences of the wording only, each with its cards.

At EMERGENCY_NOW there is whom to call, why, and when to call again: nothing else.
"""

from dataclasses import dataclass

from lumbar.estimate import Missing
from lumbar.knowledge.entries import Rule
from lumbar.knowledge.expressions import parse
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import AnswersById
from lumbar.knowledge.saying import Said, say
from lumbar.symptoms.urgency import Triage, Urgency

#: Lumbar is for adults (cards RF-18, FA-13).
MINOR = parse("age < 18")


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that fired, what it means, and the cards and sources behind it."""

    rule: str
    level: Urgency
    said: Said
    is_own: bool
    cards: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The result as it is shown: what to do, why, what is open or unasked, when to check again."""

    urgency: Urgency | None
    headline: tuple[Said, ...]
    reasons: tuple[Reason, ...]
    still_open: tuple[Said, ...]
    unasked: tuple[Said, ...]
    again: Said
    closing: tuple[Said, ...]

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said, in order."""
        reasons = [reason.said for reason in self.reasons]
        own = [say("result.own-rule")] if any(reason.is_own for reason in self.reasons) else []
        return (*self.headline, *reasons, *own, *self.still_open, *self.unasked, self.again, *self.closing)


def tell(triage: Triage, answers: AnswersById, region: str | None) -> Told:
    """Return what to tell a lifter about a triage."""
    level = triage.floor
    what_it_is = say("check.what-it-is")
    reasons = tuple(_reason(library().rules[name]) for name in triage.fired)
    unasked = tuple(say("result.unasked", id=name, question=say(f"ask.{name}")) for name in triage.unasked)
    again = say(f"again.{level.name}")
    if level is Urgency.EMERGENCY_NOW:
        urgent = tuple(reason for reason in reasons if reason.level is level)
        return Told(level, _emergency(triage, region), urgent, (), (), again, (what_it_is,))
    if isinstance(triage.urgency, Missing):
        return Told(None, (say("result.nothing-yet"),), (), _doubts(triage), unasked, again, (what_it_is,))
    return Told(level, _headline(triage, answers, region), reasons, _doubts(triage), unasked, again, (what_it_is,))


def _emergency(triage: Triage, region: str | None) -> tuple[Said, ...]:
    crisis = (say("emergency.crisis"),) if "TR-14" in triage.fired else ()
    return (_call(region), say("level.EMERGENCY_NOW"), *crisis, say("level.EMERGENCY_NOW.then"))


def _call(region: str | None) -> Said:
    number = library().regions[region].emergency if region is not None else None
    return say("emergency.call", number=number) if number else say("emergency.call-local")


def _headline(triage: Triage, answers: AnswersById, region: str | None) -> tuple[Said, ...]:
    level = triage.floor
    lines = [say(f"level.{level.name}"), say(f"level.{level.name}.then")]
    if level is Urgency.SAME_DAY:
        lines.extend(_numbers(region))
    if not triage.is_finished:
        lines.append(say("result.at-least"))
    if MINOR.truth(answers):
        lines.append(say("result.adults"))
    return tuple(lines)


def _numbers(region: str | None) -> tuple[Said, ...]:
    """Return whom to call if it gets worse, and who can tell where to go."""
    place = library().regions[region] if region is not None else None
    if place is None or place.emergency is None:
        return (say("emergency.number-local"),)
    urgent = (say("urgent.call", number=place.urgent),) if place.urgent else ()
    return (*urgent, say("emergency.number", number=place.emergency))


def _reason(rule: Rule) -> Reason:
    known = library()
    sources = dict.fromkeys(name for card in rule.cards for name in known.cards[card].sources)
    cites = tuple(known.sources[name].cite for name in sources)
    said = say(f"because.{rule.id}")
    return Reason(rule.id, Urgency[rule.level], said, rule.origin == "own", rule.cards, cites)


def _doubts(triage: Triage) -> tuple[Said, ...]:
    lines: list[Said] = []
    for doubt in triage.doubts:
        if doubt.question == "sexual_change":
            lines.append(say("result.left-out"))
        else:
            question, level = say(f"ask.{doubt.question}"), say(f"level.{doubt.at_worst.name}")
            lines.append(say("result.open-line", question=question, level=level))
    return tuple(lines)
