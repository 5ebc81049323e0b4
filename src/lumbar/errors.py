"""Every error that Lumbar raises on purpose.

::

    LumbarError
    ├── InputError              the file or the answer that we were given
    │   ├── ClipError
    │   │   ├── UnreadableClipError missing, not a file, no permission, or no decoder for it
    │   │   ├── NotAVideoError      no video stream, or not a media file at all
    │   │   ├── EmptyClipError      a video stream with too few frames to hold a movement
    │   │   └── DamagedClipError    the stream ends or breaks before any use can be made of it
    │   ├── ValueRangeError     a number that cannot be (also ValueError)
    │   └── AnswersError        answers that cannot be used; carries every fault
    ├── KnowledgeError          the knowledge files contradict themselves; carries every fault
    ├── ShapeError              arrays that do not fit each other: misuse by a caller (also ValueError)
    ├── WeightsError            a model file is missing or is not the one we ship
    ├── OutputError             the report cannot be written where it was asked for
    └── BenchError              something that a bench runs did not run

Each says what happened, the value, and what to do. What could be read but not judged is no error: it is a
:class:`lumbar.estimate.Missing` or a refusal inside the result.
"""

from collections.abc import Sequence


class LumbarError(Exception):
    """The root of every error that Lumbar raises on purpose."""


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


class OutputError(LumbarError):
    """The report cannot be written where it was asked for."""


class BenchError(LumbarError):
    """Something that a bench runs did not run."""
