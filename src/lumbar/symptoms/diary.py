"""The soreness diary: entries, each a value, and the episode that they make after one session."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lumbar.errors import AnswersError, ValueRangeError
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer, AnswersById
from lumbar.knowledge.rulebook import is_allowed
from lumbar.knowledge.saying import say

#: What an entry may answer besides the questions of the topic "soreness".
SHARED = frozenset({"pain", "improving"})

#: "Clearly better than two days ago" wants an entry about that old; an engineering rule: a day and a half.
_TWO_DAYS = timedelta(hours=36)
#: Where a point of the chart lies from the worst to the best; the further down the leg, the worse.
_REACHES = ("back", "thigh", "below-knee")


def allowed() -> frozenset[str]:
    """Return the questions that an entry of the diary may answer."""
    own = {question.id for question in library().questions.values() if question.topic == "soreness"}
    return SHARED | own


@dataclass(frozen=True, slots=True)
class Entry:
    """How sore it was at one time.

    ``session_at`` is when the lifter last trained hard, None where that is not known; both times carry their
    zone. ``places`` are ids of the body chart, None where nobody asked. ``is_locked``: the check that was asked
    with this entry left the plan locked, or was not finished; why is kept nowhere.
    """

    at: datetime
    session_at: datetime | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    places: frozenset[str] | None = None
    is_checked: bool = False
    is_locked: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be: times without a zone, a session still to come, unknown or impossible answers."""
        for name, time in (("time of an entry", self.at), ("session", self.session_at)):
            if time is not None and time.tzinfo is None:
                raise ValueRangeError(name, time.isoformat(), "a time with its zone")
        if self.session_at is not None and self.session_at > self.at:
            raise AnswersError([say("refuse.session", given=self.session_at.isoformat()).text])
        object.__setattr__(self, "answers", dict(self.answers))
        self._refuse_unknown()

    def _refuse_unknown(self) -> None:
        questions, known = library().questions, allowed()
        for name, answer in self.answers.items():
            if name not in known:
                raise ValueRangeError("a question of the diary", name, ", ".join(sorted(known)))
            if not is_allowed(answer, questions[name].variable):
                raise ValueRangeError(name, answer, "what the question allows")
        for place in (self.places or frozenset()) - library().places.keys():
            raise ValueRangeError("a place", place, ", ".join(library().places))

    def points(self, name: str) -> int | None:
        """Return an intensity of 0 to 10, None where it is not known."""
        answer = self.answers.get(name)
        return answer if isinstance(answer, int) else None

    @property
    def felt(self) -> int | None:
        """Return how sore it was on moving: the higher of now and on bending; soreness is felt there (NC-03)."""
        given = [points for name in ("pain", "pain_bending") if (points := self.points(name)) is not None]
        return max(given, default=None)

    @property
    def hours(self) -> int | None:
        """Return the whole hours since the session."""
        return None if self.session_at is None else int((self.at - self.session_at).total_seconds() // 3600)


@dataclass(frozen=True, slots=True)
class Episode:
    """The entries after one session, in the order of time."""

    entries: tuple[Entry, ...]

    @property
    def last(self) -> Entry | None:
        """Return the newest entry."""
        return self.entries[-1] if self.entries else None

    @property
    def places(self) -> frozenset[str] | None:
        """Return the places as they were last told."""
        told = [entry.places for entry in self.entries if entry.places is not None]
        return told[-1] if told else None

    @property
    def answers(self) -> dict[str, Answer]:
        """Return everything known of the episode: the newest answer to each question, the worst of the worst.

        What follows from the entries, side, reach, trend and how long it took to settle, is filled in.
        """
        known: dict[str, Answer] = {}
        for entry in self.entries:
            known |= entry.answers
        worst = [p for entry in self.entries for p in (entry.points("pain_worst"), entry.felt) if p is not None]
        if worst:
            known["pain_worst"] = max(worst)
        if any(entry.answers.get("leg_sign") == "yes" for entry in self.entries):
            known["leg_sign"] = "yes"
        if self.last is not None and self.last.hours is not None:
            known["hours_since_lift"] = min(self.last.hours, library().questions["hours_since_lift"].high)
        return {**known, **self._sides(), **self._settled(), **self._improving(known)}

    def _sides(self) -> dict[str, Answer]:
        if not self.places:
            return {}
        chart = [library().places[name] for name in self.places]
        sides = {place.side for place in chart}
        reach = max((place.reach for place in chart), key=_REACHES.index)
        return {"sore_side": "one" if sides in ({"left"}, {"right"}) else "both", "sore_reach": reach}

    def _settled(self) -> dict[str, Answer]:
        """Return how long it took to be as before: until the first entry that shows it, and every later one.

        Between two entries it may have been sooner: the later one counts.
        """
        usual = next((p for e in self.entries if (p := e.points("pain_before")) is not None), 0)
        felt = [(e.hours, e.felt) for e in self.entries if e.hours is not None and e.felt is not None]
        above = [index for index, (_, points) in enumerate(felt) if points > usual]
        calm = felt[above[-1] + 1 :] if above else felt
        hours = calm[0][0] if calm else felt[-1][0] if felt else None
        if hours is None:
            return {}
        if calm:
            return {"settled": "by-24h" if hours <= 24 else "by-48h" if hours <= 48 else "over-48h"}
        return {"settled": "over-48h" if hours > 48 else DONT_KNOW}

    def _improving(self, known: Mapping[str, Answer]) -> dict[str, Answer]:
        """Return whether it is better than about two days ago, from the entries if they reach back that far."""
        last = self.last
        if last is None or last.felt is None or "improving" in last.answers:
            return {}
        if last.felt == 0:
            return {"improving": "yes"}
        before = [e.felt for e in self.entries if last.at - e.at >= _TWO_DAYS and e.felt is not None]
        if before:
            return {"improving": "yes" if last.felt < before[-1] else "no"}
        return {"improving": known.get("improving", DONT_KNOW)}


def is_worst_too_low(answers: AnswersById) -> bool:
    """Return whether the worst was told lower than what is felt now: both cannot be so."""
    worst = answers.get("pain_worst")
    felt = [answer for name in ("pain", "pain_bending") if isinstance(answer := answers.get(name), int)]
    return isinstance(worst, int) and worst < max(felt, default=0)


def latest_episode(entries: Iterable[Entry]) -> Episode:
    """Return the entries after the newest session; those without a session make one episode of their own."""
    ordered = sorted(entries, key=lambda entry: entry.at)
    session = ordered[-1].session_at if ordered else None
    return Episode(tuple(entry for entry in ordered if entry.session_at == session))
