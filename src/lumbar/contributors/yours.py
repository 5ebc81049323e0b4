"""The first column of the ledger: what a lifter's own data show of one contributor, and how far that goes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lumbar.contributors.before import POOR_SLEEP_SCORE, Before, is_above
from lumbar.contributors.evidence import Evidence, FilmedSet, on_clock
from lumbar.knowledge.contributing import KnownContributor
from lumbar.knowledge.entries import Norm, Test
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said, say
from lumbar.screening import compare
from lumbar.screening.factors import with_body_mass_index
from lumbar.screening.results import TestResult

#: A test older than this says little about now; an engineering rule.
FRESH = timedelta(days=182)

#: A hold below this share of what a group held on average is short. Norms differ two-fold between groups (SC-04),
#: so no finer limit has a meaning; an engineering rule.
SHORT_RATIO = 0.5


@dataclass(frozen=True, slots=True)
class Yours:
    """What the lifter's data show of one contributor.

    ``is_there``: whether it is there at all, None where nobody looked; ``is_timed``: whether it was there before
    the soreness that is asked about, None where that is not known or has no meaning.
    """

    is_there: bool | None
    is_timed: bool | None
    said: tuple[Said, ...]


def in_words(day: date) -> str:
    """Return a day as a lifter reads it: ``3 May 2026``."""
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: all evidence, what was before the newest session, and before the soreness, if known."""

    evidence: Evidence
    newest: Before | None
    now: Before | None

    @property
    def shown(self) -> Before | None:
        """Return the session to speak of."""
        return self.now or self.newest


def look(entry: KnownContributor, view: View) -> Yours:
    """Return what the data show of one contributor."""
    if entry.id == "poor-sleep":
        return _slept(entry, view)
    if (reader := _BY_SESSION.get(entry.id)) is not None:
        return reader(view)
    if entry.tests:
        return _tested(entry, view.evidence)
    return _answered(entry, view.evidence)


def _load(view: View) -> Yours:
    shown = view.shown
    if shown is None:
        return Yours(None, None, (say("yours.log-none"),))
    day, is_jump = in_words(shown.day), shown.jumps.is_jump
    if is_jump is None:
        return Yours(None, None, (say("yours.load-short", day=day),))
    if not is_jump:
        return Yours(False, False, (say("yours.load-usual", day=day),))
    above = {kind: ratio for kind, ratio in shown.jumps.each.items() if is_above(ratio)}
    said = tuple(say(f"yours.load-{kind}", day=day, ratio=f"{ratio:.2f}") for kind, ratio in above.items())
    return Yours(True, True if view.now else None, said)


def _novelty(view: View) -> Yours:
    now, shown = view.now, view.shown
    is_said = view.evidence.answers.get("new_effort") == "yes" or (now is not None and now.is_said_new)
    told = (say("yours.novelty-said"),) if is_said else ()
    if shown is None:
        return Yours(True, True, told) if told else Yours(None, None, (say("yours.log-none"),))
    is_new = True if told else shown.novelty.is_new
    lines = [line for line in _novelty_lines(shown) if not told or line.id != "yours.novelty-short"]
    said = (*told, *lines)
    return Yours(is_new, is_new if now or told else None, said)


def _novelty_lines(shown: Before) -> Iterator[Said]:
    day, novelty = in_words(shown.day), shown.novelty
    for movement in novelty.movements or ():
        yield say("yours.novelty-movement", day=day, movement=movement)
    if novelty.is_late:
        yield say("yours.novelty-gap", day=day, days=novelty.gap_days)
    elif not novelty.is_new:
        yield say("yours.novelty-short" if novelty.is_new is None else "yours.novelty-usual", day=day)


def _form(view: View) -> Yours:
    filmed, now = view.evidence.filmed, view.now
    if not filmed:
        return Yours(None, None, (say("yours.form-unfilmed"),))
    then = now.filmed if now is not None else ()
    newest = then or filmed[-1:]
    said = [line for each in newest for line in _film_lines(each)]
    if now is not None and not then:
        said.append(say("yours.form-other-day", day=in_words(now.day)))
    is_found = any(each.findings for each in newest)
    return Yours(is_found, now.has_finding if now is not None else None, tuple(said))


def _film_lines(each: FilmedSet) -> Iterator[Said]:
    day = in_words(each.at.date())
    for finding in each.findings:
        yield say("yours.form-clear" if finding.is_clear else "yours.form-perhaps", day=day, finding=finding.name)
    if not each.findings:
        yield say("yours.form-none", day=day)


def _slept(entry: KnownContributor, view: View) -> Yours:
    answered, now = _answered(entry, view.evidence), view.now
    if now is None:
        return answered
    day = in_words(now.day)
    if now.sleep_score is None:
        kept = answered.said if answered.is_there is not None else ()
        return Yours(answered.is_there, None, (say("yours.sleep-unknown", day=day), *kept))
    is_poor = now.sleep_score < POOR_SLEEP_SCORE
    slots = {"points": now.sleep_score, "day": day, "limit": POOR_SLEEP_SCORE}
    line = say("yours.sleep-poor" if is_poor else "yours.sleep-well", **slots)
    if is_poor or not answered.is_there:
        return Yours(is_poor, is_poor, (line,))
    return Yours(True, False, (line, *answered.said))


def _tested(entry: KnownContributor, evidence: Evidence) -> Yours:
    fresh = [each for each in evidence.results if evidence.at - on_clock(each.at) <= FRESH]
    latest = {name: newest for name, (newest, _) in compare.latest(fresh).items()}
    lines = [pair for name in entry.tests if name in latest for pair in _test_lines(latest[name], entry, evidence)]
    lines += [(line.id == "screening.balance-misses", line) for line in _balance_lines(entry, latest)]
    if not lines:
        return Yours(None, None, (say("yours.tests-none"),))
    judged = [is_so for is_so, _ in lines if is_so is not None]
    shown = [line for is_so, line in lines if is_so or entry.id != "balance"]
    return Yours(any(judged) if judged else None, None, tuple(dict.fromkeys(shown)) or (say("yours.tests-even"),))


def _test_lines(
    result: TestResult, entry: KnownContributor, evidence: Evidence
) -> Iterator[tuple[bool | None, Said]]:
    """Yield what one result says: whether it shows the contributor, None where it cannot, with the sentence."""
    if entry.id != "balance":
        yield _held(result, evidence.sex)
        return
    for line in (*compare.sides(result), *compare.references(result, evidence.sex)):
        if line.id in ("screening.sides-seen", "screening.beyond"):
            yield True, compare.tell_result(result)
            yield True, line
        elif line.id in ("screening.sides-none", "screening.within"):
            yield False, line


def _balance_lines(entry: KnownContributor, latest: Mapping[str, TestResult]) -> Iterator[Said]:
    if entry.balances:
        for line in compare.balances(tuple(latest.values())):
            if line.id in ("screening.balance-misses", "screening.balance-meets"):
                yield line


def _held(result: TestResult, sex: str | None) -> tuple[bool | None, Said]:
    """Return whether a hold is less than half of what every group held that was read and may be compared with."""
    test: Test = result.instrument
    seen = [norm for norm in test.norms if norm.basis == "seen" and norm.sex in ("any", sex)]
    norms: list[Norm] = sorted(seen, key=lambda norm: norm.mean)
    told = compare.tell_result(result)
    if not norms:
        return None, say("yours.hold-alone", result=told)
    lowest = norms[0]
    if result.mean >= SHORT_RATIO * lowest.mean:
        return False, say("yours.hold-usual", result=told)
    mean = compare.value_of(test, lowest.mean)
    return True, say("yours.hold-short", result=told, group=lowest.group, mean=mean)


def _answered(entry: KnownContributor, evidence: Evidence) -> Yours:
    answers = with_body_mass_index(evidence.answers)
    if entry.when is None:
        years = answers.get("age")
        if not isinstance(years, int):
            return Yours(None, None, (say("yours.unanswered"),))
        return Yours(False, None, (say("yours.age", years=years),))
    is_so = library().condition(entry.when).truth(answers)
    if is_so is None:
        return Yours(None, None, (say("yours.unanswered"),))
    return Yours(is_so, None, (say(f"yours.{entry.id}-so" if is_so else f"yours.{entry.id}-not"),))


_BY_SESSION: Mapping[str, Callable[[View], Yours]] = {"load": _load, "novelty": _novelty, "form": _form}
