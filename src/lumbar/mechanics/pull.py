"""What the load is reckoned from: one pull as paths in one frame, and how well each thing is known."""

from dataclasses import dataclass, replace

import numpy as np

from lumbar.arrays import Floats, check_shape, freeze


@dataclass(frozen=True, slots=True, eq=False)
class Pull:
    """A lifter and a bar over time, in metres: x from heel to toe, y up, one origin for all.

    ``hip_m`` and ``shoulder_m`` (time, 2) are the middles of left and right, ``bar_m`` (time, 2) the bar's axis
    in the hands. ``lumbar_rad`` (time,) is flexion against standing. ``rise_m_per_s2`` (time,) is the bar's upward
    acceleration, ``load_share`` (time,) in 0–1 how much of the bar hangs in the hands.
    """

    time_s: Floats
    hip_m: Floats
    shoulder_m: Floats
    bar_m: Floats
    lumbar_rad: Floats
    rise_m_per_s2: Floats
    load_share: Floats

    def __post_init__(self) -> None:
        freeze(self)
        frames = len(self.time_s)
        for name in ("hip_m", "shoulder_m", "bar_m"):
            check_shape(name, getattr(self, name), "(time, 2)", (frames, 2))
        for name in ("lumbar_rad", "rise_m_per_s2", "load_share"):
            check_shape(name, getattr(self, name), "(time,)", (frames,))

    def at(self, frame: int) -> "Pull":
        """Return one frame of the pull."""
        return Pull(**{name: getattr(self, name)[[frame]] for name in self.__slots__})

    def closer(self, by_m: float) -> "Pull":
        """Return the same pull with the bar nearer to the body by that much; the body moves as it did."""
        return replace(self, bar_m=self.bar_m - np.array([by_m, 0.0]))


@dataclass(frozen=True, slots=True, eq=False)
class Doubts:
    """How well each thing is known: standard deviations, the first axis time, or of one entry for all of it.

    Three places against the hip (:data:`lumbar.motion.apart.PLACES`) err together: all three by ``scale_m``
    (time, 3) where the scale is off; by ``body_m`` (time, 3, 2) where the trunk is, once ahead and once up; the
    bar by ``bar_m`` (time,) alone. ``lumbar_rad`` bends the lower back; ``l5s1_m`` shifts L5/S1 inside the pelvis;
    ``mass_ratio`` and ``centre_ratio`` change the weight above L5/S1 and how far out it sits; ``rise_m_per_s2``
    the bar's acceleration; ``bar_ratio`` the bar's mass; ``model_ratio`` is what a planar body without inertia
    leaves out.
    """

    scale_m: Floats
    body_m: Floats
    bar_m: Floats
    lumbar_rad: Floats
    l5s1_m: Floats
    mass_ratio: Floats
    centre_ratio: Floats
    rise_m_per_s2: Floats
    bar_ratio: Floats
    model_ratio: Floats

    def __post_init__(self) -> None:
        freeze(self)

    def at(self, frame: int) -> "Doubts":
        """Return the deviations at one frame."""
        found = {name: getattr(self, name) for name in self.__slots__}
        return Doubts(**{name: held if len(held) == 1 else held[[frame]] for name, held in found.items()})

    def only(self, *names: str) -> "Doubts":
        """Return the same with every other doubt gone: what one source alone does."""
        found = {name: getattr(self, name) for name in self.__slots__}
        return Doubts(**{name: held if name in names else np.zeros_like(held[:1]) for name, held in found.items()})
