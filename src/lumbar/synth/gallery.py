"""Named cases: one clip for each thing that a lifter may film, good or bad.

None uses a body of the report split, so that anything may be tried and tuned on them.
"""

from dataclasses import replace

from lumbar.synth.case import Box, Bystander, Case, Disc, Gym, Look, Phone, Spoil
from lumbar.synth.lift import Lift

_PHONE = Phone(distance_m=3.1, lens_deg=58, height_m=0.95, aim_m=0.86, shake_deg=0.08)
_LIFT = Lift(reps=3, bar_kg=100, hold_s=0.8, lower_s=1.5, pause_s=2.6, set_up_s=2.4, fidgets=2)
_QUICK = replace(_LIFT, reps=4, pause_s=0.0, hold_s=0.4, lower_s=1.1, mean_speed_m_per_s=0.5)
_GRIND = replace(
    _LIFT, reps=2, mean_speed_m_per_s=0.15, sticking=0.7, fails_at=0.45, lumbar_start_deg=26,
    lumbar_peak_deg=38, hips_first_deg=5, bar_kg=180,
)  # fmt: skip

#: Discs near the lifter that are no plates of this bar: on a rack, on the floor, a ball.
_LOOKALIKES = (
    Disc(-1.10, 0.225, 1.1, colour="red"), Disc(-1.10, 0.225, 1.2, colour="red"),
    Disc(1.05, 0.225, -0.9, colour="navy", yaw_deg=8), Disc(0.95, 1.0, 1.6, colour="yellow"),
    Disc(-0.85, 0.9, 1.8, radius_m=0.20, colour="black"),
    Disc(0.55, 0.16, 1.3, radius_m=0.16, colour="green"),
    Disc(-0.75, 0.2, -0.75, radius_m=0.2, colour="blue", thick_m=0.3),
)  # fmt: skip
_BENCH = (
    Box((0.12, 0.34, -1.30), (1.05, 0.68, 0.30), "grey"),
    Box((0.12, 0.72, -1.30), (1.15, 0.09, 0.36), "black"),
)
_PEOPLE = (
    Bystander("r02", x_m=2.2, z_m=1.3, heading_deg=180, speed_m_per_s=0.22),
    Bystander("r05", x_m=-1.3, z_m=0.9, heading_deg=-60),
)
_DARK = Spoil(exposure=0.35, warmth=0.6, noise=9, blur_px=0.8, crf=33)


def _at(view_deg: float, **phone: float) -> Phone:
    return replace(_PHONE, view_deg=view_deg, **phone)  # type: ignore[arg-type]


_NAMED = (
    Case("side-90", 1, "b_m", _LIFT, _PHONE),
    Case("side-110", 2, "r04", replace(_LIFT, lumbar_start_deg=30), _at(110)),
    Case("front-0", 3, "b_m", _LIFT, _at(0)),
    Case("rear-180", 4, "r15", _LIFT, _at(180)),
    Case("two-people", 5, "b_m", _LIFT, _at(95), Gym(5, bystanders=_PEOPLE)),
    Case("head-cut-off", 6, "r01", _LIFT, _at(90, aim_m=0.42, height_m=0.6, lens_deg=46)),
    Case("plates-hidden", 7, "b_m", _LIFT, _at(92), Gym(7, boxes=_BENCH)),
    Case("lookalike-discs", 8, "r10", _LIFT, _at(88), Gym(8, discs=_LOOKALIKES)),
    Case("touch-and-go", 9, "r13", _QUICK, _at(97)),
    Case("grinder-then-fail", 10, "r11", _GRIND, _at(103)),
    Case("sumo", 11, "b_f", replace(_LIFT, style="sumo"), _at(100)),
    Case("block", 12, "r01", replace(_LIFT, style="block", block_m=0.16), _at(85)),
    Case("romanian", 13, "r11", replace(_LIFT, style="romanian"), replace(_at(105), side="right")),
    Case("dark-and-noisy", 14, "r02", _LIFT, replace(_at(95), is_variable_rate=True), spoil=_DARK),
    Case("draped-shirt", 15, "b_h", _LIFT, _at(108), look=Look("draped", seed=3)),
    Case("belt", 16, "r12", _LIFT, _at(100), look=Look("tight", has_belt=True, seed=4)),
    Case("mirror", 17, "r02", _LIFT, _at(108), Gym(17, has_mirror=True)),
    Case("lights-out", 18, "r07", _LIFT, _at(100), Gym(18, lights_out_s=(9.0, 11.0))),
    Case("phone-falls", 19, "r05", _LIFT, _at(100, falls_at_s=12.0)),
    Case("small-plates", 20, "r07", replace(_LIFT, plate_m=0.35, bar_kg=50), _at(95)),
    Case("rounds-in-the-pull", 21, "b_m", replace(_LIFT, lumbar_start_deg=15, lumbar_peak_deg=42), _at(98)),
    Case("hips-first-and-drift", 22, "r10", replace(_LIFT, hips_first_deg=11, drift_m=0.07), _at(93)),
    Case("lockouts", 23, "r12", replace(_LIFT, soft_knee_deg=16, lean_back_deg=9), _at(90)),
    Case("leans", 24, "r13", replace(_LIFT, lean_deg=2.5), _at(150)),
)


def gallery() -> tuple[Case, ...]:
    """Return the named cases: the plain ones and the hard ones first, then styles, conditions and faults."""
    return _NAMED
