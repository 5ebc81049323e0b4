"""The ``lumbar`` command; heavy modules are imported inside the commands, so that ``--help`` is quick."""

import sys

import typer

from lumbar.cli import keeping, load, log
from lumbar.cli.bench import bench
from lumbar.cli.check import check
from lumbar.cli.consult import consult, demo
from lumbar.cli.diary import diary
from lumbar.cli.film import film
from lumbar.cli.guide import ask, guide
from lumbar.cli.knowledge import knowledge
from lumbar.cli.plan import plan
from lumbar.cli.screen import screen
from lumbar.cli.serve import app as open_app
from lumbar.cli.serve import worker
from lumbar.cli.synth import synth
from lumbar.cli.trial import trial
from lumbar.errors import AnswersError, ClipError, LumbarError, ValueRangeError

app = typer.Typer(
    invoke_without_command=True, add_completion=False, help="Is the deadlift what makes my lower back sore?"
)


@app.callback()
def _root(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        open_app()


app.command("app")(open_app)
app.command()(worker)
app.command()(film)
app.command()(demo)
app.command()(consult)
app.command()(check)
app.add_typer(diary, name="diary")
app.add_typer(screen, name="screen")
app.add_typer(plan, name="plan")
app.add_typer(trial, name="try")
app.command()(ask)
app.add_typer(guide, name="guide")
app.add_typer(knowledge, name="knowledge")
app.command()(bench)
app.command()(synth)
app.add_typer(log.app, name="log")
app.command()(load.load)
for _command in (keeping.backup, keeping.restore, keeping.forget, keeping.export):
    app.command()(_command)


#: Exit codes of our errors; 2 is a wrong command line, and 4, a clip that cannot be measured, is said in film,
#: as 130 is, Ctrl-C.
_CODES = {ValueRangeError: 2, AnswersError: 2, ClipError: 3}


def main() -> None:
    """Run the command line; an error of ours is a sentence on stderr, never a traceback."""
    try:
        app()
    except LumbarError as error:
        typer.echo(f"lumbar: {error}", err=True)
        sys.exit(next((code for kind, code in _CODES.items() if isinstance(error, kind)), 1))
