"""The rep strip: one bar for each rep, its height the measure, its band the range, translucent when unsure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lumbar.estimate import Estimate, Measured, Missing
from lumbar.form.analysis import SetAnalysis
from lumbar.form.measures import BY_ID, Measure
from lumbar.report.words import decimals_for, edge, format_measured

#: What a strip can show, most telling first; the first that is known of any rep is shown at once.
SHOWN = ("lumbar_change", "mean_concentric_velocity", "l5s1_moment_peak", "bar_drift", "range_of_motion")
#: The drawing of one bar, px.
_WIDE, _HIGH = 40, 64
#: Half the width of a bar and of the band over it, px.
_BAR, _BAND = 10, 16
_NOT_TAKEN = Missing("This was not measured on this rep.")


@dataclass(frozen=True, slots=True)
class Bar:
    """One rep: its bar as SVG, the value with its unit, what it says in words, and how sure it is.

    ``kind`` is sure, unsure (the range is wider than the number itself) or missing.
    """

    rep: int
    svg: str
    value: str
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The reps by one measure."""

    id: str
    name: str
    unit: str
    bars: tuple[Bar, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """Which kinds of bars there are, for the words beside it."""
        return frozenset(bar.kind for bar in self.bars)


def strips_of(analysis: SetAnalysis) -> tuple[Strip, ...]:
    """Return a strip for each measure that is known of any rep."""
    columns = {
        name: [mapping.get(name, _NOT_TAKEN) for mapping in analysis.measures] for name in SHOWN if name in BY_ID
    }
    numbers = [rep.number for rep in analysis.reps]
    known = {name: column for name, column in columns.items() if any(isinstance(one, Estimate) for one in column)}
    return tuple(_strip(BY_ID[name], column, numbers) for name, column in known.items())


def _strip(measure: Measure, column: Sequence[Measured], numbers: Sequence[int]) -> Strip:
    ends = [end for one in column if isinstance(one, Estimate) for end in (one.low, one.high)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    decimals = decimals_for(column, measure)
    bars = []
    for number, one in zip(numbers, column, strict=True):
        worded = format_measured(one, measure, decimals)
        kind = kind_of(one)
        told = worded.sentence if worded.reason is None else f"not measured. {worded.reason}"
        words = f"rep {number}: {measure.name.lower()} {told}{', unsure' if kind == 'unsure' else ''}"
        bars.append(Bar(number, _svg(one, low, high), worded.value, words, kind))
    return Strip(measure.id, measure.name, edge(measure).symbol, tuple(bars))


def kind_of(one: Measured) -> str:
    """Say how sure a number is; that a range wider than the number is unsure is an engineering rule."""
    if isinstance(one, Missing):
        return "missing"
    return "unsure" if one.high - one.low > abs(one.value) else "sure"


def _svg(one: Measured, low: float, high: float) -> str:
    parts = "".join(_parts(one, low, high))
    return (
        f'<svg width="{_WIDE}" height="{_HIGH}" viewBox="0 0 {_WIDE} {_HIGH}" aria-hidden="true"'
        f' focusable="false">{parts}</svg>'
    )


def _parts(one: Measured, low: float, high: float) -> Iterable[str]:
    def y(value: float) -> float:
        return 2 + (_HIGH - 4) * (high - value) / max(high - low, 1e-12)

    middle, zero = _WIDE / 2, y(0.0)
    if isinstance(one, Missing):
        yield f'<rect class="none" x="{middle - _BAR}" y="2" width="{2 * _BAR}" height="{_HIGH - 4}"/>'
    else:
        top, foot = sorted((y(one.value), zero))
        yield (
            f'<rect class="bar" x="{middle - _BAR}" y="{top:.1f}" width="{2 * _BAR}"'
            f' height="{max(foot - top, 1):.1f}"/>'
        )
        yield (
            f'<rect class="range" x="{middle - _BAND}" y="{y(one.high):.1f}" width="{2 * _BAND}"'
            f' height="{max(y(one.low) - y(one.high), 1):.1f}"/>'
        )
        yield f'<path class="value" d="M{middle - _BAND} {y(one.value):.1f}h{2 * _BAND}"/>'
    yield f'<path class="zero" d="M0 {zero:.1f}H{_WIDE}"/>'
