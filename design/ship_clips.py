"""Make the clips that ship from the ones they come from: faces hidden, times kept, nothing else changed.

    python design/ship_clips.py FOLDER_OF_ORIGINALS

The originals are public (tests/data/video/README.md names them); people in them are recognisable, so what is in
this repository has every face made unrecognisable by Lumbar's own means.
"""

import sys
from pathlib import Path

from lumbar.video.clip import open_clip
from lumbar.video.frames import Frame, read_frames
from lumbar.video.writer import ClipWriter
from lumbar.vision.blazepose import BlazePose
from lumbar.vision.faces import hide_faces
from lumbar.vision.watch import watch

CLIPS = ("sbd_deadlift", "powerlab_deadlift_4reps_overlay", "sbd_squat_cropped", "walk_no_lift")
SIDE_PX, RATE_HZ, CRF = 1280, 240.0, 25
TO = Path(__file__).parent.parent / "tests" / "data" / "video"


def main(originals: Path) -> None:
    """Write every clip with hidden faces."""
    for name in CLIPS:
        clip = open_clip(originals / f"{name}.mp4")
        tracks = watch(read_frames(clip, max_side_px=SIDE_PX, max_rate_hz=RATE_HZ), BlazePose())
        with ClipWriter(TO / f"{name}.mp4", crf=CRF) as writer:
            for frame in read_frames(clip, max_side_px=SIDE_PX, max_rate_hz=RATE_HZ):
                writer.add(Frame(frame.time_s, hide_faces(frame.image, tracks, frame.time_s)))
        print(f"{name}: {len(tracks.time_s)} frames")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
