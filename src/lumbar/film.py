"""Main path 1: one clip, the lifter, the bar → every rep measured, and a report about it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from lumbar.form.analysis import SetAnalysis
from lumbar.form.limits import limits, refusal
from lumbar.form.load import measure_load
from lumbar.form.measure import measure_rep, measure_set
from lumbar.form.rounding import creep
from lumbar.lifter import Barbell, Lifter
from lumbar.mechanics.whatif import loads_and_changes
from lumbar.motion.motion import to_motion
from lumbar.motion.reps import find_reps
from lumbar.motion.sight import back_of
from lumbar.report.folder import check_replaceable
from lumbar.report.set_report import Wishes, save_report
from lumbar.video.background import in_background
from lumbar.video.clip import open_clip
from lumbar.video.frames import Frame, read_frames
from lumbar.video.writer import ClipWriter
from lumbar.vision.blazepose import BlazePose
from lumbar.vision.estimator import PoseEstimator
from lumbar.vision.watch import watch


def film(
    path: Path,
    lifter: Lifter,
    barbell: Barbell,
    *,
    estimator: PoseEstimator | None = None,
    seen: Callable[[Frame], None] = lambda _: None,
) -> SetAnalysis:
    """Measure one set: what the file is, what was seen, how it moved, which reps, how each went.

    ``seen`` is called with each frame that was looked at, for progress or to write it on. Raises ClipError when
    the file cannot be read; a clip that can be read but not measured comes back with ``refused``.
    """
    clip = open_clip(path)
    frames = read_frames(clip)
    tracks = watch(frames, estimator or BlazePose(), plate_m=barbell.plate_m, seen=seen)
    motion = to_motion(tracks, lifter, barbell) if tracks.bar else None
    reps = find_reps(motion) if motion else ()
    refused = refusal(tracks, motion, reps)
    if motion is None or refused:
        return SetAnalysis(clip, lifter, barbell, tracks, motion, (), (), {}, (), refused)
    back = back_of(tracks, motion)
    loads, changes = loads_and_changes(motion, reps, lifter, barbell, back)
    measures = tuple(
        {**measure_rep(motion, rep, before, back), **measure_load(load)}
        for rep, before, load in zip(reps, (None, *reps[:-1]), loads, strict=True)
    )
    return SetAnalysis(
        clip=clip,
        lifter=lifter,
        barbell=barbell,
        tracks=tracks,
        motion=motion,
        reps=reps,
        measures=measures,
        set_measures=measure_set(reps, measures, creep(motion, back, reps)),
        limits=limits(tracks, motion, reps, frames.damage),
        refused=None,
        back=back,
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

            analysis = film(path, lifter, barbell, estimator=estimator, seen=keep)
        save_report(analysis, proxy, out, wishes, drawn=drawn)
    return analysis
