"""What the popular guide claims, with the verdict on each, why, what Lumbar says, and from where."""

from dataclasses import dataclass

from lumbar.guide.answers import Answer, Cited, answers, cited
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said, say


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim of the popular guide, in our words: the verdict, why, what holds instead, cards, answers."""

    id: str
    item: str
    claim: str
    verdict: str
    verdict_said: Said
    why: str
    said: Said
    cited: tuple[Cited, ...]
    answers: tuple[Answer, ...]


def judged_claims() -> tuple[Judged, ...]:
    """Return every claim, in the order of the guide."""
    known = library()
    return tuple(
        Judged(
            claim.id,
            claim.item,
            claim.claim,
            claim.verdict,
            say(f"verdict.{claim.verdict}"),
            claim.why,
            say(f"claim.{claim.id}"),
            cited(claim.cards),
            tuple(answer for answer in answers().values() if claim.id in answer.claims),
        )
        for claim in sorted(known.claims.values(), key=lambda claim: claim.id)
    )
