"""The load on the lower back of one rep: net moment first, then forces as bands, and why they are so wide."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbar.arrays import Floats, check_shape, freeze
from lumbar.estimate import Measured


@dataclass(frozen=True, slots=True)
class Width:
    """One source of a range's width: half the width that the peak's range would have if it were the only one."""

    source: str
    half_width_n_m: float


@dataclass(frozen=True, slots=True, eq=False)
class LumbarLoad:
    """What one rep asks of the lower back.

    Curves are (time,), NaN where body or bar were not seen: ``moment_n_m`` with ``low_n_m`` and ``high_n_m``,
    the bar's lever arm ``bar_lever_m`` to L5/S1, and ``l5s1_m`` (time, 2) itself in the motion's frame. They begin
    half a second before lift-off, where the range spans from no bar in the hands to all of it.

    ``peak_n_m`` is the highest net extensor moment from the bar's first movement to lockout, at ``peak_s``;
    ``compression_n`` and ``shear_n`` belong to that moment, ``belted_n`` is the compression if a belt and a held
    breath take their most; ``shear_n`` is of body and bar alone, muscles left out. ``impulse_n_m_s`` adds the
    moment up over the same time. ``lever_m`` is the bar's lever arm at the peak, and each kilogram on the
    bar adds ``per_bar_kg_n_m``. ``budget`` says where the peak's range comes from, widest first; ``assumed`` holds
    a sentence for each thing that was not known.
    """

    rep: int
    time_s: Floats
    moment_n_m: Floats
    low_n_m: Floats
    high_n_m: Floats
    bar_lever_m: Floats
    l5s1_m: Floats
    peak_s: float | None
    peak_n_m: Measured
    compression_n: Measured
    belted_n: Measured
    shear_n: Measured
    impulse_n_m_s: Measured
    lever_m: Measured
    per_bar_kg_n_m: Measured
    budget: tuple[Width, ...]
    assumed: tuple[str, ...]

    def __post_init__(self) -> None:
        freeze(self)
        for name in ("moment_n_m", "low_n_m", "high_n_m", "bar_lever_m"):
            check_shape(name, getattr(self, name), "(time,)", self.time_s.shape)

    @property
    def has_moment(self) -> bool:
        """Return whether the moment is known at any time."""
        return bool(np.isfinite(self.moment_n_m).any())

    def rows_in(self, time_s: Floats) -> NDArray[np.intp]:
        """Return which rows of the film's clock (time,) the curves are of."""
        return np.searchsorted(time_s, self.time_s)
