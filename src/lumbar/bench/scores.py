"""How wrong numbers are, and how often their ranges hold: the arithmetic of the accuracy bench."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.bench.outcomes import Pair

#: Clips are drawn again this often to see how far a number would move with other clips; seeded.
_RESAMPLES = 400
#: The standard normal's 95th percentile, for 90 % intervals.
_Z_90 = 1.6449


@dataclass(frozen=True, slots=True)
class Score:
    """What a pile of pairs says; errors in SI units and radians, None where nothing is behind them.

    ``n`` pairs have value and truth; ``missing`` is the share of truths without a value; ``spurious`` counts
    values where there was nothing to measure. ``coverage`` is how often low to high holds the truth, over
    ``ranges`` ranges; ``width`` the mean of high minus low.
    """

    n: int
    ranges: int
    spurious: int
    missing: float | None
    mae: float | None
    bias: float | None
    median: float | None
    p95: float | None
    rmse: float | None
    coverage: float | None
    width: float | None


def score(pairs: Sequence[Pair]) -> Score:
    """Return the score of some pairs."""
    errors = np.array([pair.error for pair in pairs if pair.error is not None])
    held = [pair.holds for pair in pairs if pair.holds is not None]
    widths = [pair.width for pair in pairs if pair.truth is not None and pair.width is not None]
    wanted = [pair for pair in pairs if pair.truth is not None]
    size = np.abs(errors)
    return Score(
        n=len(errors),
        ranges=len(held),
        spurious=sum(pair.truth is None for pair in pairs),
        missing=_mean([pair.value is None for pair in wanted]),
        mae=_mean(size),
        bias=_mean(errors),
        median=float(np.median(size)) if len(size) else None,
        p95=float(np.percentile(size, 95)) if len(size) else None,
        rmse=float(np.sqrt(np.mean(errors**2))) if len(size) else None,
        coverage=_mean(held),
        width=_mean(widths),
    )


def _mean(values: Sequence[float] | Floats) -> float | None:
    return float(np.mean(values)) if len(values) else None


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return the 90 % interval of a share (Wilson 1927, J Am Stat Assoc 22:209); the whole range for none."""
    if n == 0:
        return 0.0, 1.0
    share, spread = hits / n, _Z_90**2 / n
    middle = (share + spread / 2) / (1 + spread)
    half = _Z_90 / (1 + spread) * float(np.sqrt(share * (1 - share) / n + spread / (4 * n)))
    # At no hit or all, one end is the share itself, but for the last digits.
    return 0.0 if hits == 0 else middle - half, 1.0 if hits == n else middle + half


def interval_by_clip(
    clips: Sequence[Sequence[Pair]], statistic: Callable[[Score], float | None]
) -> tuple[float, float] | None:
    """Return the 90 % interval of a statistic if other clips had been drawn: bootstrap over whole clips.

    None for fewer than five clips: from so few nothing can be drawn again.
    """
    if len(clips) < 5:
        return None
    rng = np.random.default_rng(0)
    found = []
    for _ in range(_RESAMPLES):
        drawn = rng.integers(len(clips), size=len(clips))
        value = statistic(score([pair for which in drawn for pair in clips[which]]))
        if value is not None:
            found.append(value)
    return (float(np.percentile(found, 5)), float(np.percentile(found, 95))) if found else None
