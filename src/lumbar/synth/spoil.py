"""What a phone does to a picture before it is stored: light, lens, focus, noise."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.sparse import csr_array

from lumbar.arrays import Bools, Floats, Pixels
from lumbar.synth.camera import View
from lumbar.synth.case import Spoil

#: The mean grey level (of 255) that metering aims at: what sends back 18 % of the light, in sRGB. The four
#: clips in data/video have 108 to 136.
_METERED_LEVEL = 118.0
#: How much red, green and blue count in a grey level (Rec. 601).
_LUMA = (0.299, 0.587, 0.114)


class Lens:
    """Bends straight pictures as a lens with that bulge does; the same formula as :meth:`View.project`."""

    def __init__(self, view: View) -> None:
        self.bends = view.bulge != 0
        if not self.bends:
            return
        half = max(view.width_px, view.height_px) / 2
        rows, columns = np.mgrid[: view.height_px, : view.width_px].astype(float)
        bent = np.stack([columns + 0.5 - view.centre_px[0], rows + 0.5 - view.centre_px[1]])
        straight = bent.copy()
        for _ in range(8):
            straight = bent / (1 + view.bulge * np.sum((straight / half) ** 2, axis=0))
        self.blend = _blend(straight[0] + view.centre_px[0] - 0.5, straight[1] + view.centre_px[1] - 0.5)

    def bend_mask(self, mask: Bools) -> Bools:
        """Return a mask, (height, width), as this lens shows it."""
        return self.bend(mask[..., None].astype(np.uint8) * 255)[..., 0] > 127

    def bend(self, picture: Pixels) -> Pixels:
        """Return the picture, (height, width, channel), as this lens shows it."""
        if not self.bends:
            return picture
        flat = picture.reshape(-1, picture.shape[-1]).astype(np.float32)
        return (self.blend @ flat).reshape(picture.shape).round().astype(np.uint8)


def _blend(columns: Floats, rows: Floats) -> csr_array:
    """Return the matrix that blends the four pixels about each place, (height, width) in pixels."""
    height, width = rows.shape
    x, y = columns.ravel().clip(0, width - 1), rows.ravel().clip(0, height - 1)
    left, top = np.floor(x).clip(0, width - 2), np.floor(y).clip(0, height - 2)
    right, below = x - left, y - top
    first = (top * width + left).astype(np.int64)
    pixels = np.stack([first, first + 1, first + width, first + width + 1], axis=1)
    shares = np.stack(
        [(1 - right) * (1 - below), right * (1 - below), (1 - right) * below, right * below], axis=1
    ).astype(np.float32)
    ends = np.arange(0, pixels.size + 1, 4)
    return csr_array((shares.ravel(), pixels.ravel(), ends), shape=(rows.size, rows.size))


class Sensor:
    """Takes pictures as a phone does that holds the exposure of its first one."""

    def __init__(self, how: Spoil, rng: np.random.Generator) -> None:
        self.how, self.rng = how, rng
        self._gain: float | None = None

    def take(self, picture: Pixels) -> Pixels:
        """Return a picture (height, width, 3) as this phone would have taken it."""
        if self._gain is None:
            self._gain = self.how.exposure * _METERED_LEVEL / max(float((picture @ _LUMA).mean()), 1.0)
        return self._spoilt(picture.astype(np.float32) * np.float32(self._gain))

    def _spoilt(self, seen: NDArray[np.floating[Any]]) -> Pixels:
        how, rng = self.how, self.rng
        if how.blur_px > 0:
            seen = gaussian_filter(seen, (how.blur_px, how.blur_px, 0))
        if how.warmth:
            seen = seen * np.array([1 + 0.2 * how.warmth, 1.0, 1 - 0.2 * how.warmth], dtype=np.float32)
        if how.noise > 0:
            grain = rng.standard_normal(seen.shape[:2], dtype=np.float32)[..., None]
            tint = rng.standard_normal(seen.shape, dtype=np.float32)
            # Shot noise grows with the square root of the light; `noise` is its size at mid grey.
            size = how.noise * np.sqrt(np.maximum(seen, 4) / 128)
            seen = seen + size * (0.8 * grain + 0.6 * tint)
        return np.asarray(np.clip(seen, 0, 255), dtype=np.uint8)
