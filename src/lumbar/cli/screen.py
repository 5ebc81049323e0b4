"""``lumbar screen``: whether to test today, the tests with a timer, what results say, and personal factors."""

from pathlib import Path
from typing import Annotated

import typer

screen = typer.Typer(help="Test how long you hold and how far you move; read what personal factors mean.")

Sex = Annotated[str | None, typer.Option(help="female or male, for the groups to compare with.")]


@screen.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    answers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Answers to the check and the limits, not asked."),
    ] = None,
    sex: Sex = None,
    lead: Annotated[int, typer.Option(min=0, max=60, help="Seconds to get ready before the time runs.")] = 10,
) -> None:
    """Ask whether to test today; then explain, time and note the tests you choose.

    Exit code 0: done; 1: cannot be kept; 2: bad input; 3: no tests today; 130: stopped.
    """
    if context.invoked_subcommand is None:
        from lumbar.cli.screen_talk import start

        raise typer.Exit(start(answers, sex, lead))


@screen.command()
def note(
    test: Annotated[str, typer.Argument(help="The test: plank-hold, side-bridge-hold, …")],
    values: Annotated[list[float], typer.Argument(help="The value; left and right where the test has sides.")],
    sex: Sex = None,
) -> None:
    """Note a test that was measured elsewhere, in seconds or degrees, and say what it says."""
    from lumbar.cli.screen_talk import note_result

    raise typer.Exit(note_result(test, values, sex))


@screen.command()
def show(sex: Sex = None) -> None:
    """Show the newest result of each test: the change, the sides, other people, and the balances."""
    from lumbar.cli.screen_talk import show_results

    raise typer.Exit(show_results(sex))


@screen.command()
def factors(
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A TOML file with what is so for you.")
    ] = None,
) -> None:
    """Show how strongly personal factors go with back pain, from where, and what that does not mean."""
    from lumbar.cli.screen_talk import show_factors

    raise typer.Exit(show_factors(answers))
