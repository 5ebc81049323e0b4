"""One set becomes a folder: page, record, table, annotated clip, card; whole or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from lumbar.form.analysis import SetAnalysis
from lumbar.report.card import draw_card, moment_of
from lumbar.report.folder import Content, write_folder
from lumbar.report.motion_files import motion_files
from lumbar.report.overlay import Overlay
from lumbar.report.page import CLIP_BESIDE, data_uri, render_page
from lumbar.report.record import to_csv, to_json
from lumbar.report.words import MassUnit
from lumbar.video.clip import open_clip
from lumbar.video.frames import Frame, read_frames
from lumbar.video.writer import write_clip
from lumbar.vision.faces import hide_faces

#: Moments lie at frames, or between two of them: the nearer one is taken. Half a frame of a usual phone.
_HALF_FRAME_S = 1 / 60


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the lifter wants in the report.

    The page holds its clip, so that it can be sent alone; with ``embeds_clip`` off the clip lies beside it.
    ``has_card`` makes a picture to share, on which faces are always hidden; ``has_motion_files`` writes markers,
    angles and load for other programs (:mod:`lumbar.report.motion_files`).
    ``back`` is the address that its first link leads to, where there is one.
    """

    hides_faces: bool = False
    has_annotated_clip: bool = True
    has_card: bool = True
    has_motion_files: bool = False
    mass_unit: MassUnit = "kg"
    embeds_clip: bool = True
    back: str = ""


def save_report(
    analysis: SetAnalysis,
    proxy: Path,
    out: Path,
    wishes: Wishes,
    *,
    drawn: Callable[[float], None] = lambda _: None,
) -> Path:
    """Write the report of one set into the folder ``out`` and return its full path.

    ``proxy`` is the clip at working size, as it was written while it was watched. ``drawn`` is called with the
    time of each frame that is drawn. Raises OutputError when the folder cannot be written.
    """
    with TemporaryDirectory(prefix="lumbar-") as scratch:
        if wishes.hides_faces:
            shown = Path(scratch) / "clip.mp4"
            write_clip(shown, _hidden(analysis, proxy))
        else:
            shown = proxy
        page = render_page(
            analysis,
            data_uri(shown.read_bytes()) if wishes.embeds_clip else CLIP_BESIDE,
            made_on=datetime.now().astimezone().date(),
            mass_unit=wishes.mass_unit,
            back=wishes.back,
        )
        files: dict[str, Content] = {
            "analysis.json": to_json(analysis),
            "reps.csv": to_csv(analysis),
            "report.html": page,
        }
        if wishes.has_motion_files:
            files |= motion_files(analysis)
        if not wishes.embeds_clip:
            files[CLIP_BESIDE] = shown.read_bytes()
        card = _card(analysis, shown, wishes) if wishes.has_card else None
        if card is not None:
            files["card.png"] = card
        if wishes.has_annotated_clip and analysis.refused is None:
            files["annotated.mp4"] = lambda path: write_clip(path, _annotated(analysis, shown, drawn))
        return write_folder(out, files)


def _frames(analysis: SetAnalysis, proxy: Path) -> Iterator[Frame]:
    """Return the proxy's frames at the times of the clip it was made from."""
    times = iter(analysis.tracks.time_s)
    with read_frames(open_clip(proxy), max_rate_hz=1000) as frames:
        for frame, time_s in zip(frames, times, strict=False):
            yield Frame(float(time_s), frame.image)


def _card(analysis: SetAnalysis, proxy: Path, wishes: Wishes) -> bytes | None:
    """Return the card to share; None where there is no rep to show, or the film ends before its moment."""
    moment = moment_of(analysis)
    if moment is None:
        return None
    for frame in _frames(analysis, proxy):
        if frame.time_s >= moment.time_s - _HALF_FRAME_S:
            return draw_card(frame.image, analysis, moment, wishes.mass_unit)
    return None


def _hidden(analysis: SetAnalysis, proxy: Path) -> Iterator[Frame]:
    for frame in _frames(analysis, proxy):
        yield Frame(frame.time_s, hide_faces(frame.image, analysis.tracks, frame.time_s))


def _annotated(analysis: SetAnalysis, proxy: Path, drawn: Callable[[float], None]) -> Iterator[Frame]:
    overlay = Overlay(analysis)
    for frame in _frames(analysis, proxy):
        yield Frame(frame.time_s, overlay.draw(frame.image, frame.time_s))
        drawn(frame.time_s)
