"""What a film is called in a list."""

from lumbar.report.words import count, format_mass
from lumbar.store.films import Film, State

_WAITING = {
    State.QUEUED: "Waits for its turn",
    State.RUNNING: "Being measured",
    State.DONE: "Measured",
    State.FAILED: "Could not be measured",
    State.CANCELLED: "Stopped",
}


def title_of(film: Film) -> str:
    """Return what there is to say of a film in a few words: its reps and its bar, or how far it is."""
    if film.record is None:
        what = _WAITING[film.state]
    elif film.record.get("refused"):
        what = "Could not be judged"
    else:
        what = count(len(film.record.get("reps", ())), "rep")
    bar_kg = film.said.get("bar_kg")
    return what if bar_kg is None else f"{what} at {format_mass(bar_kg, film.said.get('unit', 'kg'))}"
