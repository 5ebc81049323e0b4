"""Joint angles of the fitted lifter, each with its standard deviation."""

import numpy as np

from lumbar.arrays import Floats
from lumbar.motion.chain import AT, CLIP, STATE
from lumbar.motion.evidence import Evidence, trunk_px
from lumbar.motion.fit import Fit

#: Angles, in radians. Elevations are above the horizontal; inner angles are between two segments, π when
#: straight (reference/biomechanics: internal angle = 180° − flexion). docs/conventions.md has the table.
ANGLES = (
    "trunk",  # elevation of hip→shoulder; π/2 is upright, more is leaning back
    "hip",  # inner angle shoulder–hip–knee
    "knee",  # inner angle hip–knee–ankle
    "shank",  # elevation of ankle→knee; π/2 is vertical, less is knees forward
    "arm",  # angle of shoulder→wrist from straight down; positive is hands forward
)
#: Which elevations make an angle: sums of (segment, sign), and a constant.
_FROM = {
    "trunk": ((("trunk", 1.0),), 0.0),
    "hip": ((("trunk", 1.0), ("thigh", -1.0)), np.pi),
    "knee": ((("thigh", -1.0), ("shank", 1.0)), np.pi),
    "shank": ((("shank", 1.0),), 0.0),
    "arm": ((("arm", 1.0),), np.pi / 2),
}
_SEGMENTS = {"shank": (None, 0), "thigh": (0, 2), "trunk": (2, 4), "arm": (4, 6)}


def joint_angles(fit: Fit) -> tuple[Floats, Floats]:
    """Return angles (time, angle) and their standard deviations, in radians, as the fit has them.

    Deviations are first-order: the angles' slopes through the covariance of the frame's joints and the ankle.
    """
    elevations = {name: _elevation(fit, *ends) for name, ends in _SEGMENTS.items()}
    found, spread = [], []
    for name in ANGLES:
        parts, constant = _FROM[name]
        value = constant + sum(sign * elevations[part][0] for part, sign in parts)
        by_state = sum(sign * elevations[part][1] for part, sign in parts)
        by_clip = sum(sign * elevations[part][2] for part, sign in parts)
        found.append(_folded(np.asarray(value)) if name in ("hip", "knee") else np.asarray(value))
        spread.append(deviation(fit, np.asarray(by_state), np.asarray(by_clip)))
    return np.column_stack(found), np.column_stack(spread)


def seen_trunk(evidence: Evidence, fit: Fit) -> Floats:
    """Return the trunk's elevation as the network has it, not fitted: of both sides' middle, (time,) in radians.

    Its error hardly changes within half a second, in which the fit's smoothness rounds off what a trunk does.
    """
    trunk = trunk_px(evidence.seen_px, evidence.time_s)
    return np.asarray(np.arctan2(-trunk[:, 1], trunk[:, 0] / np.sin(fit.clip[AT["view"]])))


def deviation(fit: Fit, by_state: Floats, by_clip: Floats) -> Floats:
    """Return the standard deviation (time,) of a number with these slopes, (time, 8) and (time, clip)."""
    variance = np.einsum("ti,tij,tj->t", by_state, fit.state_cov, by_state)
    variance += 2 * np.einsum("ti,tic,tc->t", by_state, fit.cross_cov, by_clip)
    variance += np.einsum("tc,cd,td->t", by_clip, fit.clip_cov, by_clip)
    return np.asarray(np.sqrt(np.maximum(variance, 0)))


def _elevation(fit: Fit, low: int | None, high: int) -> tuple[Floats, Floats, Floats]:
    """Return the elevation of a segment between two joints of the state, and its slopes; None is the ankle."""
    start = np.array([0.0, fit.clip[AT["ankle_y"]]]) if low is None else fit.state_m[:, low : low + 2]
    reach = fit.state_m[:, high : high + 2] - start
    length2 = (reach**2).sum(axis=1)
    by_state, by_clip = np.zeros((len(reach), len(STATE))), np.zeros((len(reach), len(CLIP)))
    across = np.stack([-reach[:, 1], reach[:, 0]], axis=1) / length2[:, None]
    by_state[:, high : high + 2] = across
    if low is None:
        by_clip[:, AT["ankle_y"]] = -across[:, 1]
    else:
        by_state[:, low : low + 2] = -across
    return np.arctan2(reach[:, 1], reach[:, 0]), by_state, by_clip


def _folded(angle: Floats) -> Floats:
    """Return an inner angle from 0 to π: it has no sign."""
    turned = np.mod(angle, 2 * np.pi)
    return np.asarray(np.pi - np.abs(np.pi - turned))
