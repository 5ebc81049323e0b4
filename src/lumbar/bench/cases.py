"""Which clips accuracy is measured on: fixed numbers of the report split, and what sets one apart from another."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from lumbar.synth.case import Case
from lumbar.synth.chance import Range, draw_case

#: Drawn and filmed; tracks with errors of known size; the few of these that --quick reads.
Source = Literal["rendered", "fast", "quick"]

#: The views by which errors are told apart: name → degrees from the front. The middle one is what is promised.
BANDS = {"front": (0, 45), "45-80": (45, 80), "80-120": (80, 120), "120-150": (120, 150), "rear": (150, 181)}
SIDE = "80-120"
#: From there neither the back nor the plate's path is seen, and Lumbar is to say so.
BLIND = ("front", "rear")

# Engineering rules: when a phone counts as held by hand, a clip as squeezed by a messenger, a room as dim, and a
# picture as soft. The dials are those of lumbar.synth.case.
_HAND_HELD_DEG, _SQUEEZED_CRF, _DIM, _SOFT_PX = 0.1, 26, 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Traits:
    """What sets a clip apart: the strata of the tables. ``hidden`` is how often the plate hides knee or hip."""

    view_deg: float
    style: str
    cloth: str
    belt: str
    hidden: str
    picture: str

    @property
    def band(self) -> str:
        """Return the band of the view."""
        return band_of(self.view_deg)


def band_of(view_deg: float) -> str:
    """Return the name of the band that a view lies in."""
    return next(name for name, (low, high) in BANDS.items() if low <= view_deg < high)


def traits_of(case: Case, hidden_ratio: float) -> Traits:
    """Return a clip's strata; ``hidden_ratio`` of the frames of its pulls have knee or hip behind the plate."""
    hidden = next(name for name, most in _HIDDEN.items() if hidden_ratio <= most)
    belt = "belt" if case.look.has_belt else "no belt"
    return Traits(case.phone.view_deg, case.lift.style, case.look.cloth, belt, hidden, _picture(case))


#: Names of how much is hidden, and the share of frames up to which each holds.
_HIDDEN = {"hidden ≤ 10 %": 0.10, "hidden 10-40 %": 0.40, "hidden > 40 %": 1.0}


def _picture(case: Case) -> str:
    faults = (
        case.phone.shake_deg >= _HAND_HELD_DEG,
        case.spoil.crf >= _SQUEEZED_CRF,
        case.spoil.exposure < _DIM,
        case.spoil.blur_px > _SOFT_PX,
        case.phone.is_variable_rate,
    )
    return ("clean picture", "1 fault", "2+ faults")[min(2, sum(faults))]


@cache
def _listed() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((files("lumbar.bench") / "cases.toml").read_text(encoding="utf-8"))


def cases_of(source: Source) -> tuple[Case, ...]:
    """Return the clips of one source, in the order of their numbers."""
    return tuple(
        draw_case("report", block["first"] + place, _range(block, is_filmed=source == "rendered"))
        for block in _listed()[source]
        for place in range(block["count"])
    )


def _range(block: dict[str, Any], *, is_filmed: bool) -> Range:
    low, high = block.get("view_deg", (None, None))
    return Range(None if low is None else (float(low), float(high)), is_filmed=is_filmed)
