"""Exact quantities: the number as the lifter typed it, and its unit.

A load is kept as the decimal number that was written and never as kilograms: 225 lb is 102.058 283 25 kg,
which neither a float nor whole grams can hold, and a history that comes back as 224.9 lb is a damaged
history. The pound is exact (:data:`lumbar.units.KG_PER_LB`), and ``Decimal`` works with 28 digits, so
pounds to kilograms and back is exact for every number of up to 20 digits.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from lumbar.errors import ValueRangeError
from lumbar.units import KG_PER_LB

MassUnit = Literal["kg", "lb"]
LengthUnit = Literal["m", "km", "mi", "ft", "yd"]

MASS_UNITS: tuple[MassUnit, ...] = get_args(MassUnit)

#: How apps write the units.
UNIT_NAMES: dict[str, MassUnit] = {
    "kg": "kg", "kgs": "kg", "kilogram": "kg", "kilograms": "kg", "kilos": "kg",
    "lb": "lb", "lbs": "lb", "pound": "lb", "pounds": "lb",
}  # fmt: skip

LENGTH_NAMES: dict[str, LengthUnit] = {
    "m": "m", "meters": "m", "metres": "m", "meter": "m", "metre": "m",
    "km": "km", "kilometers": "km", "kilometres": "km",
    "mi": "mi", "mile": "mi", "miles": "mi", "ft": "ft", "feet": "ft", "yd": "yd", "yards": "yd",
}  # fmt: skip

_KG_PER_LB = Decimal(repr(KG_PER_LB))


def lb_to_kg(pounds: Decimal) -> Decimal:
    """Return pounds in kilograms, exactly."""
    return pounds * _KG_PER_LB


def kg_to_lb(kilograms: Decimal) -> Decimal:
    """Return kilograms in pounds; exact for what came from pounds, to 28 digits otherwise."""
    return kilograms / _KG_PER_LB


@dataclass(frozen=True, slots=True)
class Load:
    """A mass as it was written. Negative means that the weight helped, as on an assisted pull-up."""

    number: Decimal
    unit: MassUnit

    def __post_init__(self) -> None:
        if not self.number.is_finite():
            raise ValueRangeError("a load", self.number, "a finite number")

    @property
    def exact_kg(self) -> Decimal:
        """Return the load in kilograms, exactly."""
        return self.number if self.unit == "kg" else lb_to_kg(self.number)

    @property
    def mass_kg(self) -> float:
        """Return the load in kilograms, for arithmetic that need not be exact."""
        return float(self.exact_kg)

    def shown_in(self, unit: MassUnit) -> str:
        """Return the load for reading: as typed in its own unit, to one decimal in the other."""
        if unit == self.unit:
            return f"{plain(self.number)} {unit}"
        other = kg_to_lb(self.number) if unit == "lb" else lb_to_kg(self.number)
        return f"{plain(round(other, 1))} {unit}"


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance as it was written."""

    number: Decimal
    unit: LengthUnit


def plain(number: Decimal) -> str:
    """Return a number without exponent and without idle zeros: 75.0 is 75."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
