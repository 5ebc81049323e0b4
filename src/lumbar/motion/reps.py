"""Reps and their phases, found in the bar's path."""

from dataclasses import dataclass

from lumbar.estimate import Measured


@dataclass(frozen=True, slots=True)
class Rep:
    """One pull: events are times in the container's seconds, each with its range where it has one.

    ``lowering_s`` is when the bar starts down, ``floor_s`` when it is back on the floor; both Missing when
    the clip ends first or the bar is dropped out of the picture.
    """

    number: int
    lift_off_s: float
    knee_pass_s: Measured
    lockout_s: float
    lowering_s: Measured
    floor_s: Measured
