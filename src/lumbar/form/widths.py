"""How much wider a range is made than its own reckoning says, so that nine truths in ten lie in it.

A range is reckoned from what is known to be uncertain: scale, moments, joints. What the reckoning leaves out shows
only beside the truth. So each measure's range is stretched about its value by one factor, set on the *tune* split
(design/tune_accuracy.py prints it as ×) and tried on other clips. Ranges are widened, never narrowed: what is
seen in pictures has errors that clips without pictures do not show.
"""

from collections.abc import Mapping

from lumbar.estimate import Estimate, Measured, Missing
from lumbar.form.definition import Measure

#: Measure → factor; what is not named keeps its range.
FACTORS: Mapping[str, float] = {}


def widened(measure: Measure, measured: Measured) -> Measured:
    """Return a number with its range stretched about its value, within what the measure can be."""
    if isinstance(measured, Missing):
        return measured
    factor = FACTORS.get(measure.id, 1.0)
    low = measured.value - factor * (measured.value - measured.low)
    high = measured.value + factor * (measured.high - measured.value)
    # What a measure cannot be is not in its range: no time is below zero.
    return Estimate(measured.value, max(low, measure.least), min(high, measure.most))
