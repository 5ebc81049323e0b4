"""Who lifts, and what: the few facts that the measurement may use; all but the plates may be unknown."""

from dataclasses import dataclass

from lumbar.errors import ValueRangeError

#: The largest plates on a bar, bumper or competition iron: 450 mm (IWF, IPF rule books; reference §8.1).
FULL_PLATE_M = 0.450
#: From the bar's middle to its collars, where the plates begin: half of 1310 mm (IPF rule book; reference §8.1).
COLLAR_M = 0.655


def _check(name: str, value: float | None, low: float, high: float, unit: str) -> None:
    if value is not None and not low <= value <= high:
        raise ValueRangeError(name, f"{value:g} {unit}", f"{low:g} to {high:g} {unit}")


@dataclass(frozen=True, slots=True)
class Lifter:
    """The person on film; ``None`` means that it was not said.

    The limits are an engineering rule: wide enough for every adult and teenager who lifts, narrow enough to
    catch a height given in inches or a mass in pounds by mistake.
    """

    height_m: float | None = None
    mass_kg: float | None = None
    sex: str | None = None

    def __post_init__(self) -> None:
        _check("height", self.height_m, 1.2, 2.3, "m")
        _check("body mass", self.mass_kg, 30, 250, "kg")
        if self.sex not in (None, "female", "male"):
            raise ValueRangeError("sex", self.sex, "female or male, as the body-segment tables have it")


@dataclass(frozen=True, slots=True)
class Barbell:
    """The loaded bar; ``plate_m`` is the diameter of the largest plate on it."""

    mass_kg: float | None = None
    plate_m: float = FULL_PLATE_M

    def __post_init__(self) -> None:
        _check("bar", self.mass_kg, 5, 600, "kg")
        _check("plate diameter", self.plate_m, 0.15, 0.60, "m")
