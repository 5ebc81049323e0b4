"""A report's folder is written whole or not at all, and never over anything but a report."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from typing import TypeAlias

from lumbar.errors import OutputError
from lumbar.report.record import SCHEMA

#: What a file is: its bytes, its text, or a function that writes it to the path it is given.
Content: TypeAlias = bytes | str | Callable[[Path], object]

#: The files for other programs (:mod:`lumbar.report.motion_files`), which a report has on demand.
MOTION_FILES = frozenset({"markers.trc", "markers.c3d", "angles.mot", "load.sto"})
#: The files that a report may hold; beside any other file a folder is left alone.
REPORT_FILES = frozenset(
    {"analysis.json", "reps.csv", "report.html", "annotated.mp4", "clip.mp4", "card.png"}
).union(
    MOTION_FILES,
    # what lumbar consult and lumbar demo put beside it
    {"consultation.html", "consultation.json", "summary.html"},
)


def write_folder(out: Path, files: Mapping[str, Content]) -> Path:
    """Write all files into the folder ``out``, or leave everything as it was, and return ``out``'s full path.

    The files are first written into a hidden folder beside ``out``, which is renamed when whole. A report that
    stands there already is replaced; so is an empty folder. On any error or Ctrl-C the half-written folder is
    removed, and a former report stays.

    Raises
    ------
    OutputError
        ``out`` holds something that is not a Lumbar report, or cannot be written.
    """
    out = Path(out).expanduser().resolve()
    try:
        check_replaceable(out, set(files))
        with _parents(out), _half_written(out) as new:
            for name, content in files.items():
                _write(new / name, content)
            _swap(new, out)
    except OSError as error:
        raise OutputError(
            f"{out}: the report could not be written ({error.strerror or error}). "
            "Name a folder that you may write to, with room for the clip."
        ) from error
    return out


def check_replaceable(out: Path, names: Collection[str] = REPORT_FILES) -> None:
    """Refuse a place that holds anything but a report, before any work is done; raises OutputError."""
    out = Path(out).expanduser()
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out}: this is a file, and the report needs a folder. Name another place.")
    present = {path.name for path in out.iterdir()}
    if not present:
        return
    if not _holds_report(out):
        raise OutputError(
            f"{out}: this folder is not empty and holds no Lumbar report. Name a new or an empty folder."
        )
    foreign = sorted(present.difference(names, REPORT_FILES))
    if foreign:
        raise OutputError(
            f"{out}: beside an earlier report this folder holds {foreign[0]}, which would be lost. "
            "Move it away, or name another folder."
        )


def _holds_report(folder: Path) -> bool:
    """Say whether a folder's analysis.json is ours, of whichever version."""
    try:
        record = json.loads((folder / "analysis.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    family = SCHEMA.partition("/")[0] + "/"
    return isinstance(record, dict) and str(record.get("schema", "")).startswith(family)


@contextmanager
def _parents(out: Path) -> Iterator[None]:
    """Make the folders above ``out``; take away again those that were made, if the work fails."""
    made = [parent for parent in out.parents if not parent.exists()]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for parent in made:
            if parent.is_dir() and not any(parent.iterdir()):
                parent.rmdir()
        raise


@contextmanager
def _half_written(out: Path) -> Iterator[Path]:
    """Make a hidden folder beside ``out``, with the rights that any new folder gets; never leave it behind."""
    new = out.with_name(f".{out.name}.{token_hex(4)}.partial")
    try:
        new.mkdir()
        yield new
    finally:
        rmtree(new, ignore_errors=True)


def _write(path: Path, content: Content) -> None:
    if callable(content):
        content(path)
    elif isinstance(content, str):
        path.write_text(content, encoding="utf-8", newline="\n")
    else:
        path.write_bytes(content)


def _swap(new: Path, out: Path) -> None:
    """Put ``new`` where ``out`` is; the former ``out`` comes back if that fails."""
    if not out.exists():
        new.rename(out)
        return
    old = new.with_suffix(".old")
    out.rename(old)
    try:
        new.rename(out)
    except BaseException:
        old.rename(out)
        raise
    rmtree(old, ignore_errors=True)
