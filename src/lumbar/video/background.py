"""Do work for each frame on a thread beside the one that watches: encoding does not need its turn."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from lumbar.video.frames import Frame

#: Frames that may wait; the caller then waits too, so that no clip is ever held in memory.
_MOST_WAITING = 8


@contextmanager
def in_background(work: Callable[[Frame], None]) -> Iterator[Callable[[Frame], None]]:
    """Give a function that hands a frame to ``work`` on one thread, in order; the end waits for the last.

    What ``work`` raises is raised here, at one of the next frames or at the end.
    """
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(1, thread_name_prefix="lumbar-writing") as thread:

        def hand_over(frame: Frame) -> None:
            waiting.append(thread.submit(work, frame))
            while waiting and (waiting[0].done() or len(waiting) > _MOST_WAITING):
                waiting.popleft().result()

        try:
            yield hand_over
        except BaseException:
            thread.shutdown(wait=True, cancel_futures=True)
            raise
        while waiting:
            waiting.popleft().result()
