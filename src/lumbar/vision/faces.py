"""Hide every face that was seen, so that a picture can be shown to others."""

import numpy as np

from lumbar.arrays import Pixels
from lumbar.vision import image
from lumbar.vision.tracks import Tracks


def hide_faces(picture: Pixels, tracks: Tracks, time_s: float) -> Pixels:
    """Return the picture of one moment with all faces that were seen about then made unrecognisable."""
    faces = tracks.faces_px
    since_s = np.abs(tracks.time_s[faces[:, 0].astype(int)] - time_s)
    hidden = picture.copy()
    for _, x, y, radius, _ in faces[since_s <= faces[:, 4]]:
        image.blur_disc(hidden, (float(x), float(y)), float(radius))
    return hidden
