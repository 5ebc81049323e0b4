"""Work for every core: one process on each."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from lumbar.bench.stopwatch import count_cores


def pool() -> ProcessPoolExecutor:
    """Return a pool of as many processes as there are cores."""
    return ProcessPoolExecutor(count_cores(), get_context("spawn"))
