"""The whole batch: what was meant, what is known of it already, what is left to do, and the table at the end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from lumbar.batch.clips import Listed, listed, paths_of
from lumbar.batch.crew import count_cores, measure_each
from lumbar.batch.parts import Parts, write_whole
from lumbar.batch.result import UNREADABLE, Options, Result
from lumbar.batch.table import WRITERS, check_table, rows_of


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is: what is under way, clips done of all, and how many of those needed no measuring."""

    stage: str
    done: int
    clips: int
    known: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """What came out: each clip once with its result, and the files that were another's bytes again."""

    found: tuple[tuple[Listed, Result], ...]
    repeated: tuple[tuple[Path, Path], ...]
    taken_over: int


def film_many(
    named: Iterable[Path],
    options: Options,
    out: Path,
    *,
    workers: int | None = None,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Batch:
    """Measure every film once, ``workers`` at a time (one for each core), and write one table of their reps.

    What each clip gave is kept as soon as it is known, in a hidden folder beside ``out``: after Ctrl-C or worse,
    the same call goes on from there. The table is written at the end, whole, in the order of the clips.

    Raises
    ------
    ClipError
        A folder or a pattern without any film; one film that cannot be read is a row with its reason.
    OutputError, MissingExtraError
        The table cannot be written; said before any work.
    """
    check_table(out)
    paths = paths_of(named)
    parts = Parts(out, options)
    clips, repeated = _each_once(paths, tell)
    results = _known(clips, parts)
    taken_over = sum(bool(clip.sha256) and clip.path in results for clip in clips)
    left = {clip.path: clip for clip in clips if clip.path not in results}
    known = len(results)
    tell(Progress("Measuring", known, len(clips), known))
    for path, result in measure_each(tuple(left), options, workers or count_cores()):
        results[path] = result
        if result.is_settled:
            parts.keep(left[path].sha256, result)
        tell(Progress("Measuring", len(results), len(clips), known))
    found = tuple((clip, results[clip.path]) for clip in clips)
    write_whole(out, WRITERS[out.suffix.lower()](tuple(rows_of(found))))
    return Batch(found, repeated, taken_over)


def _each_once(
    paths: tuple[Path, ...], tell: Callable[[Progress], None]
) -> tuple[tuple[Listed, ...], tuple[tuple[Path, Path], ...]]:
    """Return the clips, and the files that hold the same bytes as one of them, each with that one."""
    clips: list[Listed] = []
    first: dict[str, Path] = {}
    repeated: list[tuple[Path, Path]] = []
    for number, path in enumerate(paths):
        tell(Progress("Looking at the files", number, len(paths)))
        clip = listed(path)
        identity = clip.sha256 or str(path)
        if identity in first:
            repeated.append((path, first[identity]))
        else:
            first[identity] = path
            clips.append(clip)
    return tuple(clips), tuple(repeated)


def _known(clips: Iterable[Listed], parts: Parts) -> dict[Path, Result]:
    """Return what needs no measuring: results that are kept, and files that cannot be read."""
    known: dict[Path, Result] = {}
    for clip in clips:
        result = Result(refused=UNREADABLE, why=clip.why) if clip.why else parts.find(clip.sha256)
        if result is not None:
            known[clip.path] = result
    return known
