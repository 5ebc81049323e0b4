"""What is timed is the product's own path, all of it, and it is the same afterwards."""

from pathlib import Path

import numpy as np
import pytest

from lumbar import film
from lumbar.bench import tasks
from lumbar.bench.stopwatch import time_task
from lumbar.video.frames import Frame
from lumbar.video.writer import write_clip

#: Long enough to be taken for a film of a pull.
FRAMES = 40


@pytest.fixture
def dark_clip(tmp_path: Path) -> Path:
    """A clip in which nobody is to be seen, at 30 frames/s."""
    picture = np.zeros((96, 64, 3), dtype=np.uint8)
    write_clip(tmp_path / "dark.mp4", (Frame(index / 30, picture) for index in range(FRAMES)))
    return tmp_path / "dark.mp4"


def test_decoding_alone_goes_through_every_frame(dark_clip: Path) -> None:
    spent = time_task(tasks.decode, dark_clip)
    assert spent["frames"] == FRAMES
    assert list(spent["stage_s"]) == ["decode"]


def test_the_film_path_is_timed_whole_and_left_as_it_was(dark_clip: Path) -> None:
    before = film.watch
    spent = time_task(tasks.film, dark_clip)
    assert film.watch is before
    assert spent["frames"] == FRAMES
    assert set(spent["stage_s"]) == {"looking", "pose", "measuring", "report"}
    # What is left over is opening the file, before the first stage.
    assert sum(spent["stage_s"].values()) <= spent["total_s"]
