"""Hide every face that was seen, so that a picture can be shown to others."""

import numpy as np

from lumbar.arrays import Floats, Pixels
from lumbar.vision import image
from lumbar.vision.tracks import LANDMARKS, Tracks

_FACE = [LANDMARKS.index(name) for name in ("nose", "left_ear", "right_ear", "left_eye", "right_eye")]
#: A bystander's face is looked for once a second; between looks it is hidden where it was, this much larger.
_MARGIN, _LOOK_S = 1.8, 1.5
#: A head's radius over the trunk's length (ANSUR II: head length 0.2 m, hips to shoulders 0.5 m; and a margin).
_HEAD_OVER_TRUNK = 0.34


def hide_faces(picture: Pixels, tracks: Tracks, time_s: float) -> Pixels:
    """Return the picture of one moment with all faces that were seen about then made unrecognisable."""
    own = _lifter(tracks, time_s)
    looks = tracks.time_s[tracks.faces_px[:, 0].astype(int)]
    others = tracks.faces_px[np.abs(looks - time_s) <= _LOOK_S, 1:] * [1, 1, _MARGIN]
    strangers = [face for face in others if not any(np.hypot(*(face - head)[:2]) < 2 * head[2] for head in own)]
    for x, y, radius in (*own, *strangers):
        picture = image.blur_disc(picture, x, y, radius)
    return picture


def _lifter(tracks: Tracks, time_s: float) -> list[Floats]:
    """Return the lifter's head as discs, (x, y, radius): now and at the nearest moments on either side."""
    nearest = int(np.argmin(np.abs(tracks.time_s - time_s)))
    discs = []
    for index in range(max(0, nearest - 1), min(len(tracks.time_s), nearest + 2)):
        points = tracks.pose.xy_px[index]
        if not np.isfinite(points[_FACE]).all():
            continue
        middle = points[_FACE].mean(axis=0)
        shoulder, hip = (
            points[[LANDMARKS.index(f"{side}_{joint}") for side in ("left", "right")]].mean(axis=0)
            for joint in ("shoulder", "hip")
        )
        radius = max(
            np.hypot(*(points[_FACE] - middle).T).max() * 1.6, _HEAD_OVER_TRUNK * np.hypot(*(shoulder - hip))
        )
        discs.append(np.array([*middle, radius]))
    return discs
