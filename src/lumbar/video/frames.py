"""Frames of a clip, streamed in order, upright, at working size, with the container's times."""

from dataclasses import dataclass

from lumbar.arrays import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One upright picture: ``image`` has shape (height, width, 3), RGB; ``time_s`` is the container's."""

    time_s: float
    image: Pixels
