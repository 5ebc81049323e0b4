"""The ``lumbar`` command; heavy modules are imported inside the commands, so that ``--help`` is quick."""

from pathlib import Path
from typing import Annotated

import typer

from lumbar.cli.knowledge import knowledge

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Is the deadlift what makes my lower back sore?"
)


@app.callback()
def _root() -> None:
    """Keep the command a group while it has few sub-commands."""


app.add_typer(knowledge, name="knowledge")


@app.command()
def check(
    answers: Annotated[Path | None, typer.Option(help="A TOML file of answers, instead of asking.")] = None,
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start anew, without the kept answers.")] = False,
    keep_private: Annotated[
        bool, typer.Option("--keep-private", help="Keep private answers as well, until the check is done.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result for machines.")] = False,
) -> None:
    """Ask how your back is, the most urgent first.

    Exit code 0: done; 1: answers cannot be kept; 2: bad input; 3: unfinished; 130: stopped.
    """
    from lumbar.cli.check import start

    raise typer.Exit(start(answers, fresh=fresh, keep_private=keep_private, as_json=as_json))


def main() -> None:
    """Run the command line."""
    app()
