"""The ``lumbar`` command; heavy modules are imported inside the commands, so that ``--help`` is quick."""

import typer

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Is the deadlift what makes my lower back sore?"
)


@app.callback()
def _root() -> None:
    """Keep the command a group while it has few sub-commands."""


def main() -> None:
    """Run the command line."""
    app()
