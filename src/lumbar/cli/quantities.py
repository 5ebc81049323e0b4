"""Numbers as people write them on a command line: 180, 1.80m, 5'11, 82, 180lb, 450, 17.7in."""

import re

from lumbar.errors import ValueRangeError
from lumbar.units import KG_PER_LB, M_PER_INCH

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_FEET = re.compile(rf"(\d+)\s*(?:'|ft)\s*(?:{_NUMBER}\s*(?:\"|''|in)?)?$")
_WITH_UNIT = re.compile(rf"{_NUMBER}\s*([a-z\"]*)$")
_METRES = {"mm": 0.001, "cm": 0.01, "m": 1.0, "in": M_PER_INCH, '"': M_PER_INCH}
_KILOGRAMS = {"kg": 1.0, "lb": KG_PER_LB, "lbs": KG_PER_LB}


def height_m(text: str | None) -> float | None:
    """Read a height: centimetres unless a unit is given; 5'11 and 5ft11 too."""
    if text is None:
        return None
    feet = _FEET.match(text.strip().lower())
    if feet:
        return (12 * float(feet[1]) + float(feet[2] or 0)) * M_PER_INCH
    return _read("height", text, _METRES, "cm", "180, 1.80m or 5'11")


def mass_kg(text: str | None, name: str) -> float | None:
    """Read a mass: kilograms unless a unit is given."""
    return None if text is None else _read(name, text, _KILOGRAMS, "kg", "82, 82kg or 180lb")


def plate_m(text: str) -> float:
    """Read a plate's diameter: millimetres unless a unit is given."""
    return _read("plate diameter", text, _METRES, "mm", "450, 45cm or 17.7in")


def _read(name: str, text: str, units: dict[str, float], default: str, examples: str) -> float:
    found = _WITH_UNIT.match(text.strip().lower())
    unit = (found[2] or default) if found else None
    if found is None or unit not in units:
        raise ValueRangeError(name, f"“{text}”", f"a number such as {examples}")
    return float(found[1].replace(",", ".")) * units[unit]
