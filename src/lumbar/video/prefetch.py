"""Work that runs a few items ahead of the caller, in a thread of its own; PyAV lets go of the interpreter."""

import threading
import weakref
from collections import deque
from collections.abc import Generator, Iterator
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")


class _Shelf(Generic[T]):
    """Where one thread puts things and another takes them; it has few places, and either may close it."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._items: deque[T] = deque()
        # Re-entrant, because the garbage collector may close the shelf in a thread that is just using it.
        self._change = threading.Condition(threading.RLock())
        self._is_closed = False
        self._is_complete = False

    def put(self, item: T) -> bool:
        """Wait for a free place and fill it; False when nobody wants more."""
        with self._change:
            while len(self._items) >= self._places and not self._is_closed:
                self._change.wait()
            if not self._is_closed:
                self._items.append(item)
                self._change.notify_all()
            return not self._is_closed

    def take(self) -> T | None:
        """Wait for the next item; None when there will be no more."""
        with self._change:
            while not (self._items or self._is_complete or self._is_closed):
                self._change.wait()
            item = self._items.popleft() if self._items else None
            self._change.notify_all()
            return item

    def complete(self) -> None:
        """Say that nothing more will be put."""
        with self._change:
            self._is_complete = True
            self._change.notify_all()

    def close(self) -> None:
        """Say that nothing more is wanted, and let go of what is there."""
        with self._change:
            self._is_closed = True
            self._items.clear()
            self._change.notify_all()


class _Ending:
    """How the work ended: with a last word, or with an error."""

    word: str | None = None
    error: BaseException | None = None


def _work(source: Generator[T, None, str | None], shelf: _Shelf[T], ending: _Ending) -> None:
    try:
        while shelf.put(next(source)):
            pass
    except StopIteration as end:
        ending.word = end.value
    except BaseException as error:  # noqa: BLE001 -- not lost: the caller gets it from next()
        ending.error = error
    finally:
        source.close()
        shelf.complete()


class Prefetch(Iterator[T]):
    """Iterates over what a generator yields, which works ahead by ``places`` items and the one in hand.

    An error in the generator reaches the caller where it would have been raised. The thread ends with the
    last item, on :meth:`close`, at the end of a ``with`` block, or when the iterator is let go of.
    """

    def __init__(self, source: Generator[T, None, str | None], *, places: int) -> None:
        self._shelf: _Shelf[T] = _Shelf(places)
        self._ending = _Ending()
        # The thread knows the shelf and not this object, so that letting go of this object ends the thread.
        self._thread = threading.Thread(
            target=_work, args=(source, self._shelf, self._ending), name="lumbar-prefetch", daemon=True
        )
        weakref.finalize(self, self._shelf.close)
        self._thread.start()

    def __next__(self) -> T:
        item = self._shelf.take()
        if item is not None:
            return item
        self._thread.join()
        error, self._ending.error = self._ending.error, None
        if error is not None:
            raise error
        raise StopIteration

    @property
    def last_word(self) -> str | None:
        """Return what the generator returned; None before its end."""
        return self._ending.word

    def close(self) -> None:
        """Stop the work and wait for its thread to end; the items not yet taken are gone."""
        self._shelf.close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
