"""Small experiments: with and without, in an order drawn by lot. The only personal evidence on what helps (ST-09).

For comfort measures and an easy warm-up alone. Trials come in pairs, one of each kind in an order drawn by lot,
far enough apart for the soreness before to wear off (wash-out). What counts is what was drawn, even where the
other was done. The range is that of the sign-flip test, from the means of all subsets of the pairs' differences
(Hartigan 1969, J Am Stat Assoc 64:1303, from memory): exact for any distribution that is symmetric about the
effect, as the lot makes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, get_args

import numpy as np

from lumbar.arrays import Floats
from lumbar.contributors.evidence import on_clock
from lumbar.contributors.followed import SORE_SCORE
from lumbar.contributors.matched import NOTICED_SCORE, in_points
from lumbar.errors import AnswersError, ValueRangeError
from lumbar.estimate import Estimate, Measured, Missing
from lumbar.knowledge.contributing import Trial
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import Answer
from lumbar.knowledge.saying import Said, say

Arm = Literal["with", "without"]
ARMS: tuple[Arm, ...] = get_args(Arm)

#: Whole pairs before anything is said: with four, no 90 % range exists (2/2⁴ > 0.1). Pairs that are drawn; the
#: most that can be (all subsets are looked at). The last two are engineering rules.
LEAST_PAIRS, PAIRS, MOST_PAIRS = 5, 8, 12


@dataclass(frozen=True, slots=True)
class Round:
    """One trial: what was drawn, what was done, how sore it was; ``None`` as long as it is open.

    ``session_at`` is the session that it belongs to, on the lifter's clock. ``is_over`` without a score: left out.
    """

    drawn: Arm
    session_at: datetime
    done: Arm
    score: int | None = None
    is_over: bool = False

    def __post_init__(self) -> None:
        for arm in (self.drawn, self.done):
            if arm not in ARMS:
                raise ValueRangeError("a way of an experiment", arm, ", ".join(ARMS))
        if self.score is not None and not 0 <= self.score <= 10:
            raise ValueRangeError("soreness", self.score, "0 to 10")
        object.__setattr__(self, "session_at", on_clock(self.session_at))


@dataclass(frozen=True, slots=True)
class Result:
    """What came out: how much sorer with than without, in points of 10, and in words."""

    more_score: Measured
    pairs: int
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What to do next time: a way, or none, with the sentences that say why."""

    arm: Arm | None
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Experiment:
    """One experiment: its kind, the order drawn by lot, the trials so far. A value: a note makes a new one."""

    kind: str
    order: tuple[Arm, ...]
    rounds: tuple[Round, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in library().trials:
            raise AnswersError([say("refuse.trial", given=self.kind, choices=", ".join(library().trials)).text])
        pairs = list(zip(self.order[::2], self.order[1::2], strict=False))
        if len(self.order) % 2 or not 1 <= len(pairs) <= MOST_PAIRS or any(one == two for one, two in pairs):
            raise ValueRangeError("an order", self.order, f"1 to {MOST_PAIRS} pairs, each with and without once")
        if [one.drawn for one in self.rounds] != list(self.order[: len(self.rounds)]):
            raise ValueRangeError("the trials", [one.drawn for one in self.rounds], "the order that was drawn")

    @property
    def entry(self) -> Trial:
        """Return what is known of this kind of experiment."""
        return library().trials[self.kind]

    @property
    def open(self) -> Round | None:
        """Return the trial that waits for its note."""
        return self.rounds[-1] if self.rounds and not self.rounds[-1].is_over else None

    def offer(
        self, at: datetime, answers: Mapping[str, Answer], felt_score: int | None, *, is_locked: bool
    ) -> Offer:
        """Return what to do at a session, or on the day after it; nothing while the plan is locked.

        ``felt_score``: how sore it is now, None where nobody said, and then no trial begins. A trial that begins
        with a session wants a back that is as usual; one that begins with soreness wants soreness. Whatever holds
        what is tried holds the trial; not knowing does, too.
        """
        tried = library().exercises[self.entry.exercise]
        is_held = tried.hold_when is not None and library().condition(tried.hold_when).truth(answers) is not False
        if is_locked or is_held or felt_score is None:
            return Offer(None, (say("trial.held"),))
        if self.open is not None or len(self.rounds) == len(self.order):
            return Offer(None, (self._refusal(),))
        last = self.rounds[-1].session_at if self.rounds else None
        due = None if last is None else last + timedelta(days=self.entry.wash_out_days)
        if due is not None and on_clock(at) < due:
            return Offer(None, (say("trial.wait", day=f"{due.day} {due:%B %Y}"),))
        is_sore = felt_score >= SORE_SCORE
        if is_sore != (self.entry.begins == "soreness"):
            return Offer(None, (say("trial.still-sore" if is_sore else "trial.not-sore"),))
        arm = self.order[len(self.rounds)]
        how = say(f"trial.{self.kind}.how")
        return Offer(arm, (say("trial.next", arm=say(f"trial.{self.kind}.{arm}"), how=how),))

    def with_round(self, session_at: datetime, done: Arm | None = None) -> "Experiment":
        """Return the experiment with the next trial begun; ``done`` where it was not what was drawn.

        Raises ``AnswersError`` while a trial is open or when all are done.
        """
        if self.open is not None or len(self.rounds) == len(self.order):
            raise AnswersError([self._refusal().text])
        drawn = self.order[len(self.rounds)]
        return replace(self, rounds=(*self.rounds, Round(drawn, session_at, done or drawn)))

    def with_note(self, at: datetime, score: int) -> "Experiment":
        """Return the experiment with the open trial's soreness noted.

        Raises ``AnswersError`` where no trial is open, or outside the hours in which it is to be noted.
        """
        now = self._must_be_open()
        low, high = self.entry.note_hours
        hours = (on_clock(at) - now.session_at) / timedelta(hours=1)
        if not low <= hours <= high:
            raise AnswersError([say("refuse.trial-soon", given=f"{hours:.0f} hours", low=low, high=high).text])
        return self._with_last(replace(now, score=score, is_over=True))

    def without_note(self) -> "Experiment":
        """Return the experiment with the open trial left out; raises ``AnswersError`` where none is open."""
        return self._with_last(replace(self._must_be_open(), is_over=True))

    @property
    def differences_score(self) -> tuple[int, ...]:
        """Return, per whole pair, how much sorer it was with than without, as drawn."""
        found = []
        for one, two in zip(self.rounds[::2], self.rounds[1::2], strict=False):
            if one.score is not None and two.score is not None:
                found.append(one.score - two.score if one.drawn == "with" else two.score - one.score)
        return tuple(found)

    @property
    def result(self) -> Result:
        """Return what came out so far: less, more, no difference that people notice, or cannot tell."""
        differences = self.differences_score
        pairs = len(differences)
        if pairs < LEAST_PAIRS:
            said = say("trial.too-few", pairs=pairs, need=LEAST_PAIRS)
            return Result(Missing(said.text), pairs, (said,))
        more = flip_range(np.array(differences, dtype=float))
        lines = [self._verdict(more, pairs)]
        if others := sum(one.done != one.drawn for one in self.rounds):
            lines.append(say("trial.as-drawn", times=others))
        return Result(more, pairs, (*lines, say("trial.not-blind")))

    def _verdict(self, more: Estimate, pairs: int) -> Said:
        slots = {"arm": say(f"trial.{self.kind}.with"), "pairs": pairs, **in_points(more)}
        if more.low > 0:
            return say("trial.more", **slots)
        if more.high < 0:
            return say("trial.less", **slots)
        is_small = max(-more.low, more.high) < NOTICED_SCORE
        return say("trial.same" if is_small else "trial.cannot-tell", **slots)

    def _refusal(self) -> Said:
        now = self.open
        if now is None:
            return say("trial.over")
        return say("refuse.trial-begun", day=f"{now.session_at.day} {now.session_at:%B %Y}")

    def _must_be_open(self) -> Round:
        if self.open is None:
            raise AnswersError([say("refuse.trial-none").text])
        return self.open

    def _with_last(self, last: Round) -> "Experiment":
        return replace(self, rounds=(*self.rounds[:-1], last))


def begin(kind: str, rng: np.random.Generator, pairs: int = PAIRS) -> Experiment:
    """Return a new experiment with its order drawn by lot, pair by pair."""
    order: list[Arm] = []
    for is_with_first in rng.random(pairs) < 0.5:
        order += ["with", "without"] if is_with_first else ["without", "with"]
    return Experiment(kind, tuple(order))


def flip_range(difference_score: Floats) -> Estimate:
    """Return the mean of paired differences (pairs,) with the 90 % range of the sign-flip test.

    The means of all subsets but the empty one cut the line into 2ⁿ parts, each as likely to hold the effect: five
    of a hundred are left off at either end, rounded down to whole parts.
    """
    count = len(difference_score)
    if not LEAST_PAIRS <= count <= MOST_PAIRS:
        raise ValueRangeError("pairs", count, f"{LEAST_PAIRS} to {MOST_PAIRS}")
    members = (np.arange(1, 2**count)[:, None] >> np.arange(count)) & 1
    means = np.sort(members @ difference_score / members.sum(axis=1))
    cut = int(0.05 * 2**count)
    return Estimate(float(difference_score.mean()), float(means[cut - 1]), float(means[-cut]))
