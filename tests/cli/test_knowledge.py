"""`lumbar knowledge`: check, show, coverage."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lumbar.cli.app import app

RUN = CliRunner()
BROKEN = Path(__file__).parents[1] / "knowledge" / "broken" / "unknown-key"


def test_what_ships_passes_the_check() -> None:
    result = RUN.invoke(app, ["knowledge", "check"])
    assert result.exit_code == 0
    assert "card 169" in result.output


def test_a_faulty_folder_fails_the_check_with_file_and_key() -> None:
    result = RUN.invoke(app, ["knowledge", "check", str(BROKEN)])
    assert result.exit_code == 1
    assert "cards/red-flags.toml: RF-01.grde: unknown key (did you mean 'grade'?)" in result.output


@pytest.mark.parametrize(
    ("entry", "parts"),
    [
        ("RF-12", ["grade: D", "Kroenung", "doi:10.7759/cureus.62314", "rule TR-04"]),
        ("tr-04", ["level: EMERGENCY_NOW", "Waiting costs muscle", "rests on: RF-12 (D)"]),
        ("RG-09", ["from memory: whole"]),
        ("SC-02", ["from memory: the items marked MEMORY"]),
        ("nice-ng65", ["used by: RF-15"]),
        ("smoking", ["first or new back pain", "type OR, value 1.31"]),
        ("plank-hold", ["mean 145.3", "group students"]),
        ("G13", ["contradicted", "says: Cool down if you like it."]),
    ],
)
def test_an_entry_is_shown_with_its_evidence(entry: str, parts: list[str]) -> None:
    output = RUN.invoke(app, ["knowledge", "show", entry]).output
    assert [part for part in parts if part not in output] == []


def test_an_entry_nobody_knows_gets_a_near_match() -> None:
    result = RUN.invoke(app, ["knowledge", "show", "TR-99"])
    assert result.exit_code == 2
    assert "did you mean" in result.output


def test_the_coverage_has_every_claim_and_tells_planned_from_built() -> None:
    rows = json.loads(RUN.invoke(app, ["knowledge", "coverage", "--json"]).output)
    assert len(rows) == 32
    assert [row["id"] for row in rows if not (row["verdict"] and row["cards"] and row["claim"])] == []
    assert [row["id"] for row in rows if not row["appears"] and not row["planned"]] == []
    warnings = [row for row in rows if row["item"].startswith("warning")]
    assert all("command: lumbar check" in row["appears"] for row in warnings)
    table = RUN.invoke(app, ["knowledge", "coverage"]).output
    assert table.count("planned: ") > 5
    numbers = [int(n) for n in re.findall(r"(?:today|here|planned): (\d+)", " ".join(table.split()))]
    assert sum(numbers) == 32


def test_help_reads_no_knowledge_and_no_pydantic() -> None:
    code = "import sys; import lumbar.cli.app; print({'pydantic', 'platformdirs'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
