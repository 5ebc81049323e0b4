"""Draw what docs/back.md shows: ``python design/back/draw.py TUNE.json REPORT.json RENDERS``, and the real clips.

The JSON files are those of ``evaluate.py``. Writes SVG and JPEG files into docs/back.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from clips import rendered
from measure import course_of

from lumbar.arrays import Floats, Pixels
from lumbar.estimate import Missing
from lumbar.film import film
from lumbar.form.rounding import set_up, worst
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.back import BackCurve
from lumbar.motion.course import Peak
from lumbar.video.clip import open_clip
from lumbar.video.frames import read_frames
from lumbar.vision import image
from lumbar.vision.faces import hide_faces

ROOT = Path(__file__).parents[2]
OUT = ROOT / "docs" / "back"
_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 640, 360, 56, 44, 20
_BLUE, _ORANGE, _GREY = "#2b6cb0", "#c05621", "#6b7280"


Line: TypeAlias = Sequence[float] | Floats


class Plot:
    """A plot with straight axes, as SVG."""

    def __init__(self, x: tuple[float, float], y: tuple[float, float], names: tuple[str, str]) -> None:
        self._x, self._y = x, y
        self._parts: list[str] = []
        for at in np.linspace(*x, 6):
            self._text(f"{at:g}", self.across(at), _HEIGHT - _BOTTOM + 16, "middle")
        for at in np.linspace(*y, 6):
            self._parts.append(self._line(((x[0], at), (x[1], at)), "#e5e7eb", 1))
            self._text(f"{at:g}", _LEFT - 6, self.up(at) + 4, "end")
        self._text(names[0], (_WIDTH + _LEFT) / 2, _HEIGHT - 8, "middle")
        self._text(names[1], _LEFT - 40, _TOP - 6, "start")

    def across(self, x: float) -> float:
        """Return where a value of x lies."""
        return _LEFT + (x - self._x[0]) / (self._x[1] - self._x[0]) * (_WIDTH - _LEFT - 16)

    def up(self, y: float) -> float:
        """Return where a value of y lies."""
        return _HEIGHT - _BOTTOM - (y - self._y[0]) / (self._y[1] - self._y[0]) * (_HEIGHT - _BOTTOM - _TOP)

    def _text(self, text: str, x: float, y: float, anchor: str, colour: str = "#374151") -> None:
        self._parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{text}</text>')

    def _line(self, points: Iterable[tuple[float, float]], colour: str, width: float) -> str:
        path = " ".join(f"{self.across(x):.1f},{self.up(y):.1f}" for x, y in points)
        return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'

    def line(
        self, x: Sequence[float] | Floats, y: Sequence[float] | Floats, colour: str, width: float = 2
    ) -> None:
        """Add a line; what is not finite or outside is left out."""
        inside = np.isfinite(y) & (np.asarray(y) >= self._y[0]) & (np.asarray(y) <= self._y[1])
        rows = np.flatnonzero(inside)
        for part in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
            self._parts.append(self._line([(x[i], y[i]) for i in part], colour, width))

    def dot(self, x: float, y: float, colour: str, whisker: tuple[float, float] | None = None) -> None:
        """Add a dot, and a whisker from low to high."""
        y = float(np.clip(y, *self._y))
        if whisker is not None:
            ends = np.clip(whisker, *self._y)
            self._parts.append(self._line([(x, ends[0]), (x, ends[1])], colour + "55", 1.5))
        self._parts.append(f'<circle cx="{self.across(x):.1f}" cy="{self.up(y):.1f}" r="3" fill="{colour}"/>')

    def key(self, names: dict[str, str]) -> None:
        """Name the colours."""
        for row, (name, colour) in enumerate(names.items()):
            self._text(name, _WIDTH - 20, _TOP + 14 + 16 * row, "end", colour)

    def save(self, name: str) -> None:
        """Write the file."""
        look = 'font-family="system-ui, sans-serif" font-size="12"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" {look}>'
        body = f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>' + "\n".join(self._parts)
        (OUT / name).write_text(f"{head}\n{body}\n</svg>\n")


def _known(rows: list[dict]) -> list[dict]:
    return [row for row in rows if "lumbar_change" in row["got"]]


def error_by_view(record: dict) -> None:
    """Draw the error of the lumbar change over the view."""
    plot = Plot((45, 145), (0, 20), ("camera about the lifter: 90° is the side, more is behind", "error, degrees"))
    for name, colour in (("usual errors", _ORANGE), ("perfect eye", _BLUE)):
        rows = _known(record[name]["rows"])
        view = np.array([row["view_deg"] for row in rows])
        error = np.abs([row["got"]["lumbar_change"][0] - row["true"]["lumbar_change"] for row in rows])
        if name == "usual errors":
            for at, off in zip(view, error, strict=True):
                plot.dot(at, off, colour + "66")
        middle = np.arange(50, 145, 5.0)
        bell = np.exp(-0.5 * ((view - middle[:, None]) / 7) ** 2)
        plot.line(middle, (bell * error).sum(1) / bell.sum(1), colour, 3)
    plot.key({"usual errors: pulls, and their mean": _ORANGE, "perfect eye: mean": _BLUE})
    plot.save("error-by-view.svg")


def truth_and_measured(record: dict) -> None:
    """Draw measured against true lumbar change, with ranges, within 80–120°."""
    plot = Plot((0, 35), (0, 50), ("true change, degrees", "measured, degrees, with its range"))
    plot.line([0, 35], [0, 35], _GREY, 1)
    for name, colour in (("usual errors", _BLUE), ("rendered, as seen", _ORANGE)):
        for row in _known(record[name]["rows"]):
            if 80 <= row["view_deg"] <= 120:
                value, low, high = row["got"]["lumbar_change"]
                plot.dot(min(35, row["true"]["lumbar_change"]), value, colour, (low, high))
    plot.key({"without pictures, usual errors": _BLUE, "rendered clips": _ORANGE})
    plot.save("truth-and-measured.svg")


def time_courses(folder: Path, chosen: Sequence[str]) -> None:
    """Draw true and read flexion of some rendered clips over time."""
    for clip in rendered(folder):
        if clip.name in chosen:
            time_s, true, read = course_of(clip, clip.truth)
            plot = Plot(
                (0, float(np.ceil(time_s[-1]))),
                (-40, 40),
                ("time, seconds", "lower back since the set-up, degrees"),
            )
            plot.line(time_s, read, _ORANGE, 1.5)
            plot.line(time_s, true, _BLUE, 2)
            plot.key({"true": _BLUE, "read": _ORANGE})
            plot.save(f"course-{chosen.index(clip.name) + 1}.svg")


def real_clip(path: Path, name: str) -> None:
    """Draw the edge that was read on the set-up and on the worst frame of a real clip, faces hidden."""
    analysis = film(path, Lifter(), Barbell())
    back, motion, rep = analysis.back, analysis.motion, analysis.reps[-1]
    if isinstance(back, Missing) or motion is None:
        raise SystemExit(f"{path}: the back was not read")
    peak = worst(motion, back, rep, 0)
    moments = [float(back.time_s[set_up(back, rep)].mean())]
    moments += [peak.at_s.value] if isinstance(peak, Peak) else []
    frames = {}
    for frame in read_frames(open_clip(path)):
        for at in moments:
            if at not in frames and frame.time_s >= at:
                frames[at] = _drawn(hide_faces(frame.image, analysis.tracks, frame.time_s), back, frame.time_s)
    whole = np.hstack([frames[at] for at in moments])
    _save(whole, OUT / f"{name}.jpg")


def _drawn(picture: Pixels, back: BackCurve, time_s: float) -> Pixels:
    row = int(np.argmin(np.abs(back.time_s - time_s)))
    drawn = picture.copy()
    edge = back.curve_px[row]
    edge = edge[np.isfinite(edge).all(axis=1)]
    middle = edge.mean(axis=0).astype(int)
    image.draw_polyline(drawn, edge, (255, 120, 0), 3)
    reach = int(0.45 * back.stature_px)
    top, left = max(0, middle[1] - reach), max(0, middle[0] - reach)
    shown = drawn[top : top + 2 * reach, left : left + 2 * reach]
    return image.resize(shown, 420, 420)


def _save(picture: Pixels, path: Path) -> None:
    import cv2  # noqa: PLC0415 - a study may

    cv2.imwrite(str(path), picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 80])


def main() -> None:
    """Draw everything."""
    OUT.mkdir(exist_ok=True)
    tune, report = (json.loads(Path(name).read_text()) for name in sys.argv[1:3])
    kinds = ("usual errors", "perfect eye", "rendered, as seen")
    merged = {key: {"rows": tune[key]["rows"] + report[key]["rows"]} for key in kinds}
    error_by_view(merged)
    truth_and_measured(merged)
    time_courses(Path(sys.argv[3]), ("report-01003", "report-01005"))
    real_clip(ROOT / "tests/data/video/sbd_deadlift.mp4", "sbd-deadlift")


if __name__ == "__main__":
    main()
