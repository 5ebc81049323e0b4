"""``lumbar diary``: note how sore it is, and see how that compares with ordinary soreness."""

from pathlib import Path
from typing import Annotated

import typer

diary = typer.Typer(no_args_is_help=True, help="Note how sore it is; see whether it fits ordinary soreness.")


@diary.command()
def add(
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A TOML file with one entry, instead of asking.")
    ] = None,
) -> None:
    """Note how sore it is now: two questions, more if you like. What is new asks the check again.

    Exit code 0: done; 1: cannot be kept; 2: bad input; 3: noted, and lumbar check is due; 130: stopped.
    """
    from lumbar.cli.diary_talk import add_entry

    raise typer.Exit(add_entry(answers))


@diary.command()
def show(
    *,
    picture: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write course.svg and body.svg there.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison for machines.")] = False,
) -> None:
    """Show the entries since the last session on the expected course, with reasons and the traffic light.

    Exit code 0: done; 1: the pictures cannot be written; 2: the diary cannot be read.
    """
    from lumbar.cli.diary_talk import show_diary

    raise typer.Exit(show_diary(picture, as_json=as_json))
