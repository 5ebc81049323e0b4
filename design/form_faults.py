"""Does the right finding come first, and where not, why not? On fast synthetic clips of the tune split.

    python design/form_faults.py [--each 10] [--clean 30] [--double 41] [--first 0] [--cores 1] [--why]

What ``lumbar bench accuracy`` says of the findings, on lifters that the bench never reads: with one fault, with
none, with two. Each set is judged as the product sees it and with every measure known exactly; what fails in the
second is the fault of a rule, the rest that of a measure. ``--why`` lists the clips that fail: what was said, and
the rule's measures as they were seen (rep by rep), beside what they are. About 4 s of a processor for each clip.
"""

import argparse
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import numpy as np

from lumbar.bench.faults import FAULTS, clean_case, faulty_case, pairs
from lumbar.bench.findings import known_set, seen_set
from lumbar.estimate import Estimate, Measured
from lumbar.form.findings import MOST, find
from lumbar.form.measured_set import MeasuredSet
from lumbar.knowledge.library import library
from lumbar.synth.fast import fast_clip

SHOWN = {"deg": 180 / np.pi, "cm": 100.0, "percent": 100.0}


@dataclass(frozen=True)
class Told:
    """What was said of one clip: the faults it has, what was seen and known of it, and the measures in words."""

    number: int
    wanted: tuple[str, ...]
    seen: tuple[str, ...]
    known: tuple[str, ...]
    why: tuple[str, ...]

    def is_right(self, said: tuple[str, ...]) -> bool:
        """Say whether the right thing was said: nothing, the one fault first, or both among three."""
        return set(self.wanted) <= set(said) if len(self.wanted) > 1 else said[:1] == self.wanted


def judged(task: tuple[int, tuple[str, ...]]) -> Told:
    """Film one lifter of the tune split and judge the set twice."""
    number, wanted = task
    case = faulty_case("tune", number, *wanted) if wanted else clean_case("tune", number)
    clip = fast_clip(case)
    seen, known = seen_set(clip), known_set(clip)
    said, would = (
        tuple(one.id for one in find(lifted)[:MOST] if one.kind != "praise") for lifted in (seen, known)
    )
    return Told(number, wanted, said, would, tuple(worded({*wanted, *said, *would}, seen, known)))


def worded(rules: set[str], seen: MeasuredSet, known: MeasuredSet) -> Iterator[str]:
    """Yield each measure of some rules: what was seen of it in each rep, and what it is."""
    for rule in (library().form_rules[name] for name in sorted(rules)):
        for clause in rule.clauses:
            factor = SHOWN.get(clause.unit, 1.0)
            of = partial(numbers, clause.measure, is_set=rule.scope == "set", factor=factor)
            limit = clause.above or clause.below
            yield f"{rule.id}: {clause.measure} {limit} {clause.unit}: seen {of(seen)}; is {of(known)}"


def numbers(measure: str, lifted: MeasuredSet, *, is_set: bool, factor: float) -> str:
    """Return a measure of a set, or of each of its reps, as text."""
    every = [lifted.set_measures] if is_set else lifted.measures
    return ", ".join(number(one.get(measure), factor) for one in every)


def number(one: Measured | None, factor: float) -> str:
    """Return a number with its range; exact ones alone, missing ones as a dash."""
    if not isinstance(one, Estimate):
        return "–"
    value = f"{one.value * factor:.3g}"
    return value if one.half_width == 0 else f"{value} ({one.low * factor:.3g} to {one.high * factor:.3g})"


def tasks(each: int, clean: int, double: int, first: int) -> list[tuple[int, tuple[str, ...]]]:
    """Return which lifters are filmed, and what they have."""
    both = pairs()
    return [
        *((400 + first + at * each + n, (fault,)) for at, fault in enumerate(FAULTS) for n in range(each)),
        *((first + n, ()) for n in range(clean)),
        *((200 + first + n, both[n * len(both) // max(double, 1)]) for n in range(double)),
    ]


def line(name: str, told: list[Told]) -> str:
    """Return one line of the table."""
    if not told:
        return f"{name:16s}    0"
    seen, known = (np.mean([one.is_right(getattr(one, of)) for one in told]) for of in ("seen", "known"))
    wrong: dict[str, int] = {}
    for one in told:
        if not one.is_right(one.seen):
            said = " ".join(one.seen) or "nothing"
            wrong[said] = wrong.get(said, 0) + 1
    instead = ", ".join(f"{said} {count}" for said, count in sorted(wrong.items(), key=lambda pair: -pair[1])[:4])
    return f"{name:16s}{len(told):5d}{seen:7.2f}{known:7.2f}  {instead}"


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    for name, default in (("each", 10), ("clean", 30), ("double", 41), ("first", 0), ("cores", 1)):
        asked.add_argument(f"--{name}", type=int, default=default)
    asked.add_argument("--why", action="store_true")
    options = asked.parse_args()
    todo = tasks(options.each, options.clean, options.double, options.first)
    told = []
    with ProcessPoolExecutor(options.cores, get_context("spawn")) as pool:
        for one in pool.map(judged, todo):
            told.append(one)
            if options.why and not (one.is_right(one.seen) and one.is_right(one.known)):
                print(*one.wanted, one.number, "seen", one.seen, "known", one.known, flush=True)
                print(*(f"    {text}" for text in one.why), sep="\n", flush=True)
    print(f"{'':16s}{'clips':>5s}{'seen':>7s}{'known':>7s}  said instead")
    for name in FAULTS:
        print(line(name, [one for one in told if one.wanted == (name,)]))
    for name, faults in (("one fault", 1), ("none", 0), ("two faults", 2)):
        print(line(name, [one for one in told if len(one.wanted) == faults]))


if __name__ == "__main__":
    main()
