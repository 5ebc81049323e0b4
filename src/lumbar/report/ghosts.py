"""The best rep and the worst as ghosts: both fitted lifters over each other, at the same heights of the bar."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import numpy as np

from lumbar.arrays import Floats
from lumbar.form.analysis import SetAnalysis
from lumbar.form.extremes import Extremes, extremes
from lumbar.form.measures import BY_ID
from lumbar.motion.back import BackCurve
from lumbar.motion.motion import POINTS, Motion
from lumbar.motion.reps import Rep
from lumbar.report.words import decimals_for, format_measured, format_number

#: Shares of the bar's way at which the two are compared: as it leaves the floor, twice on the way, and at the top.
_SHARES = (0.02, 0.33, 0.67, 0.98)
#: A panel is this wide and high, px, with this much room about the figures, m.
_WIDE, _ROOM_M = 220.0, 0.03
#: A head's radius as it is drawn, m; half of its usual breadth and a little more.
_HEAD_M = 0.09
_CHAINS = (
    ("ear", "shoulder", "hip", "knee", "ankle"),
    ("shoulder", "elbow", "wrist"),
    ("heel", "ankle", "toe", "heel"),
)
#: The ranges hold what is wrong with the whole clip, too, and that is the same in both reps.
_BY_WOBBLE = (
    "Both reps share the clip’s own errors, so they compare better than the ranges say: equal reps lie so far"
    " apart in less than one set of ten."
)
_NEEDED = ("shoulder", "hip", "knee", "ankle")


@dataclass(frozen=True, slots=True, eq=False)
class _Pose:
    """One lifter at one moment, m: ``points`` (point, 2), ``bar`` (2,), the edge of the ``back`` where known."""

    points: Floats
    bar: Floats
    back: Floats | None

    @property
    def everything(self) -> Floats:
        parts = [self.points, self.bar[None], *([self.back] if self.back is not None else [])]
        every = np.vstack(parts)
        return every[np.isfinite(every).all(axis=1)]


@dataclass(frozen=True, slots=True)
class Panel:
    """One height of the bar: both figures as SVG, and the height in words."""

    svg: str
    caption: str


@dataclass(frozen=True, slots=True)
class Ghosts:
    """The two reps by number, how they differ in a sentence, and the panels from the floor up."""

    measure: str
    best: int
    worst: int
    sentence: str
    how: str
    panels: tuple[Panel, ...]


def ghosts_of(analysis: SetAnalysis) -> Ghosts | None:
    """Return the ghosts of a set; None where no two reps differ by more than an error, or no lifter was fitted."""
    found, motion = extremes(analysis.measures), analysis.motion
    if found is None or motion is None:
        return None
    reps = (analysis.reps[found.best], analysis.reps[found.worst])
    travel_m = min(rep.top_m - rep.rest_m for rep in reps)
    pairs = [
        (share * travel_m, pair)
        for share in _SHARES
        if None not in (pair := tuple(_pose(analysis, motion, rep, share * travel_m) for rep in reps))
    ]
    if not pairs:
        return None
    frame = _Frame([pose for _, pair in pairs for pose in pair if pose is not None], motion)
    panels = tuple(_panel(frame, height_m, pair, reps) for height_m, pair in pairs)
    sentence, how = _words(analysis, found)
    return Ghosts(found.measure, reps[0].number, reps[1].number, sentence, how, panels)


def _words(analysis: SetAnalysis, found: Extremes) -> tuple[str, str]:
    measure = BY_ID[found.measure]
    both = [analysis.measures[at][found.measure] for at in (found.best, found.worst)]
    decimals = decimals_for(both, measure)
    best, worst = (format_measured(one, measure, decimals).sentence for one in both)
    numbers = [analysis.reps[at].number for at in (found.best, found.worst)]
    sentence = (
        f"{measure.name}: {best} on rep {numbers[0]}, the best of the set by this measure;"
        f" {worst} on rep {numbers[1]}, the worst."
    )
    if found.by_wobble:
        return sentence, _BY_WOBBLE
    return sentence, "The two ranges do not touch."


def _pose(analysis: SetAnalysis, motion: Motion, rep: Rep, height_m: float) -> _Pose | None:
    """Return the lifter when the bar first is that high above its rest, between the two frames around it."""
    up = np.flatnonzero((motion.time_s >= rep.lift_off_s - 0.2) & (motion.time_s <= rep.lockout_s))
    above = motion.bar_m[up, 1] - rep.rest_m - height_m
    reached = np.flatnonzero(above >= 0)
    if not reached.size or reached[0] == 0 or not np.isfinite(above[reached[0] - 1]):
        return None
    at = int(reached[0])
    share = float(-above[at - 1] / (above[at] - above[at - 1]))
    before, after = int(up[at - 1]), int(up[at])

    def between(values: Floats) -> Floats:
        return np.asarray((1 - share) * values[before] + share * values[after])

    points = between(motion.points_m)
    if not np.isfinite(points[[POINTS.index(name) for name in _NEEDED]]).all():
        return None
    back = _back_m(analysis.back, motion, after) if isinstance(analysis.back, BackCurve) else None
    return _Pose(points, between(motion.bar_m), back)


def _back_m(back: BackCurve, motion: Motion, row: int) -> Floats | None:
    """Return the edge of the back in metres, (place, 2), laid by hip and shoulder; None where it was not read."""
    curve = back.curve_px[row]
    if not (back.is_read[row] and np.isfinite(curve).all()):
        return None
    hip, shoulder = (motion.point_px(name)[row] for name in ("hip", "shoulder"))
    hip_m, shoulder_m = (motion.point(name)[row] for name in ("hip", "shoulder"))
    per_m = float(np.linalg.norm(shoulder - hip) / np.linalg.norm(shoulder_m - hip_m))
    return np.asarray(hip_m + (curve - hip) / per_m * [1.0 if motion.faces_right else -1.0, -1.0])


class _Frame:
    """Metres to the pixels of a panel, one scale for all of them; the lifter faces as in the film."""

    def __init__(self, poses: list[_Pose], motion: Motion) -> None:
        self._way = np.array([1.0 if motion.faces_right else -1.0, -1.0])
        self.radius_m = motion.scale.plate_radius_m
        every = np.vstack([pose.everything for pose in poses]) * self._way
        bars = np.array([pose.bar for pose in poses]) * self._way
        heads = np.array([pose.points[POINTS.index("ear")] for pose in poses]) * self._way
        heads = heads[np.isfinite(heads).all(axis=1)]
        rims = [bars - self.radius_m, bars + self.radius_m, heads - _HEAD_M, heads + _HEAD_M]
        every = np.vstack([every, *rims])
        self._low = every.min(axis=0) - _ROOM_M
        size = every.max(axis=0) + _ROOM_M - self._low
        self.scale = _WIDE / float(size[0])
        self.high = self.scale * float(size[1])

    def floor(self) -> str:
        """Return the floor as a line: a plate's radius under the bar's resting place."""
        y = (self.radius_m - self._low[1]) * self.scale
        return f'<path class="floor" d="M0 {y:.1f}H{_WIDE:.0f}"/>'

    def laid(self, xy_m: Floats) -> Floats:
        return np.asarray((xy_m * self._way - self._low) * self.scale)


def _panel(frame: _Frame, height_m: float, pair: tuple[_Pose | None, ...], reps: tuple[Rep, Rep]) -> Panel:
    height = f"Bar {format_number(100 * height_m, 0)} cm up"
    label = f"{height}: the figures of rep {reps[0].number} and rep {reps[1].number} over each other."
    # The dashed one lies on top, so that both are seen where they agree.
    named = [(kind, pose) for kind, pose in zip(("best", "worst"), pair, strict=True) if pose is not None]
    parts = [frame.floor(), *(part for kind, pose in named for part in _figure(frame, pose, kind))]
    svg = (
        f'<svg class="ghost" role="img" viewBox="0 0 {_WIDE:.0f} {frame.high:.0f}" width="{_WIDE:.0f}"'
        f' aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )
    return Panel(svg, height)


def _figure(frame: _Frame, pose: _Pose, kind: str) -> Iterable[str]:
    yield f'<g class="{kind}">'
    x, y = frame.laid(pose.bar)
    yield f'<circle class="plate" cx="{x:.1f}" cy="{y:.1f}" r="{frame.radius_m * frame.scale:.1f}"/>'
    for chain in _CHAINS:
        points = np.array([pose.points[POINTS.index(name)] for name in chain])
        yield _line("bone", frame.laid(points[np.isfinite(points).all(axis=1)]))
    head = frame.laid(pose.points[POINTS.index("ear")])
    if np.isfinite(head).all():
        yield f'<circle class="head" cx="{head[0]:.1f}" cy="{head[1]:.1f}" r="{_HEAD_M * frame.scale:.1f}"/>'
    if pose.back is not None:
        yield _line("back", frame.laid(pose.back[::3]))
    yield f'<circle class="bar" cx="{x:.1f}" cy="{y:.1f}" r="4"/></g>'


def _line(kind: str, xy: Floats) -> str:
    return f'<path class="{kind}" d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in xy) + '"/>' if len(xy) else ""
