"""The evidence ledger: for each possible contributor your data, what is known, whether you can change it.

The rule for the dots is ours, and has three questions: is it there; was it there before this soreness; are this
lifter's sessions sorer with it than without. No share of blame is given: it cannot be known in one person (ST-01).

>>> from datetime import datetime
>>> ledger(Evidence(datetime(2026, 5, 4))).contributors[0].strength
<Strength.UNKNOWN: 'unknown'>
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from lumbar.contributors.before import before
from lumbar.contributors.evidence import Evidence
from lumbar.contributors.followed import episode, followed
from lumbar.contributors.matched import SelfMatch, compare
from lumbar.contributors.yours import View, Yours, look
from lumbar.estimate import Estimate
from lumbar.knowledge.contributing import KnownContributor
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said, say
from lumbar.screening.factors import size


class Strength(Enum):
    """How far the lifter's data point to a contributor, weakest first; the ids of the wording."""

    UNKNOWN = "unknown"
    QUIET = "quiet"
    THERE = "there"
    LEANS = "leans"
    TIMED = "timed"
    USUAL = "usual"
    REPEATS = "repeats"

    @property
    def dots(self) -> int | None:
        """Return how many of three dots are full; None where there is not enough data for any."""
        dots = {"quiet": 0, "there": 1, "leans": 1, "timed": 2, "usual": 2, "repeats": 3}
        return dots.get(self.value)

    @property
    def rank(self) -> int:
        """Return the place in the order; more is stronger. Not knowing stands before having looked in vain."""
        order = ("quiet", "unknown", "there", "leans", "timed", "usual", "repeats")
        return order.index(self.value)


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that is known, with its card and the card's grade."""

    said: Said
    card: str
    grade: str


@dataclass(frozen=True, slots=True)
class Contributor:
    """One line of the ledger.

    Columns: ``yours``, what the lifter's data show, with ``matched``, the comparison with themselves, where it can
    be there before one session and not before another; ``known`` and its ``effects``; ``change``. ``word`` is the
    strength in words. ``stands_out``: the comparison names it.
    """

    id: str
    group: str
    name: Said
    strength: Strength
    word: Said
    yours: tuple[Said, ...]
    matched: SelfMatch | None
    known: Said
    effects: tuple[Effect, ...]
    change: Said
    changeable: str
    step: str

    @property
    def stands_out(self) -> bool:
        """Return whether the lifter's own log names it."""
        return self.strength in (Strength.USUAL, Strength.REPEATS)

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said of it, in order."""
        compared = self.matched.said if self.matched is not None else ()
        effects = (effect.said for effect in self.effects)
        return (self.name, self.word, *self.yours, *compared, self.known, *effects, self.change)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All possible contributors, the strongest first; ``steps``: what would change the judgement, most first."""

    contributors: tuple[Contributor, ...]
    headline: Said
    steps: tuple[Said, ...]
    closing: tuple[Said, ...]

    @property
    def named(self) -> tuple[Contributor, ...]:
        """Return what stands out in the lifter's own log; often nothing."""
        return tuple(each for each in self.contributors if each.stands_out)

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said, in order."""
        lines = (line for each in self.contributors for line in each.sentences)
        return (self.headline, *lines, *self.steps, *self.closing)


def ledger(evidence: Evidence) -> Ledger:
    """Return the ledger of a lifter; without data, every contributor is there and has not enough.

    Whether a ledger may be shown is the urgency's to say, before.
    """
    told = followed(evidence)
    befores = before(told, evidence)
    asked = episode(told, evidence)
    view = View(
        evidence,
        befores[-1] if befores else None,
        befores[told.index(asked)] if asked is not None else None,
    )
    matched = compare(told, befores)
    lines = [
        _contributor(entry, look(entry, view), matched.get(entry.id)) for entry in library().contributors.values()
    ]
    ordered = tuple(sorted(lines, key=_place))
    closing = tuple(say(f"ledger.{name}") for name in ("dots", "no-shares", "own-rules"))
    return Ledger(ordered, _headline(ordered), tuple(_steps(ordered)), closing)


def _contributor(entry: KnownContributor, yours: Yours, matched: SelfMatch | None) -> Contributor:
    strength = _strength(entry, yours, matched)
    cards = library().cards
    return Contributor(
        entry.id,
        entry.group,
        say(f"contributor.{entry.id}"),
        strength,
        say(f"strength.{strength.value}"),
        yours.said,
        matched,
        say(f"contributor.{entry.id}.known"),
        tuple(Effect(size(row), row.card, cards[row.card].grade) for row in entry.known),
        say(f"contributor.{entry.id}.change"),
        entry.changeable,
        _step(entry, strength, matched),
    )


def _strength(entry: KnownContributor, yours: Yours, matched: SelfMatch | None) -> Strength:
    """Return the strength: the rule for the dots.

    What the comparison shows to make no difference to this lifter loses the dot for its timing. What the evidence
    speaks against is never held against a lifter.
    """
    if not entry.speaks_against and matched is not None and matched.stands_out:
        return Strength.REPEATS if yours.is_timed else Strength.USUAL
    is_leaning = not entry.speaks_against and matched is not None and matched.leans
    if is_leaning and not yours.is_timed:
        return Strength.LEANS
    if yours.is_there is None:
        return Strength.UNKNOWN
    if entry.speaks_against or not yours.is_there:
        return Strength.QUIET
    is_noticed = matched is None or not matched.is_no_more
    return Strength.TIMED if yours.is_timed and is_noticed else Strength.THERE


def _place(line: Contributor) -> tuple[int, float, int, int]:
    """Return the sorting key: strength, how much sorer, what can be changed, the file.

    The order of the file puts first what the evidence ties to soreness after training.
    """
    more = line.matched.more_score if line.matched is not None else None
    own_score = round(more.value, 1) if isinstance(more, Estimate) else 0.0
    changeable = ("yes", "partly", "no").index(line.changeable)
    return -line.strength.rank, -own_score, changeable, list(library().contributors).index(line.id)


def _headline(lines: Sequence[Contributor]) -> Said:
    named = [line.name.text for line in lines if line.stands_out]
    if named:
        return say("ledger.stands-out", names="; ".join(named))
    is_compared = any(line.matched is not None and isinstance(line.matched.more_score, Estimate) for line in lines)
    return say("ledger.nothing" if is_compared else "ledger.not-enough")


def _step(entry: KnownContributor, strength: Strength, matched: SelfMatch | None) -> str:
    """Return what would tell most about one contributor; empty where it is told as far as it can be."""
    if strength is Strength.UNKNOWN:
        return entry.step
    if matched is None or isinstance(matched.more_score, Estimate):
        return ""
    return "film-more-sets" if entry.id == "form" else "note-every-session"


def _steps(lines: Sequence[Contributor]) -> Iterator[Said]:
    """Yield the steps, first the one that could add most dots, then the one for most of what can be changed.

    Tests and answers can add one dot; the log, film and notes on sleep two where nothing is known, and the third
    where there is too little to compare.
    """
    gain: dict[str, tuple[int, int]] = {}
    for line in lines:
        if line.step:
            dots = 2 if line.matched is not None and line.strength is Strength.UNKNOWN else 1
            most, many = gain.get(line.step, (0, 0))
            gain[line.step] = max(most, dots), many + (line.changeable == "yes")
    known = list(library().steps)
    for name in sorted(gain, key=lambda name: (-gain[name][0], -gain[name][1], known.index(name))):
        yield say(f"step.{name}")
