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
    "lumbar.bench.outcomes.Pair.high": "in the unit of its measure",
    "lumbar.bench.outcomes.Pair.low": "in the unit of its measure",
    "lumbar.bench.outcomes.Pair.truth": "in the unit of its measure",
    "lumbar.bench.outcomes.Pair.value": "in the unit of its measure",
    "lumbar.bench.rows.within.span": "in the unit of the row",
    "lumbar.bench.scores.Score.bias": "in the unit of the pairs",
    "lumbar.bench.scores.Score.coverage": "a share; the field's own word",
    "lumbar.bench.scores.Score.mae": "in the unit of the pairs",
    "lumbar.bench.scores.Score.median": "in the unit of the pairs",
    "lumbar.bench.scores.Score.missing": "a share of the truths",
    "lumbar.bench.scores.Score.p95": "in the unit of the pairs",
    "lumbar.bench.scores.Score.rmse": "in the unit of the pairs",
    "lumbar.bench.scores.Score.width": "in the unit of the pairs",
    "lumbar.bench.true_posture.elevation.high": "of any unit; an angle comes of it",
    "lumbar.bench.true_posture.elevation.low": "of any unit; an angle comes of it",
    "lumbar.bench.true_posture.inner_angle.middle": "of any unit; an angle comes of it",
    "lumbar.bench.true_posture.inner_angle.one": "of any unit; an angle comes of it",
    "lumbar.bench.true_posture.inner_angle.other": "of any unit; an angle comes of it",
    "lumbar.bench.true_reps.TrueSet.at.values": "of any unit; reading between frames keeps it",
    "lumbar.bench.setting.Setting.load": "a count of processes, averaged by the system; its own word",
    "lumbar.cli.screen.note.values": "in the unit of the test",
    "lumbar.cli.screen_talk.note_result.values": "in the unit of the test",
    "lumbar.contributors.ordered.Posterior.cuts": "log odds",
    "lumbar.contributors.ordered.Posterior.expected.columns": "of any unit; slopes are log odds for one of it",
    "lumbar.contributors.ordered.Posterior.slopes": "log odds for one of the column's unit",
    "lumbar.contributors.ordered.fit.columns": "as Posterior.expected.columns",
    "lumbar.estimate.Estimate.high": "as value",
    "lumbar.estimate.Estimate.low": "as value",
    "lumbar.estimate.Estimate.scaled.factor": "turns one unit into another",
    "lumbar.estimate.Estimate.shifted.offset": "in the unit of the estimate",
    "lumbar.estimate.Estimate.value": "the name of the field that holds the estimate says its unit",
    "lumbar.estimate.around.half_width": "as Estimate.value",
    "lumbar.estimate.around.value": "as Estimate.value",
    "lumbar.form.fatigue.Trend.change": "in the unit of the measure",
    "lumbar.form.fatigue.trend.wobble_sd": "as Trend.change",
    "lumbar.form.earlier.Change.change": "as Finding.limit",
    "lumbar.form.findings.Finding.limit": "in the unit of its measure",
    "lumbar.form.findings.Finding.seen": "as Finding.limit",
    "lumbar.form.speed.widened.noise": "in the unit of the value",
    "lumbar.form.speed.widened.value": "in the unit of the measure",
    "lumbar.mechanics.chain.bar_force.load_share": "as Performance.load_share",
    "lumbar.mechanics.load.LumbarLoad.impulse_n_m_s": "newton metres times seconds",
    "lumbar.mechanics.pull.Pull.load_share": "as Performance.load_share",
    "lumbar.mechanics.reckon.Case.draw.share": "as Performance.load_share",
    "lumbar.mechanics.tables.evenly.values": "of any unit; laying them on a clock keeps it",
    "lumbar.motion.back.BackCurve.features": "as Frames.features",
    "lumbar.motion.dorsal.edge_px.profile": "in lengths of the line from hip to shoulder",
    "lumbar.motion.reader.Frames.edge": "in lengths of the line from hip to shoulder",
    "lumbar.motion.reader.Frames.features": "inputs of a network, of size one",
    "lumbar.motion.reader.Reader.change.one": "as Frames.features",
    "lumbar.motion.reader.Reader.change.other": "as Frames.features",
    "lumbar.motion.reader.pair.one": "as Frames.features",
    "lumbar.motion.reader.pair.other": "as Frames.features",
    "lumbar.motion.angles.deviation.by_clip": "slopes by constants of many units",
    "lumbar.motion.angles.deviation.by_state": "slopes of a number of any unit",
    "lumbar.motion.banded.Arrow.blocks": "normal equations: products of slopes of many units",
    "lumbar.motion.banded.Arrow.border": "normal equations: products of slopes of many units",
    "lumbar.motion.banded.Arrow.corner": "normal equations: products of slopes of many units",
    "lumbar.motion.banded.Arrow.corner_slope": "normal equations: products of slopes of many units",
    "lumbar.motion.banded.Arrow.next_one": "normal equations: products of slopes of many units",
    "lumbar.motion.banded.Arrow.next_two": "normal equations: products of slopes of many units",
    "lumbar.motion.banded.Arrow.slope": "normal equations: products of slopes of many units",
    "lumbar.motion.banded.Arrow.band.damping": "a share of the diagonal",
    "lumbar.motion.banded.Arrow.step.damping": "a share of the diagonal",
    "lumbar.motion.camera.Pinhole.values": "a logarithm, angles and metres, as PARAMETERS names them",
    "lumbar.motion.chain.Points.by_clip": "slopes by unknowns of many units",
    "lumbar.motion.chain.Points.by_state": "slopes by unknowns of many units",
    "lumbar.motion.chain.bonds.clip": "constants of many units, as CLIP names them",
    "lumbar.motion.chain.knee_z.clip": "constants of many units, as CLIP names them",
    "lumbar.motion.chain.near_joint.clip": "constants of many units, as CLIP names them",
    "lumbar.motion.chain.points.clip": "constants of many units, as CLIP names them",
    "lumbar.motion.chain.up_the_shin.clip": "as chain.points.clip",
    "lumbar.motion.guess.start.mean": "as chain.points.clip",
    "lumbar.motion.fit.Fit.clip": "as chain.points.clip",
    "lumbar.motion.fit.Fit.clip_cov": "products of constants of many units",
    "lumbar.motion.fit.Fit.cross_cov": "products of metres with constants of many units",
    "lumbar.motion.fit.Fit.state_cov": "square metres",
    "lumbar.motion.priors.Priors.mean": "as chain.points.clip",
    "lumbar.motion.priors.Priors.spread": "as chain.points.clip",
    "lumbar.motion.priors.Priors.residuals.clip": "as chain.points.clip",
    "lumbar.motion.problem.Problem.arrow.clip": "as chain.points.clip",
    "lumbar.motion.problem.Problem.at_px.clip": "as chain.points.clip",
    "lumbar.motion.problem.Problem.misfit.clip": "as chain.points.clip",
    "lumbar.motion.problem.Problem.seen.clip": "as chain.points.clip",
    "lumbar.motion.problem.Problem.settle.clip": "as chain.points.clip",
    "lumbar.motion.problem.Problem.weigh.clip": "as chain.points.clip",
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
    "lumbar.report.load_record.numbers.values": "of any unit; the key of the record says it",
    "lumbar.report.words.Edge.factor": "turns one unit into another",
    "lumbar.report.words.format_number.number": "of any unit; the caller adds it",
    "lumbar.screening.compare.value_of.value": "in the unit of the test",
    "lumbar.screening.results.TestResult.values": "in the unit of the test",
    "lumbar.web.screen.Result.values": "in the unit of the test",
    "lumbar.synth.camera.View.axes": "unit vectors",
    "lumbar.synth.camera.View.bulge": "k1, with the half long edge as unit",
    "lumbar.synth.case.Phone.bulge": "as View.bulge",
    "lumbar.synth.case.Spoil.exposure": "multiplies what the metering chose",
    "lumbar.synth.case.Spoil.noise": "grey levels of 255",
    "lumbar.store.films.Film.share": "from 0 to 1, how far an analysis is",
    "lumbar.store.films.Films.note.share": "as Film.share",
    "lumbar.synth.case.Spoil.shutter": "the share of a frame's time",
    "lumbar.synth.case.Spoil.warmth": "a shift of the white balance, 0 is none",
    "lumbar.synth.fast.Errors.plate_share": "a share of the plate's size",
    "lumbar.synth.figure.Figure.take.moves": "matrices",
    "lumbar.synth.figure.Figure.take.placed": "a matrix",
    "lumbar.synth.lift.Lift.fails_at": "the share of the bar's way",
    "lumbar.synth.lift.Lift.fatigue": "multiplies the speed of each rep",
    "lumbar.synth.lift.Lift.lumbar_peak_at": "the share of the bar's way",
    "lumbar.synth.lift.Lift.sticking": "0 to 1",
    "lumbar.synth.perform.Performance.load_share": "0 to 1, the bar's share in the hands",
    "lumbar.synth.posture.Posed.moves": "matrices",
    "lumbar.synth.posture.Posture.grip": "0 to 1, open to closed",
    "lumbar.synth.posture.Skin.at.moves": "matrices",
    "lumbar.synth.posture.two_links.pole": "a direction",
    "lumbar.synth.pull.Pull.at.fraction": "the share of the bar's way",
    "lumbar.synth.pull.ease.end": "of any unit, as x",
    "lumbar.synth.pull.ease.start": "of any unit, as x",
    "lumbar.synth.pull.ease.x": "of any unit",
    "lumbar.synth.logbook.draw_logbook.heavy_rounding": "log odds",
    "lumbar.synth.soreness.Person.heavy_rounding": "log odds",
    "lumbar.synth.soreness.draw_person.heavy_rounding": "log odds",
    "lumbar.synth.stage.Solid.ambient": "0 to 1, light from everywhere",
    "lumbar.synth.stage.Solid.move_to.transform": "a matrix",
    "lumbar.synth.stage.Solid.reshape.normals": "unit vectors",
    "lumbar.synth.stage.Stage.add_cylinder.ends_z": "metres; the name says along what",
    "lumbar.synth.stage.Stage.add_mesh.colours": "0 to 255",
    "lumbar.synth.stage.Stage.light.power": "multiplies the lamps",
    "lumbar.synth.stage.Stage.light.warmth": "as Spoil.warmth",
    "lumbar.synth.timetable.Drive.high": "the share of the bar's way",
    "lumbar.synth.timetable.Drive.low": "the share of the bar's way",
    "lumbar.synth.timetable.drive_way.dip": "0 to 1, as Lift.sticking",
    "lumbar.synth.truth.Truth.bulge": "as View.bulge",
    "lumbar.synth.truth.Truth.camera_axes": "unit vectors",
    "lumbar.synth.truth.Truth.load_share": "as Performance.load_share",
    "lumbar.synth.turns.along.direction": "a unit vector",
    "lumbar.synth.turns.along.of": "of any unit",
    "lumbar.synth.turns.frame.axis": "a direction",
    "lumbar.synth.turns.frame.lateral": "a direction",
    "lumbar.synth.turns.move.rotation": "a matrix",
    "lumbar.synth.turns.send.moved": "a matrix",
    "lumbar.synth.turns.share.fraction": "the share of an angle",
    "lumbar.synth.turns.share.rotation": "a matrix",
    "lumbar.synth.turns.turn.axis": "a unit vector",
    "lumbar.synth.turns.unit.vector": "of any unit",
    "lumbar.synth.wardrobe.Garment.colours": "0 to 255",
    "lumbar.synth.wardrobe.wear.normals": "unit vectors",
    "lumbar.training.backload.Demand.sum.reps": "a count, which a carry has parts of",
    "lumbar.training.chart.nice.value": "in the unit of the axis",
    "lumbar.training.exposure.SessionExposure.back_n_m_reps": "newton metres times reps",
    "lumbar.training.exposure.Week.back_n_m_reps": "as SessionExposure.back_n_m_reps",
    "lumbar.training.signals.Signal.value": "in the unit of the signal, which its sentence says",
    "lumbar.training.signals.ewma.daily": "in the unit of the load; the average keeps it",
    "lumbar.training.signals.monotony.daily": "of any unit; a ratio comes of it",
    "lumbar.training.strength.rpe_percent.rpe": "a rating from 1 to 10; the field's own word",
    "lumbar.vision.bar.Discs.plate_share": "a share of a full plate's diameter",
    "lumbar.vision.bar.Discs.see.hands": "pairs, both in pixels",
    "lumbar.vision.estimator.Pose.mask": "logits",
    "lumbar.vision.estimator.Pose.mask_to_picture": "a matrix: pixels to pixels",
    "lumbar.vision.estimator.Pose.visibility": "as PoseTrack.visibility",
    "lumbar.vision.image.background_shift.window": "weights from 0 to 1",
    "lumbar.vision.image.box_softened.shrink": "turns one size in pixels into another",
    "lumbar.vision.image.differs.levels": "grey levels; its own word",
    "lumbar.vision.image.largest_outline.mask": "logits",
    "lumbar.vision.image.sample.to_picture": "a matrix: pixels to pixels",
    "lumbar.vision.image.softened.values": "of any unit; blurring keeps it",
    "lumbar.vision.image.softened_along.rows": "of any unit; blurring keeps it",
    "lumbar.vision.plate.Disc.support": "the share of the rim that is an edge",
    "lumbar.vision.plate.fit_disc.gate": "a share of the radius",
    "lumbar.vision.quality.Watcher.sharpness": "from 0 to 1, as Quality.blur_score",
    "lumbar.vision.tracks.PoseTrack.visibility": "0 to 1; the pose estimator's own word for this score",
    "lumbar.web.films.FilmState.share": "as Film.share",
    "lumbar.web.log.Weekly.back_high_n_m_reps": "as SessionExposure.back_n_m_reps",
    "lumbar.web.log.Weekly.back_low_n_m_reps": "as SessionExposure.back_n_m_reps",
    "lumbar.web.log.Weekly.back_n_m_reps": "as SessionExposure.back_n_m_reps",
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
