"""The check-in as a calm conversation in the terminal, or from an answers file."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import typer
from rich.console import Console

from lumbar.cli.marks import Marks, read_marks
from lumbar.errors import AnswersError, OutputError
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer
from lumbar.knowledge.saying import Said, say
from lumbar.symptoms.answers import contradictions, read_file, refusals, to_answer
from lumbar.symptoms.asking import Shown, ticked, unknown
from lumbar.symptoms.checkin import AskAgain, AskOver, CheckIn
from lumbar.symptoms.journal import note_check
from lumbar.symptoms.keeping import forget_answers, keep, kept
from lumbar.symptoms.telling import Told, tell
from lumbar.symptoms.urgency import Urgency

#: Exit codes: what a script needs to know besides the result itself.
DONE, NOT_KEPT, BAD_INPUT, UNFINISHED, STOPPED = 0, 1, 2, 3, 130


class Conversation:
    """Says sentences and reads what is typed, until an answer can be used."""

    def __init__(self, console: Console, *, with_private: bool) -> None:
        self.console, self.with_private = console, with_private
        self.has_explained_lists = False

    def tell(self, said: Said, style: str = "", *, indent: int = 0) -> None:
        """Show one sentence."""
        from rich.padding import Padding
        from rich.text import Text

        self.console.print(Padding(Text(said.text, style=style), (0, 0, 0, indent)))

    def typed(self) -> Iterator[str]:
        """Yield what is typed, again and again: each time after what was refused."""
        while True:
            yield self.console.input("[bold]> [/]").strip()

    def refuse(self, said: Said) -> None:
        """Show why something typed cannot be used."""
        self.tell(said, "yellow")

    def region(self) -> str:
        """Ask where the lifter is."""
        names = list(library().regions)
        self.tell(say("check.region"), "bold")
        for number, name in enumerate(names, 1):
            self.line(number, say(f"region.{name}"))
        self.tell(say("check.how-region"), "dim")
        for typed in self.typed():
            if typed.isdecimal() and 1 <= int(typed) <= len(names):
                self.console.print()
                return names[int(typed) - 1]
            self.refuse(say("refuse.line", given=typed or "?", low=1, high=len(names)))
        raise EOFError

    def screen(self, shown: Shown, number: int) -> tuple[dict[str, Answer], frozenset[str]]:
        """Ask one screen; return the answers, and the questions of which a line was marked unsure."""
        self.tell(say("check.progress", number=number), "dim")
        if shown.screen.kind == "single":
            return {shown.questions[0]: self.question(shown.questions[0])}, frozenset()
        self.tell(say(f"screen.{shown.screen.id}"), "bold")
        for line_number, item in enumerate(shown.lines, 1):
            self.line(line_number, say(f"item.{item.id}"))
        self.tell(say("check.how-list-short" if self.has_explained_lists else "check.how-list"), "dim")
        self.has_explained_lists = True
        self._how_to_leave_out(shown)
        for typed in self.typed():
            marks = read_marks(typed, len(shown.lines))
            if isinstance(marks, Marks):
                self.console.print()
                return _answers(shown, marks)
            self.refuse(marks)
        raise EOFError

    def _how_to_leave_out(self, shown: Shown) -> None:
        """Say that a line may be left out, for the question that says so itself."""
        for number, item in enumerate(shown.lines, 1):
            if item.id == "sexual_change":
                self.tell(say("check.how-list-private", line=number), "dim")

    def question(self, name: str, text: Said | None = None) -> Answer:
        """Ask one question by itself."""
        question = library().questions[name]
        self.tell(text or say(f"ask.{name}"), "bold")
        match question.kind:
            case "yesno":
                how = say("check.how-yesno")
            case "choice":
                choices = ", ".join(choice for choice in question.choices if choice != DONT_KNOW)
                how = say("check.how-choice", choices=choices)
            case _:
                how = say("check.how-number", low=question.low, high=question.high)
        self.tell(how, "dim")
        today = date.today()  # noqa: DTZ011 - the lifter's own day
        for typed in self.typed():
            answer = to_answer(question, typed, today) if typed else how
            if not isinstance(answer, Said):
                self.console.print()
                return answer
            self.refuse(answer)
        raise EOFError

    def line(self, number: int, said: Said) -> None:
        """Show one numbered line of a list."""
        from rich.table import Table

        grid = Table.grid(padding=(0, 1))
        grid.add_column(justify="right", width=4)
        grid.add_column()
        grid.add_row(f"{number}", said.text)
        self.console.print(grid)

    def run(self, check: CheckIn) -> CheckIn:
        """Ask until it is over; every answer is kept before the next question."""
        if check.region is None:
            check = replace(check, region=self.region())
            keep(check)
        while (step := check.next()) is not None:
            match step:
                case Shown():
                    answers, unsure = self.screen(step, check.asked + 1)
                    check = check.with_answers(answers, unsure)
                case AskAgain(name):
                    self.tell(say("check.again"), "dim")
                    check = check.with_second_answer(name, self.question(name, say(f"example.{name}")))
                case AskOver(entry, questions):
                    self.tell(say(f"contradiction.{entry.id}"))
                    self.tell(say("check.contradiction"), "dim")
                    check = check.with_settled(step, {name: self.question(name) for name in questions})
            keep(check, with_private=self.with_private)
        return check

    def result(self, told: Told) -> None:
        """Show the result: what to do first, then why, then what is open, then when to check again."""
        is_urgent = told.urgency is not None and told.urgency >= Urgency.SAME_DAY
        first, *rest = told.headline
        self.tell(first, "bold red" if is_urgent else "bold")
        for said in rest:
            self.tell(said)
        self._reasons(told)
        self.listed(say("result.open"), told.still_open)
        self.listed(say("result.unasked-heading"), told.unasked)
        self._heading(say("result.again"))
        self.tell(told.again, indent=2)
        self.console.print()
        for said in told.closing:
            self.tell(said, "dim")

    def listed(self, heading: Said, lines: tuple[Said, ...]) -> None:
        """Show a heading with its lines, or nothing where there are none."""
        if lines:
            self._heading(heading)
        for said in lines:
            self.tell(said, indent=2)

    def _heading(self, said: Said) -> None:
        self.console.print()
        self.tell(said, "bold")

    def _reasons(self, told: Told) -> None:
        if not told.reasons:
            return
        self._heading(say("result.why"))
        for reason in told.reasons:
            self.tell(reason.said, indent=2)
            if reason.is_own:
                self.tell(say("result.own-rule"), "dim", indent=4)
            cards = ", ".join(f"{card} ({library().cards[card].grade})" for card in reason.cards)
            self.console.print(f"    [dim]{reason.rule} · {cards}[/]")
        self._heading(say("result.sources"))
        for cite in dict.fromkeys(cite for reason in told.reasons for cite in reason.sources):
            self.tell(Said("source", cite, ()), "dim", indent=2)


def _answers(shown: Shown, marks: Marks) -> tuple[dict[str, Answer], frozenset[str]]:
    if marks.is_unknown:
        return dict(unknown(shown)), frozenset()
    ids = [item.id for item in shown.lines]

    def named(lines: Iterable[int]) -> list[str]:
        return [ids[line - 1] for line in lines]

    doubtful = [item for item in shown.lines if item.id in named(marks.unsure)]
    unsure = frozenset(name for item in doubtful for name in item.sets)
    return dict(ticked(shown, named(marks.yes), named([*marks.unsure, *marks.left_out]))), unsure


def start(answers: Path | None, *, fresh: bool, keep_private: bool, as_json: bool) -> int:
    """Run the command; return its exit code."""
    console = Console(highlight=False, width=min(80, Console().width))
    try:
        if answers is not None:
            return _from_file(answers, console, as_json=as_json)
        return _talk(console, fresh=fresh, keep_private=keep_private, as_json=as_json)
    except AnswersError as error:
        for fault in error.faults:
            typer.echo(fault, err=True)
        return BAD_INPUT
    except OutputError as error:
        typer.echo(error, err=True)
        return NOT_KEPT


def _talk(console: Console, *, fresh: bool, keep_private: bool, as_json: bool) -> int:
    conversation = Conversation(console, with_private=keep_private)
    check = CheckIn() if fresh else kept()
    conversation.tell(say("check.intro"), "bold")
    conversation.tell(say("check.what-it-is"), "dim")
    conversation.tell(say("check.where-kept-private" if keep_private else "check.where-kept"), "dim")
    if check.answers:
        conversation.tell(say("check.resumed", count=len(check.answers)))
    console.print()
    try:
        check = conversation.run(check)
    except (KeyboardInterrupt, EOFError):
        console.print()
        conversation.tell(say("check.stopped"))
        return STOPPED
    code = _show(conversation, check, as_json=as_json)
    # a file that cannot be read or written must not stand in front of the result
    forget_answers(check)
    note_check(check.triage)
    return code


def _from_file(path: Path, console: Console, *, as_json: bool) -> int:
    region, answers = read_file(path)
    check = CheckIn(region=region, answers=answers)
    found = contradictions(answers)
    if found and check.triage.floor is not Urgency.EMERGENCY_NOW:
        raise AnswersError(refusals(found))
    code = _show(Conversation(console, with_private=False), check, as_json=as_json)
    return code if check.triage.is_finished else UNFINISHED


def _show(conversation: Conversation, check: CheckIn, *, as_json: bool) -> int:
    triage = check.triage
    told = tell(triage, check.answers, check.region)
    if not as_json:
        conversation.result(told)
        return DONE
    content = {
        "urgency": told.urgency.name if told.urgency is not None else None,
        "is_finished": triage.is_finished,
        "plan": triage.plan,
        "rules": list(triage.fired),
        "not_ruled_out": {doubt.question: doubt.at_worst.name for doubt in triage.doubts},
        "unasked": list(triage.unasked),
        "says": [said.text for said in told.sentences],
        "sources": sorted({cite for reason in told.reasons for cite in reason.sources}),
    }
    typer.echo(json.dumps(content, indent=1, ensure_ascii=False))
    return DONE
