"""What of ours is timed, as tasks for the stopwatch: the product's own path, with marks set around its parts."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from lumbar import film as main_path
from lumbar.arrays import Pixels
from lumbar.batch.result import Options
from lumbar.batch.run import film_many
from lumbar.bench.stopwatch import Mark
from lumbar.lifter import Barbell, Lifter
from lumbar.report.set_report import Wishes, save_report
from lumbar.video.clip import open_clip
from lumbar.video.frames import read_frames
from lumbar.vision.blazepose import BlazePose
from lumbar.vision.estimator import Face, Pose, PoseEstimator, Region
from lumbar.vision.tracks import Tracks
from lumbar.vision.watch import watch


def decode(clip: Path, mark: Mark) -> int:
    """Read a clip's frames as the film path does, and do nothing with them."""
    mark("decode")
    return sum(1 for _ in read_frames(open_clip(clip)))


def batch(folder: Path, mark: Mark) -> int:
    """Measure all clips of a folder into a table, as ``lumbar film FOLDER`` does; count the rows of the table."""
    mark("batch")
    with TemporaryDirectory(prefix="lumbar-") as scratch:
        out = Path(scratch) / "reps.csv"
        film_many([folder], Options(Lifter(), Barbell()), out)
        return len(out.read_text(encoding="utf-8").splitlines()) - 1


def film(clip: Path, mark: Mark) -> int:
    """Measure a set and write its report, as ``lumbar film --no-video`` does; count the frames looked at.

    Those are fewer than the clip has where it was thinned. The stages are ``pose`` (the estimator), ``looking``
    (all else that is done frame by frame: plate, outline, quality, waiting for the decoder and for the writer of
    the page's clip, which run beside), ``measuring`` (after the last frame) and ``report`` (page and record).
    """
    looked_at: list[float] = []

    def marked_watch(*arguments: Any, **options: Any) -> Tracks:
        mark("looking")
        tracks = watch(*arguments, **options)
        mark("measuring")
        return tracks

    def marked_save(*arguments: Any, **options: Any) -> Path:
        mark("report")
        return save_report(*arguments, **options)

    with (
        TemporaryDirectory(prefix="lumbar-") as scratch,
        patch.object(main_path, "watch", marked_watch),
        patch.object(main_path, "save_report", marked_save),
    ):
        main_path.film_report(
            clip,
            Lifter(),
            Barbell(),
            Path(scratch) / "report",
            Wishes(has_annotated_clip=False),
            estimator=_Marked(BlazePose(), mark),
            seen=lambda frame: looked_at.append(frame.time_s),
        )
    return len(looked_at)


class _Marked:
    """A pose estimator whose time is a stage of its own."""

    def __init__(self, estimator: PoseEstimator, mark: Mark) -> None:
        self._estimator, self._mark = estimator, mark

    @property
    def name(self) -> str:
        return self._estimator.name

    def find(self, picture: Pixels) -> tuple[tuple[Region, ...], tuple[Face, ...]]:
        self._mark("pose")
        found = self._estimator.find(picture)
        self._mark("looking")
        return found

    def follow(self, picture: Pixels, region: Region) -> Pose:
        self._mark("pose")
        pose = self._estimator.follow(picture, region)
        self._mark("looking")
        return pose
