"""Exercises as drawings: a body from its joint poses, side by side where there is a start and an end, as SVG.

The poses are data (``knowledge/exercises/plan.toml``); knees and elbows follow from where hands and feet are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import acos, atan2, cos, hypot, radians, sin

from lumbar.knowledge.exercise import Bend, Exercise, Point, Pose, Prop
from lumbar.knowledge.saying import say

#: Lengths of a body of 1.75 m, rounded from de Leva's segments (reference §3.2): they only have to look right.
THIGH_M, SHANK_M, TRUNK_M, UPPER_ARM_M, FOREARM_M, FOOT_M = 0.42, 0.42, 0.50, 0.29, 0.31, 0.17
HEAD_M, NECK_M = 0.105, 0.20
#: How thick each part is drawn, m.
_THICK_M = {"leg": 0.105, "arm": 0.075, "trunk": 0.150, "foot": 0.060, "seam": 0.105}
#: Pixels a metre; the margin around a pose and the gap between two, m.
_SCALE, _MARGIN_M, _GAP_M = 150.0, 0.10, 0.16
#: A drawing is at least so high, so that bodies have one size beside each other, m.
_LEAST_HIGH_M = 1.0

#: The look of the figures, light, dark and printed; a page that holds many says it once.
STYLE = """
.exercise {
  --ink: #1d2433; --paper: #fbfaf8; --edge: #98a2b3; --far: #b9bfca; --accent: #0f766e; --warm: #b45309;
  --cold: #4f46e5;
}
@media (prefers-color-scheme: dark) {
  .exercise {
    --ink: #e8ebf2; --paper: #14171e; --edge: #667085; --far: #566074; --accent: #2dd4bf; --warm: #fbbf24;
    --cold: #a5b4fc;
  }
}
@media print {
  .exercise {
    --ink: #1d2433; --paper: #fff; --edge: #98a2b3; --far: #b9bfca; --accent: #0f766e; --warm: #b45309;
    --cold: #4f46e5;
  }
}
.exercise path, .exercise line { fill: none; stroke-linecap: round; stroke-linejoin: round; }
.exercise .near { stroke: var(--ink); } .exercise .far { stroke: var(--far); }
.exercise .gap { stroke: var(--paper); }
.exercise .head { fill: var(--ink); stroke: none; }
.exercise .floor { stroke: var(--edge); stroke-width: 2; }
.exercise .thing { fill: none; stroke: var(--accent); stroke-width: 4; }
.exercise .solid { fill: var(--accent); stroke: none; }
.exercise .box { fill: var(--edge); fill-opacity: .28; stroke: var(--edge); stroke-width: 2; }
.exercise .warm { fill: var(--warm); } .exercise .cold { fill: var(--cold); }
.exercise .next { stroke: var(--edge); stroke-width: 3; }
"""


@dataclass(frozen=True, slots=True)
class Limb:
    """Two segments: where they begin, bend and end, in metres."""

    root_m: Point
    joint_m: Point
    end_m: Point


def bent(root_m: Point, target_m: Point, lengths_m: tuple[float, float], bend: Bend) -> Limb:
    """Return a limb that reaches for a target; too far away, it points there straight."""
    first, second = lengths_m
    across, up = target_m[0] - root_m[0], target_m[1] - root_m[1]
    reach = min(max(hypot(across, up), abs(first - second) + 1e-9), first + second - 1e-9)
    direction = atan2(up, across)
    inner = acos((first**2 + reach**2 - second**2) / (2 * first * reach))
    angle = direction + bend * inner
    joint = (root_m[0] + first * cos(angle), root_m[1] + first * sin(angle))
    return Limb(root_m, joint, (root_m[0] + reach * cos(direction), root_m[1] + reach * sin(direction)))


@dataclass(frozen=True, slots=True)
class Body:
    """A posed body: the near and the far limbs, the trunk's three points, head and toes, in metres."""

    arms: tuple[Limb, Limb]
    legs: tuple[Limb, Limb]
    toes_m: tuple[Point, Point]
    trunk_m: tuple[Point, Point, Point]
    head_m: Point

    @property
    def points(self) -> Iterator[Point]:
        """Yield every point that must be within the picture."""
        for limb in (*self.arms, *self.legs):
            yield from (limb.root_m, limb.joint_m, limb.end_m)
        yield from (*self.toes_m, *self.trunk_m)
        yield from ((self.head_m[0] + x, self.head_m[1] + y) for x in (-HEAD_M, HEAD_M) for y in (-HEAD_M, HEAD_M))


def body(pose: Pose) -> Body:
    """Return the body of a pose; the far side is where the near one is unless the pose says otherwise."""
    hip, trunk = pose.hip_m, radians(pose.trunk_deg)
    shoulder = (hip[0] + TRUNK_M * cos(trunk), hip[1] + TRUNK_M * sin(trunk))
    head = trunk + radians(pose.head_deg - pose.back_deg)
    far_foot, far_hand = pose.far_foot_m or pose.foot_m, pose.far_hand_m or pose.hand_m
    arms = (UPPER_ARM_M, FOREARM_M)
    legs = (THIGH_M, SHANK_M)
    near_leg, far_leg = (
        bent(hip, pose.foot_m, legs, pose.knee),
        bent(hip, far_foot, legs, pose.far_knee or pose.knee),
    )
    far_toe = pose.toe_deg if pose.far_toe_deg is None else pose.far_toe_deg
    return Body(
        (
            bent(shoulder, pose.hand_m, arms, pose.elbow),
            bent(shoulder, far_hand, arms, pose.far_elbow or pose.elbow),
        ),
        (near_leg, far_leg),
        (_beyond(near_leg.end_m, pose.toe_deg, FOOT_M), _beyond(far_leg.end_m, far_toe, FOOT_M)),
        (hip, _middle(hip, shoulder, pose.back_deg), shoulder),
        (shoulder[0] + NECK_M * cos(head), shoulder[1] + NECK_M * sin(head)),
    )


def _beyond(start: Point, angle_deg: float, length_m: float) -> Point:
    return start[0] + length_m * cos(radians(angle_deg)), start[1] + length_m * sin(radians(angle_deg))


def _middle(hip: Point, shoulder: Point, back_deg: float) -> Point:
    """Return the point that a bent back is drawn towards: beside the middle, by the height of its arc."""
    across, up = shoulder[0] - hip[0], shoulder[1] - hip[1]
    out = TRUNK_M * sin(radians(back_deg)) / 2
    return (hip[0] + shoulder[0]) / 2 - up / TRUNK_M * out, (hip[1] + shoulder[1]) / 2 + across / TRUNK_M * out


def draw_exercise(exercise: Exercise, *, with_style: bool = True) -> str:
    """Return a figure as an SVG element that says what it shows; ``with_style`` for a picture on its own."""
    bodies = [body(pose) for pose in exercise.poses]
    frames = [_frame(each, pose) for each, pose in zip(bodies, exercise.poses, strict=True)]
    high = max(_LEAST_HIGH_M, *(top for _, _, top in frames)) + _MARGIN_M
    parts, left = [], 0.0
    for number, (each, pose, (low, right, _)) in enumerate(zip(bodies, exercise.poses, frames, strict=True)):
        if number:
            parts.append(_arrow(left, high))
            left += _GAP_M
        parts.append(f'<g transform="translate({_px(left - low)} {_px(high)}) scale(1 -1)">')
        parts.extend(_drawn(each, pose, low, right))
        parts.append("</g>")
        left += right - low
    name = say(f"exercise.{exercise.id}").text
    how = say(f"exercise.{exercise.id}.how").text
    title = f"<title>{escape(name)}</title><desc>{escape(how)}</desc>"
    style = f"<style>{STYLE}</style>" if with_style else ""
    size = f'viewBox="0 0 {_px(left)} {_px(high + _MARGIN_M / 2)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="exercise" role="img" {size} '
        f'width="{_px(left)}" height="{_px(high + _MARGIN_M / 2)}">{title}{style}{"".join(parts)}</svg>'
    )


def _frame(each: Body, pose: Pose) -> tuple[float, float, float]:
    """Return the left, right and upper edge of a pose with its things, m."""
    points = [*each.points, *(point for prop in pose.props for point in _corners(prop))]
    thick = _THICK_M["trunk"] / 2
    return (
        min(x for x, _ in points) - thick - _MARGIN_M / 2,
        max(x for x, _ in points) + thick + _MARGIN_M / 2,
        max(y for _, y in points) + thick,
    )


def _corners(prop: Prop) -> Iterator[Point]:
    x, y = prop.at_m
    yield prop.at_m
    if prop.to_m is not None:
        yield prop.to_m
    wide, high = prop.size_m or (0.0, 0.0)
    is_round = prop.kind in ("bar", "roller")
    yield from ((x - wide, y - high), (x + wide, y + high)) if is_round else ((x, y), (x + wide, y + high))


def _px(metres: float) -> str:
    return f"{metres * _SCALE:.1f}".removesuffix(".0")


def _at(point: Point) -> str:
    return f"{_px(point[0])} {_px(point[1])}"


def _line(points: Sequence[Point], kind: str, part: str) -> str:
    way = " L".join(_at(point) for point in points)
    return f'<path class="{kind}" stroke-width="{_px(_THICK_M[part])}" d="M{way}"/>'


def _drawn(each: Body, pose: Pose, low: float, right: float) -> Iterator[str]:
    """Yield a pose from back to front: the floor, things behind, the far side, the trunk, the near side."""
    yield f'<line class="floor" x1="{_px(low + 0.03)}" y1="-2" x2="{_px(right - 0.03)}" y2="-2"/>'
    behind = ("box", "wall", "band")
    for prop in pose.props:
        if prop.kind in behind:
            yield _thing(prop)
    yield from _side(each, 1, "far")
    hip, middle, shoulder = each.trunk_m
    trunk = f"M{_at(hip)} Q{_at(middle)} {_at(shoulder)}"
    yield f'<path class="near" stroke-width="{_px(_THICK_M["trunk"])}" d="{trunk}"/>'
    x, y = each.head_m
    yield f'<circle class="head" cx="{_px(x)}" cy="{_px(y)}" r="{_px(HEAD_M)}"/>'
    yield from _side(each, 0, "near")
    for prop in pose.props:
        if prop.kind not in behind:
            yield _thing(prop)


def _side(each: Body, side: int, kind: str) -> Iterator[str]:
    leg, arm = each.legs[side], each.arms[side]
    yield _line((leg.end_m, each.toes_m[side]), kind, "foot")
    yield _line((leg.root_m, leg.joint_m, leg.end_m), kind, "leg")
    reach = (arm.root_m, arm.joint_m, arm.end_m)
    if kind == "near":
        # a seam, so that an arm is seen before the body that it hangs in front of
        yield _line(reach, "gap", "seam")
    yield _line(reach, kind, "arm")


def _thing(prop: Prop) -> str:
    x, y = prop.at_m
    wide, high = prop.size_m or (0.0, 0.0)
    match prop.kind:
        case "bar" | "roller":
            hub = f'<circle class="solid" cx="{_px(x)}" cy="{_px(y)}" r="5"/>'
            return f'<circle class="thing" cx="{_px(x)}" cy="{_px(y)}" r="{_px(wide)}"/>{hub}'
        case "box" | "warm" | "cold":
            kind = "box" if prop.kind == "box" else prop.kind
            place = f'x="{_px(x)}" y="{_px(y)}" width="{_px(wide)}" height="{_px(high)}"'
            return f'<rect class="{kind}" {place} rx="{4 if kind == "box" else 7}"/>'
        case "weight":
            place = f'x="{_px(x - 0.11)}" y="{_px(y - 0.06)}" width="{_px(0.22)}" height="{_px(0.12)}"'
            return f'<rect class="solid" {place} rx="5"/>'
        case "hand":
            return f'<ellipse class="solid" cx="{_px(x)}" cy="{_px(y)}" rx="{_px(0.10)}" ry="{_px(0.045)}"/>'
        case _:
            to = prop.to_m or (x, 1.9)
            return f'<line class="thing" x1="{_px(x)}" y1="{_px(y)}" x2="{_px(to[0])}" y2="{_px(to[1])}"/>'


def _arrow(left: float, high: float) -> str:
    x, y, half = left + _GAP_M / 2, high - 0.5, 0.06
    way = f"M{_px(x - half)} {_px(y)} H{_px(x + half)} m-7 -7 l7 7 l-7 7"
    return f'<path class="next" d="{way}"/>'
