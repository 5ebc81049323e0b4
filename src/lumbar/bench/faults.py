"""Synthetic lifters for the findings: one fault each, at a size that nobody would dispute; clean ones; pairs.

Everything but the fault is drawn: body, phone, clothes, and a lift whose dials all lie well within the limits.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np

from lumbar.synth.case import Case
from lumbar.synth.chance import Range, draw_case
from lumbar.synth.lift import Lift
from lumbar.synth.splits import SplitName

#: The views that the product means to measure in.
SIDE = Range(view_deg=(80, 120))
#: The dials that make each fault, by the id of the finding that should name it. Added to the clean lift's dials
#: where the name ends in ``_deg`` or ``_m``, else set.
FAULTS: Mapping[str, Mapping[str, Any]] = {
    "rounding": {"lumbar_peak_deg": 26.0},
    "creep": {"creep_deg": 6.0, "reps": 5},
    "hips-first": {"hips_first_deg": 12.0},
    "squatting": {"knee_deg": -42.0, "shank_deg": 9.0},
    "bar-drift": {"drift_m": 0.15},
    "soft-lockout": {"soft_knee_deg": 24.0},
    "lean-back": {"lean_back_deg": 16.0},
    "fast-lowering": {"lower_s": 0.32},
    "bounce": {"pause_s": 0.0, "lower_s": 0.34},
    "slowing": {"fatigue": 0.82, "reps": 5},
}
#: Rules that our lifters cannot break: the rig sits lower rather than pull from straight legs, its bar follows the
#: legs, and one side view shows no tilt.
NOT_DRAWN = ("stiff", "lever-growth", "short-hips", "tilt", "set-up-creep")
#: Faults that are one movement, or that cannot be put on at once.
_NOT_TOGETHER = (
    {"fast-lowering", "bounce"}, {"soft-lockout", "lean-back"}, {"squatting", "hips-first"}, {"rounding", "creep"},
)  # fmt: skip


def clean_case(split: SplitName, number: int) -> Case:
    """Return a lifter without a fault, filmed from the side: dials well inside every limit."""
    case = draw_case(split, number, SIDE)
    rng = np.random.default_rng([case.seed, 5])
    start_deg = float(np.clip(rng.normal(20, 7), 0, 30))
    lift = Lift(
        style="conventional",
        bar_kg=case.lift.bar_kg,
        plate_m=case.lift.plate_m,
        lumbar_start_deg=start_deg,
        lumbar_peak_deg=start_deg + float(rng.uniform(0, 3)),
        lumbar_peak_at=float(rng.uniform(0.15, 0.4)),
        lumbar_top_deg=float(rng.uniform(-4, 1)),
        thoracic_deg=float(rng.uniform(0, 12)),
        knee_deg=float(rng.normal(0, 3)),
        reps=3,
        mean_speed_m_per_s=float(rng.uniform(0.25, 0.6)),
        sticking=float(rng.uniform(0, 0.4)),
        hold_s=float(rng.uniform(0.5, 1.2)),
        lower_s=float(rng.uniform(1.1, 2.2)),
        pause_s=float(rng.uniform(1.0, 2.5)),
        stand_s=float(rng.uniform(1.0, 1.6)),
        fatigue=float(rng.uniform(0.97, 1.0)),
    )
    return replace(case, lift=lift, phone=replace(case.phone, falls_at_s=None))


def faulty_case(split: SplitName, number: int, *faults: str) -> Case:
    """Return the clean lifter with that number and these faults."""
    case = clean_case(split, number)
    lift = case.lift
    for fault in faults:
        dials = {
            name: getattr(lift, name) + dial if name.endswith(("_deg", "_m")) and name != "creep_deg" else dial
            for name, dial in FAULTS[fault].items()
        }
        lift = replace(lift, **dials)
    return replace(case, name=f"{case.name}-{'-'.join(faults)}", lift=lift)


def pairs() -> tuple[tuple[str, str], ...]:
    """Return the pairs of faults that one lifter can have at once."""
    return tuple(pair for pair in combinations(FAULTS, 2) if set(pair) not in _NOT_TOGETHER)
