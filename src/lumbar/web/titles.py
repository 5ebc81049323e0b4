"""What a film is called in a list."""

from lumbar.store.films import Film, State

_WAITING = {
    State.QUEUED: "Waits for its turn",
    State.RUNNING: "Being measured",
    State.DONE: "Measured",
    State.FAILED: "Could not be measured",
    State.CANCELLED: "Stopped",
}


def title_of(film: Film) -> str:
    """Return what came out in a few words, or how far the film is."""
    return film.outcome or _WAITING[film.state]
