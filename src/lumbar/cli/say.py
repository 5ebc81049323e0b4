"""How the commands of the log speak: one console, and the option that says which lifter."""

from typing import Annotated

import typer
from rich.console import Console

console = Console(highlight=False)

Lifter = Annotated[str, typer.Option("--lifter", help="Whose log, when several share this machine.")]
