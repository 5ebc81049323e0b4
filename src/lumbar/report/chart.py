"""Charts as SVG, drawn on the server so that print equals screen; colours come from the page's style sheet.

A time chart has two layers: text, columns and gaps in true pixels placed by percentages, and a nested drawing
stretched to the width. So it fills any width, and its text stays as large as the text around it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import ceil, floor, isfinite, log10

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.report.words import count, format_number

#: Height of the plot and of the strips above and below it, in CSS pixels.
PLOT_PX, HEAD_PX, FOOT_PX = 120, 22, 24
#: Width of the stretched drawing in its own units.
_WIDE = 1000
#: Points closer to the line than this many drawing units are left out: a third of a pixel is not seen.
_FLATNESS = 0.3
#: A curve may run past the outermost line by this share of a step before another line is added.
_SLACK = 0.15
#: The narrowest plot that we draw for, and the narrowest step between two printed numbers, px.
_NARROW_PX, _NUMBER_PX = 280, 18


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One curve, (time,) in the unit shown; ``low`` and ``high`` are its range where it has one."""

    label: str
    value: Floats
    low: Floats | None = None
    high: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TimeChart:
    """Curves of one unit over the clip; ``spoken_unit`` is the unit in words, for the description.

    ``is_asked`` (time,) says where a curve is meant to be: elsewhere nothing is missing.
    """

    id: str
    title: str
    unit: str
    spoken_unit: str
    decimals: int
    time_s: Floats
    lines: tuple[Line, ...]
    from_zero: bool = False
    is_asked: Bools | None = None

    def known(self, lines: Sequence[Line]) -> Bools:
        """Return where all of these lines are known, or not asked for, (time,)."""
        known = np.all([np.isfinite(line.value) for line in lines], axis=0)
        return np.asarray(known if self.is_asked is None else known | ~self.is_asked, dtype=bool)


@dataclass(frozen=True, slots=True)
class Column:
    """A rep on the time axis."""

    number: int
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class Span:
    """The clip's own time, which all charts of a page share."""

    from_s: float
    to_s: float

    def share(self, time_s: float) -> float:
        """Return where a time lies on the axis, 0–1."""
        return (time_s - self.from_s) / max(self.to_s - self.from_s, 1e-9)


@dataclass(frozen=True, slots=True, eq=False)
class RepPath:
    """The bar's way up in one rep, seen from the side: (time, 2), cm, x to the toes and y up."""

    number: int
    xy_cm: Floats


def nice_ticks(low: float, high: float, steps: Sequence[float] = (1, 2, 2.5, 5)) -> list[float]:
    """Return at most five round numbers that enclose ``low`` to ``high``, give or take a sliver of a step."""
    if not (isfinite(low) and isfinite(high)):
        return [0.0, 1.0]
    reach = max(high - low, abs(high) * 1e-3, 1e-6)
    power = floor(log10(reach / 4)) - 1
    for step in (scale * 10.0**exponent for exponent in range(power, power + 4) for scale in steps):
        first, last = floor(low / step + _SLACK), ceil(high / step - _SLACK)
        if last - first <= 4:
            return [index * step for index in range(first, max(last, first + 1) + 1)]
    raise AssertionError(low, high)  # four powers of ten above a quarter of the reach always suffice


def _whole(xy: Floats) -> Bools:
    return np.asarray(np.isfinite(xy).all(axis=1), dtype=bool)


def runs(known: Bools) -> list[slice]:
    """Return the unbroken stretches of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], known, [False])).astype(np.int8)))
    return [slice(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def gaps(time_s: Floats, known: Bools) -> list[tuple[float, float]]:
    """Return when nothing is known: from the last known time to the next, (from_s, to_s) each."""
    last = len(time_s) - 1
    return [(float(time_s[max(run.start - 1, 0)]), float(time_s[min(run.stop, last)])) for run in runs(~known)]


def simplify(xy: Floats, flatness: float = _FLATNESS) -> Floats:
    """Leave out points that lie within ``flatness`` of the line without them (Douglas and Peucker 1973)."""
    keep = np.zeros(len(xy), bool)
    keep[[0, -1]] = True
    todo = [(0, len(xy) - 1)]
    while todo:
        start, end = todo.pop()
        if end - start < 2:
            continue
        chord, inner = xy[end] - xy[start], xy[start + 1 : end] - xy[start]
        length = float(np.hypot(*chord))
        across = np.abs(chord[0] * inner[:, 1] - chord[1] * inner[:, 0]) / length if length else None
        distance = across if across is not None else np.hypot(inner[:, 0], inner[:, 1])
        furthest = int(np.argmax(distance))
        if distance[furthest] > flatness:
            middle = start + 1 + furthest
            keep[middle] = True
            todo += [(start, middle), (middle, end)]
    return xy[keep]


def _way(xy: Floats) -> str:
    points = " ".join(f"{x:.1f} {y:.1f}" for x, y in xy)
    return f"M{points}" if len(xy) > 1 else f"M{points}h.1"


class _Canvas:
    """The plot's geometry: time to drawing units or percent, value to pixels."""

    def __init__(self, chart: TimeChart, span: Span) -> None:
        self.chart, self.span = chart, span
        self.ticks = _ticks(chart)

    def y_px(self, value: Floats | float) -> Floats:
        """Return pixels below the plot's upper edge."""
        low, high = self.ticks[0], self.ticks[-1]
        return np.asarray(PLOT_PX * (high - np.asarray(value)) / (high - low))

    def percent(self, time_s: float) -> str:
        """Return a place on the time axis as SVG takes it."""
        return f"{100 * min(max(self.span.share(time_s), 0.0), 1.0):.2f}%"

    def points(self, value: Floats, where: slice) -> Floats:
        """Return a stretch of a curve in drawing units."""
        x = _WIDE * (self.chart.time_s[where] - self.span.from_s) / (self.span.to_s - self.span.from_s)
        return simplify(np.column_stack([x, self.y_px(value[where])]))


def _ticks(chart: TimeChart) -> list[float]:
    ends = [
        array[np.isfinite(array)]
        for line in chart.lines
        for array in (line.value, line.low, line.high)
        if array is not None
    ]
    known = np.concatenate(ends)
    if not known.size:
        return [0.0, 1.0]
    low = min(float(known.min()), 0.0) if chart.from_zero else float(known.min())
    steps = (1, 1.5, 3, 4.5, 6) if chart.unit == "°" else (1, 2, 2.5, 5)
    return nice_ticks(low, float(known.max()), steps)


def _tick_decimals(ticks: Sequence[float]) -> int:
    step = ticks[1] - ticks[0]
    return next(places for places in range(7) if abs(round(step, places) - step) < 1e-9 or places == 6)


def draw_time_chart(chart: TimeChart, columns: Sequence[Column], span: Span, *, with_times: bool = False) -> str:
    """Draw one chart of the stack; ``with_times`` prints the seconds under it."""
    canvas = _Canvas(chart, span)
    height = HEAD_PX + PLOT_PX + (FOOT_PX if with_times else 6)
    parts = [
        *_columns(canvas, columns),
        *_grid(canvas),
        *_gaps(canvas),
        _stretched(_curves(canvas)),
        *_labels(canvas),
        *(_times(canvas) if with_times else ()),
        f'<line class="cursor" x1="0" x2="0" y1="{HEAD_PX - 4}" y2="{HEAD_PX + PLOT_PX}"/>',
    ]
    return _svg(chart.id, chart.title, describe(chart, columns), f'height="{height}"', parts)


def _svg(id_: str, title: str, text: str, size: str, parts: Iterable[str]) -> str:
    return (
        f'<svg id="{id_}" class="chart" role="img" width="100%" {size} '
        f'aria-labelledby="{id_}-title {id_}-desc">'
        f'<title id="{id_}-title">{escape(title)}</title><desc id="{id_}-desc">{escape(text)}</desc>'
        f'<defs><pattern id="{id_}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>'
        f"{''.join(parts)}</svg>"
    )


def _stretched(curves: Iterable[str]) -> str:
    return (
        f'<svg y="{HEAD_PX}" width="100%" height="{PLOT_PX}" viewBox="0 0 {_WIDE} {PLOT_PX}" '
        f'preserveAspectRatio="none" overflow="visible">{"".join(curves)}</svg>'
    )


def describe(chart: TimeChart, columns: Sequence[Column]) -> str:
    """Say in words what a time chart shows."""
    said = [f"Over {chart.time_s[-1] - chart.time_s[0]:.0f} seconds with {count(len(columns), 'numbered rep')}."]
    for line in chart.lines:
        known = line.value[np.isfinite(line.value)]
        if not known.size:
            said.append(f"{line.label}: nothing could be measured.")
            continue
        low, high = (format_number(float(end), chart.decimals) for end in (known.min(), known.max()))
        missing = len(gaps(chart.time_s, chart.known([line])))
        broken = f", with {missing} {'gap' if missing == 1 else 'gaps'}" if missing else ""
        said.append(f"{line.label}: {low} to {high} {chart.spoken_unit}{broken}.")
    return " ".join(said)


def _columns(canvas: _Canvas, columns: Sequence[Column]) -> Iterable[str]:
    shares = [canvas.span.share(column.from_s) for column in columns]
    closest = min((after - before for before, after in pairwise(shares)), default=1.0)
    every = max(1, ceil(_NUMBER_PX / max(closest * _NARROW_PX, 1e-3)))
    for index, (column, share) in enumerate(zip(columns, shares, strict=True)):
        width = max(canvas.span.share(column.to_s) - share, 0.0)
        yield (
            f'<rect class="rep" data-rep="{column.number}" x="{100 * share:.2f}%" y="{HEAD_PX}" '
            f'width="{100 * width:.2f}%" height="{PLOT_PX}"/>'
        )
        if index % every == 0:
            middle = 100 * (share + width / 2)
            yield f'<text class="mid" x="{middle:.2f}%" y="{HEAD_PX - 7}">{column.number}</text>'


def _grid(canvas: _Canvas) -> Iterable[str]:
    places = _tick_decimals(canvas.ticks)
    for tick in canvas.ticks:
        y = HEAD_PX + float(canvas.y_px(tick))
        kind = "zero" if tick == 0 else "grid"
        yield f'<line class="{kind}" x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="end" x="-6" y="{y:.1f}" dy=".33em">{format_number(tick, places)}</text>'
    yield f'<text class="end" x="-6" y="{HEAD_PX - 12}">{escape(canvas.chart.unit)}</text>'


def _gaps(canvas: _Canvas) -> Iterable[str]:
    for from_s, to_s in gaps(canvas.chart.time_s, canvas.chart.known(canvas.chart.lines)):
        width = 100 * (canvas.span.share(to_s) - canvas.span.share(from_s))
        yield (
            f'<rect class="gap" x="{canvas.percent(from_s)}" y="{HEAD_PX}" width="{max(width, 0.4):.2f}%" '
            f'height="{PLOT_PX}" fill="url(#{canvas.chart.id}-hatch)"/>'
        )


def _curves(canvas: _Canvas) -> Iterable[str]:
    for order, line in enumerate(canvas.chart.lines, start=1):
        stretches = runs(np.isfinite(line.value))
        if line.low is not None and line.high is not None:
            for run in stretches:
                band = np.vstack([canvas.points(line.low, run), canvas.points(line.high, run)[::-1]])
                yield f'<path class="band s{order}" d="{_way(band)}Z"/>'
        way = "".join(_way(canvas.points(line.value, run)) for run in stretches)
        if way:
            yield f'<path class="line s{order}" vector-effect="non-scaling-stroke" d="{way}"/>'


def _labels(canvas: _Canvas) -> Iterable[str]:
    """Name two curves at the moment when they are furthest apart; one curve is named by the chart's title."""
    chart = canvas.chart
    if len(chart.lines) != 2:
        return
    first, second = chart.lines
    apart = np.abs(first.value - second.value)
    inner = (canvas.span.from_s + chart.time_s[-1]) / 2
    apart[chart.time_s > inner] = np.nan  # in the first half there is room to the right
    if not np.isfinite(apart).any():
        return
    at = int(np.nanargmax(apart))
    upper = first if first.value[at] >= second.value[at] else second
    for order, line in enumerate(chart.lines, start=1):
        place = HEAD_PX + float(canvas.y_px(line.value[at]))
        is_above = line is upper or place + 16 > HEAD_PX + PLOT_PX  # under the plot the seconds stand
        y = place + (-7 if is_above else 16)
        x = canvas.percent(float(chart.time_s[at]))
        yield f'<text class="label s{order}" x="{x}" y="{y:.1f}">{escape(line.label)}</text>'


def _times(canvas: _Canvas) -> Iterable[str]:
    y = HEAD_PX + PLOT_PX + 17
    ticks = [tick for tick in nice_ticks(canvas.span.from_s, canvas.span.to_s) if canvas.span.from_s <= tick]
    for tick in ticks:
        if canvas.span.share(tick) <= 0.97:
            yield f'<text class="mid" x="{canvas.percent(tick)}" y="{y}">{tick:g}</text>'
    yield f'<text class="end" x="100%" y="{y}">s</text>'


#: The square chart of the bar's path: its edge and its margins, px.
SQUARE_PX, _LEFT_PX, _BELOW_PX, _EDGE_PX = 320, 40, 34, 14


def draw_path_chart(id_: str, title: str, paths: Sequence[RepPath]) -> str:
    """Draw the bar's path of each rep from the side, one scale for both axes, first and last rep named."""
    # The middle of the square is x = 0 and its foot y = 0, so sideways there is half as much room.
    reach_cm = max((float(np.nanmax(np.abs(path.xy_cm) * (2, 1))) for path in paths), default=40.0)
    step_cm = next(step for step in (5, 10, 15, 20, 25, 50, 100, 1000) if 4 * step >= reach_cm)
    plot = SQUARE_PX - _LEFT_PX - _EDGE_PX
    scale = plot / (4 * step_cm)
    origin = np.array([_LEFT_PX + plot / 2, SQUARE_PX - _BELOW_PX])
    size = (
        f'height="{SQUARE_PX}" viewBox="0 0 {SQUARE_PX} {SQUARE_PX}" '
        f'data-origin="{origin[0]:g} {origin[1]:g}" data-scale="{scale:.5g}"'
    )
    drawn = [RepPath(path.number, origin + path.xy_cm * (scale, -scale)) for path in paths]
    parts = [*_square_grid(origin, scale, step_cm), *_paths(drawn), '<circle class="cursor-dot" r="5"/>']
    return _svg(id_, title, _describe_paths(paths), size, parts)


def _describe_paths(paths: Sequence[RepPath]) -> str:
    said = ["The bar on its way up, seen from the side, toes to the right; zero is the ankle."]
    for path in paths:
        x = path.xy_cm[:, 0]
        low, high = (format_number(float(end), 1) for end in (np.nanmin(x), np.nanmax(x)))
        said.append(f"Rep {path.number}: between {low} and {high} cm.")
    return " ".join(said)


def _square_grid(origin: Floats, scale: float, step_cm: float) -> Iterable[str]:
    left, below = _LEFT_PX, float(origin[1])
    right, top = SQUARE_PX - _EDGE_PX, below - 4 * step_cm * scale
    for index in range(5):
        y, x = below - index * step_cm * scale, left + index * step_cm * scale
        across = format_number((index - 2) * step_cm, 0)
        yield f'<line class="grid" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="end" x="{left - 6}" y="{y:.1f}" dy=".33em">{index * step_cm:g}</text>'
        yield f'<text class="mid" x="{x:.1f}" y="{below + 17:.1f}">{across}</text>'
    yield f'<line class="zero" x1="{origin[0]:g}" x2="{origin[0]:g}" y1="{top:.1f}" y2="{below:g}"/>'
    yield f'<text class="start" x="4" y="{SQUARE_PX - 3}">cm</text>'
    yield f'<text class="end" x="{right}" y="{SQUARE_PX - 3}">to the toes →</text>'


def _paths(drawn: Sequence[RepPath]) -> Iterable[str]:
    last = len(drawn) - 1
    for index, path in enumerate(drawn):
        kind = "s1" if index == 0 else "s2" if index == last else "s3"
        way = "".join(_way(simplify(path.xy_cm[run])) for run in runs(_whole(path.xy_cm)))
        yield f'<path class="line {kind}" d="{way}"/>'
    ends = {0: drawn[0], last: drawn[-1]} if drawn else {}
    tops = [path.xy_cm[_whole(path.xy_cm)][-1] for path in ends.values()]
    leftmost = int(np.argmin([top[0] for top in tops])) if tops else 0
    for place, (path, top) in enumerate(zip(ends.values(), tops, strict=True)):
        side, offset = ("end", -10) if place == leftmost else ("start", 10)
        kind = "s1" if place == 0 else "s2"
        yield (
            f'<text class="{side} label {kind}" x="{top[0] + offset:.1f}" y="{top[1] + 4:.1f}">'
            f"rep {path.number}</text>"
        )
