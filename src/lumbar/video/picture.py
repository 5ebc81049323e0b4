"""A decoded frame becomes an upright RGB picture at working size, in as few passes as can be."""

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import numpy as np
from av.sidedata.sidedata import SideDataContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Interpolation, VideoReformatter

from lumbar.arrays import Pixels

#: Area averaging costs what the cheapest filter costs and leaves the picture where it is; fast bilinear moves
#: it by up to 0.7 px and skips pixels (design/scaling_filter.py).
SCALING = Interpolation.AREA

#: Pixels this close to square count as square: encoders write such ratios to make up for a rounded side, and
#: an angle is off by 0.3° at most. An engineering rule.
SQUARE_ENOUGH = 0.01


@dataclass(frozen=True, slots=True)
class Turn:
    """How a stored picture is set upright: swap rows and columns first, then turn their order round."""

    is_transposed: bool = False
    flips_rows: bool = False
    flips_columns: bool = False

    @property
    def rotation_deg(self) -> int:
        """Return the counter-clockwise rotation in it: 0, 90, 180 or 270; a mere mirror image has none."""
        if self.is_transposed:
            return 270 if self.flips_columns and not self.flips_rows else 90
        return 180 if self.flips_rows and self.flips_columns else 0

    def apply(self, image: Pixels) -> Pixels:
        """Return the upright picture, contiguous and of its own memory."""
        # One item a pixel: NumPy then copies a turned picture in 0.8 ms instead of 2 (960×540).
        pixels = np.ascontiguousarray(image).view("V3")[..., 0]
        if self.is_transposed:
            pixels = pixels.T
        if self.flips_rows:
            pixels = pixels[::-1]
        if self.flips_columns:
            pixels = pixels[:, ::-1]
        return pixels.copy(order="C").view(np.uint8).reshape(*pixels.shape, 3)


def turn_of(frame: VideoFrame) -> Turn:
    """Return how a frame is set upright, from its display matrix, to the nearest quarter turn.

    The matrix maps stored (x, y) to shown (a·x + c·y, b·x + d·y) (ISO/IEC 14496-12 §8.3.2, tkhd).
    """
    # PyAV's own stub knows one kind of side data only.
    matrix = cast("SideDataContainer", frame.side_data).get("DISPLAYMATRIX")
    if matrix is None:
        return Turn()
    a, b, _, c, d = np.frombuffer(bytes(matrix), np.int32)[:5].tolist()
    if abs(b) + abs(c) > abs(a) + abs(d):
        return Turn(is_transposed=True, flips_rows=b < 0, flips_columns=c < 0)
    return Turn(flips_rows=d < 0, flips_columns=a < 0)


def shown_size(frame: VideoFrame, pixel_aspect: Fraction | None, turn: Turn) -> tuple[int, int]:
    """Return (width, height) as shown: pixels made square, then upright."""
    aspect = float(pixel_aspect or 1)
    if abs(aspect - 1) < SQUARE_ENOUGH:
        aspect = 1.0
    width_px = max(1, round(frame.width * aspect))
    return (frame.height, width_px) if turn.is_transposed else (width_px, frame.height)


class Converter:
    """Turns decoded frames into pictures of one size; keeps the scaler between them."""

    def __init__(self, width_px: int, height_px: int) -> None:
        self._size_px = (width_px, height_px)
        self._scaler = VideoReformatter()

    def image(self, frame: VideoFrame) -> Pixels:
        """Return one upright picture, (height, width, 3) RGB, read-only.

        High dynamic range (HLG, PQ) is not tone-mapped: such film looks pale, its edges stay where they are.
        """
        turn = turn_of(frame)
        width_px, height_px = self._size_px[::-1] if turn.is_transposed else self._size_px
        scaled = self._scaler.reformat(
            frame, width_px, height_px, "rgb24", interpolation=SCALING, dst_color_range=ColorRange.JPEG
        )
        image = turn.apply(cast("Pixels", scaled.to_ndarray()))
        image.flags.writeable = False
        return image
