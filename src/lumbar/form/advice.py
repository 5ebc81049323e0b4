"""How to film better next time: from the clip's own geometry, each piece only where this clip missed it.

What is good, in short: near the side or a little behind it, where the plate leaves hip and knee free; far enough
that perspective is small; at hip height; and standing tall once, which is everybody's own straight posture. The
limits are engineering rules, a little wider than the advice.
"""

import numpy as np

from lumbar.estimate import Estimate, Measured, Missing
from lumbar.form.analysis import Limit
from lumbar.form.angles import standing
from lumbar.motion.motion import Motion
from lumbar.motion.scale import FOCAL_OVER_SIDE
from lumbar.vision.tracks import Tracks

#: Views, degrees about the lifter; distances and heights of the phone, metres: outside them is worth a word.
_VIEWS_DEG, _DISTANCES_M, _HEIGHTS_M = (85.0, 125.0), (2.5, 6.0), (0.55, 1.35)
#: The bar lies on the floor, and heels are found, to about this, m; both at 90 %.
_FLOOR_M = 0.03


def advice(tracks: Tracks, motion: Motion) -> tuple[Limit, ...]:
    """Return what to do otherwise when filming the next set, most useful first."""
    told = (_view(motion), _distance(tracks, motion), _height(tracks, motion), _stand(motion))
    return tuple(one for one in told if one is not None)


def _outside(measured: Measured, low: float, high: float) -> bool:
    """Say whether a number lies outside bounds with its whole range."""
    return isinstance(measured, Estimate) and (measured.high < low or measured.low > high)


def _view(motion: Motion) -> Limit | None:
    view = motion.view_angle_rad
    if isinstance(view, Missing):
        return None  # limits say it already
    seen_deg = float(np.degrees(view.value))
    if not _outside(view, *np.radians(_VIEWS_DEG)):
        return None
    where = "in front of" if seen_deg < 90 else "behind"
    return Limit(
        "advice-view",
        f"The phone stood about {abs(seen_deg - 90):.0f}° {where} your exact side.",
        "Stand it a little behind your side: one step back from level with the bar, 15 to 30°.",
    )


def distance_m(tracks: Tracks, motion: Motion) -> Measured:
    """Return how far the phone stood from the lifter, by a typical phone's lens."""
    side_px = max(tracks.width_px, tracks.height_px)
    body = motion.scale.body_m_per_px
    return Estimate(
        FOCAL_OVER_SIDE.value * side_px * body.value,
        FOCAL_OVER_SIDE.low * side_px * body.low,
        FOCAL_OVER_SIDE.high * side_px * body.high,
    )


def _distance(tracks: Tracks, motion: Motion) -> Limit | None:
    far = distance_m(tracks, motion)
    if not isinstance(far, Estimate) or not _outside(far, *_DISTANCES_M):
        return None
    return Limit(
        "advice-distance",
        f"The phone stood about {far.value:.1f} m away (range {far.low:.1f}–{far.high:.1f} m).",
        "Stand it 3 to 5 m away: nearer bends the picture, farther makes you small.",
    )


def phone_height_m(tracks: Tracks, motion: Motion) -> Measured:
    """Return how high the phone stood above the floor.

    The near plate touches the floor nearer to the phone than the feet do, so in the picture it touches lower: by
    the phone's height over the floor times the difference of the two scales, whatever the lens.
    """
    bar, scale = tracks.bar, motion.scale
    if bar is None:
        return Missing("Without a plate the phone's height cannot be read.")
    bottom_px = np.nanpercentile(bar.centre_px[:, 1] + bar.half_height_px, 90)
    heels = [tracks.pose.landmark_px(f"{side}_heel")[:, 1] for side in ("left", "right")]
    feet_px = float(np.nanmedian(np.concatenate(heels))) if np.isfinite(heels).any() else np.nan
    closer = 1 / scale.plate_m_per_px.value - 1 / scale.body_m_per_px.value
    if not np.isfinite(feet_px) or closer <= 0:
        return Missing("Your feet are not seen, so the phone's height cannot be read.")
    value = float((bottom_px - feet_px) / closer)
    ratios = [one.half_width / one.value / one.value for one in (scale.plate_m_per_px, scale.body_m_per_px)]
    floor_px = _FLOOR_M / scale.body_m_per_px.value
    off = float(np.linalg.norm((value * ratios[0], value * ratios[1], floor_px)) / closer)
    return Estimate(value, value - off, value + off)


def _height(tracks: Tracks, motion: Motion) -> Limit | None:
    height = phone_height_m(tracks, motion)
    if not isinstance(height, Estimate) or not _outside(height, *_HEIGHTS_M):
        return None
    where = "low" if height.value < _HEIGHTS_M[0] else "high"
    return Limit(
        "advice-height",
        f"The phone stood {where}: about {max(height.value, 0):.1f} m above the floor.",
        "Stand it at hip height, and level.",
    )


def _stand(motion: Motion) -> Limit | None:
    if isinstance(motion.view_angle_rad, Missing) or standing(motion).any():
        return None
    return Limit(
        "advice-stand",
        "You are not seen standing tall before the set; your lockout and your back are compared with that.",
        "Stand tall for a second, beside the bar, before you grip.",
    )
