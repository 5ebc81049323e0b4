"""The frozen description of one clip: who lifts, how, where the phone stands, and what spoils the picture."""

from dataclasses import dataclass, field
from typing import Literal

from lumbar.errors import ValueRangeError
from lumbar.synth.lift import Lift

Cloth = Literal["bare", "tight", "loose", "draped"]
Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Phone:
    """The camera: ``view_deg`` 0 in front of the lifter, 90 exactly at the ``side``, 180 behind.

    ``distance_m`` to the lifter's mid-plane, ``height_m`` above the floor, ``aim_m`` the height that the
    middle of the picture looks at, ``ahead_m`` how far forward of the ankles; ``roll_deg`` tilts the
    horizon, ``lens_deg`` is the field of view over the longer edge, ``bulge`` a radial distortion (k1 with
    the half long edge as unit). ``shake_deg`` is how far a hand sways; ``falls_at_s`` is when the phone tips
    over.
    """

    view_deg: float = 90.0
    side: Side = "left"
    distance_m: float = 3.4
    height_m: float = 0.9
    aim_m: float = 0.88
    ahead_m: float = 0.0
    roll_deg: float = 0.0
    lens_deg: float = 62.0
    bulge: float = 0.0
    shake_deg: float = 0.0
    falls_at_s: float | None = None
    width_px: int = 480
    height_px: int = 854
    frame_rate_hz: float = 30.0
    is_variable_rate: bool = False

    def __post_init__(self) -> None:
        if not 1.0 <= self.distance_m <= 12:
            raise ValueRangeError("the camera's distance", f"{self.distance_m:g} m", "1 to 12 m")
        if not 10 <= self.frame_rate_hz <= 240:
            raise ValueRangeError("the frame rate", f"{self.frame_rate_hz:g} Hz", "10 to 240 Hz")


@dataclass(frozen=True, slots=True)
class Bystander:
    """Somebody else: ``x_m`` and ``z_m`` where they are at first, ``heading_deg`` where they look.

    A walker goes on at ``speed_m_per_s``; at 0 they stand.
    """

    body: str
    x_m: float
    z_m: float
    heading_deg: float = 0.0
    speed_m_per_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A round thing that is no plate on the bar: a plate on a rack, a ball, a fan."""

    x_m: float
    y_m: float
    z_m: float
    radius_m: float = 0.225
    yaw_deg: float = 0.0
    colour: str = "black"
    thick_m: float = 0.06


@dataclass(frozen=True, slots=True)
class Box:
    """A bench, a pillar, a block: middle and edges in metres."""

    middle_m: tuple[float, float, float]
    edges_m: tuple[float, float, float]
    colour: str = "dark"


@dataclass(frozen=True, slots=True)
class Gym:
    """What stands around. ``seed`` paints floor and walls; a mirror hangs behind the lifter."""

    seed: int = 0
    discs: tuple[Disc, ...] = ()
    boxes: tuple[Box, ...] = ()
    bystanders: tuple[Bystander, ...] = ()
    has_rack: bool = True
    has_mirror: bool = False
    lights_out_s: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What the lifter wears, and the plates: (colour, thickness) from the inside out."""

    cloth: Cloth = "tight"
    has_belt: bool = False
    has_shorts: bool = True
    seed: int = 0
    plates: tuple[tuple[str, float], ...] = (("red", 0.06), ("navy", 0.055))


@dataclass(frozen=True, slots=True)
class Spoil:
    """What a phone does to a picture: exposure, blur, noise, compression.

    ``exposure`` multiplies what the phone's metering chose, ``warmth`` shifts the white balance, ``noise`` is the
    standard deviation of a grey level at mid grey (of 255), ``blur_px`` a soft focus, ``shutter`` in 0–1 the share
    of a frame's time that is smeared into it (``smear`` sub-frames), ``codec`` and ``crf`` the compression: about
    20 as the phone stores it, 30 and more as messengers pass it on. ``smear`` is odd.
    """

    exposure: float = 1.0
    warmth: float = 0.0
    noise: float = 2.0
    blur_px: float = 0.0
    shutter: float = 0.0
    smear: int = 1
    codec: Literal["h264", "hevc"] = "h264"
    crf: int = 22


@dataclass(frozen=True, slots=True)
class Case:
    """One clip to be, whole: everything that decides its pixels and its truth."""

    name: str
    seed: int = 0
    body: str = "b_m"
    lift: Lift = field(default_factory=Lift)
    phone: Phone = field(default_factory=Phone)
    gym: Gym = field(default_factory=Gym)
    look: Look = field(default_factory=Look)
    spoil: Spoil = field(default_factory=Spoil)
    from_s: float = 0.0
    until_s: float | None = None
