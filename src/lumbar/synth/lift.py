"""What the lifter does: the dials of a set, and the fixed facts of a style."""

from dataclasses import dataclass, replace
from typing import Literal

from lumbar.errors import ValueRangeError
from lumbar.lifter import FULL_PLATE_M

Style = Literal["conventional", "sumo", "romanian", "block"]
STYLES: tuple[Style, ...] = ("conventional", "sumo", "romanian", "block")

#: Stance between the ankles (m), feet turned out (degrees), hands apart (m), inner knee angle and shank lean
#: at the start (degrees). Escamilla 2000 for conventional and sumo (reference/biomechanics §1.3), knee
#: 111–124° from seven studies (§1.4), which do not close one chain (§1.3): sumo's is the one with which the trunk
#: is 5–10° more upright than in a conventional pull, and L5/S1 carries a tenth less (Cholewicki 1991); Romanian:
#: knee flexion 15–33° (Lee 2018, §1.2); the block pull starts higher.
STANCES = {
    "conventional": (0.32, 14.0, 0.55, 113.0, 12.0),
    "sumo": (0.70, 42.0, 0.47, 110.0, 6.0),
    "romanian": (0.28, 10.0, 0.55, 155.0, 2.0),
    "block": (0.32, 14.0, 0.55, 128.0, 9.0),
}


@dataclass(frozen=True, slots=True)
class Lift:
    """One set, as dials; angles in degrees at this edge, since people set them.

    Shape of the pull: ``lumbar_start_deg`` is the flexion against standing when the bar leaves the floor,
    ``lumbar_peak_deg`` what it grows to at ``lumbar_peak_at`` (fraction of the bar's way),
    ``lumbar_top_deg`` at lockout; ``thoracic_deg`` likewise at the start. ``knee_deg`` and ``shank_deg``
    shift the style's start (less knee is squatty, more is stiff); ``hips_first_deg`` is how far the trunk
    tips while the hips shoot up; ``drift_m`` pushes the bar forward of its line, most at the knee;
    ``soft_knee_deg`` and ``lean_back_deg`` spoil the lockout; ``lean_deg`` tips the trunk and the bar to the
    lifter's right.

    The set: ``reps`` pulls of ``mean_speed_m_per_s``; ``sticking`` in 0–1 slows the middle; ``hold_s`` at the
    top, ``lower_s`` down, ``pause_s`` on the floor (0 is touch and go); ``set_up_s`` at the bar with
    ``fidgets`` dips of the hips; ``stand_s`` tall before it. Per rep, ``fatigue`` multiplies the speed and
    ``creep_deg`` adds lumbar flexion; ``uneven_deg`` is how much further than the dials say each rep's lower back
    bends at its worst moment, none for reps that it does not have. ``fails_at`` is the fraction of the way at
    which the last rep dies, None if it does not.
    """

    style: Style = "conventional"
    bar_kg: float = 100.0
    plate_m: float = FULL_PLATE_M
    block_m: float = 0.0

    lumbar_start_deg: float = 20.0
    lumbar_peak_deg: float = 20.0
    lumbar_peak_at: float = 0.25
    lumbar_top_deg: float = -2.0
    thoracic_deg: float = 8.0
    knee_deg: float = 0.0
    shank_deg: float = 0.0
    hips_first_deg: float = 0.0
    drift_m: float = 0.0
    soft_knee_deg: float = 0.0
    lean_back_deg: float = 0.0
    lean_deg: float = 0.0

    reps: int = 3
    mean_speed_m_per_s: float = 0.40
    sticking: float = 0.2
    hold_s: float = 0.6
    lower_s: float = 1.3
    pause_s: float = 1.5
    stand_s: float = 1.2
    bend_s: float = 1.6
    set_up_s: float = 2.0
    fidgets: int = 1
    fatigue: float = 1.0
    creep_deg: float = 0.0
    uneven_deg: tuple[float, ...] = ()
    fails_at: float | None = None

    def __post_init__(self) -> None:
        if self.style not in STYLES:
            raise ValueRangeError("the style", self.style, ", ".join(STYLES))
        _within("mean speed", self.mean_speed_m_per_s, 0.05, 1.5)
        _within("lumbar flexion", self.lumbar_start_deg, -15, 60)
        _within("peak lumbar flexion", self.lumbar_peak_deg, -15, 60)
        _within("bar drift", self.drift_m, -0.02, 0.15)
        _within("reps", self.reps, 1, 30)
        if self.fails_at is not None:
            _within("where the rep fails", self.fails_at, 0.05, 0.95)

    def rep(self, number: int) -> "Lift":
        """Return the dials of one rep, counted from 0, as fatigue left them: bent no less than at its set-up."""
        crept = number * self.creep_deg
        own = self.uneven_deg[number] if number < len(self.uneven_deg) else 0.0
        change = self.lumbar_peak_deg - self.lumbar_start_deg
        return replace(
            self,
            lumbar_start_deg=min(60, self.lumbar_start_deg + crept),
            lumbar_peak_deg=min(60, self.lumbar_peak_deg + crept + max(own, min(0.0, -change))),
            mean_speed_m_per_s=max(0.05, self.mean_speed_m_per_s * self.fatigue**number),
        )

    @property
    def rest_height_m(self) -> float:
        """Return the height of the bar's axis where it lies."""
        return self.plate_m / 2 + self.block_m


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise ValueRangeError(name, value, f"{low:g} to {high:g}")
