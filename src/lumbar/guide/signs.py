"""Warning signs in a lifter's own words: which are named, which are denied, and what they amount to in the check.

Wide on purpose: a question that is sent to the check by mistake costs a minute, one that is answered by mistake
can cost days. Only a plain "no numbness" counts as denied; "not sure", "no longer" and "no fever but numb" do not.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from lumbar.knowledge.guidance import Alarm
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer, AnswersById, Variable

#: What … stands for in a pattern: up to six words of one clause.
_GAP = r"(?:\w+ ){0,6}"
_SHORT_GAP = re.compile(r"\(\?:\\w\+ \)\{0,\d\}")

_SPELLED = (
    (r"[\u2019`\u00b4]", "'"),
    (r"\b(?:can'?t|can not|couldn'?t|could not|cannot)\b", "cannot"),
    (r"\bwon'?t\b", "will not"),
    (r"\b(do|does|did|is|are|was|were|has|have|had|would|should)n'?t\b", r"\1 not"),
    (r"\bi'?m\b", "i am"),
    (r"\b(i|they|we|you)'ve\b", r"\1 have"),
    (r"\b(it|that|there|he|she|what)'s\b", r"\1 is"),
    (r"'(?:s|re|ll|d)?\b", ""),
    (r"[-\u2010\u2011]", " "),
    (r"[,.;:!?()\"\n–—]+", " , "),
    (r" , (?:or|nor) ", " or "),
    (r"[^\w/, ]", " "),
    (r"\s+", " "),
)  # fmt: skip

#: A "no" that stands right before a sign, with nothing between but small words and other signs joined by "or".
_DENIAL = re.compile(
    r"\b(?:no|not|without|never|nor|neither|zero)"
    r"(?: (?:any|a|an|the|real|signs?|symptoms?|of|had|have|having|got|feel|feeling|felt|there|is|are|it|been"
    r"|experienc\w+|notic\w+|in|my|new|other|kind|sort|either)| \w+(?: \w+)? or)* $"
)
#: A "no" inside a sign, between its words, that denies it ("my legs are not numb").
_INNER = re.compile(r"\b(?:no|not|never|without)\b(?! (?:only|just|sure|certain|longer|more|any ?more))")
#: Words after which a "no" before them no longer counts.
_TURN = re.compile(r"(?:,| but | and | with | except | apart | besides | though | although | however | yet )")
#: What else is denied in the same breath ("no fever or weakness").
_LISTED = re.compile(r"(?: or \w+){1,3}")
#: A sign that has gone is still a sign.
_GONE = re.compile(r" (?:any ?more|no longer|no more)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: the signs (with what counts beside them), and the text without what it denies.

    ``answers`` are those of the check that the signs amount to. ``is_warning``: at least one is a sign by itself.
    """

    alarms: tuple[str, ...]
    answers: AnswersById
    is_warning: bool
    rest: str


def plain(text: str) -> str:
    """Return a text as the patterns read it.

    >>> plain("I can't feel it, isn't that odd?")
    'i cannot feel it , is not that odd ,'
    """
    written = text.lower()
    for pattern, spelled in _SPELLED:
        written = re.sub(pattern, spelled, written)
    return written.strip()


@cache
def _compiled() -> tuple[tuple[Alarm, tuple[re.Pattern[str], ...]], ...]:
    meanings = {f"<{meaning.id}>": f"(?:{meaning.pattern})" for meaning in library().meanings.values()}
    return tuple(
        (alarm, tuple(_compile(pattern, meanings) for pattern in alarm.patterns))
        for alarm in library().alarms.values()
    )


def _compile(pattern: str, meanings: dict[str, str]) -> re.Pattern[str]:
    """Return a pattern ready to be used; each gap is a group of its own, so that a "not" in it can be seen."""
    for name, meaning in meanings.items():
        pattern = pattern.replace(name, meaning)
    pattern = _SHORT_GAP.sub(lambda gap: f"({gap.group()})", pattern).replace("… ", f"({_GAP})")
    return re.compile(rf"\b(?:{pattern})\b")


def named_in(text: str) -> Named:
    """Return the warning signs that a text names.

    >>> named_in("tingling in both feet since Monday").alarms
    ('both-legs', 'numb-leg')
    >>> named_in("sore, no numbness or fever").rest
    'sore ,'
    """
    words = plain(text)
    found: list[Alarm] = []
    denied: list[tuple[int, int]] = []
    for alarm, patterns in _compiled():
        matches = [match for pattern in patterns for match in pattern.finditer(words)]
        spans = [_denied_at(words, match) for match in matches]
        if any(span is None for span in spans):
            found.append(alarm)
        if not alarm.is_context:
            denied.extend(span for span in spans if span is not None)
    return Named(
        tuple(alarm.id for alarm in found),
        _together(found),
        any(not alarm.is_context for alarm in found),
        _without(words, denied),
    )


def _denied_at(words: str, match: re.Match[str]) -> tuple[int, int] | None:
    """Return where a sign and its denial stand, or None where it is not plainly denied."""
    if _GONE.search(words, match.start()):
        return None
    if any(group and _INNER.search(group) for group in match.groups()):
        return match.span()
    clause = max((turn.end() for turn in _TURN.finditer(words, 0, match.start())), default=0)
    before = _DENIAL.search(words[clause : match.start()])
    return (clause + before.start(), match.end()) if before else None


def _without(words: str, spans: Iterable[tuple[int, int]]) -> str:
    kept = list(words)
    for start, end in spans:
        listed = _LISTED.match(words, end)
        stop = listed.end() if listed else end
        kept[start:stop] = " " * (stop - start)
    return re.sub(r"\s+", " ", "".join(kept)).strip()


def _together(alarms: Iterable[Alarm]) -> AnswersById:
    """Return the answers that signs amount to together: of two to one question, the worse."""
    answers: dict[str, Answer] = {}
    for name, answer in _each(alarms):
        variable = library().variables[name]
        answers[name] = max((answers.get(name, answer), answer), key=lambda given: _badness(variable, given))
    return answers


def _each(alarms: Iterable[Alarm]) -> Iterator[tuple[str, Answer]]:
    for alarm in alarms:
        yield from alarm.sets.items()


def _badness(variable: Variable, answer: Answer) -> float:
    """Return how bad an answer is, for comparing; "don't know" is worse than no, and less bad than yes."""
    if isinstance(answer, int):
        return answer
    return 0.5 if answer == DONT_KNOW else float(variable.choices.index(answer))
