"""Write docs/answers.md and docs/popular-advice.md: ``python docs/guide.py`` (``--check`` changes nothing)."""

import sys
from collections.abc import Iterator
from pathlib import Path

from lumbar.guide.answers import Answer, Cited, answers
from lumbar.guide.claims import Judged, judged_claims
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import say

HERE = Path(__file__).parent

CLAIMS_INTRO = """# What the popular advice gets right

A popular guide to deadlifts and sore lower backs started this project. Here are its 32 claims in our words, the
verdict on each, why, and what Lumbar says instead. {counts}.

`lumbar guide claims` shows the same in the terminal; this page is made from the same files, by
`python docs/guide.py`.

Letters behind a card are its grade: A review or guideline, B low-certainty review, trial or cohort, C single
small study, D consensus or case reports, E our own reasoning, R regulation. *Recalled* marks a card of which a
part was remembered and not read again.
"""

ANSWERS_INTRO = """# Questions and answers

What `lumbar ask` answers: {count} questions, of which {open} have no evidence among our cards and say so. This
page is made from the files that the command reads, by `python docs/guide.py`; how it finds them is in
[Ask in plain words](guide.md).

**{net}**
"""

#: The parts of the guide, in its order.
PARTS = {
    "cause": "Causes",
    "prevention": "Prevention",
    "treatment": "What to do about it",
    "medical": "When to see somebody",
    "warning": "Its warning signs",
    "factor": "Other factors",
    "summary": "Its summary",
    "question": "Its questions",
}


def cards(cited: tuple[Cited, ...]) -> str:
    """Return cards with their grades; their sources stand at the end of the page."""
    return ", ".join(f"{card.card} ({card.grade})" for card in cited)


def sources(cited: list[Cited]) -> Iterator[str]:
    """Yield the list of sources behind some cards."""
    yield "## The evidence\n"
    for card in sorted({card.card: card for card in cited}.values(), key=lambda card: card.card):
        recalled = " *Recalled.*" if card.is_partly_from_memory else ""
        yield f"- **{card.card} ({card.grade})** {'; '.join(card.sources)}.{recalled}"


def claims_page() -> str:
    """Return the page on the claims of the popular guide."""
    claims = judged_claims()
    verdicts = [str(claim.verdict_said) for claim in claims]
    counts = ", ".join(f"{verdicts.count(verdict)} are {verdict}" for verdict in sorted(set(verdicts)))
    lines = [CLAIMS_INTRO.format(counts=counts[0].upper() + counts[1:])]
    for part, title in PARTS.items():
        lines.extend(_claims(title, [claim for claim in claims if claim.item.startswith(f"{part}-")]))
    lines.extend(sources([card for claim in claims for card in claim.cited]))
    return "\n".join(lines).rstrip() + "\n"


def _claims(title: str, claims: list[Judged]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| the guide | verdict | why | what Lumbar says | cards |"
    yield "|---|---|---|---|---|"
    for claim in claims:
        verdict = f"**{claim.verdict_said}**"
        yield f"| {claim.id} {claim.claim} | {verdict} | {claim.why} | {claim.said} | {cards(claim.cited)} |"
    yield ""


def answers_page() -> str:
    """Return the page with every answer."""
    known = answers().values()
    unknown = sum(answer.grade == "none" for answer in known)
    intro = ANSWERS_INTRO.format(count=len(known), open=unknown, net=say("ask-guide.net"))
    lines = [intro]
    for topic in dict.fromkeys(answer.topic for answer in known):
        lines.append(f"## {say(f'topic.{topic}')}\n")
        for answer in known:
            if answer.topic == topic:
                lines.extend(_answer(answer))
    lines.extend(sources([card for answer in known for card in answer.cited]))
    return "\n".join(lines).rstrip() + "\n"


def _answer(answer: Answer) -> Iterator[str]:
    yield f"### {answer.question}\n"
    yield " ".join(said.text for said in answer.short) + "\n"
    yield f"*{say('ask-guide.evidence')}.* {answer.evidence}"
    if answer.positions:
        yield f"\n*{say('ask-guide.split')}.* " + " *But:* ".join(said.text for said in answer.positions)
    claims = ", ".join(answer.claims)
    guide = f" The guide: {claims}." if claims else ""
    yield f"\n{answer.dots} {answer.certainty}. {cards(answer.cited)}.{guide} `{answer.id}`\n"


PAGES = {"popular-advice.md": claims_page, "answers.md": answers_page}


def main(*, check: bool) -> None:
    """Write the pages, or fail where one is out of date."""
    library()
    for name, make in PAGES.items():
        page = HERE / name
        if check and (not page.exists() or page.read_text("utf-8") != make()):
            raise SystemExit(f"docs/{name} is out of date; run: python docs/guide.py")
        if not check:
            page.write_text(make(), "utf-8")


if __name__ == "__main__":
    main(check="--check" in sys.argv[1:])
