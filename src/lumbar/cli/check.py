"""``lumbar check``: how your back is, asked in the terminal or read from an answers file."""

from pathlib import Path
from typing import Annotated

import typer


def check(
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A TOML file of answers, instead of asking.")
    ] = None,
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start anew, without the kept answers.")] = False,
    keep_private: Annotated[
        bool, typer.Option("--keep-private", help="Keep private answers too, until the check is done.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result for machines.")] = False,
) -> None:
    """Ask how your back is, the most urgent first, and say how urgent it is and why.

    Exit code 0: done; 1: answers cannot be kept; 2: bad input; 3: unfinished; 130: stopped.
    """
    from lumbar.cli.conversation import start

    raise typer.Exit(start(answers, fresh=fresh, keep_private=keep_private, as_json=as_json))
