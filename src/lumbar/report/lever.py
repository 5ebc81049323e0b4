"""The hardest moment as a drawing: the lifter's outline, the bar, and the lever arm between it and the joint."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Estimate
from lumbar.form.analysis import SetAnalysis
from lumbar.form.measures import BY_ID
from lumbar.mechanics.load import LumbarLoad
from lumbar.motion.motion import Motion
from lumbar.report.words import format_measured, format_number

#: The drawing's height in CSS pixels, and how much room is left about the lifter, in shares of their height.
_HIGH, _ROOM = 300.0, 0.06
#: An outline older than this is not of this moment, s.
_STALE_S = 0.2
_CHAINS = (("ear", "shoulder", "hip", "knee", "ankle", "toe"), ("shoulder", "elbow", "wrist"), ("ankle", "heel"))


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG and what it shows, in words."""

    svg: str
    caption: str


def draw_lever(analysis: SetAnalysis, load: LumbarLoad) -> Drawing | None:
    """Draw the moment of a load's peak; None where body or bar cannot be placed in the picture."""
    motion = analysis.motion
    if motion is None or load.peak_s is None or not isinstance(load.lever_m, Estimate):
        return None
    row = int(np.argmin(np.abs(motion.time_s - load.peak_s)))
    placed = places_px(motion, load, row)
    if placed is None:
        return None
    lever = format_measured(load.lever_m, BY_ID["bar_lever_arm_peak"])
    caption = f"Rep {load.rep} at {format_number(load.peak_s, 2)} s: the bar is {lever.sentence} ahead of L5/S1."
    return Drawing(_svg(analysis, motion, row, placed, (caption, lever.with_unit)), caption)


def places_px(motion: Motion, load: LumbarLoad, row: int) -> tuple[Floats, Floats, float] | None:
    """Return L5/S1 and the bar in the picture at one of the motion's frames, (2,) each, and pixels per metre.

    Both lie in the lifter's middle plane, not in the plate's: the level distance between them is the lever arm.
    """
    at = int(np.searchsorted(load.time_s, motion.time_s[row]))
    if at >= len(load.time_s):
        return None
    hip, shoulder = (motion.point_px(name)[row] for name in ("hip", "shoulder"))
    hip_m, shoulder_m = (motion.point(name)[row] for name in ("hip", "shoulder"))
    per_m = float(np.linalg.norm(shoulder - hip) / np.linalg.norm(shoulder_m - hip_m))
    forward = np.array([1.0 if motion.faces_right else -1.0, -1.0]) * per_m
    joint, bar = (hip + (place - hip_m) * forward for place in (load.l5s1_m[at], motion.bar_m[row]))
    return (joint, bar, per_m) if np.isfinite([*joint, *bar]).all() else None


def _svg(
    analysis: SetAnalysis, motion: Motion, row: int, placed: tuple[Floats, Floats, float], words: tuple[str, str]
) -> str:  # fmt: skip
    outline = _outline(analysis, float(motion.time_s[row]))
    chains = [np.array([motion.point_px(name)[row] for name in chain]) for chain in _CHAINS]
    chains = [chain[np.isfinite(chain).all(axis=1)] for chain in chains]
    everything = np.vstack([*chains, *_around(motion, placed), *([outline] if outline is not None else [])])
    low, high = everything.min(axis=0), everything.max(axis=0)
    room = _ROOM * float(high[1] - low[1])
    scale = _HIGH / float(high[1] - low[1] + 2 * room)
    wide = scale * float(high[0] - low[0] + 2 * room)

    def laid(xy: Floats) -> Floats:
        return np.asarray((xy - low + room) * scale)

    parts = [
        *([_shape(laid(outline))] if outline is not None else []),
        *(_line("bone", laid(one)) for one in chains),
    ]
    joint, bar, per_m = placed
    radius = motion.scale.plate_radius_m * per_m * scale
    parts += [_ring(laid(bar), radius), *_lever(laid(joint), laid(bar), words[1])]
    return (
        f'<svg class="lever" role="img" viewBox="0 0 {wide:.0f} {_HIGH:.0f}" width="{wide:.0f}"'
        f' aria-label="{escape(words[0])}">' + "".join(parts) + "</svg>"
    )


def _around(motion: Motion, placed: tuple[Floats, Floats, float]) -> list[Floats]:
    """Return points that the drawing must hold: the joint, and the plate in the lifter's plane, left to right."""
    joint, bar, per_m = placed
    reach = motion.scale.plate_radius_m * per_m
    return [joint, bar - reach, bar + reach]


def _ring(centre: Floats, radius: float) -> str:
    return f'<circle class="plate" cx="{centre[0]:.1f}" cy="{centre[1]:.1f}" r="{radius:.1f}"/>'


def _outline(analysis: SetAnalysis, time_s: float) -> Floats | None:
    """Return the lifter's outline nearest to a moment, (point, 2), or None where there is none near."""
    silhouette = analysis.tracks.silhouette
    known = np.flatnonzero(np.isfinite(silhouette.outline_px).all(axis=(1, 2)))
    if not known.size:
        return None
    nearest = known[np.argmin(np.abs(silhouette.time_s[known] - time_s))]
    if abs(silhouette.time_s[nearest] - time_s) > _STALE_S:
        return None
    return np.asarray(silhouette.outline_px[nearest], float)


def _lever(joint: Floats, bar: Floats, label: str) -> Iterable[str]:
    """Draw the joint, the bar's line of weight, and the level arm between them with its length."""
    foot = np.array([bar[0], joint[1]])
    yield _line("weight", np.array([[bar[0], min(joint[1], bar[1]) - 14], [bar[0], max(joint[1], bar[1]) + 14]]))
    yield _line("arm", np.array([joint, foot]))
    yield f'<circle class="joint" cx="{joint[0]:.1f}" cy="{joint[1]:.1f}" r="5"/>'
    yield f'<circle class="bar" cx="{bar[0]:.1f}" cy="{bar[1]:.1f}" r="6"/>'
    middle = (joint + foot) / 2
    yield f'<text x="{middle[0]:.1f}" y="{joint[1] - 9:.1f}" text-anchor="middle">{escape(label)}</text>'


def _shape(xy: Floats) -> str:
    return '<path class="body" d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in xy) + 'Z"/>'


def _line(kind: str, xy: Floats) -> str:
    return f'<path class="{kind}" d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in xy) + '"/>'
