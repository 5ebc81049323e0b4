"""Make very many small values at once without Python looking again and again whether they can go."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the search for cycles: sets and sessions are made of immutable values and cannot be in one.

    Without it a third of the time of reading a million sets goes into that search (``lumbar bench log``).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
