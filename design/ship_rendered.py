"""Cut the rendered test clips that ship: one set-up and one pull of each, small.

    lumbar synth --gallery --n 24 --out RENDERED
    python design/ship_rendered.py RENDERED

Nobody is in them: bodies, rooms and plates are drawn (src/lumbar/synth).
"""

import sys
from pathlib import Path

from lumbar.video.clip import open_clip
from lumbar.video.frames import Frame, read_frames
from lumbar.video.writer import ClipWriter

NAMES = ("front-0", "rear-180", "two-people", "head-cut-off", "plates-hidden", "lookalike-discs")
FROM_S, TO_S, CRF = 3.0, 9.5, 27
TO = Path(__file__).parent.parent / "tests" / "data" / "rendered"


def main(rendered: Path) -> None:
    """Write the part of every clip that holds its first pull."""
    TO.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        with ClipWriter(TO / f"{name}.mp4", crf=CRF) as writer:
            for frame in read_frames(open_clip(rendered / name / "clip.mp4")):
                if FROM_S <= frame.time_s <= TO_S:
                    writer.add(Frame(frame.time_s - FROM_S, frame.image))
        print(name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
