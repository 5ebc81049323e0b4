"""A file as a table: its bytes, its text and its rows, each with the line where it begins."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from lumbar.errors import DamagedLogError, LogError

#: How much of a file is enough to recognise it: every known header fits in a fiftieth of it.
HEAD_BYTES = 65_536

#: A cell may hold a long note, but not a book: an engineering rule, the csv module's own limit.
LONGEST_CELL = 131_072

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a log comes from: a file, or bytes that somebody sent. ``name`` is for messages only."""

    name: str
    content: bytes | Path

    def open(self) -> BinaryIO:
        """Open the bytes for reading."""
        try:
            return self.content.open("rb") if isinstance(self.content, Path) else BytesIO(self.content)
        except OSError as error:
            advice = "Check the path and whether you may read it."
            raise LogError(self.name, f"cannot be opened ({error.strerror}).", advice) from error

    def head(self) -> bytes:
        """Return the first bytes, enough to recognise the format."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def read(self) -> bytes:
        """Return all bytes."""
        with self.open() as stream:
            return stream.read()

    def size(self) -> int:
        """Return the number of bytes."""
        return self.content.stat().st_size if isinstance(self.content, Path) else len(self.content)


def encoding_of(head: bytes) -> str:
    """Return the encoding that the first bytes announce; UTF-8 where they announce none."""
    return "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def header_of(head: bytes) -> tuple[tuple[str, ...], str]:
    """Return the header of a table and its delimiter, comma or semicolon; empty when it is no table."""
    text = head.decode(encoding_of(head), errors="replace").lstrip("\ufeff")
    line = text.split("\n", 1)[0].rstrip("\r")
    delimiter = max(",;\t", key=line.count)
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        cells = []
    return tuple(" ".join(cell.replace("×", "x").split()) for cell in cells), delimiter


@dataclass(frozen=True, slots=True)
class Table:
    """A delimited file: its header, and its rows when asked for them."""

    source: Source
    header: tuple[str, ...]
    delimiter: str
    encoding: str

    def rows(self, progress: Callable[[int], None] | None = None) -> Iterator[Row]:
        """Yield each row with the line on which it begins; ``progress`` is told the lines read, now and then.

        Raises :class:`DamagedLogError`, with the line, where the file stops being a table.
        """
        with self.source.open() as stream:
            text = TextIOWrapper(stream, encoding=self.encoding, newline="")
            reader = csv.reader(text, delimiter=self.delimiter, strict=True)
            line = 1
            try:
                next(reader, None)
                line = reader.line_num + 1
                for row in reader:
                    yield line, row
                    line = reader.line_num + 1
                    if progress and not line % 16_384:
                        progress(line)
            except csv.Error as error:
                problem = f"the table breaks ({error})."
                raise DamagedLogError(self.source.name, problem, _EXPORT_AGAIN, line) from error
            except UnicodeError as error:
                raise self._undecodable() from error

    def _undecodable(self) -> DamagedLogError:
        content = self.source.read()
        try:
            content.decode(self.encoding)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            problem = f"byte {error.start} is not {self.encoding.removesuffix('-sig').upper()} text."
            return DamagedLogError(self.source.name, problem, _SAVE_AS_UTF8, line)
        return DamagedLogError(self.source.name, "the text cannot be decoded.", _SAVE_AS_UTF8)


_EXPORT_AGAIN = "Export the file again, or mend that line."
_SAVE_AS_UTF8 = "Export the file again, or save it as CSV in UTF-8."


def open_table(source: Source) -> Table:
    """Return the table that a file holds."""
    head = source.head()
    header, delimiter = header_of(head)
    return Table(source, header, delimiter, encoding_of(head))


def columns(header: Sequence[str]) -> dict[str, int]:
    """Return where each column is; of two with one name the first counts."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(name, place)
    return places
