"""Recognise a log by what is in it, never by its name, and read it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lumbar.errors import DamagedLogError, UnknownLogError
from lumbar.training import apps, garmin, own, reshaped, wger
from lumbar.training.bulk import collector_paused
from lumbar.training.entries import Session
from lumbar.training.measurements import Measurement, is_measurements, read_measurements
from lumbar.training.quantities import MassUnit
from lumbar.training.rows import Layout, Oddity, Read, Reader
from lumbar.training.tables import Row, Source, Table, encoding_of, open_table

Header = tuple[str, ...]
Progress = Callable[[int], None]

#: What Lumbar can read, as a lifter knows it.
KNOWN = (
    "Strong", "Hevy", "FitNotes", "Liftosaur", "LiftLog", "StrongLifts", "Fitbod", "OpenBarbell",
    "Garmin FIT", "wger", "Lumbar's own CSV, JSON and Parquet",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogFile:
    """What a file holds, read but not stored.

    ``rows`` counts what the file calls sets: each is in a session or in ``oddities`` as left out.
    ``assumed_unit`` is None where the file says its unit itself. ``broken`` says that the file ends too
    early.
    """

    source: str
    app: str
    sessions: tuple[Session, ...]
    oddities: tuple[Oddity, ...] = ()
    rows: int = 0
    assumed_unit: MassUnit | None = None
    broken: DamagedLogError | None = None
    notes: tuple[str, ...] = ()
    measurements: tuple[Measurement, ...] = ()

    @property
    def sets(self) -> int:
        """Return the number of sets that could be read."""
        return sum(len(session.sets) for session in self.sessions)


_PLAIN: tuple[tuple[str, Callable[[Header], bool], Callable[[Header, MassUnit], Layout]], ...] = (
    ("Strong", apps.is_strong, apps.strong),
    ("Hevy", apps.is_hevy, apps.hevy),
    ("FitNotes", apps.is_fitnotes, apps.fitnotes),
    ("Liftosaur", apps.is_liftosaur, apps.liftosaur),
)
_RESHAPED: tuple[
    tuple[str, Callable[[Header], bool], Callable[[Header, Iterable[Row], MassUnit], reshaped.Reshaped]], ...
] = (
    ("LiftLog", apps.is_liftlog, reshaped.read_liftlog),
    ("StrongLifts", reshaped.is_stronglifts, reshaped.read_stronglifts),
    ("Fitbod", apps.is_fitbod, reshaped.read_fitbod),
    ("OpenBarbell", reshaped.is_openbarbell, reshaped.read_openbarbell),
)


def read_log(source: Source, unit: MassUnit | None = None, progress: Progress | None = None) -> LogFile:
    """Return what a log holds; ``unit`` is for files that do not say theirs (kilograms unless given).

    Raises :class:`UnknownLogError` for a file that no known app writes, and :class:`DamagedLogError`, with
    the line, for one that breaks before anything could be read.
    """
    head = source.head()
    assumed: MassUnit = unit or "kg"
    if not head.strip():
        raise DamagedLogError(source.name, "the file is empty.", "Export it again.")
    if head[8:12] == b".FIT":
        return _made(source, "Garmin FIT", garmin.read_fit(source))
    if head[:4] == b"PAR1":
        return _made(source, "Lumbar", own.from_parquet(source))
    if head.decode(encoding_of(head), "replace").lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return _read_json(source, head, assumed)
    with collector_paused():
        return _read_table(open_table(source), assumed, progress)


def _read_json(source: Source, head: bytes, assumed: MassUnit) -> LogFile:
    if own.MARK.encode() in head:
        return _made(source, "Lumbar", own.from_json(source))
    if wger.is_wger(head):
        return _made(source, "wger", wger.read_wger(source, assumed))
    raise _unknown(source, "a JSON file of another kind")


def _read_table(table: Table, assumed: MassUnit, progress: Progress | None) -> LogFile:
    header, source = table.header, table.source
    if header[:1] == (own.MARK,):
        if set(header) != set(own.FIELDS):
            missing = ", ".join(sorted(set(own.FIELDS) ^ set(header)))
            problem = f"the header is not the one that Lumbar writes ({missing})."
            raise DamagedLogError(source.name, problem, "Export it again.", 1)
        return _made(source, "Lumbar", own.from_rows(header, table.rows(progress)))
    for name, is_it, layout_of in _PLAIN:
        if is_it(header):
            return _collected(source, name, Reader(layout_of(header, assumed), header).read(table.rows(progress)))
    for name, is_it, reshape in _RESHAPED:
        if is_it(header):
            layout, new_header, rows = reshape(header, table.rows(progress), assumed)
            return _collected(source, name, Reader(layout, new_header).read(rows))
    if is_measurements(header):
        found, odd, count = read_measurements(header, table.rows(progress))
        return LogFile(source.name, "Hevy measurements", (), tuple(odd), count, measurements=tuple(found))
    raise _unknown(source, f"a table that begins with “{table.delimiter.join(header)[:80]}”")


def _unknown(source: Source, what: str) -> UnknownLogError:
    advice = f"Lumbar reads {', '.join(KNOWN)}; docs/log.md says how to export from each."
    return UnknownLogError(source.name, f"this is {what}.", advice)


def _made(source: Source, name: str, read: Read) -> LogFile:
    sessions, oddities, rows = read
    return LogFile(source.name, name, tuple(sessions), tuple(oddities), rows)


def _collected(source: Source, name: str, reader: Reader) -> LogFile:
    layout = reader.layout
    sessions = tuple(reader.sessions())
    has_loads = layout.is_assumed and any(entry.load for session in sessions for entry in session.sets)
    zoned = any(session.zone.casefold() == "z" for session in sessions)
    notes = ("Times are in UTC, as the app writes them; your own clock may differ.",) if zoned else ()
    return LogFile(
        source.name, name, sessions, tuple(reader.oddities), reader.rows,
        layout.assumed_unit if has_loads else None, reader.broken, notes,
    )  # fmt: skip
