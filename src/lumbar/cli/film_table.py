"""``lumbar film CLIP... --out TABLE``: many clips, one table with a row for each rep."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Literal

import typer

if TYPE_CHECKING:
    from lumbar.batch.run import Batch, Progress
    from lumbar.lifter import Barbell, Lifter

#: Exit codes, beside 0: the command line is wrong (2, Typer's), the clip cannot be read (3), it can be read but
#: not measured (4), interrupted (130).
UNREAD, UNMEASURED, INTERRUPTED = 3, 4, 130


def is_batch(clips: Sequence[Path], out: Path | None) -> bool:
    """Say whether a table was meant: more than one clip, a table's name, or a folder and no name."""
    from lumbar.batch.table import is_table

    return len(clips) > 1 or (clips[0].is_dir() if out is None else is_table(out))


def film_table(
    clips: Sequence[Path],
    lifter: "Lifter",
    barbell: "Barbell",
    network: Literal["full", "heavy"],
    out: Path,
    workers: int | None,
) -> None:
    """Measure all clips with a progress bar, write the table, and say what came out."""
    from lumbar.batch.result import Options
    from lumbar.batch.run import film_many

    out = out.expanduser()
    with _progress() as show:
        try:
            batch = film_many(clips, Options(lifter, barbell, network), out, workers=workers, tell=show)
        except KeyboardInterrupt:
            typer.echo("Interrupted. What was measured is kept: run the same command again to go on.", err=True)
            raise typer.Exit(INTERRUPTED) from None
    _tell(batch, out)
    results = [result for _, result in batch.found]
    if not any(result.rows for result in results):
        raise typer.Exit(UNREAD if all(result.is_unread for result in results) else UNMEASURED)


@contextmanager
def _progress() -> Iterator[Callable[["Progress"], None]]:
    """Show how many clips are done, the pace and the time left; on stderr, and gone at the end."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None, pace="")
        starts: dict[str, float] = {}

        def show(at: "Progress") -> None:
            began_s = starts.setdefault(at.stage, monotonic())
            pace = _pace(at, monotonic() - began_s)
            bars.update(task, description=at.stage, completed=at.done, total=at.clips, pace=pace)

        yield show


def _pace(at: "Progress", elapsed_s: float) -> str:
    """Say clips per minute and the time left, from those that this run measured itself."""
    measured = at.done - at.known
    if at.stage != "Measuring" or not measured or elapsed_s <= 0:
        return ""
    left_s = (at.clips - at.done) * elapsed_s / measured
    return f"{60 * measured / elapsed_s:.1f} clips/min, {left_s // 60:.0f}:{left_s % 60:02.0f} left"


def _tell(batch: "Batch", out: Path) -> None:
    """Say how many clips and reps there are, which were refused and why, and where the table is."""
    from rich.console import Console

    console = Console(soft_wrap=True, highlight=False, markup=False)
    for path, first in batch.repeated:
        console.print(f"{path} is the same film as {first}: measured once.")
    results = [result for _, result in batch.found]
    measured = [result for result in results if result.rows]
    reps = sum(len(result.rows) for result in measured)
    kept = f" ({batch.taken_over} measured before)" if batch.taken_over else ""
    console.print(f"{_count(len(results), 'clip')}{kept}: {_count(reps, 'rep')} in {len(measured)} of them.")
    for (refused, why), number in Counter((r.refused, r.why) for r in results if not r.rows).most_common():
        console.print(f"{_count(number, 'clip')} without a rep, {refused}: {why}")
    console.print(f"Table: {out}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
