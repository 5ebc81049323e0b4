"""What a measure is: the record that the registry holds for each number that Lumbar prints."""

from dataclasses import dataclass
from math import inf
from typing import Literal

from lumbar.estimate import Measured, Missing

Unit = Literal["s", "m", "m/s", "rad", "1", "reps", "N", "N·m", "N·m·s"]
#: The part of the rep that a measure is about, in the order of a pull; ``set`` is about the whole set.
Phase = Literal["set-up", "pull", "lockout", "lowering", "rest", "set"]
#: How well founded definition and usual values are (reference/biomechanics §6): A a number from a peer-reviewed
#: paper, B its direction only, C coaching convention, E our own engineering rule.
Grade = Literal["A", "B", "C", "E"]

OURS = "Lumbar's own definition (an engineering rule)"
VELOCITY = "Velocity-based training convention; reference values in Helms 2017, J Strength Cond Res 31:292"
ESCAMILLA = "Escamilla 2000, Med Sci Sports Exerc 32:1265 (events and angles of the pull)"
COACHING = "Coaching convention; no published norm exists"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that Lumbar prints: its name, SI unit, definition and where the definition comes from.

    ``usual`` says what values are known, in words. ``least`` and ``most``, in the measure's unit, bound what a
    pull can have: a value beyond them is a mistake of the tracking and is not printed. ``missing`` says when
    there is no number. ``leads``: a set may be summed up by it in a sentence.
    """

    id: str
    name: str
    unit: Unit
    definition: str
    source: str
    phase: Phase = "pull"
    grade: Grade = "E"
    usual: str = ""
    least: float = -inf
    most: float = inf
    missing: str = ""
    leads: bool = True


def possible(measure: Measure, measured: Measured) -> Measured:
    """Return what was measured, or Missing where no lift can have such a value."""
    if isinstance(measured, Missing) or measure.least <= measured.value <= measure.most:
        return measured
    return Missing(f"{measure.name}: what came out is beyond what a lift can have, so it was misread.")
