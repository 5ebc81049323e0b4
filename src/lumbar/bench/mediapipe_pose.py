"""The baseline of ``lumbar bench speed``: the same BlazePose ``full`` weights, through the mediapipe package.

Run by stopwatch.py with the Python that :mod:`lumbar.bench.baseline` makes; imports nothing of Lumbar.
"""

from collections.abc import Callable
from pathlib import Path


def pose(clip: Path, mark: Callable[[str], None]) -> int:
    """Find the pose in each frame; only the stage ``pose`` is the baseline, decoding is not counted.

    mediapipe's own settings for film: tracking from frame to frame, no segmentation. Loading the model is
    counted as ``loading``, so that it weighs on nobody's frame rate.
    """
    import cv2  # noqa: PLC0415 - the bench's own environment has it, Lumbar's has another
    import mediapipe as mp  # noqa: PLC0415 - as cv2

    mark("loading")
    video = cv2.VideoCapture(str(clip))
    frames = 0
    with mp.solutions.pose.Pose(
        static_image_mode=False, model_complexity=1, enable_segmentation=False
    ) as estimator:
        while True:
            mark("decode")
            there, picture = video.read()
            if not there:
                return frames
            picture = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
            mark("pose")
            estimator.process(picture)
            frames += 1
