"""``lumbar plan``: what to do today, this week and later; what is done; the cards of the exercises."""

from pathlib import Path
from typing import Annotated

import typer

plan = typer.Typer(help="What to do today, this week and later, from your check, diary, log and tests.")


@plan.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    *,
    equipment: Annotated[
        str | None,
        typer.Option(metavar="LIST", help="What you train with: none, or band,dumbbells,…; remembered."),
    ] = None,
    ics: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the days as a calendar file.")] = None,
    page: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the plan as a page that prints.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the plan for machines.")] = False,
) -> None:
    """Show the plan, what is to be done today, and what the last entry of the diary changed in it.

    Exit code 0: done; 1: cannot be written; 2: bad input; 3: no plan, and lumbar check comes first.
    """
    if context.invoked_subcommand is None:
        from lumbar.cli.plan_talk import show_plan

        raise typer.Exit(show_plan(equipment, ics, page, as_json=as_json))


@plan.command()
def done(
    exercises: Annotated[list[str], typer.Argument(help="What you did today: plank walk …")],
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Take it back.")] = False,
) -> None:
    """Tick off what you did today; doses grow with the days that are done."""
    from lumbar.cli.plan_talk import tick

    raise typer.Exit(tick(exercises, undo=undo))


@plan.command()
def card(
    exercise: Annotated[str | None, typer.Argument(help="Which exercise; none lists them.")] = None,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the drawing to this file.")] = None,
) -> None:
    """Show how an exercise is done, common errors, easier and harder, and how sure it is that it helps."""
    from lumbar.cli.plan_talk import show_card

    raise typer.Exit(show_card(exercise, svg))
