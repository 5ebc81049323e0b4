"""How real films reach Lumbar: their size, how bright they are, and how hard they were squeezed.

    python design/synth/real_files.py FOLDER

For each MP4 of a folder: the mean grey level of its pictures, what share of 255 their brightest hundredth reaches,
its bits a second, and the CRF at which our own x264 spends as many on its first seconds. What was squeezed before
takes fewer bits, so its own CRF was that or more. ``lumbar.synth`` draws films of this kind.
"""

import argparse
import tempfile
from math import inf
from pathlib import Path

import numpy as np

from lumbar.video.clip import open_clip
from lumbar.video.frames import Frame, read_frames
from lumbar.video.writer import write_clip

_FIRST_S, _CRFS = 4.0, (16, 20, 24, 28, 32, 36)


def frames_of(path: Path) -> list[Frame]:
    """Return the frames of the film's first seconds, in its own size."""
    frames = []
    with read_frames(open_clip(path), max_side_px=1 << 14, max_rate_hz=inf) as film:
        for frame in film:
            if frame.time_s > _FIRST_S:
                break
            frames.append(frame)
    return frames


def kept_crf(frames: list[Frame], bits_per_s: float) -> float:
    """Return the CRF at which these frames take that many bits a second."""
    length_s, rate = frames[-1].time_s - frames[0].time_s, []
    with tempfile.TemporaryDirectory() as folder:
        for crf in _CRFS:
            path = Path(folder) / "film.mp4"
            write_clip(path, frames, rate_hz=len(frames) / length_s, crf=crf)
            rate.append(8 * path.stat().st_size / length_s)
    return float(np.interp(-np.log(bits_per_s), -np.log(rate), _CRFS))


def main() -> None:
    """Print a line for each film."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("folder", type=Path)
    print(f"{'film':40s}{'size':>12s}{'grey':>6s}{'bright':>8s}{'kbit/s':>8s}{'CRF':>6s}")
    for path in sorted(asked.parse_args().folder.glob("*.mp4")):
        clip, frames = open_clip(path), frames_of(path)
        seen = np.stack([frame.image for frame in frames[:: max(1, len(frames) // 4)]])
        bits_per_s = 8 * path.stat().st_size / clip.duration_s
        grey, bright = seen @ (0.299, 0.587, 0.114), float(np.percentile(seen.max(axis=-1), 99)) / 255
        size = f"{clip.width_px}×{clip.height_px}"
        crf = kept_crf(frames, bits_per_s)
        print(f"{path.name:40s}{size:>12s}{grey.mean():6.0f}{bright:8.2f}{bits_per_s / 1000:8.0f}{crf:6.0f}")


if __name__ == "__main__":
    main()
