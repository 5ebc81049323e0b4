"""Where L5/S1 is, from hip, shoulder and the bend of the lower back: what each rule costs, and the rule we use.

    python design/load/place_l5s1.py [CLIPS]

True joints of synthetic lifters (no pixels): the rule is learned on the bodies of the train split and tried on
those of the tune split. Costs are in the moment of a bar of 140 kg over the frames in which it hangs in the hands:
the mean absolute error, and the error at the frame of the peak.

Verdict (40 train, 24 tune clips): the pelvis is tipped by the trunk's lean less 0.74 of the lumbar flexion, plus
0.9°, with 1.6° left over. Tune bodies: 5.4 N·m on average and 7.7 N·m at the peak (median) with the flexion known;
11.6 and 13.8 with the usual flexion in its place; 33 with the trunk's line alone, 34 with the fixed rule of
reference/simulation §2.3. The aim was 20 N·m. What this cannot show: these bodies' hips lie where Reed and Dumas
have them on average; how one person differs from that is in the range (``l5s1_m``), not in this number.
"""

import sys
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.mechanics.body import upper_body
from lumbar.mechanics.chain import bar_force, top_down
from lumbar.mechanics.pelvis import Pelvis, lean, pelvis_of, pitch, place_l5s1, usual_flexion
from lumbar.synth.body import load_body
from lumbar.synth.chance import draw_case
from lumbar.synth.render import act, clip_times
from lumbar.synth.splits import SplitName
from lumbar.synth.truth import Truth, tell_truth

BAR_KG = 140.0


@dataclass(frozen=True)
class Seen:
    """One clip's true joints in the sagittal plane, (time, 2) each."""

    truth: Truth
    hip: Floats
    shoulder: Floats
    arm: Floats
    l5s1: Floats
    bar: Floats


def see(split: SplitName, number: int) -> Seen:
    """Return the true joints of one clip, every third frame."""
    case = draw_case(split, number)
    body, times = load_body(case.body), clip_times(case)[::3]
    played = act(case, times)
    truth = tell_truth(case, body, played.done, played.posed, played.view)

    def middle(name: str) -> Floats:
        return ((truth.joint_m(f"left_{name}") + truth.joint_m(f"right_{name}")) / 2)[:, :2]

    arm = np.stack([middle(name) for name in ("elbow", "wrist", "knuckle")], axis=1)
    return Seen(truth, middle("hip"), middle("shoulder"), arm, truth.spine_m[:, 0, :2], truth.bar_m[:, :2])


def learn(clips: list[Seen]) -> tuple[float, float, float]:
    """Return share, offset (rad) and what is left (rad) of the pelvis's tip against lean and flexion."""
    leans = np.concatenate([lean(clip.hip, clip.shoulder) for clip in clips])
    flexion, tip = (
        np.concatenate([getattr(clip.truth, name) for clip in clips]) for name in ("lumbar_rad", "pelvis_rad")
    )
    terms = np.stack([-flexion, np.ones_like(flexion)], axis=1)
    found = np.linalg.lstsq(terms, tip - leans, rcond=None)[0]
    return float(found[0]), float(found[1]), float(np.std(tip - leans - terms @ found))


def moment(clip: Seen, l5s1: Floats) -> Floats:
    """Return the moment (time,) of the bar and the upper body about a place for L5/S1."""
    joints = np.concatenate([l5s1[:, None], clip.shoulder[:, None], clip.arm], axis=1)
    truth = clip.truth
    own = upper_body("male" if truth.body_sex == "male" else "female", truth.body_mass_kg)
    return top_down(joints, own, clip.bar, bar_force(BAR_KG, np.zeros_like(clip.bar))).moment_n_m


def rules(clip: Seen) -> dict[str, Floats]:
    """Return where each rule puts L5/S1."""
    truth = clip.truth
    pelvis = pelvis_of("male" if truth.body_sex == "male" else "female", truth.body_height_m)
    line = clip.shoulder - clip.hip
    along = line / np.linalg.norm(line, axis=1, keepdims=True)
    behind = np.stack([-along[:, 1], along[:, 0]], axis=1)
    leans = lean(clip.hip, clip.shoulder)
    flat = Pelvis(pelvis.above_m, 0.0)
    return {
        "the trunk's line": clip.hip + flat.above_m * along,
        "the lab's fixed rule": clip.hip + 0.235 * line + 0.055 * behind,
        "flexion not known": place_l5s1(clip.hip, clip.shoulder, usual_flexion(leans), pelvis),
        "our rule": place_l5s1(clip.hip, clip.shoulder, truth.lumbar_rad, pelvis),
        "our rule, flexion off by 5°": place_l5s1(
            clip.hip, clip.shoulder, truth.lumbar_rad + np.radians(5), pelvis
        ),
    }


def main(clips: int) -> None:
    """Learn on train, print what each rule costs on both splits."""
    seen = {split: [see(split, number) for number in range(count)] for split, count in
            (("train", clips), ("tune", max(1, clips * 3 // 5)))}  # fmt: skip
    share, offset, left = learn(seen["train"])
    print(f"pelvis = lean − {share:.3f} · flexion + {np.degrees(offset):.2f}°; left over {np.degrees(left):.2f}°")
    used = float(pitch(np.zeros(1), np.ones(1))[0] - pitch(np.zeros(1), np.zeros(1))[0])
    print(f"lumbar.mechanics.pelvis has {-used:.3f}")
    for split, films in seen.items():
        costs = defaultdict(list)
        for clip in films:
            hangs = clip.truth.load_share > 0.99
            true = moment(clip, clip.l5s1)
            at = np.argmax(np.where(hangs, true, 0))
            for name, place in rules(clip).items():
                off = moment(clip, place) - true
                costs[name].append((np.abs(off[hangs]).mean(), abs(off[at]), off[at]))
        for name, rows in costs.items():
            mean, peak, signed = np.array(rows).T
            print(f"{split:5s} {name:28s} {mean.mean():5.1f} N·m mean, at the peak {np.median(peak):5.1f} median,"
                  f" {np.percentile(peak, 90):5.1f} at 90 %, {signed.mean():+6.1f} leaning")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
