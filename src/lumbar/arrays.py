"""Arrays inside frozen types: copied in, read-only, shapes checked once."""

from collections.abc import Mapping
from dataclasses import fields
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from lumbar.errors import ShapeError

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Pixels: TypeAlias = NDArray[np.uint8]


def freeze(record: object) -> None:
    """Replace each array of a frozen dataclass by a read-only copy of its own."""
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if isinstance(value, np.ndarray):
            own = value.copy()
            own.flags.writeable = False
            object.__setattr__(record, field.name, own)


def laid_out(rows: Mapping[int, Floats], frames: int, shape: tuple[int, ...]) -> Floats:
    r"""Lay rows by frame number on a clip's clock, (time, \*shape); NaN where there is none."""
    laid = np.full((frames, *shape), np.nan)
    for number, row in rows.items():
        laid[number] = row
    return laid


def check_shape(name: str, array: NDArray[np.generic], axes: str, want: tuple[int, ...]) -> None:
    """Refuse an array whose shape is not ``want``, naming the axes."""
    if array.shape != want:
        raise ShapeError(name, axes, want, array.shape)
