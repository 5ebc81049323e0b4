"""Garmin's FIT: the strength sets that the watch counted (message 225 ``set``, SDK profile 21.218)."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from lumbar.errors import CellError, DamagedLogError
from lumbar.training import cells
from lumbar.training.entries import Session, SetEntry
from lumbar.training.rows import Oddity, Read, as_extra
from lumbar.training.tables import Source

#: Garmin's category 8, deadlift, by subtype (FIT SDK profile 21.218, exercise_name of deadlift).
_FIT_DEADLIFTS = {
    0: "Barbell Deadlift", 1: "Barbell Straight Leg Deadlift", 7: "Rack Pull", 15: "Sumo Deadlift",
    17: "Trap Bar Deadlift", 18: "Wide Grip Barbell Deadlift", 20: "Kettlebell Deadlift",
    23: "Romanian Deadlift", 25: "Straight Leg Deadlift",
}  # fmt: skip

_REST = 0
_UNKNOWN = (None, 65_535, 65_534, "unknown")


def read_fit(source: Source) -> Read:
    """Read the strength sets of a Garmin FIT file: what the watch counted, by message 225 ``set``.

    The watch guesses the exercise; a name that was set (message 264) wins over the guess. Rests are no sets.
    """
    import fitdecode  # noqa: PLC0415  (slow to import, and few files are FIT)

    sets: list[Any] = []
    titles: dict[tuple[Any, Any], str] = {}
    try:
        with fitdecode.FitReader(BytesIO(source.read()), error_handling=fitdecode.ErrorHandling.RAISE) as reader:
            for frame in reader:
                if not isinstance(frame, fitdecode.FitDataMessage):
                    continue
                if frame.name == "set" and _raw(frame, "set_type") != _REST:
                    sets.append(frame)
                elif frame.name == "exercise_title":
                    title = (_raw(frame, "exercise_category"), _raw(frame, "exercise_name"))
                    titles[title] = str(frame.get_value("wkt_step_name", fallback="") or "")
    except Exception as error:  # fitdecode lets struct.error, IndexError and more through on damaged bytes
        problem = f"the FIT file is damaged ({type(error).__name__}: {str(error)[:120]})."
        raise DamagedLogError(source.name, problem, "Copy it from the watch again.") from error
    return _fit_session(sets, titles)


def _raw(frame: Any, name: str) -> Any:
    value = frame.get_raw_value(name, fallback=None) if frame.has_field(name) else None
    return value[0] if isinstance(value, tuple | list) and value else value


def _fit_session(frames: Iterable[Any], titles: dict[tuple[Any, Any], str]) -> Read:
    entries, odd, rows = list[tuple[datetime, SetEntry]](), list[Oddity](), 0
    for frame in frames:
        rows += 1
        try:
            entries.append((_fit_start(frame), _fit_set(frame, titles)))
        except (CellError, TypeError, ValueError, ArithmeticError) as error:
            odd.append(Oddity(None, f"set {rows} of the file: {error}", is_left_out=True))
    if not entries:
        return [], odd, rows
    entries.sort(key=lambda item: item[0])
    start, end = entries[0][0], entries[-1][0]
    taken = int((end - start).total_seconds()) or None
    sets = tuple(entry for _at, entry in entries)
    return [Session(start, sets, app="garmin", zone="Z", duration_s=taken)], odd, rows


def _fit_start(frame: Any) -> datetime:
    value = frame.get_value("start_time", fallback=None) or frame.get_value("timestamp", fallback=None)
    if not isinstance(value, datetime):
        raise CellError("it has no time")
    return value.replace(tzinfo=None)


def _fit_set(frame: Any, titles: dict[tuple[Any, Any], str]) -> SetEntry:
    category, subtype = _raw(frame, "category"), _raw(frame, "category_subtype")
    guess = _FIT_DEADLIFTS.get(subtype, "Deadlift") if category == 8 else f"Garmin exercise {category}/{subtype}"
    named = frame.get_value("category", fallback=None)
    word = named[0] if isinstance(named, tuple | list) and named else named
    if category != 8 and isinstance(word, str) and word not in _UNKNOWN:
        guess = word.replace("_", " ").title()
    mass = _raw(frame, "weight")
    seconds = frame.get_value("duration", fallback=None)
    return SetEntry(
        titles.get((category, subtype)) or guess,
        # The watch stores sixteenths of a kilogram whatever it shows.
        load=None if mass in _UNKNOWN else cells.load(str(Decimal(int(mass)) / 16), "kg"),
        reps=None if (done := _raw(frame, "repetitions")) in _UNKNOWN else cells.reps(str(done)),
        seconds=None if seconds is None else cells.seconds(str(seconds)),
        extra=as_extra({"category": str(category), "category_subtype": str(subtype)}),
    )
