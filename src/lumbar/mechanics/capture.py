"""Paths as a C3D file, the exchange format of motion capture; the only place that knows the library for it."""

from collections.abc import Mapping
from io import BytesIO
from warnings import catch_warnings, filterwarnings

import c3d
import numpy as np

from lumbar.arrays import Floats
from lumbar.mechanics.tables import check_markers, in_space, rate_of

#: C3D keeps the number of frames in 16 bits.
MOST_FRAMES = 65535


def to_c3d(time_s: Floats, markers_m: Mapping[str, Floats]) -> bytes:
    """Return a C3D file: markers (time, 2) or (time, 3) in m, y up; what was not seen has the residual −1.

    The clock must be even, as in :func:`~lumbar.mechanics.tables.to_markers`, and no longer than 65,535 frames;
    the time of the first frame is not kept. Raises ValueRangeError and ShapeError.
    """
    check_markers(time_s, markers_m, most_frames=MOST_FRAMES)
    writer = c3d.Writer(point_rate=rate_of(time_s), point_units="m   ")
    writer.set_point_labels(list(markers_m))
    writer.set_start_frame(1)
    writer.set_screen_axis("+X", "+Y")
    places = np.stack([in_space(path) for path in markers_m.values()], axis=1)
    # Columns: x, y, z, the residual (−1: not seen), which cameras saw it.
    rows = np.zeros((*places.shape[:2], 5))
    seen = np.asarray(np.isfinite(places).all(axis=2))
    rows[..., :3] = np.where(seen[..., None], places, 0)
    rows[~seen, 3:] = -1
    writer.add_frames([(frame, np.zeros((0, 0))) for frame in rows])
    held = BytesIO()
    with catch_warnings():
        # It misses force plates and electrodes; a film has none.
        filterwarnings("ignore", "No analog data found", UserWarning)
        writer.write(held)
    return held.getvalue()
