"""Results of tests: a value or two sides, checked against what can be; and the small file that keeps them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lumbar.errors import AnswersError
from lumbar.home import home, kept_rows, write_whole
from lumbar.knowledge.entries import Test
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import say

#: The form of the file; a later form gets a later number.
FORM = 1


@dataclass(frozen=True, slots=True)
class TestResult:
    """One result: ``values`` hold one number, or left and right, in the unit of the test."""

    test: str
    at: datetime
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse a test nobody knows, a side too many, and a value that cannot be."""
        if faults := list(self._faults()):
            raise AnswersError(faults)

    def _faults(self) -> Iterable[str]:
        test = library().tests.get(self.test)
        if test is None:
            yield say("refuse.test", given=self.test, choices=", ".join(library().tests)).text
            return
        wanted = 2 if test.sides == "both" else 1
        if len(self.values) != wanted:
            text = say("refuse.two-values" if wanted == 2 else "refuse.one-value")
            yield say("refuse.sides", test=test.id, wanted=text).text
        for value in self.values:
            if not test.low <= value <= test.high:
                limits = {"low": f"{test.low:g}", "high": f"{test.high:g}", "unit": test.unit}
                yield say("refuse.value", test=test.id, given=f"{value:g}", **limits).text

    @property
    def instrument(self) -> Test:
        """Return the test that was done."""
        return library().tests[self.test]

    @property
    def mean(self) -> float:
        """Return the value, or the mean of both sides."""
        return sum(self.values) / len(self.values)


def _place(folder: Path | None) -> Path:
    return (folder or home()) / "screening.json"


def save(results: Iterable[TestResult], folder: Path | None = None) -> None:
    """Write all results, one's own or those of whose ``folder`` it is; a failure leaves the old file.

    Raises ``OutputError`` where it cannot be written.
    """
    ordered = sorted(results, key=lambda result: result.at)
    rows = [{"test": r.test, "at": r.at.isoformat(timespec="seconds"), "values": list(r.values)} for r in ordered]
    write_whole(_place(folder), json.dumps({"form": FORM, "results": rows}, indent=1))


def saved(folder: Path | None = None) -> tuple[TestResult, ...]:
    """Return every result, oldest first; raises ``AnswersError`` if the file cannot be read."""
    faults = ("The test results", "Move the file away to begin anew.")
    return kept_rows(_place(folder), FORM, "results", _result, faults)


def _result(row: Mapping[str, Any]) -> TestResult:
    return TestResult(
        row["test"], datetime.fromisoformat(row["at"]), tuple(float(value) for value in row["values"])
    )
