"""The way in: a question in plain words → answers, or the check when it names a warning sign."""

from dataclasses import dataclass

from lumbar.estimate import Missing
from lumbar.guide.answers import Answer, answers
from lumbar.guide.search import is_enough, search
from lumbar.guide.signs import Named, named_in
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said, say
from lumbar.symptoms.telling import Told, tell
from lumbar.symptoms.urgency import Urgency, assess

#: How many answers are named: the one that is given and the next ones.
_NAMED = 3
#: How many related questions stand below an answer.
_RELATED = 2


@dataclass(frozen=True, slots=True)
class Answers:
    """What was found: the answers nearest to a question, the best first.

    ``is_known``: the first fits well enough to be given; where not, the nearest are only named.
    """

    asked: str
    nearest: tuple[Answer, ...]
    is_known: bool

    @property
    def first(self) -> Answer | Missing:
        """Return the answer, or why there is none."""
        if self.is_known:
            return self.nearest[0]
        return Missing(say("ask-guide.unknown" if self.nearest else "ask-guide.unknown-empty").text)

    @property
    def related(self) -> tuple[Answer, ...]:
        """Return the questions to go on with: those that belong to the answer."""
        if not self.is_known:
            return ()
        return tuple(answers()[name] for name in self.nearest[0].related[:_RELATED])


@dataclass(frozen=True, slots=True)
class GoToCheck:
    """What was asked names a warning sign: it is not answered, and the check comes first.

    ``signs`` are the questions of the check that the words amount to. ``urgency`` is how urgent that would be at
    least, if it is so; None where that depends on what else is there. ``told`` is what the check itself would say.
    """

    asked: str
    signs: tuple[Said, ...]
    urgency: Urgency | None
    told: Told

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said, in order."""
        reasons = tuple(reason.said for reason in self.told.reasons)
        if self.urgency is None:
            so = (say("ask-guide.sign-unclear"),)
        else:
            so = (say("ask-guide.if-so"), *self.told.headline, *reasons, self.told.again)
        return (say("ask-guide.sign"), *self.signs, *so, say("ask-guide.check"), *self.told.closing)


def ask(question: str, region: str | None = None) -> Answers | GoToCheck:
    """Return the answers nearest to a question, or the check where the question names a warning sign.

    ``region`` is one of ``knowledge/triage/regions.toml``; it decides which emergency number is named.

    >>> ask("do belts help?").first.id
    'belt'
    >>> ask("my crotch is numb since deadlifts").urgency.name
    'EMERGENCY_NOW'
    """
    named = named_in(question)
    if named.is_warning:
        return _to_check(question, named, region)
    hits = [hit for hit in search(named.rest) if hit.fit_score > 0]
    nearest = tuple(answers()[hit.id] for hit in hits[:_NAMED])
    return Answers(question, nearest, bool(nearest) and is_enough(named.rest, hits[0]))


def _to_check(question: str, named: Named, region: str | None) -> GoToCheck:
    triage = assess(named.answers)
    told = tell(triage, named.answers, region)
    meant = (library().alarms[name] for name in named.alarms)
    signs = dict.fromkeys(name for alarm in meant if not alarm.is_context for name in alarm.sets)
    return GoToCheck(question, tuple(say(f"ask.{name}") for name in signs), told.urgency, told)
