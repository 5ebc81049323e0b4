"""``lumbar synth``: clips of lifters with known truth."""

from pathlib import Path
from typing import Annotated

import typer


def synth(
    out: Annotated[Path, typer.Option(help="Folder for the clips; one folder in it for each.")],
    n: Annotated[int, typer.Option("--n", min=1, help="How many clips.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Which part of the split to start from.")] = 0,
    split: Annotated[str, typer.Option(help="train, tune or report: bodies and seeds never cross.")] = "train",
    *,
    gallery: Annotated[bool, typer.Option("--gallery", help="The named cases instead of random ones.")] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Motion blur, up to 240 Hz and eight reps: slower.")
    ] = False,
) -> None:
    """Draw clips of lifters with known truth. Stop and start again at will: whole clips are kept."""
    from rich.console import Console

    from lumbar.synth.run import cases_for, run

    console = Console(highlight=False)
    cases = cases_for(split, seed, n, gallery=gallery, full=full)
    for line in run(cases, out):
        console.print(line)
