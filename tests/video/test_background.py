import threading

import numpy as np
import pytest

from lumbar.video.background import in_background
from lumbar.video.frames import Frame


def frame(time_s: float) -> Frame:
    return Frame(time_s, np.zeros((2, 2, 3), np.uint8))


def test_frames_are_worked_on_in_order_on_another_thread() -> None:
    done: list[tuple[float, bool]] = []
    with in_background(
        lambda f: done.append((f.time_s, threading.current_thread() is threading.main_thread()))
    ) as add:
        for index in range(50):
            add(frame(float(index)))
    assert done == [(float(index), False) for index in range(50)]


def test_what_the_work_raises_is_raised_here_and_the_rest_is_left() -> None:
    done: list[float] = []

    def work(one: Frame) -> None:
        if one.time_s == 3:
            raise OSError("disk full")
        done.append(one.time_s)

    def feed() -> None:
        with in_background(work) as add:
            for index in range(100):
                add(frame(float(index)))

    with pytest.raises(OSError, match="disk full"):
        feed()
    assert len(done) < 100


def test_an_error_of_the_caller_ends_the_thread() -> None:
    def feed() -> None:
        with in_background(lambda _: None) as add:
            add(frame(0.0))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        feed()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lumbar-writing")]


def test_few_frames_wait_at_once() -> None:
    gate = threading.Event()
    started = threading.Semaphore(0)
    handed: list[int] = []

    def work(_: Frame) -> None:
        started.release()
        gate.wait()

    def feed() -> None:
        with in_background(work) as add:
            for index in range(40):
                add(frame(float(index)))
                handed.append(index)

    feeder = threading.Thread(target=feed)
    feeder.start()
    started.acquire()
    # The feeder blocks when eight wait beside the one at work; it can never get further while the gate is shut.
    assert len(handed) <= 9
    gate.set()
    feeder.join()
    assert len(handed) == 40
