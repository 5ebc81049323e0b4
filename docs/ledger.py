"""Draw the ledger that the documents show, of a made-up lifter: ``python docs/ledger.py`` (needs chromium)."""

import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from html import escape
from pathlib import Path

from pictures import PICTURES, QUIET

from lumbar.contributors.evidence import Evidence
from lumbar.contributors.ledger import Contributor, Ledger, ledger
from lumbar.screening.results import TestResult
from lumbar.synth.logbook import draw_logbook

#: Name → width and height in CSS pixels, and how many lines of the ledger.
SIZES = {"ledger": (1100, 1290, 3), "ledger-phone": (390, 1660, 2)}

STYLE = """
:root { --ink: #1d2433; --paper: #fbfaf8; --quiet: #667085; --line: #e4e2dd; --accent: #0f766e; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 16px; max-width: 68rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 8px; } h2 { font-size: 1.125rem; margin: 0; }
h3 { font-size: .8125rem; font-weight: 600; color: var(--quiet); margin: 0 0 4px; }
p { margin: 0 0 6px; max-width: 68ch; } .small { font-size: .8125rem; color: var(--quiet); }
article { border-top: 1px solid var(--line); padding: 16px 0; }
.dots { color: var(--accent); letter-spacing: 2px; margin-right: 8px; }
.columns { display: grid; gap: 8px 24px; grid-template-columns: 5fr 5fr 3fr; margin-top: 8px; }
@media (max-width: 700px) { .columns { grid-template-columns: 1fr; } }
"""


def example() -> Evidence:
    """Return what a made-up lifter knows after half a year: log, diary, film, a test, some answers."""
    evidence = draw_logbook("train", 8, "form").after(26)
    tested = TestResult("side-bridge-hold", (evidence.at - timedelta(days=9)).replace(tzinfo=UTC), (62.0, 48.0))
    answers = {"poor_sleep": "no", "work_lifting": "yes", "worry": 2, "age": 41, "earlier_episodes": 1}
    return replace(evidence, results=(tested,), answers=answers, sex="female")


def page(found: Ledger, lines: int) -> str:
    """Return the ledger as one page."""
    body = "".join(_line(each) for each in found.contributors[:lines])
    steps = found.steps[0].text if found.steps else ""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Possible contributors</title><style>{STYLE}</style><h1>Possible contributors</h1>"
        f"<p>{escape(found.headline.text)}</p><p><b>This would tell most:</b> {escape(steps)}</p>"
        f'{body}<p class="small">{" ".join(escape(each.text) for each in found.closing)}</p>'
    )


def _line(each: Contributor) -> str:
    full = each.strength.dots
    dots = "not enough data" if full is None else "●" * full + "○" * (3 - full)
    own = [line.text for line in each.yours] + [line.text for line in (each.matched.said if each.matched else ())]
    known = [each.known.text]
    effects = "".join(f'<p class="small">{escape(effect.said.text)}</p>' for effect in each.effects)
    columns = (
        ("Your data", own, ""),
        ("What is known", known, effects),
        ("Can you change it", [each.change.text], ""),
    )
    inside = "".join(
        f"<div><h3>{title}</h3>{''.join(_texts(lines))}{more}</div>" for title, lines, more in columns
    )
    return (
        f'<article><h2><span class="dots">{dots}</span>{escape(each.name.text)}</h2>'
        f'<p class="small">{escape(each.word.text)}</p><div class="columns">{inside}</div></article>'
    )


def _texts(lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield f"<p>{escape(line)}</p>"


def main() -> None:
    """Write each picture."""
    found = ledger(example())
    with tempfile.TemporaryDirectory() as folder:
        for name, (width, height, lines) in SIZES.items():
            place = Path(folder) / f"{name}.html"
            place.write_text(page(found, lines), "utf-8")
            places = (f"--user-data-dir={folder}/{name}", f"--screenshot={PICTURES / name}.png")
            command = ["chromium", *QUIET, *places, f"--window-size={width},{height}", place.as_uri()]
            subprocess.run(command, check=True, capture_output=True)
            print(PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
