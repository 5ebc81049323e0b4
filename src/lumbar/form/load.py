"""The load on the lower back as measures of a rep: what a table, a spreadsheet and a history keep of it."""

from collections.abc import Mapping

from lumbar.estimate import Measured
from lumbar.mechanics.load import LumbarLoad


def measure_load(load: LumbarLoad) -> Mapping[str, Measured]:
    """Return the load measures of one rep by id, in N·m, N and m."""
    return {
        "l5s1_moment_peak": load.peak_n_m,
        "compression_peak": load.compression_n,
        "bar_lever_arm_peak": load.lever_m,
    }
