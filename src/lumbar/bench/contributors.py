"""How often the ledger finds what drives a made-up lifter's soreness, and how often it names something idle.

The lifters are those of :mod:`lumbar.synth.soreness`; the report split is only ever reported on. Beside the ledger
stand two plain ways: always say overtraining, and name what correlates with soreness.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import pearsonr

from lumbar.bench.rows import Row, at_most
from lumbar.contributors.before import REPEATABLE, Before, before
from lumbar.contributors.followed import Followed, followed
from lumbar.contributors.ledger import Ledger, Strength, ledger
from lumbar.contributors.matched import SelfMatch
from lumbar.estimate import Estimate
from lumbar.synth.logbook import Logbook, draw_logbook
from lumbar.synth.soreness import DRIVERS, TIED_ROUNDING, Driver
from lumbar.synth.splits import SplitName

#: Weeks of data after which the ledger is asked.
WEEKS = (4, 8, 12, 26, 52)

#: Lifters per driver. 400 without a driver give the false-named rate to about ± 1.5 points of 100 (one σ at 0.1).
LIFTERS, QUICK_LIFTERS = 400, 20

#: The first lifter of the report split that is reported on: the 120 before were looked at once, to see whether the
#: bench itself is right.
FIRST = 1000

#: The issue's goal: something is named for at most one in ten whose soreness nothing drives.
GOAL_FALSE = 0.10

#: The plain way names what correlates with soreness at this level, one by one, as a spreadsheet would.
PLAIN_LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Asked:
    """What came out for one lifter after so many weeks.

    ``first`` is the first contributor with a dot, None without any; ``named`` those that stand out. The same for
    plain correlation. ``effects`` are, per contributor that could be compared, the range and the truth in points.
    """

    driver: Driver
    weeks: int
    first: str | None
    named: frozenset[str]
    plain_first: str | None
    plain_named: frozenset[str]
    two_dots: frozenset[str]
    matches: Mapping[str, SelfMatch]
    true_score: Mapping[str, float]

    @property
    def is_right(self) -> bool:
        """Return whether the driver comes first."""
        return self.first == self.driver

    @property
    def false(self) -> frozenset[str]:
        """Return what is named and idle."""
        return self.named - {self.driver}


def ask(book: Logbook, weeks: int) -> Asked:
    """Ask the ledger about one lifter after so many weeks."""
    evidence = book.after(weeks)
    found = ledger(evidence)
    told = followed(evidence)
    befores = before(told, evidence)
    matches = {line.id: line.matched for line in found.contributors if line.matched is not None}
    plain = plain_correlation(told, befores)
    sure = frozenset(name for name, (r, p) in plain.items() if r > 0 and p < PLAIN_LEVEL)
    positive = {name: r for name, (r, _) in plain.items() if r > 0}
    return Asked(
        book.truth.driver,
        weeks,
        _first(found),
        frozenset(line.id for line in found.named),
        max(positive, key=lambda name: positive[name], default=None),
        sure,
        frozenset(line.id for line in found.contributors if (line.strength.dots or 0) >= 2),
        matches,
        true_effects(book, told, befores),
    )


def _first(found: Ledger) -> str | None:
    top = found.contributors[0]
    return top.id if top.strength.rank >= Strength.THERE.rank else None


def plain_correlation(told: Sequence[Followed], befores: Sequence[Before]) -> Mapping[str, tuple[float, float]]:
    """Return correlation and p-value of each contributor with soreness, one by one: the plain way."""
    found = {}
    for name in REPEATABLE:
        pairs = [
            (float(flag), float(each.peak_score))
            for each, row in zip(told, befores, strict=True)
            if each.peak_score is not None and (flag := row.flags[name]) is not None
        ]
        columns = np.array(pairs).T
        if len(pairs) >= 3 and np.ptp(columns[0]) and np.ptp(columns[1]):
            result = pearsonr(columns[0], columns[1])
            found[name] = (float(result.statistic), float(result.pvalue))
    return found


def true_effects(book: Logbook, told: Sequence[Followed], befores: Sequence[Before]) -> Mapping[str, float]:
    """Return how much sorer sessions with each contributor really are because of it, in points.

    What the driver added to sessions where the driver is seen, less what it added to those where it is not: for
    form that is what film can see of it. What is not the driver adds nothing.
    """
    truth = dict.fromkeys(REPEATABLE, 0.0)
    driver = book.truth.driver
    rows = zip(told, befores, book.truth.added_score, strict=False)
    added = [(each.is_known, row.flags.get(driver), more) for each, row, more in rows]
    sides = [[more for is_known, flag, more in added if is_known and flag is side] for side in (True, False)]
    if all(sides):
        truth[driver] = float(np.mean(sides[0]) - np.mean(sides[1]))
    return truth


def ask_all(split: SplitName, lifters: int, say: Callable[[str], None], first: int = 0) -> list[Asked]:
    """Ask about so many lifters of each driver, at each number of weeks."""
    found = []
    for driver in DRIVERS:
        say(f"{lifters} lifters whose soreness is driven by {driver}")
        for number in range(first, first + lifters):
            book = draw_logbook(split, number, driver)
            found += [ask(book, weeks) for weeks in WEEKS]
    return found


def run(*, quick: bool, say: Callable[[str], None]) -> Iterator[Row]:
    """Measure on the report split."""
    lifters = QUICK_LIFTERS if quick else LIFTERS
    asked = ask_all("report", lifters, say, FIRST)
    yield from _false_rows(asked)
    for weeks in WEEKS:
        yield from _driver_rows([each for each in asked if each.weeks == weeks], weeks)
    for driver in DRIVERS:
        if driver != "nothing":
            own = [each for each in asked if each.driver == driver and each.weeks == WEEKS[-1]]
            yield _share(f"{driver}-first-{WEEKS[-1]}w", [each.is_right for each in own])
    yield from _coverage_rows(asked)
    say(f"{lifters} lifters driven by load, whose backs round almost on heavy days alone")
    numbers = range(FIRST, FIRST + lifters)
    books = (draw_logbook("report", number, "load", WEEKS[-1], TIED_ROUNDING) for number in numbers)
    yield from _tied_rows([ask(book, WEEKS[-1]) for book in books])


def _share(id_: str, hits: Sequence[bool], note: str = "", plain: Sequence[bool] | None = None) -> Row:
    if not hits:
        return Row(id_, None, "ratio", n=0, note="nobody could be asked this")
    baseline = None if plain is None else sum(plain) / len(plain)
    return Row(id_, sum(hits) / len(hits), "ratio", baseline=baseline, n=len(hits), note=note)


def _false_rows(asked: Sequence[Asked]) -> Iterator[Row]:
    """Yield how often something is named when nothing drives: at worst over the weeks, then week by week."""
    idle = [each for each in asked if each.driver == "nothing"]
    note = "baseline: plain correlation; always saying overtraining names it every time"
    rows = [
        _share(
            f"false-named-{weeks}w",
            [bool(each.named) for each in idle if each.weeks == weeks],
            note,
            [bool(each.plain_named) for each in idle if each.weeks == weeks],
        )
        for weeks in WEEKS
    ]
    worst = max(rows, key=lambda row: row.value or 0.0)
    note = f"the worst of {', '.join(map(str, WEEKS))} weeks; {note}"
    yield at_most(GOAL_FALSE, replace(worst, id="false-named-rate", note=note))
    yield from rows
    last = [each for each in idle if each.weeks == WEEKS[-1]]
    note = "two dots, 'there at the right time', say that it was there, and name nothing; how often that is chance"
    yield _share("idle-two-dots-52w", [bool(each.two_dots) for each in last], note)
    driven = [each for each in asked if each.driver != "nothing" and each.weeks == WEEKS[-1]]
    plain = [bool(each.plain_named - {each.driver}) for each in driven]
    yield _share("idle-named-beside-driver-52w", [bool(each.false) for each in driven], "", plain)


def _driver_rows(asked: Sequence[Asked], weeks: int) -> Iterator[Row]:
    driven = [each for each in asked if each.driver != "nothing"]
    note = "of lifters driven by load, form or sleep; baseline: plain correlation"
    plain = [each.plain_first == each.driver for each in driven]
    yield _share(f"driver-first-{weeks}w", [each.is_right for each in driven], note, plain)
    dotted = [each.is_right for each in driven if each.first is not None]
    yield _share(f"driver-first-of-dotted-{weeks}w", dotted, "of those with a dot anywhere in the ledger")
    plain = [each.driver in each.plain_named for each in driven]
    yield _share(f"driver-named-{weeks}w", [each.driver in each.named for each in driven], note, plain)
    yield _share(f"overtraining-first-{weeks}w", [each.driver == "load" for each in driven], "always said")
    compared = [any(isinstance(m.more_score, Estimate) for m in each.matches.values()) for each in asked]
    yield _share(f"enough-data-{weeks}w", compared, "at least one contributor could be compared")


def _tied_rows(asked: Sequence[Asked]) -> Iterator[Row]:
    """Yield what is named where rounding comes with the load that drives, and does nothing itself."""
    note = "load drives, rounding comes with heavy days; baseline: plain correlation"
    plain = ["form" in each.plain_named for each in asked]
    yield _share("tied-form-named-52w", ["form" in each.named for each in asked], note, plain)
    plain = ["load" in each.plain_named for each in asked]
    yield _share("tied-load-named-52w", ["load" in each.named for each in asked], note, plain)


def _coverage_rows(asked: Sequence[Asked]) -> Iterator[Row]:
    """Yield how often the 90 % range holds the truth: drivers, idle ones, both, and both by weeks."""
    held = [
        (each.weeks, name == each.driver, match.more_score.low <= each.true_score[name] <= match.more_score.high)
        for each in asked
        for name, match in each.matches.items()
        if isinstance(match.more_score, Estimate)
    ]
    note = "meant to be 0.9"
    yield _share("coverage-effect", [hit for _, _, hit in held], note)
    yield _share("coverage-effect-driver", [hit for _, is_driver, hit in held if is_driver], note)
    yield _share("coverage-effect-idle", [hit for _, is_driver, hit in held if not is_driver], note)
    for weeks in WEEKS:
        yield _share(f"coverage-effect-{weeks}w", [hit for at, _, hit in held if at == weeks], note)
