"""What can be asked, as the rules see it: an id, the kind of answer, and which way is worse.

An answer is ``"yes"``, ``"no"``, one of a question's own choices, a whole number, or ``"dk"`` (asked, and not
known or left out). A question that is not among the answers has not been asked: that is not "no".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Answer: TypeAlias = str | int
AnswersById: TypeAlias = Mapping[str, Answer]

#: Asked, and the lifter does not know or would rather not say.
DONT_KNOW = "dk"


@dataclass(frozen=True, slots=True)
class Variable:
    """One question as a rule sees it.

    ``choices`` run from best to worst and are empty for a number; ``low`` and ``high`` bound a number.
    ``worse`` is ``"last"`` where a later choice is worse, ``"up"`` where a higher number is, ``None`` where
    neither end is (age, days).
    """

    id: str
    kind: Literal["yesno", "choice", "number"]
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    worse: Literal["last", "up"] | None = None

    @property
    def has_own_dont_know(self) -> bool:
        """Whether "don't know" is one of the choices, so that rules may compare with it."""
        return DONT_KNOW in self.choices
