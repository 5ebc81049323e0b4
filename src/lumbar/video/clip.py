"""A clip as a file: what it is, before any frame of it is decoded."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Clip:
    """One phone clip. Sizes are as shown, after rotation; times are the container's seconds."""

    path: Path
    sha256: str
    codec: str
    duration_s: float
    frame_rate_hz: float
    is_variable_rate: bool
    width_px: int
    height_px: int
    rotation_deg: int
