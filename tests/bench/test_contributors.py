"""The bench of the ledger: what it counts, on lifters of the train split; the report split is the bench's own."""

import numpy as np
import pytest

from lumbar.bench import contributors
from lumbar.bench.contributors import Asked, ask, ask_all, plain_correlation, true_effects
from lumbar.contributors.before import before
from lumbar.contributors.evidence import Evidence
from lumbar.contributors.followed import followed
from lumbar.contributors.matched import Counts, SelfMatch
from lumbar.estimate import Estimate
from lumbar.synth.logbook import draw_logbook


def asked(driver: str, weeks: int = 52, named: tuple[str, ...] = (), first: str | None = None) -> Asked:
    match = SelfMatch("load", Counts(5, 20, 5, 3, 20, 4), Estimate(1.0, 0.5, 1.5), 0.99)
    true = {"load": 0.7 if driver == "load" else 0.0}
    return Asked(driver, weeks, first, frozenset(named), "load", frozenset(), frozenset(), {"load": match}, true)  # type: ignore[arg-type]


def test_the_false_named_rate_is_the_worst_over_the_weeks() -> None:
    idle = [asked("nothing", weeks, named=("form",) if weeks == 26 else ()) for weeks in contributors.WEEKS]
    rows = {row.id: row for row in contributors._false_rows([*idle, asked("load", named=("load", "form"))])}
    assert rows["false-named-rate"].value == rows["false-named-26w"].value == 1.0
    assert rows["false-named-rate"].met is False
    assert rows["false-named-52w"].value == 0.0
    assert rows["idle-named-beside-driver-52w"].value == 1.0


def test_first_and_named_are_counted_of_driven_lifters_alone() -> None:
    people = [asked("load", first="load", named=("load",)), asked("form", first="load"), asked("nothing")]
    rows = {row.id: row for row in contributors._driver_rows(people, 52)}
    assert (rows["driver-first-52w"].value, rows["driver-first-52w"].n) == (0.5, 2)
    assert rows["driver-named-52w"].value == 0.5
    assert rows["overtraining-first-52w"].value == 0.5


def test_what_is_named_beside_the_driver_it_comes_with_is_counted() -> None:
    rows = {row.id: row for row in contributors._tied_rows([asked("load", named=("load",)), asked("load")])}
    assert rows["tied-form-named-52w"].value == 0.0
    assert rows["tied-load-named-52w"].value == 0.5


def test_coverage_is_of_drivers_and_of_idle_ones() -> None:
    rows = {row.id: row for row in contributors._coverage_rows([asked("load"), asked("nothing")])}
    assert rows["coverage-effect-driver"].value == 1.0
    assert rows["coverage-effect-idle"].value == 0.0
    assert rows["coverage-effect"].value == 0.5
    assert rows["coverage-effect-4w"].value is None


def test_plain_correlation_is_pearsons() -> None:
    evidence = draw_logbook("train", 1, "form").evidence
    told = followed(evidence)
    befores = before(told, evidence)
    pairs = np.array([
        (row.has_finding, each.peak_score)
        for each, row in zip(told, befores, strict=True)
        if each.peak_score is not None and row.has_finding is not None
    ], dtype=float)  # fmt: skip
    # 1e-12: the same sum in another order
    assert plain_correlation(told, befores)["form"][0] == pytest.approx(np.corrcoef(pairs.T)[0, 1], abs=1e-12)
    assert plain_correlation((), ()) == {}


def test_the_truth_is_none_for_what_is_idle_and_near_the_effect_for_the_driver() -> None:
    book = draw_logbook("train", 1, "form")
    told = followed(book.evidence)
    truth = true_effects(book, told, before(told, book.evidence))
    assert truth["load"] == truth["poor-sleep"] == 0.0
    # film misses some rounding and sees some that is not there, so less of the effect can be seen than there is
    assert 0.4 * book.person.effect_score < truth["form"] < book.person.effect_score


def test_a_lifter_without_data_is_asked_without_harm() -> None:
    book = draw_logbook("train", 1, "load")
    found = ask(book, 4)
    assert found.named == frozenset()
    assert isinstance(book.after(4), Evidence)


@pytest.mark.slow
def test_on_a_few_lifters_drivers_are_named_more_than_idle_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve of each driver after a year, of the train split: far apart, though few."""
    monkeypatch.setattr(contributors, "WEEKS", (52,))
    people = ask_all("train", 12, lambda _: None)
    driven = [each.driver in each.named for each in people if each.driver != "nothing"]
    idle = [bool(each.named) for each in people if each.driver == "nothing"]
    assert np.mean(driven) > 0.55  # 0.75 is expected of 36; 3 σ less
    assert np.mean(idle) <= 0.34  # 0.07 is expected of 12; 3 σ more
