"""The registry of measures: what each is called, its unit, and what it means."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["s", "m", "m/s", "rad", "1", "reps"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that Lumbar prints: its name, SI unit, definition and where the definition comes from."""

    id: str
    name: str
    unit: Unit
    definition: str
    source: str


#: Per rep, in the order in which a page shows them.
REP_MEASURES: tuple[Measure, ...] = ()
#: Over the whole set.
SET_MEASURES: tuple[Measure, ...] = ()
