"""Draw cases at random: every dial over the range that gyms and phones have, the same for the same seed.

The shares are engineering rules: they are there to cover what the bench must tell apart, not to say how often
anything happens among lifters.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from lumbar.synth.case import Box, Bystander, Case, Cloth, Disc, Gym, Look, Phone, Spoil
from lumbar.synth.lift import Lift, Style
from lumbar.synth.splits import SplitName, load_split

Effort = Literal["quick", "full"]
#: How far the worst moments of a set's reps differ (degrees), how often a back gives way more with each, and by
#: how much.
_UNEVEN_DEG, _GIVES_WAY, _FURTHER_DEG = 2.5, 0.2, (1.5, 5.0)
#: The short and the long side of films (pixels): passed on by a messenger, and in HD, in equal parts. Phones film
#: in Full HD, which takes four times as long to draw as the first, and which Lumbar shrinks to 960.
_SIZES_PX = ((480, 854), (720, 1280))
#: How hard films are squeezed (CRF of x264): as three of the four clips in data/video, and in one of five films as
#: the fourth, which was passed on more than once (design/synth/real_files.py).
_CRF, _SQUEEZED_CRF, _IS_SQUEEZED = (18, 26), (26, 34), 0.2
_COLOURS = ("red", "navy", "yellow", "green", "black", "blue", "grey")


@dataclass(frozen=True, slots=True)
class Range:
    """What a draw may vary: the views (degrees) and how much work a clip may be to draw.

    ``quick`` keeps to one sub-frame, 24–30 Hz and three reps; ``full`` goes to 240 Hz and eight. ``is_filmed``
    gives pictures the sizes of films; without, they have 480 × 854 pixels, to which the errors belong that clips
    without pictures are given.
    """

    view_deg: tuple[float, float] | None = None
    effort: Effort = "quick"
    is_filmed: bool = False


def draw_case(split: SplitName, number: int, within: Range | None = None) -> Case:
    """Return the case with that number of a split: frozen, and always the same.

    Raises
    ------
    ValueRangeError
        The split has no such number.
    """
    held = load_split(split)
    seed = held.seed(number)
    rng = np.random.default_rng(seed)
    within = within or Range()
    body = held.bodies[int(rng.integers(len(held.bodies)))]
    lift = _uneven(_lift(rng, within), np.random.default_rng([seed, 9]))
    phone = _phone(rng, within)
    look = _look(rng)
    gym = _gym(rng, phone, held.bodies)
    case = Case(f"{split}-{number:05d}", seed, body, lift, phone, gym, look, _spoil(rng, within))
    return _filmed(case) if within.is_filmed else case


def _filmed(case: Case) -> Case:
    """Return the case with the size of a film; what is out of focus is so in any size."""
    rng = np.random.default_rng([case.seed, 12])
    short, long = _SIZES_PX[int(rng.integers(len(_SIZES_PX)))]
    is_wide = case.phone.width_px > case.phone.height_px
    width, height = (long, short) if is_wide else (short, long)
    blur_px = case.spoil.blur_px * width / case.phone.width_px
    return replace(
        case,
        phone=replace(case.phone, width_px=width, height_px=height),
        spoil=replace(case.spoil, blur_px=blur_px),
    )


def _sometimes(rng: np.random.Generator, share: float, low: float, high: float, otherwise: float = 0.0) -> float:
    """Return a number from ``low`` to ``high`` in that share of the draws, else ``otherwise``."""
    drawn = float(rng.uniform(low, high))
    return drawn if rng.random() < share else otherwise


def _pick(rng: np.random.Generator, weighed: dict[str, float]) -> str:
    names = list(weighed)
    weights = np.array([weighed[name] for name in names])
    return names[int(rng.choice(len(names), p=weights / weights.sum()))]


def _pull(rng: np.random.Generator) -> Lift:
    """Return the dials of a pull's shape."""
    style: Style = _pick(rng, {"conventional": 6, "sumo": 1.5, "romanian": 1.5, "block": 1})  # type: ignore[assignment]
    start = float(np.clip(rng.normal(20, 9), -5, 42))  # 25 ± 11° against standing, reference/biomechanics §6.1
    change = float(rng.choice([rng.uniform(0, 3), rng.uniform(3, 12), rng.uniform(15, 32)], p=[0.45, 0.2, 0.35]))
    return Lift(
        style=style,
        bar_kg=float(np.round(rng.uniform(40, 240) / 2.5) * 2.5),
        plate_m=float(rng.choice([0.45, 0.45, 0.45, 0.45, 0.40, 0.35])),
        block_m=float(rng.uniform(0.08, 0.22)) if style == "block" else 0.0,
        lumbar_start_deg=start,
        lumbar_peak_deg=min(58.0, start + change),
        lumbar_peak_at=float(rng.uniform(0.12, 0.45)),
        lumbar_top_deg=float(rng.uniform(-5, 2)),
        thoracic_deg=float(rng.uniform(-2, 18)),
        knee_deg=float(rng.normal(0, 6)),
        shank_deg=float(rng.normal(0, 2)),
        hips_first_deg=_sometimes(rng, 0.25, 4, 12),
        drift_m=_sometimes(rng, 0.3, 0.02, 0.09),
        soft_knee_deg=_sometimes(rng, 0.12, 6, 20),
        lean_back_deg=_sometimes(rng, 0.12, 4, 14),
        lean_deg=_sometimes(rng, 0.15, -2.5, 2.5),
    )  # fmt: skip


def _lift(rng: np.random.Generator, within: Range) -> Lift:
    """Return a whole set's dials."""
    goes_by_touch = rng.random() < 0.25
    return replace(
        _pull(rng),
        reps=int(rng.integers(1, 4 if within.effort == "quick" else 9)),
        mean_speed_m_per_s=float(np.exp(rng.uniform(np.log(0.15), np.log(0.75)))),
        sticking=float(rng.uniform(0, 0.8)),
        hold_s=float(rng.uniform(0.3, 1.2)),
        lower_s=float(rng.uniform(0.8, 2.2)),
        pause_s=0.0 if goes_by_touch else float(rng.uniform(0.6, 3.0)),
        stand_s=float(rng.uniform(0.6, 1.6)),
        bend_s=float(rng.uniform(1.1, 2.0)),
        set_up_s=float(rng.uniform(0.8, 3.0)),
        fidgets=int(rng.integers(0, 4)),
        fatigue=float(rng.uniform(0.85, 1.0)),
        creep_deg=_sometimes(rng, 0.3, 1, 4),
        fails_at=_sometimes(rng, 1.0, 0.25, 0.8) if rng.random() < 0.07 else None,
    )


def _uneven(lift: Lift, rng: np.random.Generator) -> Lift:
    """Return the set with reps that differ from its first, as those of people do."""
    if lift.reps == 1:
        return lift
    later = np.arange(1, lift.reps)
    further = _sometimes(rng, _GIVES_WAY, *_FURTHER_DEG) * later + rng.normal(0, _UNEVEN_DEG, len(later))
    return replace(lift, uneven_deg=(0.0, *(float(one) for one in further)))


def _view_deg(rng: np.random.Generator, within: Range) -> float:
    """Return a view: mostly where the product means to measure, some where it must say that it cannot."""
    if within.view_deg is not None:
        return float(rng.uniform(*within.view_deg))
    bands = [(80, 120), (45, 80), (120, 150), (0, 45), (150, 180)]
    return float(rng.uniform(*bands[int(rng.choice(5, p=[0.6, 0.12, 0.12, 0.08, 0.08]))]))


def _phone(rng: np.random.Generator, within: Range) -> Phone:
    is_wide = rng.random() < 0.15
    rates = (
        (24.0, 25.0, 30.0, 30.0, 30.0)
        if within.effort == "quick"
        else (24.0, 30.0, 30.0, 60.0, 60.0, 120.0, 240.0)
    )
    return Phone(
        view_deg=_view_deg(rng, within),
        side="left" if rng.random() < 0.5 else "right",
        distance_m=float(rng.uniform(3.8, 6.0) if is_wide else rng.uniform(2.6, 4.8)),
        height_m=float(rng.uniform(0.45, 1.35)),
        aim_m=float(rng.uniform(0.72, 0.98)),
        ahead_m=float(rng.normal(0.05, 0.12)),
        roll_deg=float(rng.normal(0, 1.2)),
        lens_deg=float(rng.uniform(52, 69)),
        bulge=float(rng.normal(0, 0.01)),
        shake_deg=float(rng.choice([rng.uniform(0, 0.04), rng.uniform(0.1, 0.6)])),
        falls_at_s=_sometimes(rng, 1.0, 6, 14) if rng.random() < 0.02 else None,
        width_px=854 if is_wide else 480,
        height_px=480 if is_wide else 854,
        frame_rate_hz=float(rng.choice(rates)),
        is_variable_rate=bool(rng.random() < 0.2),
    )


def _look(rng: np.random.Generator) -> Look:
    cloth: Cloth = _pick(rng, {"tight": 4, "loose": 3, "draped": 2, "bare": 1})  # type: ignore[assignment]
    plates = tuple(
        (str(rng.choice(_COLOURS)), float(rng.uniform(0.03, 0.07))) for _ in range(int(rng.integers(1, 4)))
    )
    return Look(cloth, has_belt=bool(rng.random() < 0.25), seed=int(rng.integers(1 << 30)), plates=plates)


def _gym(rng: np.random.Generator, phone: Phone, bodies: tuple[str, ...]) -> Gym:
    far = 1 if phone.side == "left" else -1
    discs = tuple(_disc(rng, far) for _ in range(int(rng.integers(1, 6)) if rng.random() < 0.5 else 0))
    others = tuple(
        _bystander(rng, far, bodies) for _ in range(int(rng.integers(1, 3)) if rng.random() < 0.25 else 0)
    )
    boxes = (_pillar(rng, far),) if rng.random() < 0.05 else ()
    lights_out = (8.0, 9.5) if rng.random() < 0.02 else None
    return Gym(
        int(rng.integers(1 << 30)), discs, boxes, others, has_rack=bool(rng.random() < 0.7),
        has_mirror=bool(rng.random() < 0.05), lights_out_s=lights_out,
    )  # fmt: skip


def _disc(rng: np.random.Generator, far: int) -> Disc:
    radius = float(rng.choice([0.225, 0.225, 0.20, 0.16, 0.3]))
    lies_low = rng.random() < 0.6
    return Disc(
        x_m=float(rng.choice([-1, 1]) * rng.uniform(0.75, 1.8)),
        y_m=radius if lies_low else float(rng.uniform(0.6, 1.4)),
        z_m=far * float(rng.uniform(-0.5, 2.4)),
        radius_m=radius,
        yaw_deg=float(rng.normal(0, 15)),
        colour=str(rng.choice(_COLOURS)),
        thick_m=float(rng.uniform(0.04, 0.1)),
    )


def _bystander(rng: np.random.Generator, far: int, bodies: tuple[str, ...]) -> Bystander:
    walks = rng.random() < 0.5
    heading = float(rng.choice([0, 180]) + rng.normal(0, 10)) if walks else float(rng.uniform(-180, 180))
    start = (
        float(rng.uniform(1.5, 3.0)) * (-1 if abs(heading) < 90 else 1)
        if walks
        else float(rng.choice([-1, 1]) * rng.uniform(0.9, 1.8))
    )
    return Bystander(
        str(rng.choice(bodies)), start, far * float(rng.uniform(0.9, 2.2)), heading,
        float(rng.uniform(0.15, 0.9)) if walks else 0.0,
    )  # fmt: skip


def _pillar(rng: np.random.Generator, far: int) -> Box:
    height = float(rng.uniform(0.6, 1.0))
    return Box((0.1, height / 2, -far * 1.25), (float(rng.uniform(0.5, 1.0)), height, 0.3), "grey")


def _exposure(rng: np.random.Generator) -> float:
    """Return how well the phone met the light: a window behind, a dark top; one gym of ten is too dark for it."""
    drawn = float(rng.random())
    return 0.45 + 3 * drawn if drawn < 0.1 else 0.8 + 0.5 * (drawn - 0.1)


def _spoil(rng: np.random.Generator, within: Range) -> Spoil:
    return Spoil(
        exposure=_exposure(rng),
        warmth=float(rng.uniform(-0.5, 0.8)),
        noise=float(rng.uniform(1, 8)),
        blur_px=_sometimes(rng, 0.5, 0.3, 1.2),
        shutter=float(rng.uniform(0.1, 0.9)),
        smear=1 if within.effort == "quick" else 3,
        codec="hevc" if rng.random() < 0.3 else "h264",
        crf=int(rng.integers(*(_SQUEEZED_CRF if rng.random() < _IS_SQUEEZED else _CRF))),
    )
