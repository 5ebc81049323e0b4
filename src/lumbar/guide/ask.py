"""The way in: a question in plain words → answers, or the check when it names a warning sign."""

from collections.abc import Iterable
from dataclasses import dataclass

from lumbar.estimate import Missing
from lumbar.guide.answers import Answer, answers
from lumbar.guide.search import is_enough, nearest_alarm, search
from lumbar.guide.signs import named_in
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import AnswersById
from lumbar.knowledge.saying import Said, say
from lumbar.symptoms.telling import Told, tell
from lumbar.symptoms.urgency import Urgency, assess

#: Whoever asks here has lifted lately, unless the check learns otherwise; an engineering rule that errs upward.
_LIFTED = {"hours_since_lift": 24}
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
    def net(self) -> Said:
        """Return what must stand under every answer, because signs can be put in words that nobody foresaw."""
        return say("ask-guide.net")

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
    def then(self) -> Said:
        """Return what to do next: the call comes before the check where every minute may count."""
        is_emergency = self.urgency is Urgency.EMERGENCY_NOW
        return say("ask-guide.check-emergency" if is_emergency else "ask-guide.check")

    @property
    def if_so(self) -> tuple[Said, ...]:
        """Return what the check would say if it is so, the most urgent first."""
        if self.urgency is None:
            return (say("ask-guide.sign-unclear"),)
        return (*self.told.headline, *(reason.said for reason in self.told.reasons), self.told.again)

    @property
    def sentences(self) -> tuple[Said, ...]:
        """Return everything that is said, in order."""
        return (say("ask-guide.sign"), *self.if_so, *self.signs, self.then, *self.told.closing)


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
        return _to_check(question, named.alarms, named.answers, region)
    if (alarm := nearest_alarm(named.rest)) is not None:
        # only like a sign: which one, and how urgent it would be, is for the check to say
        return _to_check(question, (alarm,), {}, region)
    hits = [hit for hit in search(named.rest) if hit.fit_score > 0]
    nearest = tuple(answers()[hit.id] for hit in hits[:_NAMED])
    return Answers(question, nearest, bool(nearest) and is_enough(named.rest, hits[0]))


def _to_check(question: str, alarms: Iterable[str], answers: AnswersById, region: str | None) -> GoToCheck:
    given = {**_LIFTED, **answers}
    triage = assess(given)
    told = tell(triage, given, region)
    meant = (library().alarms[name] for name in alarms)
    signs = dict.fromkeys(name for alarm in meant if not alarm.is_context for name in alarm.sets)
    return GoToCheck(question, tuple(say(f"ask.{name}") for name in signs), told.urgency, told)
