"""How often is the style told, and how often rightly? On fast synthetic clips, seen from the side.

    python design/form_style.py [train|tune] [CLIPS]

Fast clips guess the stance better than a network does: see the note on rendered clips in docs/form.md.
"""

import sys
from collections import Counter, defaultdict

from lumbar.bench.known import seen_motion
from lumbar.form.style import recognise
from lumbar.synth.chance import Range, draw_case
from lumbar.synth.fast import Errors, fast_clip
from lumbar.synth.splits import SPLITS


def main(split: str, clips: int) -> None:
    """Print a table: the true style, and how often each was told."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for number in range(clips):
        case = draw_case(next(name for name in SPLITS if name == split), number, Range(view_deg=(80, 120)))
        clip = fast_clip(case, Errors(outline_hz=2.0))
        found = recognise(clip.tracks, seen_motion(clip))
        told[case.lift.style][found.style or "cannot tell"] += 1
    for style, counts in told.items():
        print(f"{style:14s}", dict(counts))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "train", int(sys.argv[2]) if len(sys.argv) > 2 else 60)
