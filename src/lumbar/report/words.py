"""Measured numbers as a lifter reads them: units of the gym, and no digit that the range does not carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10
from typing import Literal

from lumbar.estimate import Estimate, Measured, Missing
from lumbar.form.measures import Measure, Unit
from lumbar.units import DEGREES_PER_RADIAN, KG_PER_LB

MassUnit = Literal["kg", "lb"]

#: Stands where a number is missing; the reason is always beside it.
NO_NUMBER = "—"


@dataclass(frozen=True, slots=True)
class Edge:
    """How a unit is shown: times ``factor``, with ``symbol``, never finer than ``most_decimals``.

    The most decimals are an engineering rule: what one frame and one pixel of a phone clip could still tell.
    ``suffix`` ends the names of columns in the CSV.
    """

    factor: float
    symbol: str
    most_decimals: int
    suffix: str


_EDGES: dict[Unit, Edge] = {
    "s": Edge(1, "s", 2, "s"),
    "m": Edge(100, "cm", 1, "cm"),
    "m/s": Edge(1, "m/s", 2, "m_per_s"),
    "rad": Edge(DEGREES_PER_RADIAN, "°", 1, "deg"),
    "reps": Edge(1, "reps", 0, "reps"),
    "N": Edge(0.001, "kN", 1, "kn"),
    "N·m": Edge(1, "N·m", 0, "n_m"),
    "N·m·s": Edge(1, "N·m·s", 0, "n_m_s"),
}
_RATIO = Edge(1, "", 2, "")
_PERCENT = Edge(100, "%", 1, "percent")


@dataclass(frozen=True, slots=True)
class Worded:
    """A measured number in words: value and range without their unit, or the reason why there is none."""

    value: str
    range: str
    unit: str
    reason: str | None

    @property
    def with_unit(self) -> str:
        """The value with its unit, "0.54 m/s"."""
        return join_unit(self.value, self.unit)

    @property
    def sentence(self) -> str:
        """The value, its unit and its range, "0.54 m/s (range 0.51–0.57)"."""
        return f"{self.with_unit} (range {self.range})" if self.range else self.with_unit


def edge(measure: Measure) -> Edge:
    """Return how a measure is shown; a pure number is a percentage unless its id ends in ``_ratio``."""
    if measure.unit == "1":
        return _RATIO if measure.id.endswith("_ratio") else _PERCENT
    return _EDGES[measure.unit]


def join_unit(number: str, unit: str) -> str:
    """Put a number and its unit together; only the degree sign stands without a space."""
    if not unit:
        return number
    return f"{number}{unit}" if unit == "°" else f"{number}\N{NO-BREAK SPACE}{unit}"


def decimals_for(measured: Sequence[Measured], measure: Measure) -> int:
    """Return how many decimals these numbers bear when they stand together, in the unit shown.

    The last digit is worth at most half of the half range, so that a range keeps its width when rounded; the
    widest range decides, so that a column has one precision.
    """
    rule = edge(measure)
    widths = [one.half_width * rule.factor for one in measured if isinstance(one, Estimate)]
    widest = max(widths, default=0.0)
    if widest == 0:
        return rule.most_decimals
    return min(max(ceil(-log10(widest / 2)), 0), rule.most_decimals)


def format_number(number: float, decimals: int) -> str:
    """Write a number with a true minus sign, and never a minus zero."""
    text = f"{number:.{decimals}f}"
    return (f"{0:.{decimals}f}" if float(text) == 0 else text).replace("-", "−")


def format_measured(measured: Measured, measure: Measure, decimals: int | None = None) -> Worded:
    """Word a measured number; ``decimals`` is given where it stands among others of its kind."""
    rule = edge(measure)
    if isinstance(measured, Missing):
        return Worded(NO_NUMBER, "", "", measured.reason)
    if decimals is None:
        decimals = decimals_for([measured], measure)
    value, low, high = (
        format_number(number * rule.factor, decimals) for number in (measured.value, measured.low, measured.high)
    )
    link = " to " if "−" in low + high else "–"
    return Worded(value, f"{low}{link}{high}" if low != high else "", rule.symbol, None)


def format_mass(mass_kg: float, unit: MassUnit) -> str:
    """Write a mass in the lifter's own unit, to the half."""
    number = round(mass_kg / (KG_PER_LB if unit == "lb" else 1) * 2) / 2
    return join_unit(f"{number:g}", unit)


def count(number: int, noun: str) -> str:
    """Write "1 rep", "4 reps"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def set_sentence(measured: Measured, measure: Measure) -> str:
    """Say one measure of the whole set in a sentence."""
    worded = format_measured(measured, measure)
    if worded.reason is not None:
        return f"{measure.name}: cannot be judged. {worded.reason}"
    return f"{measure.name} {worded.sentence}."


def first_and_last(measured: Sequence[Measured], measure: Measure) -> str | None:
    """Say how a measure of each rep began and ended; nothing when no rep has it; of one rep alone no number."""
    known = [(rep, one) for rep, one in enumerate(measured, start=1) if isinstance(one, Estimate)]
    if not known:
        return None
    decimals = decimals_for([one for _, one in known], measure)
    if len(measured) == 1:
        return f"{measure.name} {format_measured(known[0][1], measure, decimals).sentence}."
    said = [
        f"{format_measured(one, measure, decimals).sentence} on rep {rep}"
        for rep, one in (known[:1] if len(known) == 1 else (known[0], known[-1]))
    ]
    return f"{measure.name} {', '.join(said)}."
