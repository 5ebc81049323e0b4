"""What a phone does to a picture before it is stored: light, lens, focus, noise."""

import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates

from lumbar.arrays import Bools, Floats, Pixels
from lumbar.synth.camera import View
from lumbar.synth.case import Spoil


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
        self.from_rows = straight[1] + view.centre_px[1] - 0.5
        self.from_columns = straight[0] + view.centre_px[0] - 0.5

    def bend_mask(self, mask: Bools) -> Bools:
        """Return a mask, (height, width), as this lens shows it."""
        return self.bend(mask[..., None].astype(np.uint8) * 255)[..., 0] > 127

    def bend(self, picture: Pixels) -> Pixels:
        """Return the picture, (height, width, channel), as this lens shows it."""
        if not self.bends:
            return picture
        at = np.stack([self.from_rows, self.from_columns])
        channels = np.moveaxis(picture.astype(float), -1, 0)
        bent = [map_coordinates(channel, at, order=1, mode="nearest") for channel in channels]
        return np.stack(bent, axis=-1).round().astype(np.uint8)


def spoil(picture: Floats, how: Spoil, rng: np.random.Generator) -> Pixels:
    """Return the picture (height, width, 3) as a phone in this light would have taken it."""
    seen = picture * how.light
    if how.blur_px > 0:
        seen = gaussian_filter(seen, (how.blur_px, how.blur_px, 0))
    if how.warmth:
        seen = seen * np.array([1 + 0.2 * how.warmth, 1.0, 1 - 0.2 * how.warmth])
    if how.noise > 0:
        grain = rng.standard_normal(seen.shape[:2], dtype=np.float32)[..., None]
        tint = rng.standard_normal(seen.shape, dtype=np.float32)
        # Shot noise grows with the square root of the light; `noise` is its size at mid grey.
        size = how.noise * np.sqrt(np.maximum(seen, 4) / 128)
        seen = seen + size * (0.8 * grain + 0.6 * tint)
    return np.clip(seen, 0, 255).astype(np.uint8)
