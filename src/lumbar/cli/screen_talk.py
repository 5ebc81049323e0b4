"""What ``lumbar screen`` says and asks."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console

from lumbar.cli.conversation import BAD_INPUT, DONE, NOT_KEPT, STOPPED, UNFINISHED, Conversation
from lumbar.cli.timer import Clock, count_down, time_hold
from lumbar.errors import AnswersError, OutputError, ValueRangeError
from lumbar.knowledge.entries import Test
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import Answer
from lumbar.knowledge.saying import Said, say
from lumbar.lifter import Lifter
from lumbar.screening.compare import balances, latest, tell
from lumbar.screening.factors import told
from lumbar.screening.holds import Held, held
from lumbar.screening.results import TestResult, save, saved
from lumbar.symptoms.answers import contradictions, read_file, refusals
from lumbar.symptoms.checkin import CheckIn
from lumbar.symptoms.journal import note_check
from lumbar.symptoms.keeping import forget_answers, kept
from lumbar.symptoms.telling import tell as tell_urgency
from lumbar.symptoms.urgency import Triage, Urgency

#: Not today: what scripts need to know.
HELD = UNFINISHED


def _conversation() -> Conversation:
    return Conversation(Console(highlight=False, width=min(80, Console().width)), with_private=False)


def _guarded(run: Callable[[Conversation], int]) -> int:
    """Run a command; our errors become sentences on stderr and an exit code."""
    talk = _conversation()
    try:
        return run(talk)
    except (KeyboardInterrupt, EOFError):
        talk.console.print()
        talk.tell(say("screening.stopped"))
        return STOPPED
    except AnswersError as error:
        for fault in error.faults:
            typer.echo(fault, err=True)
        return BAD_INPUT
    except ValueRangeError as error:
        typer.echo(error, err=True)
        return BAD_INPUT
    except OutputError as error:
        typer.echo(error, err=True)
        return NOT_KEPT


def start(file: Path | None, sex: str | None, lead_s: int, clock: Clock | None = None) -> int:
    """Ask whether to test, then do tests; from a file, only say whether to test."""

    def run(talk: Conversation) -> int:
        Lifter(sex=sex)  # refuses what the tables do not have
        for said in (say("screening.intro"), say("screening.not"), say("check.what-it-is")):
            talk.tell(said, "dim")
        if file is not None:
            return _may_test(talk, *_from_file(file))
        check = _check(talk)
        answers = _limits(talk, dict(check.answers), check.triage)
        code = _may_test(talk, check, answers)
        forget_answers(check)
        note_check(check.triage)
        return code if code != DONE else _tests(talk, sex, lead_s, clock or Clock())

    return _guarded(run)


def _from_file(file: Path) -> tuple[CheckIn, dict[str, Answer]]:
    topics = {"urgency", "screening"}
    known = {question.id for question in library().questions.values() if question.topic in topics}
    region, answers = read_file(file, known=known)
    check = CheckIn(region=region, answers=answers)
    found = contradictions(answers)
    if found and check.triage.floor is not Urgency.EMERGENCY_NOW:
        raise AnswersError(refusals(found))
    return check, answers


def _check(talk: Conversation) -> CheckIn:
    talk.tell(say("screening.check-first"))
    talk.console.print()
    return talk.run(CheckIn(region=kept().region))


def _level(triage: Triage) -> str | None:
    return triage.floor.name if triage.is_finished else None


def _limits(talk: Conversation, answers: dict[str, Answer], triage: Triage) -> dict[str, Answer]:
    """Ask what the check did not, as long as nothing speaks against testing."""
    while True:
        so_far = held(answers, _level(triage))
        if so_far.reasons or not so_far.unasked:
            return answers
        answers[so_far.unasked[0]] = talk.question(so_far.unasked[0])


def _may_test(talk: Conversation, check: CheckIn, answers: dict[str, Answer]) -> int:
    found = held(answers, _level(check.triage))
    if check.triage.floor > Urgency.SELF_CARE or not check.triage.is_finished:
        talk.result(tell_urgency(check.triage, check.answers, check.region))
        if check.triage.floor is Urgency.EMERGENCY_NOW:
            return HELD
        talk.console.print()
    if not found:
        talk.tell(say("screening.may"))
        return DONE
    _holds(talk, found)
    return HELD


def _holds(talk: Conversation, found: Held) -> None:
    talk.tell(say("screening.hold"), "bold")
    for said in found.reasons:
        talk.tell(said, indent=2)
    for name in found.unasked:
        talk.tell(say("screening.hold-open", question=say(f"ask.{name}")), indent=2)
    talk.tell(say("screening.hold-own"), "dim")


def _tests(talk: Conversation, sex: str | None, lead_s: int, clock: Clock) -> int:
    tests = list(library().tests.values())
    while True:
        talk.console.print()
        talk.tell(say("screening.which"), "bold")
        for number, test in enumerate(tests, 1):
            talk.line(number, say(f"test.{test.id}"))
        talk.tell(say("screening.how-which"), "dim")
        chosen = _chosen(talk, len(tests))
        if chosen == 0:
            return DONE
        _one_test(talk, tests[chosen - 1], sex, lead_s, clock)


def _chosen(talk: Conversation, count: int) -> int:
    for typed in talk.typed():
        if typed.isdecimal() and int(typed) <= count:
            return int(typed)
        talk.refuse(say("refuse.line", given=typed or "?", low=0, high=count))
    raise EOFError


def _one_test(talk: Conversation, test: Test, sex: str | None, lead_s: int, clock: Clock) -> None:
    talk.tell(say(f"test.{test.id}"), "bold")
    talk.tell(say(f"test.{test.id}.how"))
    talk.tell(say(f"test.{test.id}.stop"), "yellow")
    values = []
    for side in ("left", "right") if test.sides == "both" else ("",):
        if side:
            talk.tell(say("screening.side", side=say(f"screening.{side}")), "bold")
        value = _timed(talk, test, lead_s, clock) if test.unit == "s" else _typed(talk, test)
        if value is None:
            return
        values.append(value)
    _noted(talk, TestResult(test.id, datetime.now(UTC), tuple(values)), sex)
    if test.error:
        talk.tell(say("screening.again"), "dim")


def _timed(talk: Conversation, test: Test, lead_s: int, clock: Clock) -> float:
    talk.tell(say("screening.start", lead=lead_s), "dim")
    next(talk.typed())
    talk.tell(say("screening.ready", lead=lead_s), "dim")
    count_down(talk.console, clock, lead_s)
    talk.tell(say("screening.go"), "bold")
    held_s = time_hold(talk.console, clock, lambda: next(talk.typed()), test.stop_at)
    return round(min(held_s, test.high), 1)


def _typed(talk: Conversation, test: Test) -> float | None:
    """Ask for degrees; None where the test is left out."""
    limits = {"low": f"{test.low:g}", "high": f"{test.high:g}"}
    talk.tell(say("screening.how-degrees", **limits), "dim")
    for typed in talk.typed():
        if typed == "?":
            return None
        try:
            value = float(typed)
        except ValueError:
            value = test.high + 1
        if test.low <= value <= test.high:
            return value
        talk.refuse(say("refuse.value", test=test.id, given=typed, unit=test.unit, **limits))
    raise EOFError


def _noted(talk: Conversation, result: TestResult, sex: str | None) -> None:
    earlier = saved()
    save((*earlier, result))
    before = latest(earlier).get(result.test)
    _told(talk, tell(result, before[0] if before is not None else None, sex))
    talk.tell(say("screening.kept"), "dim")


def _told(talk: Conversation, lines: tuple[Said, ...]) -> None:
    first, *rest = lines
    talk.tell(first, "bold")
    for said in rest:
        talk.tell(said, indent=2)


def note_result(test: str, values: list[float], sex: str | None) -> int:
    """Note a result from elsewhere."""

    def run(talk: Conversation) -> int:
        Lifter(sex=sex)
        _noted(talk, TestResult(test, datetime.now(UTC), tuple(values)), sex)
        return DONE

    return _guarded(run)


def show_results(sex: str | None) -> int:
    """Show the newest result of each test, and the balances."""

    def run(talk: Conversation) -> int:
        Lifter(sex=sex)
        newest = latest(saved())
        if not newest:
            talk.tell(say("screening.empty"))
        for result, before in newest.values():
            _told(talk, tell(result, before, sex))
            talk.console.print()
        for said in balances([result for result, _ in newest.values()]):
            talk.tell(said)
        if newest:
            talk.tell(say("screening.not"), "dim")
        return DONE

    return _guarded(run)


def show_factors(file: Path | None) -> int:
    """Show every personal factor, those named in the file first."""

    def run(talk: Conversation) -> int:
        wanted = {name for factor in library().factors.values() for name in factor.questions}
        answers = read_file(file, known=wanted)[1] if file is not None else {}
        talk.tell(say("factors.intro"))
        talk.tell(say("factors.no-sum"), "dim")
        for factor in told(answers):
            talk.console.print()
            talk.tell(factor.name, "bold")
            if factor.is_yours:
                talk.tell(say("factors.yours"), indent=2)
            for said in (*factor.sizes, factor.means, factor.does_not_mean):
                talk.tell(said, indent=2)
            for cite in factor.sources:
                talk.tell(Said("source", cite, ()), "dim", indent=4)
        return DONE

    return _guarded(run)
