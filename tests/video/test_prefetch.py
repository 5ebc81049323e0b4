import gc
import weakref
from collections.abc import Generator

import pytest

from lumbar.video.prefetch import Prefetch

PLACES = 3
#: Long enough for any machine; a thread that has ended makes it return at once.
PATIENCE_S = 30


class Thing:
    pass


def things(count: int, log: list[str]) -> Generator[Thing, None, str | None]:
    try:
        for _ in range(count):
            yield Thing()
        return "that was all"
    finally:
        log.append("closed")


def test_everything_arrives_in_order_and_then_the_last_word() -> None:
    def numbers() -> Generator[int, None, str | None]:
        yield from range(1000)
        return "that was all"

    ahead = Prefetch(numbers(), places=PLACES)
    assert list(ahead) == list(range(1000))
    assert ahead.last_word == "that was all"
    assert next(ahead, "nothing") == "nothing"


def test_an_error_arrives_after_what_came_before_it() -> None:
    def broken() -> Generator[int, None, str | None]:
        yield 1
        yield 2
        raise RuntimeError("the film tore")

    ahead = Prefetch(broken(), places=PLACES)
    assert [next(ahead), next(ahead)] == [1, 2]
    with pytest.raises(RuntimeError, match="the film tore"):
        next(ahead)
    assert next(ahead, "nothing") == "nothing"


def test_closing_early_ends_the_thread_and_closes_the_source() -> None:
    log: list[str] = []
    ahead = Prefetch(things(10**9, log), places=PLACES)
    next(ahead)
    ahead.close()
    assert not ahead._thread.is_alive()
    assert log == ["closed"]
    assert next(ahead, "nothing") == "nothing"
    ahead.close()


def test_an_error_of_the_caller_ends_the_thread() -> None:
    log: list[str] = []
    ahead = Prefetch(things(10**9, log), places=PLACES)

    def stumble() -> None:
        with ahead:
            next(ahead)
            raise RuntimeError("the caller fell over")

    with pytest.raises(RuntimeError, match="fell over"):
        stumble()
    assert not ahead._thread.is_alive()
    assert log == ["closed"]


def test_letting_go_ends_the_thread() -> None:
    log: list[str] = []
    ahead = Prefetch(things(10**9, log), places=PLACES)
    next(ahead)
    thread = ahead._thread
    del ahead
    gc.collect()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    assert log == ["closed"]


def test_only_a_few_things_are_alive_at_once() -> None:
    alive: weakref.WeakSet[Thing] = weakref.WeakSet()
    most = 0

    def counted() -> Generator[Thing, None, str | None]:
        nonlocal most
        for _ in range(200):
            thing = Thing()
            alive.add(thing)
            most = max(most, len(alive))
            yield thing
            del thing
        return None

    for _ in Prefetch(counted(), places=PLACES):
        pass
    # On the shelf, in the generator's hand, being handed over, in the caller's hand.
    assert most <= PLACES + 3
