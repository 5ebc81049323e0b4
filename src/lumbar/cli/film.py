"""``lumbar film CLIP``: measure a set and write its report."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from lumbar.cli.film_table import INTERRUPTED, UNMEASURED, film_table, is_batch
from lumbar.cli.quantities import height_m, mass_kg, plate_m

if TYPE_CHECKING:
    from rich.progress import TaskID

    from lumbar.form.analysis import SetAnalysis
    from lumbar.form.style import Style
    from lumbar.lifter import Barbell, Lifter
    from lumbar.report.set_report import Wishes


Clips = Annotated[
    list[Path],
    typer.Argument(
        metavar="CLIP...",
        help="A video of the set, as the phone made it; or many, or a folder of them, for one table.",
        show_default=False,
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        help="Folder for the report; for many clips the table, *.csv or *.parquet. "
        "[default: CLIP-lumbar, or lumbar-reps.csv]"
    ),
]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Of many clips, how many at a time. [default: one per core]")
]
MotionFiles = Annotated[
    bool, typer.Option("--motion-files", help="Also write markers (.trc, .c3d), angles (.mot), load (.sto).")
]


def film(
    clips: Clips,
    height: Annotated[str | None, typer.Option(help="Your height: 180, 1.80m or 5'11.")] = None,
    mass: Annotated[str | None, typer.Option(help="Your body mass: 82 or 180lb.")] = None,
    bar: Annotated[str | None, typer.Option(help="The loaded bar: 140 or 315lb.")] = None,
    plate: Annotated[str, typer.Option(help="Diameter of the largest plate: 450 (mm) or 17.7in.")] = "450",
    sex: Annotated[str | None, typer.Option(help="female or male, as the body tables have it.")] = None,
    style: Annotated[
        Literal["conventional", "sumo", "romanian", "block", "trap-bar"] | None,
        typer.Option(help="Which deadlift it is, if the film should not guess."),
    ] = None,
    out: Out = None,
    network: Annotated[
        Literal["full", "heavy"], typer.Option(help="full is quick, heavy is steadier and half as fast.")
    ] = "full",
    unit: Annotated[Literal["kg", "lb"], typer.Option(help="Unit of masses in the report.")] = "kg",
    blur: Annotated[bool, typer.Option("--blur", help="Make all faces unrecognisable.")] = False,
    no_video: Annotated[bool, typer.Option("--no-video", help="Leave out the annotated clip.")] = False,
    motion_files: MotionFiles = False,
    json: Annotated[bool, typer.Option("--json", help="Print the record instead of the summary.")] = False,
    workers: Workers = None,
) -> None:
    """Measure every rep of a set on film, and write a page about it.

    Many clips, a folder of them, or --out *.csv or *.parquet: every clip is measured, in parallel, into one table
    with a row for each rep. What is said of lifter and bar then holds for all of them. Run it again to go on.
    """
    from lumbar.lifter import Barbell, Lifter
    from lumbar.report.set_report import Wishes

    lifter = Lifter(height_m(height), mass_kg(mass, "body mass"), sex)
    barbell = Barbell(mass_kg(bar, "bar"), plate_m(plate))
    if is_batch(clips, out):
        if blur or no_video or json or motion_files:
            raise typer.BadParameter("--blur, --no-video, --motion-files and --json belong to one clip's report.")
        film_table(clips, lifter, barbell, network, out or Path("lumbar-reps.csv"), workers)
        return
    wishes = Wishes(
        hides_faces=blur, has_annotated_clip=not no_video, has_motion_files=motion_files, mass_unit=unit
    )
    folder = out if out is not None else Path(f"{clips[0].stem}-lumbar")
    _say(measure(clips[0], lifter, barbell, network, folder, wishes, style), folder, as_json=json)


def _say(analysis: "SetAnalysis", folder: Path, *, as_json: bool) -> None:
    """Print the record or the summary; a clip that could not be measured has an exit code of its own."""
    if as_json:
        from lumbar.report.record import to_json

        sys.stdout.write(to_json(analysis))
    else:
        tell_set(analysis, folder)
    if analysis.refused:
        raise typer.Exit(UNMEASURED)


def measure(
    clip: Path,
    lifter: "Lifter",
    barbell: "Barbell",
    network: Literal["full", "heavy"],
    out: Path,
    wishes: "Wishes",
    style: "Style | None" = None,
) -> "SetAnalysis":
    """Measure and write, with a progress bar."""
    from lumbar.film import film_report
    from lumbar.video.clip import open_clip
    from lumbar.vision.blazepose import BlazePose

    with _interruptible(), _progress(open_clip(clip).duration_s) as show:
        return film_report(
            clip,
            lifter,
            barbell,
            out,
            wishes,
            style=style,
            estimator=BlazePose(network),
            seen=lambda frame: show("Watching the set", frame.time_s),
            drawn=lambda time_s: show("Drawing the clip", time_s),
        )


@contextmanager
def _interruptible() -> Iterator[None]:
    """Turn Ctrl-C into a sentence; what was half-written is gone by then."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("Interrupted. Nothing was written.", err=True)
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def _progress(duration_s: float) -> Iterator[Callable[[str, float], None]]:
    """Show the stage, how far into the clip it is, the pace and the time left; on stderr, and gone at the end."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.1f} of {task.total:.1f} s"),
        TextColumn("{task.fields[pace]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks: dict[str, TaskID] = {}
        starts: dict[str, float] = {}
        pictures: Counter[str] = Counter()

        def show(stage: str, time_s: float) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=duration_s, pace="")
                starts[stage] = time_s
            pictures[stage] += 1
            elapsed_s = progress.tasks[tasks[stage]].elapsed or 0.0
            pace = f"{pictures[stage] / elapsed_s:.0f} pictures/s" if elapsed_s > 0.5 else ""
            progress.update(tasks[stage], completed=time_s - starts[stage], pace=pace)

        yield show


def tell_set(analysis: "SetAnalysis", out: Path) -> None:
    """Say in about five lines what was found, where the report is, and what to do next."""
    from rich.console import Console

    from lumbar.report.view import summary_of

    console = Console(soft_wrap=True, highlight=False)
    for sentence in summary_of(analysis):
        console.print(sentence)
    console.print(f"Report: {out / 'report.html'}")
    if (out / "card.png").is_file():
        console.print(f"A picture to share, faces hidden: {out / 'card.png'}")
