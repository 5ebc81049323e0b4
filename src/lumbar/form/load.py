"""The load on the lower back as measures of a rep: what a table, a spreadsheet and a history keep of it."""

from collections.abc import Mapping

from lumbar.estimate import Measured
from lumbar.form.definition import Measure
from lumbar.mechanics.load import LumbarLoad

_LOAD = "reference/biomechanics §3; reckoned by lumbar.mechanics, docs/load.md says how well"
_MISSING = "Missing without the bar's mass, where the plates or the back are hidden, and off the side."

#: The load on the lower back in each rep.
MEASURES = (
    Measure(
        "l5s1_moment_peak", "Peak moment", "N·m",
        "The highest net moment that the back's extensors hold at the lowest lumbar joint (L5/S1) on the way up.",
        _LOAD, "pull", "A", "Highest group average at a national championship: 988 N·m (Cholewicki 1991).",
        least=0.0, missing=_MISSING,
    ),
    Measure(
        "l5s1_impulse", "Moment over the pull", "N·m·s",
        "That moment added up from the bar's first movement to lockout: how hard, and for how long.",
        _LOAD, "pull", "B", "A slow grind asks for more than a quick pull with the same peak.",
        least=0.0, missing=_MISSING, leads=False,
    ),
    Measure(
        "compression_peak", "Compression, by model", "N",
        "What presses the joint together then; the range spans published models (a muscle's lever of 4 to 6 cm).",
        "Cholewicki 1991; Ghezelbash 2020; reference/biomechanics §3.4", "pull", "B",
        "Models differ by half for the same moment.", least=0.0, missing=_MISSING,
    ),
    Measure(
        "bar_lever_arm_peak", "Lever arm to the lower back", "m",
        "How far the bar is ahead of the lowest lumbar joint (L5/S1), level, at that moment: its lever arm.",
        _LOAD, "pull", "B", "Each centimetre adds 9.81 N·m for 100 kg of bar.", missing=_MISSING, leads=False,
    ),
)  # fmt: skip
#: The measures that come from the load, not from :func:`lumbar.form.measure.measure_rep`.
LOAD = ("l5s1_moment_peak", "l5s1_impulse", "compression_peak", "bar_lever_arm_peak")


def measure_load(load: LumbarLoad) -> Mapping[str, Measured]:
    """Return the load measures of one rep by id, in N·m, N·m·s, N and m."""
    told = (load.peak_n_m, load.impulse_n_m_s, load.compression_n, load.lever_m)
    return dict(zip(LOAD, told, strict=True))
