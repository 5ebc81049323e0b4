"""What a page says of a set beside earlier ones: what clearly changed, in the lifter's units, and nothing else."""

from typing import Any

import numpy as np
import pytest

from lumbar.form import measures as registry
from lumbar.report.earlier import Changed, earlier_view, render_earlier


@pytest.fixture(autouse=True)
def registry_of_the_product(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about the measures that are compared, so they need the real ones."""
    monkeypatch.setattr(registry, "REP_MEASURES", tuple(registry.BY_ID.values()))


def record(bar_kg: float | None = 100.0, style: str = "conventional", **measures: tuple[float, float]) -> dict:
    """Return a set of three equal reps; each measure as its value and half of its range."""
    taken = {name: {"value": v, "low": v - half, "high": v + half} for name, (v, half) in measures.items()}
    reps: list[dict[str, Any]] = [{"number": number, "measures": taken} for number in (1, 2, 3)]
    return {"refused": None, "style": {"name": style}, "bar": {"mass_kg": bar_kg}, "reps": reps}


def degrees(value: float, half: float) -> tuple[float, float]:
    return float(np.radians(value)), float(np.radians(half))


def test_what_changed_is_named_with_its_range_and_what_did_not_is_not() -> None:
    now = record(lumbar_change=degrees(20, 3), trunk_dip=degrees(8, 3), mean_concentric_velocity=(0.30, 0.03))
    then = record(lumbar_change=degrees(8, 3), trunk_dip=degrees(2, 3), mean_concentric_velocity=(0.55, 0.04))
    view = earlier_view(now, [then])
    assert view is not None
    # √(3² + 3²) = 4.2°; √(0.03² + 0.04²) = 0.05 m/s; 6° of the trunk lie within what seven measures ask for.
    assert view.changed == (
        Changed("Lower back rounding", "12° more", "8–16"),
        Changed("Mean speed up", "0.25\N{NO-BREAK SPACE}m/s less", "0.20–0.30"),
    )
    assert "Trunk tips forward" not in render_earlier(view)


def test_two_percentages_differ_by_points() -> None:
    view = earlier_view(record(bar_drift_share=(0.06, 0.01)), [record(bar_drift_share=(0.01, 0.01))])
    assert view is not None
    assert [one.by for one in view.changed] == ["5.0\N{NO-BREAK SPACE}points more"]


def test_the_load_is_in_the_lifters_unit() -> None:
    sets = record(140.0, trunk_dip=degrees(3, 3)), [record(140.0, trunk_dip=degrees(3, 3))] * 4
    for unit, load in (("kg", "140\N{NO-BREAK SPACE}kg"), ("lb", "308.5\N{NO-BREAK SPACE}lb")):
        view = earlier_view(*sets, mass_unit=unit)
        assert view is not None
        said = render_earlier(view)
        assert f"Against your 4 earlier sets at about {load} nothing changed" in said
        assert "how far your sets lie apart anyway" in said


@pytest.mark.parametrize(
    ("now", "earlier", "outcome", "words"),
    [
        (record(trunk_dip=(0.1, 0.01)), [], "first", "No earlier set of yours"),
        (record(trunk_dip=(0.1, 0.01)), [{"refused": "cropped"}], "first", "No earlier set of yours"),
        (
            record(None, trunk_dip=(0.1, 0.01)),
            [record(trunk_dip=(0.3, 0.01))],
            "no-load",
            "on the bar is not known",
        ),
        (record(trunk_dip=(0.1, 0.01)), [record(120.0, trunk_dip=(0.3, 0.01))], "unlike", "within a tenth of 100"),
        (record(trunk_dip=(0.1, 0.01)), [record(style="sumo", trunk_dip=(0.3, 0.01))], "unlike", "the same style"),
    ],
)
def test_where_nothing_can_be_compared_the_reason_is_said(
    now: dict, earlier: list, outcome: str, words: str
) -> None:
    view = earlier_view(now, earlier)
    assert view is not None
    assert (view.outcome, view.changed) == (outcome, ())
    assert words in render_earlier(view).replace("\N{NO-BREAK SPACE}", " ")


def test_a_set_that_was_not_measured_is_beside_nothing() -> None:
    assert earlier_view({"refused": "cropped", "reps": []}, [record(trunk_dip=(0.1, 0.01))]) is None
