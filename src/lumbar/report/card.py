"""The card to share: one picture of the set, with the drawing over it, few numbers and one sentence; no face."""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats, Pixels
from lumbar.estimate import Estimate
from lumbar.form.analysis import SetAnalysis
from lumbar.form.measures import BY_ID
from lumbar.motion.reps import Rep
from lumbar.report.findings import findings_of, nothing_of
from lumbar.report.overlay import Overlay, row_at
from lumbar.report.words import MassUnit, count, format_mass, format_measured
from lumbar.vision import image as picture
from lumbar.vision.faces import hide_faces

#: The card and its picture, px: the upright shape that most places show whole (4:5).
WIDE_PX, HIGH_PX, _PICTURE_PX = 1080, 1350, 790
_EDGE_PX = 56
#: Colours of the dark page (look.md).
_PAPER, _INK, _QUIET, _ACCENT = (20, 23, 30), (232, 235, 242), (152, 162, 179), (45, 212, 191)
#: What a card may tell of its rep, most telling first, and how many of them.
_TOLD, _MOST = ("lumbar_change", "mean_concentric_velocity", "l5s1_moment_peak", "bar_drift"), 3
#: Room about the lifter, as a share of their height in the picture; an engineering rule.
_ROOM = 0.14
_NOTE = (
    "Measured from one phone clip with Lumbar. A range is meant to hold the true",
    "value nine times out of ten. Education and training log, no medical device.",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment that a card shows, and the index of its rep."""

    time_s: float
    rep: int


def moment_of(analysis: SetAnalysis) -> Moment | None:
    """Return the moment that tells most: the first finding's, else the hardest of the first rep; None without."""
    if analysis.refused is not None or not analysis.reps:
        return None
    numbers = [rep.number for rep in analysis.reps]
    for finding in analysis.findings:
        if finding.time_s is not None and finding.rep in numbers:
            return Moment(finding.time_s, numbers.index(finding.rep))
    for at, load in enumerate(analysis.loads):
        if load.peak_s is not None:
            return Moment(load.peak_s, at)
    return Moment(_middle_s(analysis.reps[0]), 0)


def _middle_s(rep: Rep) -> float:
    return (rep.lift_off_s + rep.lockout_s) / 2


def draw_card(frame_image: Pixels, analysis: SetAnalysis, moment: Moment, mass_unit: MassUnit = "kg") -> bytes:
    """Return the card as PNG; ``frame_image`` is the frame of that moment, whose faces are hidden here."""
    card = np.empty((HIGH_PX, WIDE_PX, 3), np.uint8)
    card[:] = _PAPER
    hidden = hide_faces(frame_image, analysis.tracks, moment.time_s)
    card[:_PICTURE_PX] = _ground(hidden)
    shown = _shown(hidden, analysis, moment.time_s)
    top, left = (_PICTURE_PX - shown.shape[0]) // 2, (WIDE_PX - shown.shape[1]) // 2
    card[top : top + shown.shape[0], left : left + shown.shape[1]] = shown
    y = _PICTURE_PX + 76
    picture.draw_text(card, title_of(analysis, moment, mass_unit), (_EDGE_PX, y), 50, _INK, picture.BOLD)
    y = _write_numbers(card, analysis, moment.rep, y + 84)
    for line in lines_of(sentence_of(analysis), 34, WIDE_PX - 2 * _EDGE_PX)[:3]:
        picture.draw_text(card, line, (_EDGE_PX, y), 34, _INK)
        y += 46
    for at, line in enumerate(_NOTE):
        picture.draw_text(card, line, (_EDGE_PX, HIGH_PX - 60 + 30 * at), 23, _QUIET)
    return picture.to_png(card)


def title_of(analysis: SetAnalysis, moment: Moment, mass_unit: MassUnit) -> str:
    """Say which rep of what the card shows."""
    total, mass_kg = len(analysis.reps), analysis.barbell.mass_kg
    reps = count(total, "rep") if total == 1 else f"Rep {analysis.reps[moment.rep].number} of {total}"
    return reps if mass_kg is None else f"{reps} at {format_mass(mass_kg, mass_unit)}"


def sentence_of(analysis: SetAnalysis) -> str:
    """Return the first finding as a sentence, or that there is none."""
    found = findings_of(analysis)
    return found[0].seen if found else nothing_of(analysis) or ""


def numbers_of(analysis: SetAnalysis, rep: int) -> tuple[tuple[str, str, str], ...]:
    """Return a few numbers of a rep: name, value with its unit, range; only what is known."""
    measures = analysis.measures[rep]
    known = [name for name in _TOLD if isinstance(measures.get(name), Estimate)][:_MOST]
    worded = [(BY_ID[name].name, format_measured(measures[name], BY_ID[name])) for name in known]
    return tuple((name, one.with_unit, one.range) for name, one in worded)


def _write_numbers(card: Pixels, analysis: SetAnalysis, rep: int, y: int) -> int:
    """Write the numbers side by side, and return where the text below begins."""
    numbers = numbers_of(analysis, rep)
    for at, (name, value, span) in enumerate(numbers):
        x = _EDGE_PX + at * (WIDE_PX - 2 * _EDGE_PX) // _MOST
        picture.draw_text(card, value.replace("\N{NO-BREAK SPACE}", " "), (x, y), 54, _ACCENT, picture.BOLD)
        picture.draw_text(card, f"range {span}" if span else "", (x, y + 36), 26, _QUIET)
        picture.draw_text(card, name, (x, y + 70), 26, _INK)
    return y + (134 if numbers else 0)


def lines_of(text: str, size_px: int, wide_px: int) -> list[str]:
    """Break a text into lines that are no wider than that."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and picture.text_width_px(longer, size_px) <= wide_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _ground(frame_image: Pixels) -> Pixels:
    """Return the frame as a few dark colours, for the room beside a picture that is narrower than the card."""
    few = picture.resize(frame_image, 6, 4) // 4
    return picture.enlarge(few, WIDE_PX, _PICTURE_PX)


def _shown(frame_image: Pixels, analysis: SetAnalysis, time_s: float) -> Pixels:
    """Return the part of a frame about the lifter with the drawing over it, at the card's size."""
    left, top, wide, high = _about(frame_image, analysis, time_s)
    scale = min(WIDE_PX / wide, _PICTURE_PX / high)
    # Larger first, then drawn over: so the lines stay sharp.
    height, width = (round(side * scale) for side in frame_image.shape[:2])
    large = Overlay(analysis).draw(picture.enlarge(frame_image, width, height), time_s, has_legend=False)
    x, y = round(left * scale), round(top * scale)
    return large[y : min(y + _PICTURE_PX, height), x : min(x + WIDE_PX, width)]


def _about(frame_image: Pixels, analysis: SetAnalysis, time_s: float) -> tuple[float, float, float, float]:
    """Return left, top, width and height of what is shown of a frame, in the shape of the card where it can be."""
    height, width = frame_image.shape[:2]
    marks = _marks(analysis, time_s) * (width / analysis.tracks.width_px)
    if not len(marks):
        return 0.0, 0.0, float(width), float(height)
    low, high = marks.min(axis=0), marks.max(axis=0)
    room = _ROOM * float(high[1] - low[1])
    need = high - low + 2 * room
    tall = max(float(need[1]), float(need[0]) * _PICTURE_PX / WIDE_PX)
    size = np.minimum([tall * WIDE_PX / _PICTURE_PX, tall], [width, height])
    corner = np.clip((low + high - size) / 2, 0, np.array([width, height]) - size)
    return float(corner[0]), float(corner[1]), float(size[0]), float(size[1])


def _marks(analysis: SetAnalysis, time_s: float) -> Floats:
    """Return points of the lifter and the plate in the picture at a moment, (point, 2)."""
    tracks, found = analysis.tracks, [np.zeros((0, 2))]
    row = row_at(tracks.time_s, time_s)
    if row is not None:
        found.append(tracks.pose.xy_px[row])
    outlined = row_at(tracks.silhouette.time_s, time_s)
    if outlined is not None:
        found.append(tracks.silhouette.outline_px[outlined])
    if tracks.bar is not None and row is not None:
        centre, reach = tracks.bar.centre_px[row], tracks.bar.half_height_px[row]
        found += [centre[None] - reach, centre[None] + reach]
    marks = np.vstack(found)
    return np.asarray(marks[np.isfinite(marks).all(axis=1)])
