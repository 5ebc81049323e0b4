"""Reckon the load of each rep of a film: many lifters who would look like this one, and what they share."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.estimate import Estimate, Measured, Missing
from lumbar.lifter import Barbell, Lifter
from lumbar.mechanics.load import LumbarLoad, Width
from lumbar.mechanics.pelvis import place_l5s1
from lumbar.mechanics.person import Person, person_of
from lumbar.mechanics.pull import Doubts, Pull
from lumbar.mechanics.ramp import hangs_from, least_share, most_share
from lumbar.mechanics.seen import Window, look_at, seen_height
from lumbar.mechanics.spine import BELT_RATIO, LEVER_M, compression
from lumbar.mechanics.spread import Spread, draw_loads
from lumbar.motion.back import NOT_READ, BackCurve
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep
from lumbar.units import GRAVITY_M_PER_S2

#: Draws behind a range, and behind one entry of its budget; seeded, so that a clip gives the same twice.
DRAWS, BUDGET_DRAWS, SEED = 1000, 300, 20
#: A range holds the truth nine times out of ten.
_ENDS = (0.05, 0.95)
#: Without a frame for this long (s) where the moment is highest or the bar leaves the floor, the peak may have
#: been missed; so it may in a gap of this share of the pull, wherever that is. Engineering rules.
_LONGEST_GAP_S, _LONGEST_GAP_RATIO = 0.2, 1 / 3
#: Stands in for a bar of unknown mass where only the moment of the peak matters, kg.
_SOME_BAR_KG = 100.0

#: What makes the range wide: an id, and the doubts that belong to it.
SOURCES = {
    "scale": ("scale_m",),
    "body-points": ("body_m",),
    "bar-place": ("bar_m",),
    "back-bend": ("lumbar_rad",),
    "body-size": ("mass_ratio", "centre_ratio"),
    "joint-place": ("l5s1_m",),
    "bar-acceleration": ("rise_m_per_s2", "bar_ratio"),
    "model": ("model_ratio",),
}

_NO_BAR_MASS = Missing(
    "How heavy the bar was is not known, so the load cannot be said. Say it when you film (--bar 140)."
)
_CONTRADICTION = Missing(
    "The plate's diameter and your height contradict each other, so no length on this film can be trusted."
    " Give the right ones with --plate and --height."
)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One pull with all that its load is reckoned from: its start, and ``bar_kg``, None where nobody said."""

    rep: Rep
    start_s: float
    pull: Pull
    doubts: Doubts
    person: Person
    bar_kg: float | None

    def draw(self, *, share: Floats | None = None, bar_kg: float | None = None, draws: int = DRAWS) -> Spread:
        """Return draws of this lifter's load; ``share`` (time,) of the bar in the hands, if not the usual."""
        pull = self.pull if share is None else replace(self.pull, load_share=share)
        mass_kg = (self.bar_kg or _SOME_BAR_KG) if bar_kg is None else bar_kg
        person = self.person
        return draw_loads(pull, person.body, person.pelvis, mass_kg, self.doubts, draws=draws, seed=SEED)

    def nominal(self) -> Spread:
        """Return the load without any doubt, as one draw."""
        return replace(self, doubts=self.doubts.only()).draw(draws=1)

    @property
    def hangs_from_s(self) -> float:
        """Return from when all of the bar hangs in the hands."""
        return hangs_from(self.rep, self.start_s)

    @property
    def is_rising(self) -> Bools:
        """Return the moments from the bar's start to lockout, (time,)."""
        return np.asarray((self.pull.time_s >= self.start_s - 1e-9) & (self.pull.time_s <= self.rep.lockout_s))


def lumbar_loads(
    motion: Motion, reps: Iterable[Rep], lifter: Lifter, barbell: Barbell, back: BackCurve | Missing = NOT_READ
) -> tuple[LumbarLoad, ...]:
    """Return the load of each rep; where it cannot be said, its numbers are Missing with the reason."""
    person = person_of(lifter, seen_height(motion))
    return tuple(_load(motion, rep, person, barbell, back) for rep in reps)


def cases(
    motion: Motion, reps: Iterable[Rep], lifter: Lifter, barbell: Barbell, back: BackCurve | Missing = NOT_READ
) -> tuple[Case | Missing, ...]:
    """Return what each rep's load is reckoned from, for asking what if."""
    person = person_of(lifter, seen_height(motion))
    return tuple(_case(look_at(motion, rep, person, back), rep, person, barbell) for rep in reps)


def _case(window: Window | Missing, rep: Rep, person: Person, barbell: Barbell) -> Case | Missing:
    if isinstance(window, Missing):
        return window
    return Case(rep, window.start_s, window.pull, window.doubts, person, barbell.mass_kg)


def _load(motion: Motion, rep: Rep, person: Person, barbell: Barbell, back: BackCurve | Missing) -> LumbarLoad:
    if contradicts(motion):
        return _unknown(rep, person, _CONTRADICTION)
    window = look_at(motion, rep, person, back)
    if isinstance(window, Missing):
        return _unknown(rep, person, window)
    case = Case(rep, window.start_s, window.pull, window.doubts, person, barbell.mass_kg)
    load = reckon(case)
    return _on_the_clock(load, motion.time_s, window)


def contradicts(motion: Motion) -> bool:
    """Say whether plate and height cannot both be right.

    The near plate is closer to the camera than the body, by a ratio of 1.09 at 8 m to 1.43 at 2.5 m (§8.2): a body
    nearer than the plate, or more than 1.8 times as far away, is neither.
    """
    body, plate = motion.scale.body_m_per_px, motion.scale.plate_m_per_px
    return body.high / plate.low < 1.0 or body.low / plate.high > 1.8


def _unknown(rep: Rep, person: Person, why: Missing) -> LumbarLoad:
    none = np.zeros(0)
    return LumbarLoad(
        rep.number, none, none, none, none, none, np.zeros((0, 2)), None, *(why,) * 7, (), person.assumed
    )


def reckon(case: Case) -> LumbarLoad:
    """Return the load of one pull; its curves are on the pull's own frames."""
    pull = case.pull
    nominal = case.nominal().moment_n_m[0]
    l5s1 = place_l5s1(pull.hip_m, pull.shoulder_m, pull.lumbar_rad, case.person.pelvis)
    most = case.draw(share=most_share(pull.time_s, case.hangs_from_s))
    least = case.draw(share=least_share(pull.time_s, case.hangs_from_s))
    missed = _missed(case, nominal)
    at = None if missed else _highest(case, nominal)
    known = {} if at is None else _at_the_peak(case, most, nominal, at)
    why = missed or _NO_BAR_MASS
    if case.bar_kg is None:
        nominal = np.full_like(nominal, np.nan)
        known = {name: known[name] for name in ("lever_m", "per_bar_kg_n_m") if name in known}
    blank = np.isnan(nominal)
    numbers: dict[str, Measured] = {name: known.get(name, why) for name in _NUMBERS}
    return LumbarLoad(
        rep=case.rep.number,
        time_s=pull.time_s,
        moment_n_m=nominal,
        low_n_m=np.where(blank, np.nan, np.minimum(nominal, np.quantile(least.moment_n_m, _ENDS[0], axis=0))),
        high_n_m=np.where(blank, np.nan, np.maximum(nominal, np.quantile(most.moment_n_m, _ENDS[1], axis=0))),
        bar_lever_m=pull.bar_m[:, 0] - l5s1[:, 0],
        l5s1_m=l5s1,
        peak_s=None if at is None else float(pull.time_s[at]),
        **numbers,
        budget=_budget(case) if at is not None and case.bar_kg is not None else (),
        assumed=case.person.assumed,
    )


_NUMBERS = ("peak_n_m", "compression_n", "belted_n", "shear_n", "impulse_n_m_s", "lever_m", "per_bar_kg_n_m")


def _highest(case: Case, moment: Floats) -> int:
    """Return the index of the highest moment from the bar's first movement to lockout."""
    rising = np.flatnonzero(case.is_rising)
    return int(rising[np.argmax(moment[rising])])


def _missed(case: Case, moment: Floats) -> Missing | None:
    """Say why the peak cannot be told: no frames of the pull, or a gap where the moment may be highest."""
    rising = np.flatnonzero(case.is_rising)
    if rising.size < 3:
        return Missing("Your hip or shoulder is hidden during the pull, so the load on your back is unknown.")
    at_s = case.pull.time_s[_highest(case, moment)]
    # The row at the start is reckoned from the frames about it, and is none itself.
    frames = case.pull.time_s[case.pull.time_s != case.start_s]
    seen = frames[frames <= case.rep.lockout_s]
    # Who is seen for the first time on the way up was not seen at the start.
    edges = np.r_[np.minimum(case.start_s, seen[:1]), seen, case.rep.lockout_s]
    pull_s = case.rep.lockout_s - case.start_s
    for start_s, end_s in pairwise(edges):
        holds_it = any(start_s - 0.01 <= moment_s <= end_s + 0.01 for moment_s in (at_s, case.start_s))
        gap_s = end_s - start_s
        if gap_s > _LONGEST_GAP_S and (holds_it or gap_s > _LONGEST_GAP_RATIO * pull_s):
            return Missing(
                f"From {start_s:.2f} to {end_s:.2f} s your hip or shoulder is hidden, where the load on your back"
                " may be highest. Film from one step behind your side."
            )
    return None


def _at_the_peak(case: Case, drawn: Spread, nominal: Floats, at: int) -> dict[str, Measured]:
    """Return the numbers of the peak and of the whole pull."""
    rising = np.flatnonzero(case.is_rising)
    moments = drawn.moment_n_m[:, rising]
    highest = rising[np.argmax(moments, axis=1)]
    draw = np.arange(len(moments))
    peak, along, across = (values[draw, highest] for values in (drawn.moment_n_m, drawn.along_n, drawn.across_n))
    exact = case.nominal()
    low_n, middle_n, high_n = (
        compression(moment, axial, lever)
        for moment, axial, lever in ((peak, along, LEVER_M[2]), (nominal[at], exact.along_n[0, at], LEVER_M[1]),
                                     (peak, along, LEVER_M[0]))
    )  # fmt: skip
    band = _estimate(float(middle_n), np.quantile(low_n, _ENDS[0]), np.quantile(high_n, _ENDS[1]))
    time_s = case.pull.time_s[rising]
    impulses = np.trapezoid(moments, time_s, axis=1)
    lever = bar_lever(case, at)
    return {
        "peak_n_m": _estimate(float(nominal[at]), *np.quantile(peak, _ENDS)),
        "compression_n": band,
        "belted_n": Estimate(band.value * float(np.mean(BELT_RATIO)), band.low * BELT_RATIO[0], band.high),
        "shear_n": _estimate(float(exact.across_n[0, at]), *np.quantile(across, _ENDS)),
        "impulse_n_m_s": _estimate(float(np.trapezoid(nominal[rising], time_s)), *np.quantile(impulses, _ENDS)),
        "lever_m": lever,
        "per_bar_kg_n_m": lever.scaled(GRAVITY_M_PER_S2),
    }


def bar_lever(case: Case, at: int) -> Estimate:
    """Return how far the bar is ahead of L5/S1 at one frame: what a kilogram adds, over its weight."""
    doubts = case.doubts.at(at).only("scale_m", "body_m", "bar_m", "lumbar_rad", "l5s1_m")
    pull = replace(case.pull.at(at), rise_m_per_s2=np.zeros(1), load_share=np.ones(1))
    there = replace(case, pull=pull, doubts=doubts)
    exact = replace(there, doubts=doubts.only())

    def lever(of: Case, draws: int) -> Floats:
        with_bar, without = (of.draw(bar_kg=mass_kg, draws=draws).moment_n_m[:, 0] for mass_kg in (1.0, 0.0))
        return np.asarray((with_bar - without) / GRAVITY_M_PER_S2)

    return _estimate(float(lever(exact, 1)[0]), *np.quantile(lever(there, DRAWS), _ENDS))


def _budget(case: Case) -> tuple[Width, ...]:
    """Return what each source alone would do to the peak, widest first."""
    rising = case.is_rising
    found = []
    for source, names in SOURCES.items():
        alone = replace(case, doubts=case.doubts.only(*names)).draw(draws=BUDGET_DRAWS)
        low, high = np.quantile(alone.moment_n_m[:, rising].max(axis=1), _ENDS)
        found.append(Width(source, float(high - low) / 2))
    return tuple(sorted(found, key=lambda width: -width.half_width_n_m))


def _estimate(value: float, low: float, high: float) -> Estimate:
    """Return an estimate whose range holds its value: the highest of a wandering curve leans upward."""
    return Estimate(value, min(value, float(low)), max(value, float(high)))


def _on_the_clock(load: LumbarLoad, time_s: Floats, window: Window) -> LumbarLoad:
    """Return a load's curves on the film's clock: NaN where a frame was not seen, the start between two out."""
    frames, start = window.frames, int(np.searchsorted(load.time_s, window.start_s))
    first, last = np.flatnonzero(frames)[[0, -1]]
    span = slice(first, last + 1)

    def laid(values: Floats) -> Floats:
        whole = np.full((len(time_s), *values.shape[1:]), np.nan)
        whole[frames] = np.delete(values, start, axis=0)
        return whole[span]

    return replace(
        load,
        time_s=time_s[span],
        moment_n_m=laid(load.moment_n_m),
        low_n_m=laid(load.low_n_m),
        high_n_m=laid(load.high_n_m),
        bar_lever_m=laid(load.bar_lever_m),
        l5s1_m=laid(load.l5s1_m),
    )
