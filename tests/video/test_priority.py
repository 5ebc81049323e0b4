import os
import sys
from collections.abc import Callable
from pathlib import Path

import av
import pytest

Film = Callable[..., Path]
Times = Callable[..., tuple[float, ...]]


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
def test_making_a_film_leaves_the_test_run_its_place_in_the_queue(film: Film, times: Times) -> None:
    if "libsvtav1" not in av.codecs_available:
        pytest.skip("this PyAV has no libsvtav1")
    film(times(30, 8), "film.mp4", codec="libsvtav1", pix_fmt="yuv420p")
    assert os.sched_getscheduler(0) == os.SCHED_OTHER
