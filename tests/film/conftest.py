from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from lumbar.film import film
from lumbar.form.analysis import SetAnalysis
from lumbar.lifter import Barbell, Lifter
from lumbar.video.clip import open_clip
from lumbar.video.frames import Frame, read_frames
from lumbar.video.writer import ClipWriter

CLIPS = Path(__file__).parent.parent / "data" / "video"
Change = Callable[[Frame], Frame | None]


@pytest.fixture(scope="session")
def analyse() -> Callable[[Path], SetAnalysis]:
    """Measure a clip, once per session and path."""
    known: dict[Path, SetAnalysis] = {}

    def measure(path: Path) -> SetAnalysis:
        if path not in known:
            known[path] = film(path, Lifter(), Barbell(mass_kg=100))
        return known[path]

    return measure


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write the pull of the demo clip anew, each frame changed."""

    def write(name: str, change: Change, *, crf: int = 18) -> Path:
        path = tmp_path_factory.mktemp("changed") / f"{name}.mp4"
        with ClipWriter(path, crf=crf) as writer:
            for frame in _pull():
                if (new := change(frame)) is not None:
                    writer.add(Frame(new.time_s, np.ascontiguousarray(new.image)))
        return path

    return write


def _pull() -> Iterator[Frame]:
    """Return the demo clip from a second before the pull to its end, at all its frames."""
    clip = open_clip(CLIPS / "sbd_deadlift.mp4")
    for frame in read_frames(clip, max_side_px=1280, max_rate_hz=1000):
        if frame.time_s >= 5.0:
            yield frame
