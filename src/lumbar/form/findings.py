"""What is worth saying about a set: measures against the rules of ``knowledge/form``, at most three, best first.

A rule holds only where every one of its measures is known and lies beyond its limit with the whole range; where a
range crosses a limit, or a measure is missing, nothing is said. The order: first what can be changed, by how many
of its limits it is beyond, equals by the rules' own rank; then what is good, by rank. Three are kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import pi

from lumbar.estimate import Estimate, Measured
from lumbar.form.frames import moment_s
from lumbar.form.measured_set import MeasuredSet
from lumbar.form.style import Style
from lumbar.knowledge.form_rules import Clause, FormRule, Kind
from lumbar.knowledge.library import library

#: How many are said of one set: more are not read. An engineering rule.
MOST = 3
_SI = {"deg": pi / 180, "cm": 0.01, "percent": 0.01}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a set.

    ``measure`` is the id of the measure that shows it and ``seen`` its value in SI units, at the rep where it is
    clearest (``rep``; None for the whole set); ``limit`` is the limit that its whole range is beyond or within,
    the farthest if there are several, and ``level`` how many of them (praise has 0). ``reps`` are all the reps
    that show it. ``time_s`` is the moment of the clip that shows it; None where no picture does. The sentences
    are ``finding.ID`` and those below it in the wording.
    """

    id: str
    kind: Kind
    measure: str
    seen: Estimate
    limit: float
    level: int
    reps: tuple[int, ...]
    rep: int | None
    time_s: float | None


def find(lifted: MeasuredSet) -> tuple[Finding, ...]:
    """Return what is said of a set, most useful first, at most three."""
    rules = library().form_rules
    found = {
        rule.id: finding
        for rule in rules.values()
        if _is_for(rule, lifted.style) and (finding := _judge(rule, lifted)) is not None
    }
    kept = [one for name, one in found.items() if not any(other in found for other in rules[name].hidden_by)]
    kept.sort(key=lambda one: (one.kind == "praise", -one.level, rules[one.id].rank))
    return tuple(kept[:MOST])


def _is_for(rule: FormRule, style: Style | None) -> bool:
    """Say whether a rule speaks of this style; one with norms of its own needs to know the style."""
    return not rule.styles or style in rule.styles


def _judge(rule: FormRule, lifted: MeasuredSet) -> Finding | None:
    """Return the finding that a rule makes of a set, or None."""
    if rule.scope == "set":
        passed = _passed(rule, lifted.set_measures)
        return None if passed is None else _finding(rule, passed, lifted, len(lifted.reps) - 1, ())
    by_rep = [_passed(rule, mine) for mine in lifted.measures]
    held = {at: passed for at, passed in enumerate(by_rep) if passed is not None}
    if not held or (rule.scope == "every" and len(held) < len(by_rep)):
        return None
    at = max(held, key=lambda index: held[index].excess)
    return _finding(rule, held[at], lifted, at, tuple(lifted.reps[index].number for index in held))


@dataclass(frozen=True, slots=True)
class _Passed:
    """A rule's shown measure, which limit it is beyond and how far its nearer end is beyond the mildest."""

    seen: Estimate
    limit: float
    level: int
    excess: float


def _passed(rule: FormRule, measures: Mapping[str, Measured]) -> _Passed | None:
    """Return how a rule holds for these measures, or None when it does not, or when that is not known."""
    results = [clause_holds(clause, measures.get(clause.measure)) for clause in rule.clauses]
    first = measures.get(rule.clauses[0].measure)
    if not all(results) or not isinstance(first, Estimate):
        return None
    return _Passed(first, *_strength(rule.clauses[0], first, is_praise=rule.kind == "praise"))


def clause_holds(clause: Clause, measured: Measured | None) -> bool:
    """Say whether a measure is known and beyond a clause's mildest limit with its whole range."""
    if not isinstance(measured, Estimate):
        return False
    factor = _SI.get(clause.unit, 1.0)
    if clause.least is not None and measured.value < clause.least * factor:
        return False
    if clause.above is not None:
        return measured.low > clause.above[0] * factor
    return clause.below is not None and measured.high < clause.below[0] * factor


def _strength(clause: Clause, seen: Estimate, *, is_praise: bool) -> tuple[float, int, float]:
    """Return the farthest limit that the range is beyond, how many it is beyond, and by how much the mildest.

    For praise the rep that is nearest to the limit is the one to show.
    """
    factor = _SI.get(clause.unit, 1.0)
    sign, limits = (1, clause.above) if clause.above is not None else (-1, clause.below or ())
    near = seen.low if sign > 0 else -seen.high
    beyond = [limit * factor for limit in limits if near > sign * limit * factor]
    excess = near - sign * limits[0] * factor
    return (beyond[-1], 0, -excess) if is_praise else (beyond[-1], len(beyond), excess)


def _finding(rule: FormRule, passed: _Passed, lifted: MeasuredSet, at: int, reps: tuple[int, ...]) -> Finding:
    """Return the finding of a rule; ``at`` is the index of the rep whose picture shows it."""
    rep = lifted.reps[at] if lifted.reps else None
    return Finding(
        id=rule.id,
        kind=rule.kind,
        measure=rule.clauses[0].measure,
        seen=passed.seen,
        limit=passed.limit,
        level=passed.level,
        reps=reps,
        rep=rep.number if rep is not None and reps else None,
        time_s=None if rep is None else moment_s(lifted.motion, rep, rule.moment, lifted.measures[at]),
    )
