"""How long does an error of the back's reading last? ``python design/back/lasting.py FOLDER [--fast 8]``.

Reads the lower back from the set-up to knee pass, frame by frame and not smoothed, on the drawn clips of the tune
split in FOLDER (``lumbar synth --split tune``), and on fast clips of that split. Prints for each clip how much
the errors of two frames differ beyond what they share (half the difference's square), by how far apart the frames
are, and the median over the clips. The size and the duration of the outline's errors in
``lumbar.synth.fast.Errors`` are set so that both tell about the same. Twenty seconds for each drawn clip.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lumbar.arrays import Floats
from lumbar.bench.takes import barbell_of, lifter_of
from lumbar.form.rounding import GAIN
from lumbar.motion.back import BackSight
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

_SET_UP_S = 0.35
#: Frames that are this far apart (s): to and from.
_APART_S = ((0.0, 0.05), (0.05, 0.15), (0.15, 0.25), (0.25, 0.6), (0.6, 1.0))


def errors(sight: BackSight, truth: Truth) -> Iterator[tuple[Floats, Floats]]:
    """Yield for each pull the times of its frames and how wrong the reading is in each (rad)."""
    joints_px, outline_px = sight.facing_right(sight.joints_px), sight.facing_right(sight.outline_px)
    features = look(joints_px, outline_px, sight.stature_px).features
    lumbar = np.interp(sight.time_s, truth.time_s, truth.lumbar_rad)
    for rep in truth.reps:
        end_s = rep.knee_pass_s or rep.lockout_s or rep.lift_off_s
        read = np.isfinite(features).all(axis=1) & (sight.time_s >= rep.lift_off_s - _SET_UP_S)
        pull, before = read & (sight.time_s <= end_s), read & (sight.time_s <= rep.lift_off_s)
        if pull.sum() < 5 or before.sum() < 2:
            continue
        other = np.tile(features[before].mean(axis=0), (int(pull.sum()), 1))
        read_rad = load_reader().change(features[pull], other, sight.view_angle_rad, sight.stature_px)[0]
        change = GAIN * read_rad[:, 0]
        yield sight.time_s[pull], change - (lumbar[pull] - lumbar[before].mean())


def own_deg(pulls: list[tuple[Floats, Floats]]) -> Floats:
    """Return the deviation that two frames do not share (degrees), for each of :data:`_APART_S`; NaN for none."""
    apart_s, square = [], []
    for time_s, error in pulls:
        soon, late = np.triu_indices(len(time_s), 1)
        apart_s.append(time_s[late] - time_s[soon])
        square.append((error[late] - error[soon]) ** 2 / 2)
    far_s, own = np.concatenate(apart_s), np.concatenate(square)
    chosen = [own[(far_s > low) & (far_s <= high)] for low, high in _APART_S]
    return np.array([np.degrees(np.sqrt(part.mean())) if part.size else np.nan for part in chosen])


def told(name: str, clips: Iterator[tuple[Tracks, Truth, Case]]) -> None:
    """Print each clip's row, and the median over them."""
    print(f"{name:12s}", *(f"{f'to {high:g} s':>9s}" for _, high in _APART_S))
    rows = []
    for tracks, truth, case in clips:
        seen = standing(tracks)
        if seen.bar is None:
            continue
        sight = back_sight(seen, to_motion(seen, lifter_of(truth), barbell_of(case)))
        if pulls := list(errors(sight, truth)):
            rows.append(own_deg(pulls))
            size = 1000 * truth.body_height_m / sight.stature_px
            print(f"{case.name:12s}", *(f"{one:8.1f}°" for one in rows[-1]), f"  {size:.1f} mm a pixel")
    print(f"{'median':12s}", *(f"{one:8.1f}°" for one in np.nanmedian(rows, axis=0)))


def drawn(folder: Path) -> Iterator[tuple[Tracks, Truth, Case]]:
    """Yield every drawn clip as vision sees it."""
    for path in sorted(folder.glob("tune-*/clip.mp4")):
        place, clip = path.parent, open_clip(path)
        case = draw_case("tune", int(place.name.removeprefix("tune-")), Range(is_filmed=True))
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
    told("drawn", drawn(options.folder))
    told("fast", fast(options.fast))


if __name__ == "__main__":
    main()
