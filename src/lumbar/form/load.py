"""The load on the lower back as measures of a rep: what a table, a spreadsheet and a history keep of it."""

from collections.abc import Mapping

from lumbar.estimate import Measured
from lumbar.mechanics.load import LumbarLoad

#: The measures that come from the load, not from :func:`lumbar.form.measure.measure_rep`.
LOAD = ("l5s1_moment_peak", "compression_peak", "bar_lever_arm_peak")


def measure_load(load: LumbarLoad) -> Mapping[str, Measured]:
    """Return the load measures of one rep by id, in N·m, N and m."""
    return dict(zip(LOAD, (load.peak_n_m, load.compression_n, load.lever_m), strict=True))
