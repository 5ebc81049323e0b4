"""From the rows of a table to sessions: one loop for every app that writes a table.

An app's module says in a :class:`Layout` where each thing stands; this module reads. What cannot be read is
left out and listed with its line, never guessed, and never in silence.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter

from lumbar.errors import CellError, DamagedLogError
from lumbar.training import cells
from lumbar.training.cells import Memo
from lumbar.training.entries import Kind, RepSpeed, Session, SetEntry
from lumbar.training.quantities import Distance, Load, MassUnit
from lumbar.training.tables import Row, columns


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something in the file that is not as it should be: where, what, and what was done about it."""

    line: int | None
    problem: str
    #: True where a row (or a session) of the file did not become part of the log.
    is_left_out: bool


#: What an importer of whole documents returns: sessions, what was odd, and how many sets the file spoke of.
Read = tuple[list[Session], list[Oddity], int]


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says about a session as a whole."""

    started: datetime
    title: str = ""
    note: str = ""
    has_time: bool = True
    duration_s: int | None = None
    zone: str = ""
    body_mass: Load | None = None
    extra: str = ""
    #: What is odd about the session, in words for the lifter.
    odd: str = ""


def load_with_unit(layout: "Layout", text: str, unit: str) -> Load | None:
    """Return a load whose unit stands in a second cell, or nowhere: then it is the assumed one."""
    return cells.load(text, cells.mass_unit(unit) if unit.strip() else layout.assumed_unit)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where an app's table keeps things, by column name; an empty name means that it keeps no such thing.

    ``session`` names the columns which together tell one session from another; ``head`` makes a session's
    head from their cells. ``kind_of`` may refuse a row that is no set at all.
    """

    app: str
    session: tuple[str, ...]
    head: Callable[[tuple[str, ...]], Head]
    exercise: str
    order: str = ""
    kind: str = ""
    kind_of: Callable[[str], Kind] = cells.kind
    load: str = ""
    unit: str = ""
    load_of: Callable[["Layout", str, str], Load | None] = load_with_unit
    #: The unit where the file names none, and whether that is so.
    assumed_unit: MassUnit = "kg"
    is_assumed: bool = False
    reps: str = ""
    rpe: str = ""
    distance: str = ""
    distance_unit: str = ""
    assumed_length: str = "m"
    seconds: str = ""
    superset: str = ""
    note: str = ""
    note_of: Callable[[str], str] = cells.words
    session_note: str = ""
    speeds: str = ""

    def used(self) -> frozenset[str]:
        """Return the columns that Lumbar has a field for."""
        return frozenset({
            self.exercise, self.order, self.kind, self.load, self.unit, self.reps, self.rpe, self.distance,
            self.distance_unit, self.seconds, self.superset, self.note, self.session_note,
            self.speeds, *self.session,
        })  # fmt: skip


#: From a row and the block that it is in to a set.
EntryMaker = Callable[[list[str], int], SetEntry]


@dataclass(slots=True)
class _Group:
    """A session while it is being read."""

    head: Head
    line: int
    sets: list[SetEntry] = field(default_factory=list)
    exercise: str = ""
    block: int = -1
    last_order: int = 0
    #: The notes on the session, each once, in the order of the file.
    notes: dict[str, None] = field(default_factory=dict)

    def add(self, row: list[str], exercise: str, order: str, entry_of: "EntryMaker") -> None:
        """Add a row's set; another exercise, or an order that starts again, begins a new block."""
        number = int(order) if order.isdecimal() and len(order) < 7 else 0
        begins = exercise != self.exercise or (0 < number <= self.last_order)
        self.sets.append(entry_of(row, self.block + begins))
        if begins:
            self.block += 1
            self.exercise, self.last_order = exercise, 0
        if number:
            self.last_order = number


@dataclass(slots=True)
class Reader:
    """Collects the sessions of one file, and what was odd in it.

    ``broken`` is set when the file stopped being a table half-way: what came before it was read, and may lack
    the end of its last session.
    """

    layout: Layout
    header: tuple[str, ...]
    oddities: list[Oddity] = field(default_factory=list)
    broken: DamagedLogError | None = None
    rows: int = 0
    _groups: dict[tuple[str, ...], _Group | str] = field(default_factory=dict)

    def read(self, rows: Iterable[Row]) -> "Reader":
        """Read rows until they end or break."""
        try:
            self._read(rows)
        except DamagedLogError as error:
            if not self._groups:
                raise
            self.broken = error
        return self

    def sessions(self) -> list[Session]:
        """Return the sessions that hold a set, in the order of the file."""
        return [
            _session(self.layout, group) for group in self._groups.values() if type(group) is _Group and group.sets
        ]

    def _read(self, rows: Iterable[Row]) -> None:
        width, places = len(self.header), columns(self.header)
        session_of = _getter([places[name] for name in self.layout.session])
        entry_of = entry_maker(self.layout, self.header)
        layout = self.layout
        exercise, order, note = (
            places.get(name, width) for name in (layout.exercise, layout.order, layout.session_note)
        )
        last_key: tuple[str, ...] | None = None
        group: _Group | str = ""
        for line, row in rows:
            self.rows += 1
            if len(row) != width:
                self._leave_out(line, f"the row has {len(row)} cells where the header has {width}")
                continue
            row.append("")
            key = session_of(row)
            if key != last_key:
                group, last_key = self._group(key, line), key
            try:
                if type(group) is _Group:
                    group.add(row, row[exercise], row[order], entry_of)
                    if row[note]:
                        group.notes[row[note]] = None
                else:
                    self._leave_out(line, str(group))
            except CellError as error:
                self._leave_out(line, str(error))

    def _group(self, key: tuple[str, ...], line: int) -> _Group | str:
        group = self._groups.get(key)
        if group is None:
            try:
                group = _Group(self.layout.head(key), line)
                if group.head.odd:
                    self.oddities.append(Oddity(line, group.head.odd, is_left_out=False))
            except CellError as error:
                group = str(error)
            self._groups[key] = group
        return group

    def _leave_out(self, line: int, problem: str) -> None:
        self.oddities.append(Oddity(line, problem, is_left_out=True))


def _session(layout: Layout, group: _Group) -> Session:
    head = group.head
    note = "\n".join(map(layout.note_of, group.notes)) or head.note
    return Session(
        head.started, tuple(group.sets), head.title, note, layout.app, head.has_time,
        head.duration_s, head.zone, head.body_mass, head.extra, group.line,
    )  # fmt: skip


def _getter(places: Sequence[int]) -> Callable[[list[str]], tuple[str, ...]]:
    if len(places) == 1:
        only = places[0]
        return lambda row: (row[only],)
    return itemgetter(*places)


def entry_maker(layout: Layout, header: tuple[str, ...]) -> EntryMaker:
    """Return the function from a row (with one blank cell appended) and a block to a set; it raises CellError."""
    where = columns(header)
    blank = len(header)

    def at(*names: str) -> list[int]:
        return [where.get(name, blank) for name in names]

    exercise, kind, load, unit = at(layout.exercise, layout.kind, layout.load, layout.unit)
    reps, rpe, seconds, superset = at(layout.reps, layout.rpe, layout.seconds, layout.superset)
    distance, length, note, speeds = at(layout.distance, layout.distance_unit, layout.note, layout.speeds)
    extra_of = _extras(layout, header)
    kinds, names = Memo(layout.kind_of), Memo(_exercise)
    loads: Memo[tuple[str, str], Load | None] = Memo(lambda pair: layout.load_of(layout, *pair))
    counts, rpes, times = Memo(cells.reps), Memo(cells.rpe), Memo(cells.seconds)
    lengths: Memo[tuple[str, str], Distance | None] = Memo(
        lambda pair: cells.distance(pair[0], pair[1] or layout.assumed_length)
    )
    words, notes, make = Memo(cells.words), Memo(layout.note_of), SetEntry._make

    def entry_of(row: list[str], block: int) -> SetEntry:
        entry = make((
            names[row[exercise]],
            block,
            kinds[row[kind]],
            loads[row[load], row[unit]],
            counts[row[reps]],
            rpes[row[rpe]],
            lengths[row[distance], row[length]] if row[distance] else None,
            times[row[seconds]],
            words[row[superset]],
            notes[row[note]],
            extra_of(row),
            _speeds(row[speeds]) if row[speeds] else (),
        ))  # fmt: skip
        return _done(entry)

    return entry_of


def _done(entry: SetEntry) -> SetEntry:
    """Return the set if it was done or tried; refuse one that was only planned."""
    if entry.reps or entry.seconds or entry.distance or (entry.load is not None and entry.load.number):
        return entry
    raise CellError("a planned set that was not done: no weight, reps, time or distance")


def _exercise(text: str) -> str:
    name = cells.words(text).strip()
    if not name:
        raise CellError("the row names no exercise")
    return name


def _extras(layout: Layout, header: tuple[str, ...]) -> Callable[[list[str]], str]:
    """Return the function from a row to the JSON of the cells that Lumbar has no field for."""
    spare = [place for place, name in enumerate(header) if name and name not in layout.used()]
    if not spare:
        return lambda _row: ""
    names, cells_of = [header[place] for place in spare], _getter(spare)
    texts: Memo[tuple[str, ...], str] = Memo(lambda values: as_extra(dict(zip(names, values, strict=True))))
    return lambda row: texts[cells_of(row)]


def as_extra(values: Mapping[str, object]) -> str:
    """Return what is not blank as JSON, or nothing."""
    kept = {name: cells.words(value) if isinstance(value, str) else value for name, value in values.items()}
    kept = {name: value for name, value in kept.items() if value not in ("", None)}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else ""


def _speeds(text: str) -> tuple[RepSpeed, ...]:
    rows = json.loads(text)
    return tuple(RepSpeed(*(None if cell is None else cells.number(cell) for cell in row)) for row in rows)
