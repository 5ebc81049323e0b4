"""Work for every core: one process on each, and one thread in each process."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from lumbar.bench.stopwatch import count_cores


def pool() -> ProcessPoolExecutor:
    """Return a pool of as many processes as there are cores."""
    return ProcessPoolExecutor(count_cores(), get_context("spawn"), initializer=_alone)


def _alone() -> None:
    """Let each process keep to one thread: there is one for each core."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
