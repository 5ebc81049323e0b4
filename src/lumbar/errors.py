"""Every error that Lumbar raises on purpose.

::

    LumbarError
    ├── InputError              the file or the answer that we were given
    │   ├── ClipError
    │   │   ├── UnreadableClipError missing, not a file, no permission, or no decoder for it
    │   │   ├── NotAVideoError      no video stream, or not a media file at all
    │   │   ├── EmptyClipError      a video stream with too few frames to hold a movement
    │   │   └── DamagedClipError    the stream ends or breaks before any use can be made of it
    │   ├── LogError            carries the line where there is one
    │   │   ├── UnknownLogError     no training app that Lumbar knows writes such a file
    │   │   └── DamagedLogError     the file breaks, or holds nothing that can be read
    │   ├── CellError           one cell of a log that cannot be (also ValueError)
    │   ├── BackupError         the backup is damaged, or is not one
    │   ├── ValueRangeError     a number that cannot be (also ValueError)
    │   └── AnswersError        answers that cannot be used; carries every fault
    ├── StoreError              the database or the folder beside it
    │   ├── NewerDatabaseError      written by a later Lumbar
    │   ├── LockedDatabaseError     another program keeps it
    │   ├── FullDiskError           no room to write
    │   ├── DamagedDatabaseError    not a database, or no longer a whole one
    │   └── StoreAccessError        cannot be reached, opened or written
    ├── MissingExtraError       an optional part of Lumbar is not installed
    ├── KnowledgeError          the knowledge files contradict themselves; carries every fault
    ├── ShapeError              arrays that do not fit each other: misuse by a caller (also ValueError)
    ├── WeightsError            a model file is missing or is not the one we ship
    ├── RendererMissingError    drawing test clips needs VTK, which is not installed
    ├── OutputError             the report cannot be written where it was asked for
    └── BenchError              something that a bench runs did not run

Each says what happened, the value, and what to do. What could be read but not judged is no error: it is a
:class:`lumbar.estimate.Missing` or a refusal inside the result.
"""

from collections.abc import Sequence


class LumbarError(Exception):
    """The root of every error that Lumbar raises on purpose; each arrives whole from another process."""

    def __reduce__(self) -> tuple[object, ...]:
        """Return how to make it again: not by its parts, as Python would, but by what it says and holds."""
        return _bare, (type(self), *self.args), self.__dict__


class InputError(LumbarError):
    """A file or an answer that we were given cannot be used."""


class ClipError(InputError):
    """A clip cannot be used: which one, what happened, what to do."""

    def __init__(self, path: object, problem: str, advice: str) -> None:
        super().__init__(f"{path}: {problem} {advice}")
        self.path, self.problem, self.advice = path, problem, advice


class UnreadableClipError(ClipError):
    """The file is missing, is no file, may not be read, or is in a form that no decoder here reads."""


class NotAVideoError(ClipError):
    """The file holds no video."""


class EmptyClipError(ClipError):
    """The video has too few frames to hold a movement."""


class DamagedClipError(ClipError):
    """The video breaks before any use can be made of it."""


class LogError(InputError):
    """A training log cannot be used: which one, on which line, what happened, what to do."""

    def __init__(self, source: str, problem: str, advice: str, line: int | None = None) -> None:
        where = f"{source}, line {line}" if line else source
        super().__init__(f"{where}: {problem} {advice}")
        self.source, self.problem, self.advice, self.line = source, problem, advice, line


class UnknownLogError(LogError):
    """No training app that Lumbar knows writes such a file."""


class DamagedLogError(LogError):
    """The file breaks, or holds nothing that can be read."""


class CellError(InputError, ValueError):
    """One cell of a log that cannot be; the importer collects it with its line."""


class BackupError(InputError):
    """A backup that is damaged, or is not one."""


class ValueRangeError(InputError, ValueError):
    """A number that cannot be: what it is, what was given, what is allowed."""

    def __init__(self, name: str, given: object, allowed: str) -> None:
        super().__init__(f"{name} cannot be {given}: allowed is {allowed}.")
        self.name, self.given, self.allowed = name, given, allowed


class AnswersError(InputError):
    """Answers that cannot be used: every fault at once, each a sentence of its own."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class KnowledgeError(LumbarError):
    """The knowledge files cannot be used: every fault at once, each with its file and key."""

    def __init__(self, faults: Sequence[object]) -> None:
        lines = "\n".join(f"  {fault}" for fault in faults)
        super().__init__(f"{len(faults)} fault(s) in the knowledge files; mend each, check again:\n{lines}")
        self.faults = tuple(faults)


class ShapeError(LumbarError, ValueError):
    """Arrays that do not fit each other."""

    def __init__(self, name: str, axes: str, want: tuple[int, ...], got: tuple[int, ...]) -> None:
        super().__init__(f"{name} must have shape {axes} = {want}, not {got}.")


class WeightsError(LumbarError):
    """A model file is missing or is not the one that Lumbar ships."""


class RendererMissingError(LumbarError):
    """Drawing test clips needs VTK, which is no run-time dependency."""

    def __init__(self) -> None:
        super().__init__("Drawing clips needs VTK, which is not installed here: run `uv sync --group synth`.")


class StoreError(LumbarError):
    """The database or the folder beside it: what happened, and the way out."""


class NewerDatabaseError(StoreError):
    """The database was written by a later Lumbar."""


class LockedDatabaseError(StoreError):
    """Another program keeps the database."""


class FullDiskError(StoreError):
    """There is no room to write."""


class DamagedDatabaseError(StoreError):
    """The file is no database, or no longer a whole one."""


class StoreAccessError(StoreError):
    """The database or its folder cannot be reached, opened or written."""


class MissingExtraError(LumbarError):
    """An optional part of Lumbar is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs a part of Lumbar that is not installed. Get it with: pip install 'lumbar[{extra}]'"
        )


class OutputError(LumbarError):
    """The report cannot be written where it was asked for."""


class BenchError(LumbarError):
    """Something that a bench runs did not run."""


def _bare(kind: type[LumbarError], *said: object) -> LumbarError:
    """Return an error without what it holds, which is set after."""
    return kind.__new__(kind, *said)
