"""Write the parts of the documents that the product says itself, between their markers.

python docs/build.py           writes all; runs ``lumbar demo`` for the first page
python docs/build.py cli speed   writes those parts only
python docs/build.py --check   changes nothing, and fails where a part is out of date

The demo's output is not checked: it takes longer than a check may.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import accuracy as accuracy_page

from lumbar.bench.rows import Results, Row, load, notes, number, verdict
from lumbar.form.measures import REP_MEASURES, SET_MEASURES
from lumbar.knowledge.form_rules import Clause
from lumbar.knowledge.library import library

ROOT = Path(__file__).parents[1]


def lumbar(*arguments: str) -> str:
    """Return what the command prints, 80 columns wide and without colour."""
    plain = {"COLUMNS": "80", "TERMINAL_WIDTH": "80", "NO_COLOR": "1", "TERM": "dumb"}
    kept = {name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "GITHUB_ACTIONS"}}
    code = "import sys; sys.argv[0] = 'lumbar'; from lumbar.cli.app import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=kept | plain, cwd=ROOT)
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")


def commands() -> list[str]:
    """Return the names of the commands, in the order of the help page."""
    _, _, listed = lumbar("--help").partition(" Commands ")
    return re.findall(r"^│ (\w[\w-]*) ", listed, re.MULTILINE)


def block(text: str) -> str:
    """Return text as a block that is shown as it is."""
    return f"```text\n{text}\n```"


def cli() -> str:
    """Return the help page of the command and of each sub-command."""
    pages = [("lumbar", lumbar("--help"))]
    pages += [(f"lumbar {name}", lumbar(name, "--help")) for name in commands()]
    return "\n\n".join(f"## {title}\n\n{block(text)}" for title, text in pages)


def demo() -> str:
    """Return what ``lumbar demo`` prints; its report goes where the reader's would go."""
    return block(lumbar("demo"))


def table(results: Results) -> str:
    """Return the rows of one bench as a section of the bench's page."""
    lines = [
        f"## {results.bench}",
        "",
        f"Measured: {results.setting}.",
        "",
        "| id | value | baseline | goal | met | n |",
        "|---|--:|--:|--:|---|--:|",
    ]
    for row in results.rows:
        cells = (f"`{row.id}`", f"{number(row.value)} {row.unit}", number(row.baseline), number(row.goal))
        lines.append(f"| {' | '.join(cells)} | {verdict(row)} | {row.n} |")
    return "\n".join([*lines, "", *(f"- {note}" for note in notes(results))]).rstrip()


def bench() -> str:
    """Return the sections of all benches whose full results are kept."""
    kept = sorted(path for path in (ROOT / "docs/bench").glob("*.json") if path.stem != "accuracy")
    return "\n\n".join(table(load(path)) for path in kept) or "No full results are kept yet."


def accuracy() -> str:
    """Return what the accuracy bench found, for its own page."""
    path = ROOT / "docs/bench/accuracy.json"
    return accuracy_page.page(load(path)) if path.exists() else "Not measured yet."


def pictures() -> dict[Path, str]:
    """Return the pictures that are drawn from what benches found: place → SVG."""
    path = ROOT / "docs/bench/accuracy.json"
    drawn = accuracy_page.pictures(load(path)) if path.exists() else {}
    return {accuracy_page.PICTURES / name: svg for name, svg in drawn.items()}


def speed() -> str:
    """Return how long a clip takes, in a sentence for the first page."""
    path = ROOT / "docs/bench/speed.json"
    results = load(path) if path.exists() else None
    rows = {row.id: row for row in results.rows} if results else {}
    row = rows.get("film-fps-1080p30-2-cores", Row("none", None, "frames/s", note="not measured"))
    if results is None or row.value is None:
        return "Not measured yet."
    return (
        f"A clip of 10 s at 1080p and 30 frames/s takes about {300 / row.value:.0f} s on two cores "
        f"({results.setting.machine}): {number(row.value)} frames/s from decoding to the report. "
        f"The pose alone, through mediapipe, takes {number(row.baseline)} frames/s on the same cores."
    )


def measures() -> str:
    """Return every measure of the registry, by the part of the rep that it is about."""
    units = {"rad": "degrees", "1": "share or ratio", "m": "cm"}
    phases = ("set-up", "pull", "lockout", "lowering", "rest", "set")
    lines: list[str] = []
    for phase in phases:
        lines += [f"### {phase.capitalize()}", "", "| measure | unit | what it is | usual | grade, source |",
                  "|---|---|---|---|---|"]  # fmt: skip
        for one in (*REP_MEASURES, *SET_MEASURES):
            if one.phase == phase:
                what = " ".join(part for part in (one.definition, one.missing) if part)
                cells = (f"`{one.id}` {one.name}", units.get(one.unit, one.unit), what, one.usual or "–",
                         f"{one.grade}. {one.source}")  # fmt: skip
                lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines).rstrip()


def findings() -> str:
    """Return every rule for a finding: when it is said, and how well the limit and its meaning are founded."""
    lines = ["| finding | kind | said when | limit | matters | cards |", "|---|---|---|---|---|---|"]
    for rule in library().form_rules.values():
        when = "; ".join(_clause(clause) for clause in rule.clauses)
        scope = {"rep": "in a rep", "every": "in every rep", "set": "over the set"}[rule.scope]
        styles = f" ({', '.join(rule.styles)})" if rule.styles else ""
        title = library().sentences[f"finding.{rule.id}"].text
        cells = (f"`{rule.id}` {title}", rule.kind, f"{when}, {scope}{styles}", rule.limit_grade,
                 rule.matters_grade, ", ".join(rule.cards))  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def contributors() -> str:
    """Return how the ledger does as data grow, for its own page."""
    path = ROOT / "docs/bench/contributors.json"
    if not path.exists():
        return "Not measured yet."
    rows = {row.id: row for row in load(path).rows}
    lines = [
        "| after | enough to compare | driver first | driver named | something named though nothing drives |",
        "|--:|--:|--:|--:|--:|",
    ]
    for weeks in (4, 8, 12, 26, 52):
        cells = [f"{weeks} weeks", f"{rows[f'enough-data-{weeks}w'].value:.2f}"]
        for name in ("driver-first", "driver-named", "false-named"):
            row = rows[f"{name}-{weeks}w"]
            cells.append(f"{row.value:.2f} ({row.baseline:.2f})")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _clause(clause: Clause) -> str:
    """Return a clause in words: the measure, its limits with their unit."""
    unit = {"deg": "°", "percent": " %", "ratio": "", "reps": " reps"}.get(clause.unit, f" {clause.unit}")
    limits = " / ".join(f"{limit:g}" for limit in clause.above or clause.below or ())
    least = f", and {clause.least:g}{unit} or more" if clause.least is not None else ""
    return f"`{clause.measure}` {'over' if clause.above else 'under'} {limits}{unit}{least}"


#: The part, which is the word in its markers → the file it is in, and what belongs there.
PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "cli": ("docs/cli.md", cli),
    "bench": ("docs/bench.md", bench),
    "accuracy": ("docs/accuracy.md", accuracy),
    "contributors": ("docs/contributors.md", contributors),
    "speed": ("README.md", speed),
    "demo output": ("README.md", demo),
    "measures": ("docs/form.md", measures),
    "findings": ("docs/form.md", findings),
}
CHECKED = ("cli", "bench", "accuracy", "speed", "measures", "findings", "contributors")


def filled(page: str, marker: str, content: str) -> str:
    """Return the page with new content between the markers."""
    before, begin, rest = page.partition(f"<!-- {marker} -->\n")
    _, end, after = rest.partition(f"<!-- /{marker} -->\n")
    if not begin or not end:
        raise SystemExit(f"The markers <!-- {marker} --> and <!-- /{marker} --> are missing.")
    return f"{before}{begin}{content}\n{end}{after}"


def _draw(*, is_check: bool) -> list[str]:
    """Write the pictures that changed, unless it is a check; return which they are."""
    changed = {
        path: svg
        for path, svg in pictures().items()
        if not path.exists() or path.read_text(encoding="utf-8") != svg
    }
    for path, svg in {} if is_check else changed.items():
        path.write_text(svg, encoding="utf-8")
    return [path.relative_to(ROOT).as_posix() for path in changed]


def main(*arguments: str) -> None:
    """Write the parts that are named, or all; or fail where one is out of date."""
    is_check = arguments == ("--check",)
    stale = []
    for part in CHECKED if is_check else arguments or PARTS:
        name, make = PARTS[part]
        path = ROOT / name
        page = path.read_text(encoding="utf-8")
        wanted = filled(page, part, make())
        if page != wanted:
            stale.append(f"{name}: {part}")
            if not is_check:
                path.write_text(wanted, encoding="utf-8")
    if is_check or "accuracy" in (arguments or PARTS):
        stale += _draw(is_check=is_check)
    if stale:
        print("\n".join(stale))
    if is_check and stale:
        raise SystemExit("Out of date; run: make docs")


if __name__ == "__main__":
    main(*sys.argv[1:])
