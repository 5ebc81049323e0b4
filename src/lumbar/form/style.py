"""Which deadlift this is: as the lifter says, else as far as it can be told from the side.

A side view hides what makes the styles: how wide the feet stand. So four witnesses are weighed, each with how far
it can be trusted: where the reps turn round, the estimator's own guess of the stance, how far the bar travels, and
how high it lies. The weights are engineering rules, tried by design/form_style.py on the train and tune splits; a
trap bar looks like any bar from the side and is never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, get_args

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Estimate
from lumbar.form.pull import stature_m
from lumbar.knowledge import form_rules
from lumbar.motion.motion import Motion
from lumbar.vision.tracks import LANDMARKS, Tracks

Style: TypeAlias = form_rules.Style
STYLES: tuple[Style, ...] = get_args(form_rules.Style)

#: How often each style is filmed, before anything is seen (engineering rule).
_BEFORE: Mapping[Style, float] = {"conventional": 0.62, "sumo": 0.16, "romanian": 0.11, "block": 0.11}
#: Mean and deviation of each witness by style. Stance is the ankles' distance over the trunk's length: Escamilla's
#: 32 and 70 cm over about 0.5 m, spread by the network's depth. Travel is the bar's way over stature: 26 ± 2 % and
#: a fifth less in sumo (Escamilla 2000), our bodies 30 %; blocks take 8 to 22 cm off. Height is the bar's over the
#: heel, in plate radii, spread by the camera's height.
_WITNESSES: Mapping[str, Mapping[Style, tuple[float, float]]] = {
    "stance": {
        "conventional": (0.65, 0.18),
        "sumo": (1.20, 0.45),
        "romanian": (0.62, 0.18),
        "block": (0.67, 0.18),
    },
    "travel": {
        "conventional": (0.29, 0.04),
        "sumo": (0.265, 0.04),
        "romanian": (0.27, 0.06),
        "block": (0.22, 0.035),
    },
    "height": {
        "conventional": (0.05, 0.40),
        "sumo": (0.05, 0.40),
        "romanian": (0.05, 0.40),
        "block": (0.75, 0.40),
    },
}
#: The chance that a Romanian set has reps that turn round above the floor, and that another set seems to.
_TURNS = (0.97, 0.03)
#: Below this chance the style is not told.
_SURE = 0.8
#: A rep that turns round above the floor starts this share of the highest place up, and comes this near to it.
_LOW, _HIGH, _RISE_M = 0.15, 0.85, 0.15


@dataclass(frozen=True, slots=True)
class Recognised:
    """A style, and how sure it is.

    ``style`` None: it cannot be told, and ``reason`` says why. ``confidence_ratio`` is the chance that it is this
    style, 0–1; 1 where the lifter said so.
    """

    style: Style | None
    confidence_ratio: float
    reason: str


NOT_LOOKED_AT = Recognised(None, 0.0, "The style was not looked at.")
_UNSURE = "Which style this is cannot be told from this side. Name it with --style."


def said(style: Style) -> Recognised:
    """Return the style that the lifter names."""
    return Recognised(style, 1.0, "You said so.")


def recognise(tracks: Tracks, motion: Motion) -> Recognised:
    """Return the style as far as it can be told from the side."""
    seen = witnesses(tracks, motion)
    turns = turns_above_floor(motion) >= 1
    weight = {style: _weight(style, seen, turns=turns) for style in _BEFORE}
    best = max(weight, key=lambda style: weight[style])
    chance = weight[best] / sum(weight.values())
    if chance < _SURE:
        return Recognised(None, float(chance), _UNSURE)
    return Recognised(best, float(chance), "As it looks from the side.")


def _weight(style: Style, seen: Mapping[str, float], *, turns: bool) -> float:
    chance = _TURNS[0 if style == "romanian" else 1]
    weight = _BEFORE[style] * (chance if turns else 1 - chance)
    for name, value in seen.items():
        mean, deviation = _WITNESSES[name][style]
        weight *= np.exp(-0.5 * ((value - mean) / deviation) ** 2) / deviation
    return float(weight)


def witnesses(tracks: Tracks, motion: Motion) -> Mapping[str, float]:
    """Return what can be seen of the style, by name; what cannot is left out."""
    stature, height = stature_m(motion), motion.bar_m[:, 1]
    highest_m = float(np.nanmax(height)) if np.isfinite(height).any() else np.nan
    found = {
        "stance": _stance(tracks),
        "travel": highest_m / stature.value if isinstance(stature, Estimate) else np.nan,
        "height": _rest_height(tracks),
    }
    return {name: value for name, value in found.items() if np.isfinite(value)}


def turns_above_floor(motion: Motion) -> int:
    """Count the rises to near the top that begin well above where the bar lies."""
    height = motion.bar_m[np.isfinite(motion.bar_m[:, 1]), 1]
    if not height.size:
        return 0
    highest = float(height.max())
    low, count = highest, 0
    for now in height:
        low = min(low, float(now))
        if now > _HIGH * highest:
            count += low > _LOW * highest and now - low > _RISE_M
            low = highest
    return int(count)


def _world(tracks: Tracks, joint: str) -> tuple[Floats, Floats]:
    left, right = (LANDMARKS.index(f"{side}_{joint}") for side in ("left", "right"))
    return tracks.pose.world_m[:, left], tracks.pose.world_m[:, right]


def _stance(tracks: Tracks) -> float:
    """Return the ankles' distance over the trunk's length, by the estimator's guess in space."""
    left, right = _world(tracks, "ankle")
    shoulder, hip = (sum(_world(tracks, joint)) / 2 for joint in ("shoulder", "hip"))
    with np.errstate(invalid="ignore"):
        apart, trunk = np.linalg.norm(left - right, axis=1), np.linalg.norm(shoulder - hip, axis=1)
    known = np.isfinite(apart) & np.isfinite(trunk)
    return float(np.median(apart[known]) / np.median(trunk[known])) if known.sum() >= 5 else float("nan")


def _rest_height(tracks: Tracks) -> float:
    """Return how high the resting bar is over the heels, in plate radii."""
    bar = tracks.bar
    if bar is None:
        return float("nan")
    heels = np.concatenate([tracks.pose.landmark_px(f"{side}_heel")[:, 1] for side in ("left", "right")])
    row, radius = bar.centre_px[:, 1], bar.half_height_px
    if not (np.isfinite(heels).any() and np.isfinite(row).any()):
        return float("nan")
    return float((np.nanmedian(heels) - np.nanpercentile(row, 95)) / np.nanmedian(radius))
