"""Truths made by hand: a bar that goes up along a straight line, a body that stands still or turns as told."""

from collections.abc import Mapping

import numpy as np

from lumbar.arrays import Floats
from lumbar.bench.cases import Traits
from lumbar.bench.outcomes import Outcome, Pair
from lumbar.bench.true_reps import TrueSet, reps_of
from lumbar.synth.perform import RepTruth
from lumbar.synth.posture import JOINTS
from lumbar.synth.truth import Truth

#: A chain whose angles are known: shank upright, thigh level to the back, trunk upright.
SEATED = {
    "ankle": (0.0, 0.1), "knee": (0.0, 0.5), "hip": (-0.4, 0.5), "shoulder": (-0.4, 1.0), "wrist": (0.05, 0.5),
    "heel": (-0.08, 0.0), "toe": (0.18, 0.0),
}  # fmt: skip
RATE_HZ = 100.0


def truth_of(
    height_m: Floats,
    reps: tuple[RepTruth, ...] = (),
    *,
    ahead_m: Floats | None = None,
    lumbar_deg: Floats | None = None,
    joints: Mapping[str, tuple[float, float] | Floats] = SEATED,
) -> Truth:
    """Return a truth on a clock of 100 Hz: the bar's height (time,), and what else is not nothing."""
    frames = len(height_m)
    bar = np.column_stack([np.zeros(frames) if ahead_m is None else ahead_m, height_m, np.zeros(frames)])
    placed = np.zeros((frames, len(JOINTS), 3))
    for name, place in joints.items():
        for side in ("left", "right"):
            placed[:, JOINTS.index(f"{side}_{name}"), :2] = place
    none = np.zeros(frames)
    lumbar = none if lumbar_deg is None else np.radians(lumbar_deg)
    return Truth(
        time_s=np.arange(frames) / RATE_HZ, joints_m=placed, joints_px=placed[..., :2],
        spine_m=np.zeros((frames, 17, 3)), spine_px=np.zeros((frames, 17, 2)),
        lumbar_rad=lumbar, thoracic_rad=none, pelvis_rad=none, bar_m=bar,
        bar_px=bar[:, :2], plate_m=bar, plate_px=np.tile([1e3, 1e3, 1, 1, 1, 0], (frames, 1)), load_share=none,
        moment_n_m=200 + 100 * height_m, moment_static_n_m=none, camera_position_m=np.zeros((frames, 3)),
        camera_axes=np.tile(np.eye(3), (frames, 1, 1)), width_px=480, height_px=854, focal_px=700.0, bulge=0.0,
        body_mass_kg=80.0, body_height_m=1.75, body_sex="male", reps=reps,
    )  # fmt: skip


def ramp(rest_s: float, up_s: float, hold_s: float, down_s: float, after_s: float, rise_m: float = 0.5) -> Floats:
    """Return a bar's height that rests, rises evenly, stays, falls evenly, and rests."""
    times_s = np.cumsum([0, rest_s, up_s, hold_s, down_s, after_s])
    clock = np.arange(0, times_s[-1] + 1e-9, 1 / RATE_HZ)
    return np.asarray(np.interp(clock, times_s, [0.225, 0.225, 0.225 + rise_m, 0.225 + rise_m, 0.225, 0.225]))


def pull(
    number: int, start_s: float, up_s: float, hold_s: float, down_s: float, knee_s: float | None = None
) -> RepTruth:
    """Return the events of one pull of a :func:`ramp`."""
    top_s = start_s + up_s
    return RepTruth(number, start_s, knee_s, top_s, top_s + hold_s, top_s + hold_s + down_s, True, 0.5 / up_s)


def made_set(truth: Truth) -> TrueSet:
    """Return the truth with its reps as the bench sees them, seen from the right."""
    return TrueSet(truth, "right", float(np.pi / 2), 100.0, reps_of(truth))


TRAITS = Traits(90.0, "conventional", "tight", "no belt", "hidden ≤ 10 %", "clean picture")


def outcome(
    *pairs: Pair, name: str = "one", traits: Traits = TRAITS, refused: str | None = None, **rest: object
) -> Outcome:
    """Return what came out for a clip with one rep, to be varied."""
    kept = {"true_reps": 1, "found_reps": 1, "clear_count": True} | rest
    return Outcome(name, "fast", traits, refused, pairs=pairs, **kept)  # type: ignore[arg-type]
