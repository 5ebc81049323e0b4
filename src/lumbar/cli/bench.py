"""``lumbar bench NAME``: measure, print a table, write JSON."""

from pathlib import Path
from typing import Annotated

import typer

from lumbar.bench import Name


def bench(
    name: Annotated[Name, typer.Argument(help="What to measure.")],
    quick: Annotated[bool, typer.Option("--quick", help="Fewer and smaller: a minute on two cores.")] = False,
    json: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Also write the rows there.")] = None,
) -> None:
    """Measure Lumbar itself, beside a baseline, and print the rows.

    A row that misses its goal stays in, and does not change the exit code.
    """
    from importlib import import_module

    from rich.console import Console

    from lumbar.bench.rows import Bench, Results, Row, Sheet, check_place, notes, to_table
    from lumbar.bench.setting import here

    if json is not None:
        check_place(json)
    run: Bench = import_module(f"lumbar.bench.{name}").run
    progress = Console(stderr=True)
    setting = here()
    found = tuple(run(quick=quick, say=lambda text: progress.print(text, style="dim")))
    rows = tuple(row for row in found if isinstance(row, Row))
    sheets = tuple(sheet for sheet in found if isinstance(sheet, Sheet))
    results = Results(name, quick, setting, rows, sheets)
    out = Console()
    out.print(to_table(results))
    for note in notes(results):
        out.print(note, style="dim")
    out.print(f"Measured: {setting}.")
    if json is not None:
        results.save(json)
        out.print(f"Rows: {json}")
