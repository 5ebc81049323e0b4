"""Does the right finding come first? Lifters with one fault, two, none; and two popular rules beside ours.

Each clip is judged twice: as the product sees it, and with every measure known exactly. What fails in the second
is the rules' fault, the rest is the measurement's.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field

import numpy as np

from lumbar.bench.faults import FAULTS, clean_case, faulty_case, pairs
from lumbar.bench.kept import FOLDER, fingerprint, keep
from lumbar.bench.known import seen_motion, true_measures, true_motion
from lumbar.bench.pool import pool
from lumbar.bench.rows import Row, at_least
from lumbar.bench.takes import MEASURING
from lumbar.estimate import Estimate, Missing
from lumbar.form.findings import MOST, find
from lumbar.form.measured_set import MeasuredSet, measure_tracks
from lumbar.form.style import Style
from lumbar.knowledge.library import library
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep, find_reps
from lumbar.synth.case import Case
from lumbar.synth.fast import Errors, FastClip, fast_clip
from lumbar.synth.splits import SplitName

#: Popular rules for a rounded back: hip angle under 170° in the pull; ear–shoulder–hip under 145° (reference
#: §6.4: the papers cited for it hold no such number).
_HIP_RULE_RAD, _SPINE_RULE_RAD = np.radians(170), np.radians(145)
#: What decides what is said of a clip.
_JUDGING = (*MEASURING, "knowledge", *(f"bench/{name}.py" for name in ("faults", "findings", "known")))
#: A clip of which only the truth is used needs an outline now and then, for the height.
_BLIND = Errors(outline_hz=2.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of one clip.

    ``wanted`` are the faults it has; ``seen`` and ``known`` the ids of the findings, praise left out, by what the
    product measures and by the truth; ``praised`` those of the praise; ``missing`` says of each fault whether a
    measure of its rule was missing in all reps. ``hip_rule`` and ``spine_rule`` say whether the popular rules call
    the set rounded.
    """

    wanted: tuple[str, ...]
    seen: tuple[str, ...]
    known: tuple[str, ...]
    praised: tuple[str, ...]
    missing: frozenset[str]
    hip_rule: bool
    spine_rule: bool


@dataclass(slots=True)
class Tally:
    """Counts over clips of one kind."""

    clips: int = 0
    first: int = 0
    known_first: int = 0
    among: int = 0
    missing: int = 0
    instead: Counter[str] = field(default_factory=Counter)


def judge(case: Case, wanted: tuple[str, ...]) -> Judged:
    """Film a case the quick way and say what is found."""
    clip = fast_clip(case)
    seen = seen_set(clip)
    found = find(seen)
    hip_rule, spine_rule = popular_rules(seen.motion, seen.reps)
    return Judged(
        wanted=wanted,
        seen=tuple(one.id for one in found if one.kind != "praise"),
        known=known_findings(clip),
        praised=tuple(one.id for one in found if one.kind == "praise"),
        missing=frozenset(fault for fault in wanted if is_missing(fault, seen)),
        hip_rule=hip_rule,
        spine_rule=spine_rule,
    )


def judge_once(case: Case, wanted: tuple[str, ...]) -> Judged:
    """Return what is said of a clip, from where it was kept until something that it hangs on changes."""
    kept = FOLDER / "judged" / fingerprint(_JUDGING) / f"{case.name}.json"
    if kept.exists():
        held = json.loads(kept.read_text(encoding="utf-8"))
        lists = {name: tuple(held[name]) for name in ("wanted", "seen", "known", "praised")}
        return Judged(**{**held, **lists, "missing": frozenset(held["missing"])})
    judged = judge(case, wanted)
    keep(kept, json.dumps(asdict(judged) | {"missing": sorted(judged.missing)}).encode())
    return judged


def case_style(case: Case) -> Style:
    """Return the style of a case in the product's words: the same, but for what no case has."""
    return case.lift.style


def seen_set(clip: FastClip) -> MeasuredSet:
    """Return a clip's set as the product measures it."""
    motion = seen_motion(clip)
    return measure_tracks(clip.tracks, motion, find_reps(motion), case_style(clip.case))


def known_set(clip: FastClip) -> MeasuredSet:
    """Return a clip's set with every measure known exactly."""
    motion = true_motion(clip)
    return MeasuredSet(motion, *true_measures(clip, motion), case_style(clip.case))


def known_findings(clip: FastClip) -> tuple[str, ...]:
    """Return what is found when every measure is known exactly: the ids, praise left out."""
    return tuple(one.id for one in find(known_set(clip)) if one.kind != "praise")


def is_missing(fault: str, lifted: MeasuredSet) -> bool:
    """Say whether a measure that the fault's rule needs has no number in any rep."""
    every = [*lifted.measures, lifted.set_measures]
    return any(
        not any(isinstance(mine.get(clause.measure, Missing("")), Estimate) for mine in every)
        for clause in library().form_rules[fault].clauses
    )


def popular_rules(motion: Motion, reps: Sequence[Rep]) -> tuple[bool, bool]:
    """Say whether the hip-angle rule and the spine rule call any rep rounded, on the product's own landmarks."""
    pulling = np.zeros(len(motion.time_s), dtype=bool)
    for rep in reps:
        pulling |= (motion.time_s >= rep.lift_off_s) & (motion.time_s <= rep.lockout_s)
    up, down = motion.point("ear") - motion.point("shoulder"), motion.point("hip") - motion.point("shoulder")
    lengths = np.linalg.norm(up, axis=1) * np.linalg.norm(down, axis=1)
    spine = np.arccos(np.clip((up * down).sum(axis=1) / lengths, -1, 1))
    with np.errstate(invalid="ignore"):
        return (
            bool((motion.angle("hip")[pulling] < _HIP_RULE_RAD).any()),
            bool((spine[pulling] < _SPINE_RULE_RAD).any()),
        )


def tally(judged: Iterable[Judged]) -> dict[tuple[str, ...], Tally]:
    """Count by the faults that the clips have."""
    counts: dict[tuple[str, ...], Tally] = {}
    for one in judged:
        mine = counts.setdefault(one.wanted, Tally())
        mine.clips += 1
        mine.first += one.seen[:1] == one.wanted[:1]
        mine.known_first += one.known[:1] == one.wanted[:1]
        mine.among += set(one.wanted) <= set(one.seen[:MOST])
        mine.missing += bool(one.missing)
        if one.seen[:1] != one.wanted[:1]:
            mine.instead[one.seen[0] if one.seen else "nothing"] += 1
    return counts


def judge_all(split: SplitName, *, each: int, clean: int, double: int) -> Iterator[Judged]:
    """Judge ``each`` clips of every fault, ``clean`` without one, and ``double`` with two, of a split."""
    tasks: list[tuple[Case, tuple[str, ...]]] = [
        (faulty_case(split, 400 + index * each + number, fault), (fault,))
        for index, fault in enumerate(FAULTS)
        for number in range(each)
    ]
    tasks += [(clean_case(split, number), ()) for number in range(clean)]
    both = pairs()
    chosen = [both[number * len(both) // max(double, 1)] for number in range(double)]
    tasks += [(faulty_case(split, 200 + number, *pair), pair) for number, pair in enumerate(chosen)]
    with pool() as workers:
        yield from workers.map(judge_once, *zip(*tasks, strict=True))


def known_rows(split: SplitName = "report", *, each: int = 30, clean: int = 100, double: int = 60) -> list[Row]:
    """Return how well the rules alone do, with every measure known exactly: about 0.3 s a clip."""
    single = [
        (fault, known_findings(fast_clip(faulty_case(split, 400 + at * each + n, fault), _BLIND)))
        for at, fault in enumerate(FAULTS)
        for n in range(each)
    ]
    silent = [not known_findings(fast_clip(clean_case(split, n), _BLIND)) for n in range(clean)]
    both = pairs()
    chosen = [both[n * len(both) // max(double, 1)] for n in range(double)]
    twice = [
        set(pair) <= set(known_findings(fast_clip(faulty_case(split, 200 + n, *pair), _BLIND)))
        for n, pair in enumerate(chosen)
    ]
    wrong = Counter(
        f"{fault}: {found[0] if found else 'nothing'}" for fault, found in single if found[:1] != (fault,)
    )
    note = ", ".join(f"{name} {count}" for name, count in wrong.most_common(4))
    first = float(np.mean([found[:1] == (fault,) for fault, found in single]))
    return [
        Row("finding-right-first-exact", first, "rate", n=len(single), note=note),
        Row("finding-clean-silent-exact", float(np.mean(silent)), "rate", n=len(silent)),
        Row("finding-both-among-three-exact", float(np.mean(twice)), "rate", n=len(twice)),
    ]


def finding_rows(split: SplitName = "report", *, each: int = 15, clean: int = 60, double: int = 41) -> list[Row]:
    """Return the bench's rows on findings: about 4 s a clip on one core."""
    judged = list(judge_all(split, each=each, clean=clean, double=double))
    counts = tally(judged)
    single = {fault: counts[fault,] for fault in FAULTS if (fault,) in counts}
    rows = [_overall(single), _silent([one for one in judged if not one.wanted])]
    if twice := [one for one in judged if len(one.wanted) == 2]:
        among = float(np.mean([set(one.wanted) <= set(one.seen[:MOST]) for one in twice]))
        rows.append(at_least(0.80, Row("finding-both-among-three", among, "rate", n=len(twice))))
    rows += [_of_fault(fault, mine) for fault, mine in single.items()]
    return [*rows, *_rival_rows(judged)]


def _overall(single: dict[str, Tally]) -> Row:
    clips = sum(mine.clips for mine in single.values())
    first = sum(mine.first for mine in single.values()) / clips
    known = sum(mine.known_first for mine in single.values()) / clips
    unmeasured = sum(mine.missing for mine in single.values())
    note = f"with exact measures {known:.2f}; in {unmeasured} of {clips} clips a measure of the fault is missing"
    return at_least(0.90, Row("finding-right-first", first, "rate", n=clips, note=note))


def _silent(clean: list[Judged]) -> Row:
    silent = float(np.mean([not one.seen for one in clean]))
    said = Counter(name for one in clean for name in one.seen)
    praised = float(np.mean([bool(one.praised) for one in clean]))
    note = f"praised in {praised:.2f}" + (f"; said: {dict(said)}" if said else "")
    return at_least(0.95, Row("finding-clean-silent", silent, "rate", n=len(clean), note=note))


def _of_fault(fault: str, mine: Tally) -> Row:
    instead = ", ".join(f"{name} {count}" for name, count in mine.instead.most_common(3))
    note = f"exact measures {mine.known_first / mine.clips:.2f}; measure missing in {mine.missing}"
    return Row(
        f"finding-first-{fault}",
        mine.first / mine.clips,
        "rate",
        n=mine.clips,
        note=note + (f"; instead: {instead}" if instead else ""),
    )


def _rival_rows(judged: list[Judged]) -> list[Row]:
    """Return how often the popular rules call sets rounded that are, and that are not; ours beside it."""
    rows = []
    for name, group in (
        ("rounded", [one for one in judged if one.wanted == ("rounding",)]),
        ("clean", [one for one in judged if not one.wanted]),
    ):
        if not group:
            continue
        ours = float(np.mean(["rounding" in one.seen for one in group]))
        for rule in ("hip_rule", "spine_rule"):
            theirs = float(np.mean([getattr(one, rule) for one in group]))
            rows.append(
                Row(
                    f"calls-{name}-rounded-{rule.replace('_', '-')}",
                    ours,
                    "rate",
                    baseline=theirs,
                    n=len(group),
                    note="value is ours, baseline the popular rule's",
                )
            )
    return rows
