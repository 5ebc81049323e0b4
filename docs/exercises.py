"""Write docs/exercises.svg, all drawings of the plan on one sheet: ``python docs/exercises.py`` (``--check``)."""

import re
import sys
from html import escape
from pathlib import Path

from lumbar.knowledge.library import library
from lumbar.knowledge.saying import say
from lumbar.plan.figure import STYLE, draw_exercise

PAGE = Path(__file__).with_name("exercises.svg")
#: Of one cell, and cells in a row; pixels.
WIDE, HIGH, ACROSS, TITLE = 300, 190, 4, 26

LOOK = """
text { font: 600 13px system-ui, sans-serif; fill: #1d2433; }
.sheet { fill: #fbfaf8; }
@media (prefers-color-scheme: dark) { text { fill: #e8ebf2; } .sheet { fill: #14171e; } }
"""


def cell(number: int, name: str) -> str:
    """Return one drawing with its name, scaled into its cell."""
    drawn = draw_exercise(library().exercises[name], with_style=False)
    left, top = number % ACROSS * WIDE, number // ACROSS * HIGH
    title = f'<text x="{left + 12}" y="{top + 18}">{escape(say(f"exercise.{name}").text)}</text>'
    place = f'x="{left + 12}" y="{top + TITLE}" width="{WIDE - 24}" height="{HIGH - TITLE - 10}"'
    placed = re.sub(
        r' width="[\d.]+" height="[\d.]+">', f' {place} preserveAspectRatio="xMinYMax meet">', drawn, count=1
    )
    return title + placed


def sheet() -> str:
    """Return the whole sheet."""
    names = list(library().exercises)
    rows = -(-len(names) // ACROSS)
    cells = "\n".join(cell(number, name) for number, name in enumerate(names))
    size = f'viewBox="0 0 {ACROSS * WIDE} {rows * HIGH}" width="{ACROSS * WIDE}" height="{rows * HIGH}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}><title>The exercises of the plan</title>'
        f"<style>{STYLE}{LOOK}</style>\n"
        f'<rect class="sheet" width="100%" height="100%"/>\n{cells}\n</svg>\n'
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        if PAGE.read_text("utf-8") != sheet():
            raise SystemExit("Out of date; run: python docs/exercises.py")
    else:
        PAGE.write_text(sheet(), "utf-8")
