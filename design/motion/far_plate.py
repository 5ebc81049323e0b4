"""How clear is the far plate, and how far off? ``python design/motion/far_plate.py FOLDER``.

Looks for it in the drawn clips of the tune split in FOLDER (``lumbar synth --split tune``), however unclear it is,
and prints for each the view, how much clearer the best place is than the next, and how far from the true one, to
the right and down, in radii of the near plate, at the median of the frames. A minute for each clip.
``lumbar.vision.farplate`` and ``lumbar.synth.fast`` go by it.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np

from lumbar.synth.chance import Range, draw_case
from lumbar.synth.keep import load_truth
from lumbar.video.clip import open_clip
from lumbar.video.frames import read_frames
from lumbar.vision import farplate
from lumbar.vision.blazepose import BlazePose
from lumbar.vision.watch import watch


def main() -> None:
    """Measure and print."""
    clearest, looks = farplate._clearest, []  # noqa: SLF001 - what it decides by is what is asked for

    def spy(*asked: Any) -> Any:
        found = clearest(*asked)
        looks.append(found[1])
        return found

    farplate._clearest, threshold, farplate._CLEARER = spy, farplate._CLEARER, 0.0  # noqa: SLF001 - any is looked at
    print(f"{'clip':12s}{'view':>6s}{'clearer by':>12s}{'right':>8s}{'down':>8s}")
    for path in sorted(Path(sys.argv[1]).glob("tune-*/clip.mp4")):
        case, truth = (
            draw_case("tune", int(path.parent.name.removeprefix("tune-")), Range(is_filmed=True)),
            load_truth(path.parent),
        )
        looks.clear()
        bar = watch(read_frames(open_clip(path)), BlazePose(), plate_m=case.lift.plate_m).bar
        if bar is None or bar.far_px is None:
            print(f"{case.name:12s}{np.degrees(truth.view_rad):6.1f}  no bar")
            continue
        rows = np.abs(truth.time_s[:, None] - bar.time_s).argmin(axis=0)
        off = (bar.far_px - truth.far_plate_px[rows]) / np.nanmedian(bar.half_height_px)
        right, down = np.nanmedian(off, axis=0)
        kept = "kept" if looks[0] >= threshold else ""
        print(f"{case.name:12s}{np.degrees(truth.view_rad):6.1f}{looks[0]:12.2f}{right:8.3f}{down:8.3f}  {kept}")


if __name__ == "__main__":
    main()
