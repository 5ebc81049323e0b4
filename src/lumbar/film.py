"""Main path 1: one clip, the lifter, the bar → every rep measured, and a report about it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from lumbar.form.advice import advice
from lumbar.form.analysis import SetAnalysis
from lumbar.form.findings import find
from lumbar.form.limits import back_limits, limits, refusal
from lumbar.form.load import measure_load
from lumbar.form.measured_set import measure_tracks
from lumbar.form.style import Style, recognise, said
from lumbar.lifter import Barbell, Lifter
from lumbar.mechanics.whatif import loads_and_changes
from lumbar.motion.motion import to_motion
from lumbar.motion.reps import find_reps
from lumbar.motion.steady import standing
from lumbar.report.folder import check_replaceable
from lumbar.report.set_report import Wishes, save_report
from lumbar.video.background import in_background
from lumbar.video.clip import Clip, open_clip
from lumbar.video.frames import Frame, read_frames
from lumbar.video.writer import ClipWriter
from lumbar.vision.blazepose import BlazePose
from lumbar.vision.estimator import PoseEstimator
from lumbar.vision.tracks import Tracks
from lumbar.vision.watch import watch


def film(
    path: Path,
    lifter: Lifter,
    barbell: Barbell,
    *,
    style: Style | None = None,
    estimator: PoseEstimator | None = None,
    seen: Callable[[Frame], None] = lambda _: None,
) -> SetAnalysis:
    """Measure one set: what the file is, what was seen, how it moved, which reps, how each went.

    ``style`` as in ``analyse``. ``seen`` is called with each frame that was looked at, for progress or to write
    it on. Raises ClipError when
    the file cannot be read; a clip that can be read but not measured comes back with ``refused``.
    """
    clip = open_clip(path)
    frames = read_frames(clip)
    tracks = watch(frames, estimator or BlazePose(), plate_m=barbell.plate_m, seen=seen)
    return analyse(clip, tracks, lifter, barbell, frames.damage, style=style)


def analyse(
    clip: Clip,
    tracks: Tracks,
    lifter: Lifter,
    barbell: Barbell,
    damage: str | None = None,
    *,
    style: Style | None = None,
) -> SetAnalysis:
    """Measure one set from what was seen of it; ``damage`` says what is wrong with the file.

    ``style`` is the deadlift that the lifter says it is; None lets it be recognised, as far as it can be.
    """
    tracks = standing(tracks)
    motion = to_motion(tracks, lifter, barbell) if tracks.bar else None
    reps = find_reps(motion) if motion else ()
    refused = refusal(tracks, motion, reps, damage)
    if motion is None or refused:
        return SetAnalysis(clip, lifter, barbell, tracks, motion, (), (), {}, (), refused)
    recognised = said(style) if style else recognise(tracks, motion)
    lifted = measure_tracks(tracks, motion, reps, recognised.style)
    loads, changes = loads_and_changes(motion, reps, lifter, barbell, lifted.back)
    return SetAnalysis(
        clip=clip,
        lifter=lifter,
        barbell=barbell,
        tracks=tracks,
        motion=motion,
        reps=reps,
        measures=tuple({**mine, **measure_load(load)} for mine, load in zip(lifted.measures, loads, strict=True)),
        set_measures=lifted.set_measures,
        limits=limits(tracks, motion, reps, damage) + back_limits(lifted.back),
        refused=None,
        back=lifted.back,
        style=recognised,
        findings=find(lifted),
        advice=advice(tracks, motion),
        loads=loads,
        what_ifs=changes,
    )


def film_report(  # noqa: PLR0913 - the facts of one set, and where the report goes
    path: Path,
    lifter: Lifter,
    barbell: Barbell,
    out: Path,
    wishes: Wishes,
    *,
    style: Style | None = None,
    estimator: PoseEstimator | None = None,
    seen: Callable[[Frame], None] = lambda _: None,
    drawn: Callable[[float], None] = lambda _: None,
) -> SetAnalysis:
    """Measure one set and write its report into the folder ``out``, whole or not at all.

    The clip at working size, which the page shows, is written on the way, so that the clip is decoded once.
    ``drawn`` is called with the time of each frame of the annotated clip. Raises ClipError and OutputError.
    """
    check_replaceable(out)
    with TemporaryDirectory(prefix="lumbar-") as scratch:
        proxy = Path(scratch) / "clip.mp4"
        with ClipWriter(proxy) as writer, in_background(writer.add) as write:
            starts_s: list[float] = []

            def keep(frame: Frame) -> None:
                starts_s.append(frame.time_s)
                # From zero: browsers misjudge the length of a clip whose clock starts late.
                write(replace(frame, time_s=frame.time_s - starts_s[0]))
                seen(frame)

            analysis = film(path, lifter, barbell, style=style, estimator=estimator, seen=keep)
        save_report(analysis, proxy, out, wishes, drawn=drawn)
    return analysis
