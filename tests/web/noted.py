"""A queue for tests."""

from lumbar.store.store import Store


class Noted:
    """A queue that notes what it was asked for, and does the store's part of it."""

    def __init__(self, store: Store) -> None:
        self.store, self.asked = store, []

    def enqueue(self, key: str) -> None:
        self.asked.append(key)

    def cancel(self, key: str) -> bool:
        return self.store.films.cancel(key)

    def again(self, key: str) -> bool:
        return self.store.films.again(key)
