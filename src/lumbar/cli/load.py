"""``lumbar load``: this week beside your own history, in the terminal and as SVG."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lumbar.cli.quantities import height_m, mass_kg
from lumbar.cli.say import Lifter, console

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from lumbar.training.exposure import Week
    from lumbar.training.signals import Signal

_BLOCKS = " ▁▂▃▄▅▆▇█"
#: Weeks across a terminal of 80 columns, two characters each.
_ACROSS = 26
_ROWS = 5
_DOTS = {"A": "●●●●", "B": "●●●○", "C": "●●○○", "D": "●○○○", "E": "○○○○"}


def load(
    weeks: Annotated[int, typer.Option(help="How many weeks to show.")] = _ACROSS,
    on: Annotated[str, typer.Option(help="As of which day, if not today: 2026-11-22.")] = "",
    svg: Annotated[Path | None, typer.Option(help="Write the picture to this file.")] = None,
    height: Annotated[str | None, typer.Option(help="Your height: 180, 1.80m or 5'11; remembered.")] = None,
    mass: Annotated[str | None, typer.Option(help="Your body mass: 82 or 180lb; remembered.")] = None,
    past: Annotated[bool, typer.Option("--past", help="Also what stands out in the whole log.")] = False,
    lifter: Lifter = "me",
) -> None:
    """Set this week beside your own history."""
    from lumbar import lifter as body
    from lumbar.cli.files import write_whole
    from lumbar.store.store import Store
    from lumbar.training import chart, dates
    from lumbar.training.exposure import exposures
    from lumbar.training.exposure import weeks as by_week
    from lumbar.training.movements import Movements
    from lumbar.training.signals import history, signals

    today = dates.moment(on).at.date() if on else datetime.now().date()  # noqa: DTZ005  (the lifter's clock)
    with Store() as store:
        kept = store.known(lifter)
        kept.set_body(body.Lifter(height_m(height), mass_kg(mass, "body mass")))
        about, movements = kept.body(), Movements(kept.log.choices())
        sessions = [each for each in kept.log.sessions() if each.started.date() <= today]
    if not sessions:
        console.print("Your log is empty. Bring your history in: [bold]lumbar log import FILE[/]")
        return
    each = exposures(sessions, movements, about)
    shown = by_week(each, today)[-weeks:]
    if svg:
        write_whole(svg, chart.weekly_svg(shown).encode())
    _plot(shown)
    _tell(signals(each, today), shown[-1].monday)
    if past:
        console.print("\nOver the whole log", style="bold")
        _tell(history(each), None)
    _footer(len(movements.unknown(sessions)), about, svg)


def _plot(weeks: "Sequence[Week]") -> None:
    shown = weeks[-_ACROSS:]
    console.print("Lower back, kN·m·reps a week", style="bold")
    _bars([week.back_n_m_reps.value / 1000 for week in shown], "cyan")
    console.print("Hard sets of the deadlift family a week", style="bold")
    _bars([float(week.hard_sets) for week in shown], "blue", is_count=True)
    console.print(f"       └{'─' * (2 * len(shown))}")
    first, last = f"{shown[0].monday:%d %b %Y}", f"{shown[-1].monday:%d %b %Y}"
    room = max(2 * len(shown) - len(first), len(last) + 1)
    console.print(f"        {first}{last:>{room}}")
    week = shown[-1]
    back = week.back_n_m_reps
    top = f", top set {week.top.load.shown_in(week.top.load.unit)} × {week.top.reps}" if week.top else ""
    console.print(
        f"\nThis week: {week.sessions} sessions, {week.pulls} with pulls, {week.hard_sets} hard sets, "
        f"{week.volume_kg:,.0f} kg{top};\nlower back {back.value / 1000:.1f} kN·m·reps "
        f"(range {back.low / 1000:.1f}–{back.high / 1000:.1f})."
    )
    if week.top:
        single = week.top.e1rm_kg
        console.print(
            f"Estimated single, {week.top.movement.name}: {single.value:.0f} kg "
            f"(range over formulas {single.low:.0f}–{single.high:.0f})."
        )


def _bars(values: list[float], colour: str, *, is_count: bool = False) -> None:
    from lumbar.training.chart import nice

    most = nice(max(values, default=0.0), is_count=is_count)
    for row in reversed(range(_ROWS)):
        cells = []
        for value in values:
            eighths = round((value / most * _ROWS - row) * 8)
            cells.append(_BLOCKS[min(max(eighths, 0), 8)] + " ")
        label = f"{most:g}" if row == _ROWS - 1 else "0" if row == 0 else ""
        console.print(f"{label:>6} │[{colour}]{''.join(cells)}[/]")


def _tell(signals: "Sequence[Signal]", monday: "date | None") -> None:
    """Print a table of signals; those not of the week that begins on ``monday`` say their day."""
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    for is_short in (True, True, False):
        table.add_column(vertical="top", no_wrap=is_short)
    marks = {"notice": "look", "shown": "", "unknown": "?"}
    for signal in signals:
        day = f"{signal.day}: " if monday is None or signal.day < monday else ""
        dots = f"{_DOTS[signal.grade]} {signal.card}"
        table.add_row(marks[signal.level], dots, f"{day}{signal.sentence}")
    console.print()
    console.print(table)


def _footer(undecided: int, about: object, svg: Path | None) -> None:
    from lumbar.lifter import Lifter as Body

    console.print("\n●●●● strong evidence … ○○○○ our own rule.", style="dim")
    if isinstance(about, Body) and (about.height_m is None or about.mass_kg is None):
        console.print("Say --height and --mass once, and the range of the lower back narrows.", style="dim")
    if undecided:
        console.print(f"{undecided} exercises are not mapped yet: lumbar log map", style="dim")
    if svg:
        console.print(f"The picture is at {svg}.")
