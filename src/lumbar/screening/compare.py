"""What a result says: beside other people, the other side, and last time; no more than its error lets it.

Norms that are known from memory only are told of and not shown (part E of the evidence file).
"""

from collections.abc import Iterator, Sequence
from math import sqrt

from lumbar.knowledge.entries import Balance, MeasurementError, Norm, Test
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said, say
from lumbar.screening.results import TestResult

_SIDES = ("left", "right")


def value_of(test: Test, value: float) -> Said:
    """Return a value in the unit of its test."""
    shown = f"{value:.1f}".removesuffix(".0")
    return say("screening.degrees", value=shown) if test.unit == "deg" else say("screening.seconds", value=shown)


def tell_result(result: TestResult) -> Said:
    """Return the result itself."""
    test = result.instrument
    name, values = say(f"test.{test.id}"), [value_of(test, value) for value in result.values]
    if len(values) == 1:
        return say("screening.noted", test=name, value=values[0])
    return say("screening.noted-sides", test=name, left=values[0], right=values[1])


def tell(result: TestResult, before: TestResult | None, sex: str | None) -> tuple[Said, ...]:
    """Return everything that can be said of a result, the lifter's own trend first."""
    test = result.instrument
    said = [tell_result(result)]
    if test.trust != "usable":
        said.append(say("screening.low-trust" if test.trust == "low" else "screening.trend-only"))
    if before is not None:
        said.append(change(result, before))
    if len(result.values) == 2:
        said.extend(sides(result))
    said.extend(references(result, sex))
    said.extend(norms(test, sex))
    return tuple(said)


def smallest_real_change(test: Test) -> MeasurementError | None:
    """Return the error of a test, the widest where several groups were measured; None where none is known.

    Which group a lifter belongs to may not be known: the widest promises least.
    """
    return max(test.error, key=lambda error: error.mdc95, default=None)


def change(result: TestResult, before: TestResult) -> Said:
    """Return how a result compares with an earlier one of the same test."""
    test = result.instrument
    error = smallest_real_change(test)
    if error is None:
        return say("screening.change-unknown", before=tell_result(before))
    difference = result.mean - before.mean
    slots = {"difference": value_of(test, abs(difference)), "error": value_of(test, error.mdc95)}
    if abs(difference) < error.mdc95:
        return say("screening.change-none", **slots)
    return say("screening.change-more" if difference > 0 else "screening.change-less", **slots)


def sides(result: TestResult) -> Iterator[Said]:
    """Yield how left and right compare."""
    limit_ratio = result.instrument.side_difference_ratio
    high = max(result.values)
    if limit_ratio is None or high <= 0:
        yield say("screening.sides-unknown")
        return
    ratio = (high - min(result.values)) / high
    percent, limit = f"{100 * ratio:.0f}", f"{100 * limit_ratio:.0f}"
    if ratio < limit_ratio:
        yield say("screening.sides-none", percent=percent, limit=limit)
    else:
        lower = _SIDES[result.values.index(min(result.values))]
        yield say("screening.sides-seen", side=say(f"screening.{lower}"), percent=percent)
    yield say("screening.sides-own", limit=limit)


def _fits(norm: Norm, sex: str | None) -> bool:
    return norm.sex == "any" or sex is None or norm.sex == sex


def references(result: TestResult, sex: str | None) -> Iterator[Said]:
    """Yield, where there is a published cut-off, on which side of it each leg is, and no more than that."""
    test = result.instrument
    limits = {norm.sex: norm.beyond for norm in test.norms if norm.beyond is not None and norm.basis == "seen"}
    if not limits:
        return
    limit = limits.get("any") if "any" in limits else next((v for s, v in limits.items() if s == sex), None)
    if limit is None:
        yield say("screening.sex-needed")
        return
    for side, value in zip(_SIDES, result.values, strict=True):
        slots = {"limit": value_of(test, limit), "side": say(f"screening.{side}")}
        yield say("screening.beyond" if value > limit else "screening.within", **slots)


def norms(test: Test, sex: str | None) -> Iterator[Said]:
    """Yield what groups of people reached, with how many and how old; a table from memory is told of only."""
    fitting = [norm for norm in test.norms if _fits(norm, sex)]
    seen = [norm for norm in fitting if norm.basis == "seen"]
    for norm in seen:
        yield _norm(test, norm)
    for group in dict.fromkeys(norm.group for norm in fitting if norm.basis == "memory"):
        yield say("screening.norm-memory", group=group)
    if not fitting:
        yield say("screening.norm-none")
    elif seen and test.unit == "s":
        yield say("screening.norm-two-fold")


def _norm(test: Test, norm: Norm) -> Said:
    spread = say("screening.norm-sd", sd=value_of(test, norm.sd)) if norm.sd is not None else ""
    people = say("screening.norm-n", n=norm.n) if norm.n is not None else say("screening.norm-no-n")
    age = say("screening.norm-age", age=norm.age) if norm.age is not None else say("screening.norm-no-age")
    group = norm.group if norm.side is None else f"{norm.group}, {norm.side}"
    return say("screening.norm", group=group, mean=value_of(test, norm.mean), sd=spread, n=people, age=age)


def balances(latest: Sequence[TestResult]) -> tuple[Said, ...]:
    """Return front against back and side against back, where both tests were done."""
    by_test = {result.test: result for result in latest}
    return tuple(
        said
        for balance in library().balances.values()
        if balance.over in by_test and balance.under in by_test and by_test[balance.under].mean > 0
        for said in _balance(balance, by_test[balance.over], by_test[balance.under])
    )


def _balance(balance: Balance, over: TestResult, under: TestResult) -> Iterator[Said]:
    """Yield a ratio beside its target; too close to call within the error of the lower hold alone.

    MDC95 is of a difference of two measurements, 1.96·√2·SEM; one measurement wanders by 1.96·SEM.
    """
    ratio = over.mean / under.mean
    yield say("screening.balance", balance=say(f"balance.{balance.id}"), value=f"{ratio:.2f}")
    error = smallest_real_change(under.instrument)
    one_s = error.mdc95 / sqrt(2) if error is not None else 0.0
    # where the lower hold would lie for the ratio to be on target
    on_target = over.mean / balance.below
    if abs(on_target - under.mean) < one_s:
        yield say("screening.balance-close", error=value_of(under.instrument, one_s))
    else:
        yield say("screening.balance-meets" if ratio < balance.below else "screening.balance-misses")


def latest(results: Sequence[TestResult]) -> dict[str, tuple[TestResult, TestResult | None]]:
    """Return the newest result of each test, with the one before it."""
    found: dict[str, tuple[TestResult, TestResult | None]] = {}
    for result in sorted(results, key=lambda result: result.at):
        before = found.get(result.test)
        found[result.test] = (result, before[0] if before is not None else None)
    return found
