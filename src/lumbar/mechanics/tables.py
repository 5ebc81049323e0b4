"""Loads and motions as files that OpenSim reads: ``.mot``/``.sto`` tables and ``.trc`` markers.

Formats: SimTK, "Storage (.sto) Files", "Motion (.mot) Files", "Marker (.trc) Files"; OpenSim 4 documentation. Both
are tab-separated text. A table leaves out the moments at which a column was not seen, since OpenSim stops
reading at a ``nan``; a marker file has empty cells, which OpenSim reads as a hidden marker. Each function returns
the text; where it goes is the caller's.
"""

from collections.abc import Mapping

import numpy as np

from lumbar.arrays import Floats, check_shape
from lumbar.errors import ValueRangeError
from lumbar.mechanics.load import LumbarLoad


def to_storage(name: str, time_s: Floats, columns: Mapping[str, Floats], *, in_degrees: bool = False) -> str:
    """Return a storage table: ``time`` and the columns, each (time,); for ``.sto`` and ``.mot`` files.

    Raises ShapeError where a column is not as long as the clock, ValueRangeError for a label with white space or a
    clock that does not rise.
    """
    _check_clock(time_s)
    for label, values in columns.items():
        check_shape(label, values, "(time,)", time_s.shape)
        _check_label(label)
    table = np.column_stack([time_s, *columns.values()])
    table = table[np.isfinite(table).all(axis=1)]
    head = (
        f"{_one_line(name)}\nversion=1\nnRows={len(table)}\nnColumns={len(columns) + 1}\n"
        f"inDegrees={'yes' if in_degrees else 'no'}\nendheader\n"
    )
    rows = ("\t".join(f"{value:.9g}" for value in row) for row in table)
    return head + "\t".join(["time", *columns]) + "\n" + "".join(f"{row}\n" for row in rows)


def load_columns(load: LumbarLoad) -> dict[str, Floats]:
    """Return a rep's curves by the names that the tables give them; N·m and m."""
    return {
        "l5s1_extensor_moment": load.moment_n_m,
        "l5s1_extensor_moment_low": load.low_n_m,
        "l5s1_extensor_moment_high": load.high_n_m,
        "bar_lever_arm": load.bar_lever_m,
    }


def to_markers(time_s: Floats, markers_m: Mapping[str, Floats], file_name: str = "lumbar.trc") -> str:
    """Return a marker file in metres: each marker (time, 2) in the plane or (time, 3); z is 0 in the plane.

    A marker file has a fixed rate: the clock must be even to a tenth of a step (ValueRangeError otherwise; see
    :func:`evenly`), since a phone's is not.
    """
    check_markers(time_s, markers_m)
    rate_hz = rate_of(time_s)
    frames, count = len(time_s), len(markers_m)
    head = (
        f"PathFileType\t4\t(X/Y/Z)\t{_one_line(file_name)}\n"
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n"
        f"{rate_hz:.6g}\t{rate_hz:.6g}\t{frames}\t{count}\tm\t{rate_hz:.6g}\t1\t{frames}\n"
        "Frame#\tTime\t" + "\t\t\t".join(markers_m) + "\t\t\n"
        "\t\t" + "\t".join(f"X{n}\tY{n}\tZ{n}" for n in range(1, count + 1)) + "\n\n"
    )  # fmt: skip
    places = [in_space(path) for path in markers_m.values()]
    lines = []
    for frame, at_s in enumerate(time_s):
        cells = ["\t".join(_cell(value) for value in place[frame]) for place in places]
        lines.append(f"{frame + 1}\t{at_s:.9g}\t" + "\t".join(cells) + "\n")
    return head + "".join(lines)


def evenly(time_s: Floats, values: Floats, rate_hz: float) -> tuple[Floats, Floats]:
    """Return a clock of that rate and the values (time, …) on it, on straight lines; gaps stay gaps (NaN)."""
    clock = np.arange(time_s[0], time_s[-1] + 1e-9, 1 / rate_hz)
    flat = values.reshape(len(time_s), -1)
    laid = np.column_stack([np.interp(clock, time_s, flat[:, column]) for column in range(flat.shape[1])])
    return clock, laid.reshape(len(clock), *values.shape[1:])


def check_markers(time_s: Floats, markers_m: Mapping[str, Floats], most_frames: int | None = None) -> None:
    """Refuse markers that no file can hold; raise ShapeError or ValueRangeError."""
    _check_clock(time_s)
    rate_of(time_s)
    if most_frames is not None and len(time_s) > most_frames:
        raise ValueRangeError("the number of frames", len(time_s), f"up to {most_frames} in this format")
    if not markers_m:
        raise ValueRangeError("the number of markers", 0, "at least one")
    for label, path in markers_m.items():
        check_shape(label, path, "(time, axis)", (len(time_s), path.shape[-1] if path.shape[-1] in (2, 3) else 3))
        _check_label(label)


def rate_of(time_s: Floats) -> float:
    """Return the rate of an even clock, Hz; raise ValueRangeError for an uneven one."""
    if len(time_s) < 2:
        return 1.0
    steps = np.diff(time_s)
    if np.ptp(steps) > 0.2 * np.median(steps):
        raise ValueRangeError(
            "the clock of a marker file", "uneven", "one rate; lay the paths with evenly() first"
        )
    return float((len(time_s) - 1) / (time_s[-1] - time_s[0]))


def in_space(path_m: Floats) -> Floats:
    """Return a path (time, 2) or (time, 3) in three dimensions; a plane's z is 0."""
    if path_m.shape[1] == 3:
        return path_m
    return np.column_stack([path_m, np.where(np.isfinite(path_m).all(axis=1), 0.0, np.nan)])


def _cell(value: float) -> str:
    return f"{value:.6f}" if np.isfinite(value) else ""


def _check_clock(time_s: Floats) -> None:
    if time_s.ndim != 1 or not len(time_s) or (np.diff(time_s) <= 0).any():
        raise ValueRangeError("the clock of a table", "empty, or not rising", "seconds, each later than the last")


def _check_label(label: str) -> None:
    if not label or any(sign.isspace() for sign in label):
        raise ValueRangeError(
            "the label of a column", repr(label), "letters, digits and signs without white space"
        )


def _one_line(text: str) -> str:
    return " ".join(text.split())
