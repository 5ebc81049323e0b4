"""Operations on pictures: the only module that knows OpenCV. Pictures are RGB or grey, uint8, (height, width…)."""

from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import cv2
import numpy as np

from lumbar.arrays import Bools, Floats, Pixels

# One picture at a time is small work: OpenCV's own threads would only fight with the network's.
cv2.setNumThreads(1)


def to_grey(image: Pixels) -> Pixels:
    """Return the brightness of an RGB picture."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


@dataclass(slots=True, eq=False)
class Planes:
    """One picture by its brightness, and by its two planes of colour (Cr and Cb, ITU-R BT.601) once asked for.

    A yellow plate can be as bright as the wall behind it, and is not of its colour.
    """

    grey: Pixels
    picture: Pixels | None = None
    _colours: tuple[Pixels, ...] | None = None

    @property
    def colours(self) -> tuple[Pixels, ...]:
        """Return how red and how blue the picture is, each of the brightness's shape; () of a grey picture."""
        if self._colours is None:
            both = () if self.picture is None else cv2.split(cv2.cvtColor(self.picture, cv2.COLOR_RGB2YCrCb))[1:]
            self._colours = tuple(np.asarray(plane, dtype=np.uint8) for plane in both)
        return self._colours

    @property
    def all(self) -> tuple[Pixels, ...]:
        """Return the plane of brightness, then those of colour."""
        return (self.grey, *self.colours)


def brightened(image: Pixels, ratio: float) -> Pixels:
    """Return a picture with all levels so many times as high; what would be brighter than white is white."""
    levels = np.clip(np.arange(256) * ratio, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(image, levels), dtype=np.uint8)


def resize(image: Pixels, width_px: int, height_px: int) -> Pixels:
    """Return the picture at another size, averaged when it shrinks."""
    return np.asarray(cv2.resize(image, (width_px, height_px), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def enlarge(image: Pixels, width_px: int, height_px: int) -> Pixels:
    """Return the picture at a larger size, smooth between its pixels."""
    return np.asarray(cv2.resize(image, (width_px, height_px), interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def sample(image: Pixels, to_picture: Floats, width_px: int, height_px: int) -> Pixels:
    """Cut a patch: ``to_picture`` (2, 3) takes patch coordinates to picture coordinates; outside is black."""
    matrix = np.asarray(to_picture, dtype=np.float32)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(image, matrix, (width_px, height_px), flags=flags), dtype=np.uint8)


def slopes(grey: Pixels) -> tuple[Floats, Floats]:
    """Return how brightness grows to the right and down, per pixel, from a lightly blurred picture."""
    soft = cv2.GaussianBlur(grey, (0, 0), 1.0)
    across = cv2.Scharr(soft, cv2.CV_32F, 1, 0, scale=1 / 32)
    down = cv2.Scharr(soft, cv2.CV_32F, 0, 1, scale=1 / 32)
    return np.asarray(across), np.asarray(down)


def read_at(picture: Pixels, x_px: Floats, y_px: Floats) -> Floats:
    """Read a picture between its pixels; outside repeats the border."""
    x, y = x_px.astype(np.float32), y_px.astype(np.float32)
    read = cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(read, dtype=np.float32)


def softened(values: Floats, sigma_px: float) -> Floats:
    """Return an array blurred by a Gaussian."""
    return np.asarray(cv2.GaussianBlur(values.astype(np.float32), (0, 0), sigma_px))


def softened_along(rows: Floats) -> Floats:
    """Return each row blurred a little along itself."""
    return np.asarray(cv2.GaussianBlur(rows.astype(np.float32), (5, 1), 1.0))


def box_softened(grey: Pixels, shrink: float) -> Pixels:
    """Return a picture blurred as much as shrinking it by ``shrink`` needs, so that no edge is invented."""
    width = max(1, round(shrink))
    return grey if width < 2 else np.asarray(cv2.blur(grey, (width, width)), dtype=np.uint8)


def filled(outline_px: Floats, width_px: int, height_px: int, wider_px: int) -> Bools:
    """Say which pixels lie within an outline (point, 2) or this near to it, (y, x); none where it is not known."""
    mask = np.zeros((height_px, width_px), dtype=np.uint8)
    if np.isfinite(outline_px).all():
        cv2.fillPoly(mask, [np.rint(outline_px).astype(np.int32)], (1,))
    size = 2 * wider_px + 1
    return np.asarray(cv2.dilate(mask, np.ones((size, size), dtype=np.uint8)) > 0)


def largest_outline(mask: Floats) -> Floats | None:
    """Return the outline of the largest region where ``mask`` is positive, (point, 2) in pixels, or None."""
    inside = (mask > 0).astype(np.uint8)
    outlines, _ = cv2.findContours(inside, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    largest = max(outlines, key=cv2.contourArea)
    return np.asarray(largest.reshape(-1, 2), dtype=float)


def differs(one: Pixels, other: Pixels, levels: float) -> bool:
    """Say whether any patch of 3 × 3 pixels differs by more than this many grey levels."""
    if one.shape != other.shape or not one.size:
        return True
    change = cv2.absdiff(cv2.blur(one, (3, 3)), cv2.blur(other, (3, 3)))
    return bool(change.max() > levels)


def background_shift(before: Pixels, now: Pixels, window: Floats) -> tuple[float, float]:
    """Return how far a grey picture moved, in its pixels, and how sure that is (0–1), by phase correlation."""
    (x, y), response = cv2.phaseCorrelate(before.astype(np.float32), now.astype(np.float32), window)
    return float(np.hypot(x, y)), float(response)


def to_png(image: Pixels) -> bytes:
    """Return an RGB picture as a PNG file."""
    is_written, coded = cv2.imencode(".png", cv2.cvtColor(image, cv2.COLOR_RGB2BGR))
    if not is_written:
        raise ValueError(image.shape)
    return coded.tobytes()


def corners(grey: Pixels, most: int) -> Floats:
    """Return places that can be found again in another picture, (point, 2), the clearest first."""
    found = cv2.goodFeaturesToTrack(grey, most, 0.01, 8)
    return np.zeros((0, 2)) if found is None else np.asarray(found.reshape(-1, 2), dtype=float)


def follow(before: Pixels, now: Pixels, points_px: Floats, expected_px: Floats) -> tuple[Floats, Bools]:
    """Return where places of one picture are in another, (point, 2), and which were found (Lucas and Kanade)."""
    at = points_px.reshape(-1, 1, 2).astype(np.float32)
    guess = expected_px.reshape(-1, 1, 2).astype(np.float32)
    found_px, found, _ = cv2.calcOpticalFlowPyrLK(
        before, now, at, guess, winSize=(15, 15), maxLevel=2, flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
        criteria=(cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_COUNT, 12, 0.03),
    )  # fmt: skip
    return np.asarray(found_px.reshape(-1, 2), dtype=float), np.asarray(found.ravel() == 1)


def similarity(points_px: Floats, now_px: Floats, agree_px: float) -> Floats | None:
    """Return the shift, turn and growth (2, 3) that most pairs agree on; None where there is none."""
    found, _ = cv2.estimateAffinePartial2D(
        points_px, now_px, method=cv2.RANSAC, ransacReprojThreshold=agree_px, maxIters=500
    )
    return None if found is None else np.asarray(found, dtype=float)


# ---- Drawing. Everything below changes the picture it is given, antialiased, with coordinates between pixels.

#: Coordinates are handed to OpenCV in sixteenths of a pixel.
_FRACTION_BITS = 4
#: A blurred face keeps this many cells across; an engineering rule: no feature of a face is left.
_FACE_CELLS = 4

Colour: TypeAlias = tuple[int, int, int]


def draw_polyline(
    image: Pixels,
    points_px: Floats,
    colour: Colour,
    width_px: float,
    *,
    is_closed: bool = False,
    dash_px: tuple[float, float] | None = None,
) -> None:
    """Draw a line through (point, 2); it breaks at NaN. ``dash_px`` is how long a dash and a gap are."""
    points = np.vstack([points_px, points_px[:1]]) if is_closed else points_px
    pieces = _unbroken(points)
    if dash_px is not None:
        pieces = [dash for piece in pieces for dash in _dashes(piece, *dash_px)]
    lines = [np.round(piece * 2**_FRACTION_BITS).astype(np.int32).reshape(-1, 1, 2) for piece in pieces]
    if lines:
        width = max(1, round(width_px))
        cv2.polylines(image, lines, False, colour, width, cv2.LINE_AA, _FRACTION_BITS)


def _unbroken(points: Floats) -> list[Floats]:
    """Split a path at NaN; a lone point is no line."""
    known = np.isfinite(points).all(axis=1)
    pieces = np.split(points, np.flatnonzero(np.diff(known)) + 1)
    return [piece for piece in pieces if len(piece) > 1 and np.isfinite(piece[0]).all()]


def _dashes(points: Floats, dash: float, gap: float) -> list[Floats]:
    """Cut a path into dashes along its length."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    cut = []
    for start in np.arange(0.0, along[-1], dash + gap):
        stop = min(start + dash, along[-1])
        places = np.concatenate([[start], along[(along > start) & (along < stop)], [stop]])
        cut.append(np.column_stack([np.interp(places, along, points[:, axis]) for axis in (0, 1)]))
    return cut


def draw_ellipse(
    image: Pixels, centre_px: Floats, half_axes_px: Floats, colour: Colour, width_px: float | None
) -> None:
    """Draw an upright ellipse; ``half_axes_px`` is (across, up). Without a width it is filled."""
    if not (np.isfinite(centre_px).all() and np.isfinite(half_axes_px).all()):
        return
    (x, y), (wide, high) = (
        (round(float(value) * 2**_FRACTION_BITS) for value in pair) for pair in (centre_px, half_axes_px)
    )
    width = -1 if width_px is None else max(1, round(width_px))
    cv2.ellipse(image, (x, y), (wide, high), 0, 0, 360, colour, width, cv2.LINE_AA, _FRACTION_BITS)


@cache
def _font() -> cv2.FontFace:
    """Return the sans face that OpenCV carries within itself."""
    return cv2.FontFace("sans")


#: How heavy letters are: OpenCV's face is variable, from 100 (thin) to 1000.
REGULAR, BOLD = 400, 650


def text_width_px(text: str, size_px: int, weight: int = REGULAR) -> int:
    """Return how wide a line of text is."""
    box = cv2.getTextSize((1, 1), text, (0, 0), _font(), size_px, weight)
    return int(box[2])


def draw_text(
    image: Pixels, text: str, at_px: tuple[int, int], size_px: int, colour: Colour, weight: int = REGULAR
) -> None:
    """Write a line of text; ``at_px`` is the left end of its base line."""
    cv2.putText(image, text, at_px, colour, _font(), size_px, weight)


def blur_disc(image: Pixels, centre_px: tuple[float, float], radius_px: float) -> None:
    """Make what lies in a disc unrecognisable: a few averages across, melted into each other."""
    height, width = image.shape[:2]
    reach = int(np.ceil(radius_px * 1.25))
    left, top = max(0, round(centre_px[0]) - reach), max(0, round(centre_px[1]) - reach)
    right, below = min(width, round(centre_px[0]) + reach + 1), min(height, round(centre_px[1]) + reach + 1)
    if right <= left or below <= top:
        return
    patch = image[top:below, left:right]
    cells = cv2.resize(patch, (_FACE_CELLS, _FACE_CELLS), interpolation=cv2.INTER_AREA)
    melted = cv2.resize(cells, (right - left, below - top), interpolation=cv2.INTER_LINEAR)
    y, x = np.mgrid[top:below, left:right]
    distance = np.hypot(x - centre_px[0], y - centre_px[1]) / max(radius_px, 1e-9)
    share = np.clip((1.25 - distance) / 0.25, 0, 1)[..., None]
    image[top:below, left:right] = np.round(patch * (1 - share) + melted * share).astype(np.uint8)
