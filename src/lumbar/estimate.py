"""What a measured number is: a value with its range, or the reason why there is none."""

from dataclasses import dataclass
from math import isfinite

from lumbar.errors import ValueRangeError


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured number; ``low`` to ``high`` is meant to hold the truth 90 % of the time."""

    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not all(isfinite(number) for number in (self.value, self.low, self.high)):
            raise ValueRangeError("an estimate", self, "three finite numbers; use Missing(reason) for none")
        if not self.low <= self.value <= self.high:
            raise ValueRangeError("an estimate", self, "low ≤ value ≤ high")

    @property
    def half_width(self) -> float:
        """Half of the range."""
        return (self.high - self.low) / 2

    def scaled(self, factor: float) -> "Estimate":
        """Return the same estimate in another unit; a negative factor swaps low and high."""
        low, high = sorted((self.low * factor, self.high * factor))
        return Estimate(self.value * factor, low, high)

    def shifted(self, offset: float) -> "Estimate":
        """Return the estimate moved by an exactly known offset."""
        return Estimate(self.value + offset, self.low + offset, self.high + offset)


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no number, because …: ``reason`` is a sentence for the lifter."""

    reason: str


Measured = Estimate | Missing


def around(value: float, half_width: float) -> Estimate:
    """Return a symmetric estimate: ``value`` ± ``half_width``."""
    return Estimate(value, value - half_width, value + half_width)
