"""How long does an error of the back's reading last? ``python design/back/lasting.py FOLDER [--fast 8]``.

Reads the lower back from the set-up to knee pass, frame by frame and not smoothed, on the drawn clips of the tune
split in FOLDER (``lumbar synth --split tune``), and on fast clips of that split. Prints how much the errors of two
frames differ, by how far apart these are: half the difference's square is what is not shared. The size and the
duration of the outline's errors in ``lumbar.synth.fast.Errors`` are set so that both tell the same.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lumbar.arrays import Floats
from lumbar.bench.takes import barbell_of, lifter_of
from lumbar.form.rounding import GAIN
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.motion import to_motion
from lumbar.motion.reader import load_reader, look
from lumbar.motion.sight import back_sight
from lumbar.motion.steady import standing
from lumbar.synth.case import Case
from lumbar.synth.chance import Range, draw_case
from lumbar.synth.fast import fast_clip
from lumbar.synth.keep import load_truth
from lumbar.synth.truth import Truth
from lumbar.video.clip import open_clip
from lumbar.video.frames import read_frames
from lumbar.vision.blazepose import BlazePose
from lumbar.vision.tracks import Tracks
from lumbar.vision.watch import watch

_SET_UP_S, _STEP_S, _FARTHEST = 0.35, 1 / 30, 24
#: The median of a squared normal number, so that a few hopeless frames do not decide.
_MEDIAN_OF_SQUARE = 0.4549


def errors(tracks: Tracks, truth: Truth, lifter: Lifter, barbell: Barbell) -> Iterator[tuple[Floats, Floats]]:
    """Yield for each pull the times of its frames and how wrong the reading is in each (rad)."""
    tracks = standing(tracks)
    if tracks.bar is None:
        return
    sight = back_sight(tracks, to_motion(tracks, lifter, barbell))
    features = look(
        sight.facing_right(sight.joints_px), sight.facing_right(sight.outline_px), sight.stature_px
    ).features
    lumbar = np.interp(sight.time_s, truth.time_s, truth.lumbar_rad)
    for rep in truth.reps:
        end_s = rep.knee_pass_s or rep.lockout_s or rep.lift_off_s
        read = np.isfinite(features).all(axis=1) & (sight.time_s >= rep.lift_off_s - _SET_UP_S)
        pull, before = read & (sight.time_s <= end_s), read & (sight.time_s <= rep.lift_off_s)
        if pull.sum() < 5 or before.sum() < 2:
            continue
        other = np.tile(features[before].mean(axis=0), (int(pull.sum()), 1))
        change = GAIN * load_reader().change(features[pull], other, sight.view_angle_rad)[0][:, 0]
        yield sight.time_s[pull], change - (lumbar[pull] - lumbar[before].mean())


def told(name: str, pulls: list[tuple[Floats, Floats]]) -> None:
    """Print the deviation that is not shared, in degrees, by the time between two frames."""
    apart: dict[int, list[float]] = {}
    for time_s, error in pulls:
        for at in range(len(time_s)):
            steps = np.rint((time_s[at + 1 :] - time_s[at]) / _STEP_S).astype(int)
            for step, later in zip(steps, error[at + 1 :], strict=True):
                apart.setdefault(int(step), []).append(float(later - error[at]) ** 2)
    print(f"{name}: {len(pulls)} pulls")
    for step in sorted(step for step in apart if 0 < step <= _FARTHEST):
        own = np.degrees(np.sqrt(np.median(apart[step]) / _MEDIAN_OF_SQUARE / 2))
        print(f"  {step * _STEP_S:5.2f} s  {own:5.2f}°  ({len(apart[step])} pairs)")


def drawn(folder: Path) -> Iterator[tuple[Tracks, Truth, Case]]:
    """Yield every drawn clip as vision sees it."""
    for place in sorted(folder.glob("tune-*")):
        case = draw_case("tune", int(place.name.removeprefix("tune-")))
        clip = open_clip(place / "clip.mp4")
        yield watch(read_frames(clip), BlazePose(), plate_m=case.lift.plate_m), load_truth(place), case


def fast(count: int) -> Iterator[tuple[Tracks, Truth, Case]]:
    """Yield fast clips from the side."""
    for number in range(count):
        made = fast_clip(draw_case("tune", number, Range(view_deg=(80.0, 120.0))))
        yield made.tracks, made.truth, made.case


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--fast", type=int, default=8)
    options = asked.parse_args()
    for name, clips in (("drawn", drawn(options.folder)), ("fast", fast(options.fast))):
        told(name, [
            pull
            for tracks, truth, case in clips
            for pull in errors(tracks, truth, lifter_of(truth), barbell_of(case))
        ])  # fmt: skip


if __name__ == "__main__":
    main()
