"""Films for the queue: real, and quick to measure."""

import itertools
from pathlib import Path

from lumbar.video.clip import open_clip
from lumbar.video.frames import read_frames
from lumbar.video.writer import write_clip

DEMO = Path(__file__).parents[1] / "data" / "video" / "sbd_deadlift.mp4"


def seldom_seen(place: Path) -> Path:
    """Write the demo clip with twelve frames a second: its one rep is found in a third of the time."""
    with read_frames(open_clip(DEMO), max_rate_hz=12) as frames:
        write_clip(place, frames)
    return place


def cut(source: Path, target: Path, seconds: float = 0.6) -> None:
    """Write the first moments of a clip: too short for a rep, long enough to be looked at."""
    with read_frames(open_clip(source)) as frames:
        write_clip(target, itertools.takewhile(lambda frame: frame.time_s < seconds, frames))
