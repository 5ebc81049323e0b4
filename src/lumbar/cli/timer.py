"""A timer for holds: time to get ready, then the time until a key, shown second by second on a terminal."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread

from rich.console import Console


@dataclass(frozen=True, slots=True)
class Clock:
    """What tells the time and waits; tests bring their own."""

    now_s: Callable[[], float] = time.monotonic
    wait: Callable[[float], object] = time.sleep


def count_down(console: Console, clock: Clock, lead_s: int) -> None:
    """Show the seconds that are left to get ready."""
    for left in range(lead_s, 0, -1):
        if console.is_terminal:
            console.print(f"  {left} ", end="\r")
        clock.wait(1.0)


def time_hold(console: Console, clock: Clock, until: Callable[[], object], stop_at_s: float | None) -> float:
    """Return the seconds until ``until`` returns, at most ``stop_at_s``."""
    done = Event()
    start_s = clock.now_s()
    ticking = Thread(target=_tick, args=(console, clock, start_s, done), daemon=True)
    if console.is_terminal:
        ticking.start()
    try:
        until()
    finally:
        done.set()
        if ticking.ident is not None:
            ticking.join()
    held_s = clock.now_s() - start_s
    return held_s if stop_at_s is None else min(held_s, stop_at_s)


def _tick(console: Console, clock: Clock, start_s: float, done: Event) -> None:
    while not done.wait(1.0):
        console.print(f"  {clock.now_s() - start_s:.0f} s ", end="\r")
