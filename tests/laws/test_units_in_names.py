"""Units live in names: a number's name says its unit, or its class carries the unit as data."""

import inspect
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Measured

#: How a name may end. ``nm`` is not here on purpose: it is the nanometre.
UNITS = {
    "s", "ms", "min", "h", "days", "weeks", "years", "hz", "per_week",
    "px", "px_per_s", "m_per_px", "m", "cm", "mm", "m2", "m_per_s", "m_per_s2", "cm_per_s",
    "rad", "deg", "rad_per_s", "rad_per_s2",
    "kg", "g", "lb", "kg_m2", "n", "kn", "n_m", "n_per_kg", "n_m_per_kg", "w", "j", "kcal", "bytes",
    "ratio", "score",
}  # fmt: skip

#: Numbers whose name cannot say a unit, and why. An entry that is no longer needed fails the test below.
EXCEPTIONS = {
    "lumbar.knowledge.entries.Number.value": "an effect size: its kind says what it counts",
    "lumbar.knowledge.entries.Number.low": "as value",
    "lumbar.knowledge.entries.Number.high": "as value",
    "lumbar.knowledge.entries.Norm.mean": "in the unit of the test it belongs to",
    "lumbar.knowledge.entries.Norm.sd": "as mean",
    "lumbar.knowledge.entries.Norm.beyond": "as mean",
    "lumbar.knowledge.entries.MeasurementError.icc": "a reliability from 0 to 1; the field's own word",
    "lumbar.knowledge.entries.MeasurementError.sem": "in the unit of the test it belongs to",
    "lumbar.knowledge.entries.MeasurementError.mdc95": "as sem",
    "lumbar.knowledge.entries.Balance.below": "a ratio of two tests",
    "lumbar.bench.rows.at_least.goal": "in the unit of the row",
    "lumbar.bench.rows.at_most.goal": "in the unit of the row",
    "lumbar.bench.rows.number.value": "in the unit of the row",
    "lumbar.bench.setting.Setting.load": "a count of processes, averaged by the system; its own word",
    "lumbar.cli.screen.note.values": "in the unit of the test",
    "lumbar.cli.screen_talk.note_result.values": "in the unit of the test",
    "lumbar.estimate.Estimate.high": "as value",
    "lumbar.estimate.Estimate.low": "as value",
    "lumbar.estimate.Estimate.scaled.factor": "turns one unit into another",
    "lumbar.estimate.Estimate.shifted.offset": "in the unit of the estimate",
    "lumbar.estimate.Estimate.value": "the name of the field that holds the estimate says its unit",
    "lumbar.estimate.around.half_width": "as Estimate.value",
    "lumbar.estimate.around.value": "as Estimate.value",
    "lumbar.motion.smooth.smooth.values": "of any unit; smoothing keeps it",
    "lumbar.report.chart.Line.high": "in the unit of the chart",
    "lumbar.report.chart.Line.low": "in the unit of the chart",
    "lumbar.report.chart.Line.value": "in the unit of the chart",
    "lumbar.report.chart.nice_ticks.high": "in the unit of the chart",
    "lumbar.report.chart.nice_ticks.low": "in the unit of the chart",
    "lumbar.report.chart.nice_ticks.steps": "multiples of a power of ten",
    "lumbar.report.chart.simplify.flatness": "in units of the drawing",
    "lumbar.report.chart.simplify.xy": "in units of the drawing",
    "lumbar.report.figure.pack.step": "in the unit of the values",
    "lumbar.report.figure.pack.values": "of any unit; a step says which part of it is kept",
    "lumbar.report.words.Edge.factor": "turns one unit into another",
    "lumbar.report.words.format_number.number": "of any unit; the caller adds it",
    "lumbar.screening.compare.value_of.value": "in the unit of the test",
    "lumbar.screening.results.TestResult.values": "in the unit of the test",
    "lumbar.vision.bar.Discs.plate_share": "a share of a full plate's diameter",
    "lumbar.vision.bar.Discs.see.hands": "pairs, both in pixels",
    "lumbar.vision.estimator.Pose.mask": "logits",
    "lumbar.vision.estimator.Pose.mask_to_picture": "a matrix: pixels to pixels",
    "lumbar.vision.estimator.Pose.visibility": "as PoseTrack.visibility",
    "lumbar.vision.image.background_shift.window": "weights from 0 to 1",
    "lumbar.vision.image.box_softened.shrink": "turns one size in pixels into another",
    "lumbar.vision.image.largest_outline.mask": "logits",
    "lumbar.vision.image.sample.to_picture": "a matrix: pixels to pixels",
    "lumbar.vision.image.softened.values": "of any unit; blurring keeps it",
    "lumbar.vision.image.softened_along.rows": "of any unit; blurring keeps it",
    "lumbar.vision.plate.Disc.support": "the share of the rim that is an edge",
    "lumbar.vision.plate.fit_disc.gate": "a share of the radius",
    "lumbar.vision.quality.Watcher.sharpness": "from 0 to 1, as Quality.blur_score",
    "lumbar.vision.tracks.PoseTrack.visibility": "0 to 1; the pose estimator's own word for this score",
}

SEQUENCES = (list, set, frozenset, Sequence, Iterable, Iterator, Collection)


#: ``speed_m_s`` would be read as seconds.
PER_IS_MISSING = re.compile(r"_(?:px|m|cm|mm|rad|deg)_s2?$")


def has_unit(name: str) -> bool:
    """Say whether a name ends in a unit; ``score`` and ``ratio`` may stand alone."""
    if PER_IS_MISSING.search(name):
        return False
    return name in {"score", "ratio"} or any(name.endswith(f"_{unit}") for unit in UNITS)


def is_number(hint: Any, bare: tuple[Any, ...] = (float,)) -> bool:
    """Say whether an annotation is a float, an array of floats, an optional one or a row of them.

    A tuple of different things is a record, not a row.
    """
    parts = [part for part in get_args(hint) if part is not Ellipsis]
    if get_origin(hint) is tuple:
        return bool(parts) and all(is_number(part, bare) for part in parts)
    if get_origin(hint) in (Union, UnionType, *SEQUENCES):
        return any(is_number(part, bare) for part in parts)
    return hint == Floats or hint in bare


def annotations(owner: Any) -> dict[str, Any]:
    """Return what names are annotated with; where a quoted one is for type checkers only, none are resolved."""
    try:
        return get_type_hints(owner)
    except (NameError, TypeError):
        return inspect.get_annotations(owner)


def _functions(owner: Any, prefix: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, member in vars(owner).items():
        function = inspect.unwrap(getattr(member, "__func__", member))
        is_public = not name.startswith("_") and inspect.isfunction(function)
        if is_public and function.__module__ == getattr(owner, "__module__", owner.__name__):
            yield f"{prefix}.{name}", function


def _classes(module: ModuleType) -> Iterator[type]:
    for name, member in vars(module).items():
        if inspect.isclass(member) and member.__module__ == module.__name__ and not name.startswith("_"):
            yield member


def unitless(module: ModuleType) -> Iterator[str]:
    """Name each public field and parameter of a module that is a number without a unit."""
    functions = list(_functions(module, module.__name__))
    for owner in _classes(module):
        place = f"{module.__name__}.{owner.__name__}"
        hints = annotations(owner)
        if "unit" not in hints:  # a class with a field ``unit`` carries its unit as data
            own = {name: hint for name, hint in hints.items() if name in owner.__annotations__ and name[0] != "_"}
            yield from _faults(place, own, bare=(float, Estimate))
        functions += _functions(owner, place)
    for place, function in functions:
        hints = annotations(function)
        yield from _faults(place, {name: hint for name, hint in hints.items() if name != "return"})


def _faults(place: str, hints: dict[str, Any], bare: tuple[Any, ...] = (float,)) -> Iterator[str]:
    for name, hint in hints.items():
        if is_number(hint, bare) and not has_unit(name):
            yield f"{place}.{name}"


def test_every_number_has_its_unit_in_its_name(modules: list[ModuleType]) -> None:
    found = {fault for module in modules for fault in unitless(module)}
    assert sorted(found - EXCEPTIONS.keys()) == [], "add the unit to the name, or a reasoned exception here"


def test_no_exception_outlives_its_need(modules: list[ModuleType]) -> None:
    found = {fault for module in modules for fault in unitless(module)}
    assert sorted(EXCEPTIONS.keys() - found) == []


def test_the_law_sees_what_it_is_there_for() -> None:
    @dataclass
    class Bar:
        height: Floats
        height_m: Floats
        torque_nm: float | None
        speed_m_s: float
        load: Measured
        ends: tuple[float, float]
        seen: Sequence[tuple[float, str]]
        heights: Sequence[float]
        plates: int

        def drop(self, speed: float, time_s: float) -> None: ...

    @dataclass
    class Reading:
        value: float
        unit: str

    module = ModuleType("bars")
    for owner in (Bar, Reading):
        owner.__module__ = "bars"
        setattr(module, owner.__name__, owner)
    Bar.drop.__module__ = "bars"
    assert [fault.removeprefix("bars.") for fault in unitless(module)] == [
        "Bar.height", "Bar.torque_nm", "Bar.speed_m_s", "Bar.load", "Bar.ends", "Bar.heights", "Bar.drop.speed",
    ]  # fmt: skip
