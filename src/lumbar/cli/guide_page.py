"""How answers, the way to the check, and the judged claims look in the terminal, and as records for machines."""

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from lumbar.guide.answers import Answer, Cited, answers
from lumbar.guide.ask import Answers, GoToCheck
from lumbar.guide.claims import Judged
from lumbar.knowledge.saying import Said, say
from lumbar.symptoms.urgency import Urgency


class Page:
    """Prints sentences, 80 columns wide at most."""

    def __init__(self) -> None:
        self.console = Console(highlight=False, width=min(80, Console().width))

    def line(self, text: object, style: str = "", *, indent: int = 0) -> None:
        """Show one line or paragraph."""
        self.console.print(Padding(Text(str(text), style=style), (0, 0, 0, indent)))

    def heading(self, said: Said) -> None:
        """Show a heading, with a line of air above it."""
        self.console.print()
        self.line(said, "bold")

    def cards(self, cited: Iterable[Cited]) -> None:
        """Show cards with grade and sources."""
        for card in cited:
            memory = f" ({say('ask-guide.memory')})" if card.is_partly_from_memory else ""
            self.line(f"{card.card} ({card.grade}) {'; '.join(card.sources)}{memory}", "dim", indent=2)

    def questions(self, heading: Said, found: Iterable[Answer]) -> None:
        """Show the questions of some answers under a heading, or nothing where there are none."""
        rows = tuple(found)
        if rows:
            self.heading(heading)
        for answer in rows:
            self.line(f"{answer.question}  [{answer.id}]", indent=2)

    def answer(self, answer: Answer) -> None:
        """Show one answer: the three sentences, how sure, the evidence, both sides, the sources."""
        self.line(answer.question, "bold")
        for said in answer.short:
            self.line(said)
        self.console.print()
        self.line(f"{say('ask-guide.sure')}: {answer.dots} {answer.certainty}")
        self.heading(say("ask-guide.evidence"))
        self.line(answer.evidence, indent=2)
        if answer.positions:
            self.heading(say("ask-guide.split"))
        for said in answer.positions:
            self.line(f"- {said}", indent=2)
        self.heading(say("ask-guide.sources"))
        self.cards(answer.cited)


def show(found: Answers | GoToCheck) -> None:
    """Show what was found: an answer, the nearest questions, or the way to the check."""
    page = Page()
    if isinstance(found, GoToCheck):
        _show_check(page, found)
        return
    first = found.first
    if isinstance(first, Answer):
        page.answer(first)
        page.questions(say("ask-guide.next"), found.related)
        near = [answer for answer in found.nearest[1:] if answer not in found.related]
        page.questions(say("ask-guide.also"), near)
    else:
        page.line(first.reason, "bold")
        page.questions(say("ask-guide.nearest"), found.nearest)
    page.console.print()
    page.line(found.net)
    page.line(say("ask-guide.whole"), "dim")
    page.line(say("check.what-it-is"), "dim")


def _show_check(page: Page, found: GoToCheck) -> None:
    is_urgent = found.urgency is not None and found.urgency >= Urgency.SAME_DAY
    page.line(say("ask-guide.sign"), "bold")
    first, *rest = found.if_so
    if found.urgency is not None:
        page.heading(say("ask-guide.if-so"))
    page.line(first, "bold red" if is_urgent else "bold", indent=2)
    for said in rest:
        page.line(said, indent=2)
    page.heading(say("ask-guide.sign-heading"))
    for said in found.signs:
        page.line(f"- {said}", indent=2)
    page.console.print()
    page.line(found.then, "bold")
    for said in found.told.closing:
        page.line(said, "dim")


def show_answer(answer: Answer) -> None:
    """Show one answer and what belongs to it."""
    page = Page()
    page.answer(answer)
    page.questions(say("ask-guide.next"), [answers()[name] for name in answer.related])


def show_questions() -> None:
    """Show every question, topic by topic."""
    page = Page()
    for topic in dict.fromkeys(answer.topic for answer in answers().values()):
        found = [answer for answer in answers().values() if answer.topic == topic]
        page.questions(say(f"topic.{topic}"), found)


def show_claims(claims: Iterable[Judged]) -> None:
    """Show every claim of the popular guide with its verdict, why, what holds instead, and the sources."""
    page = Page()
    rows = tuple(claims)
    page.line(say("claims.heading"), "bold")
    counts = {str(claim.verdict_said): sum(c.verdict == claim.verdict for c in rows) for claim in rows}
    page.line(", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
    for claim in rows:
        page.console.print()
        page.line(f"{claim.id}  {claim.claim}", "bold")
        page.line(f"{claim.verdict_said}: {claim.why}", indent=2)
        page.line(claim.said, indent=2)
        page.cards(claim.cited)


def as_record(found: Answers | GoToCheck) -> dict[str, Any]:
    """Return what was found as a record; ``kind`` is ``answers`` or ``check``."""
    if isinstance(found, GoToCheck):
        return {
            "kind": "check",
            "asked": found.asked,
            "signs": [said.text for said in found.signs],
            "urgency_if_so": found.urgency.name if found.urgency is not None else None,
            "says": [said.text for said in found.sentences],
        }
    return {
        "kind": "answers",
        "asked": found.asked,
        "is_known": found.is_known,
        "answer": answer_record(found.nearest[0]) if found.is_known else None,
        "nearest": [{"id": answer.id, "question": answer.question.text} for answer in found.nearest],
        "related": [{"id": answer.id, "question": answer.question.text} for answer in found.related],
        "net": found.net.text,
    }


def answer_record(answer: Answer) -> dict[str, Any]:
    """Return one answer as a record."""
    return {
        "id": answer.id,
        "topic": answer.topic,
        "question": answer.question.text,
        "short": [said.text for said in answer.short],
        "evidence": answer.evidence.text,
        "positions": [said.text for said in answer.positions],
        "grade": answer.grade,
        "certainty": answer.certainty.text,
        "claims": list(answer.claims),
        "cards": [_card_record(card) for card in answer.cited],
        "related": list(answer.related),
    }


def claim_record(claim: Judged) -> dict[str, Any]:
    """Return one judged claim as a record."""
    return {
        "id": claim.id,
        "item": claim.item,
        "claim": claim.claim,
        "verdict": claim.verdict,
        "why": claim.why,
        "says": claim.said.text,
        "cards": [_card_record(card) for card in claim.cited],
        "answers": [answer.id for answer in claim.answers],
    }


def _card_record(card: Cited) -> dict[str, Any]:
    return {
        "card": card.card,
        "grade": card.grade,
        "sources": list(card.sources),
        "is_partly_from_memory": card.is_partly_from_memory,
    }
