"""Which answers a question is after: ranked by shared words (BM25), with words that mean the same read as one.

Two indexes, made when first asked, from the phrases under ``asked``: one entry for each answer, which knows all
its words, and one for each phrase, which knows the words that go together. A third adds the examples of warning
signs. No network, no model, no generated text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import bm25s
import snowballstemmer

from lumbar.guide.signs import plain
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import say

#: The usual values of BM25's two constants (how soon a repeated word stops counting; how much length counts);
#: on tests/vignettes/ask/tune.toml any from 0.8 to 1.6 and from 0.2 to 0.75 do about as well.
_SATURATION, _LENGTH = 1.2, 0.5
#: How much the best phrase counts beside the whole answer; chosen on the same file.
_PHRASE_SHARE = 0.5
#: How well the best answer must fit to be given, times the share of words that are known; chosen on that file.
_ENOUGH_SCORE = 1.2
#: A question goes to the check when a warning sign is at least this near, measured by the nearest answer; below 1,
#: so that it errs toward the check.
_ALARM_SHARE = 0.9
#: How many words a question must share with the example of a sign, besides those that stand in every question.
_SHARED_WORDS = 2
_EVERYDAY = frozenset({"back", "pain", "sore", "deadlift", "lift", "heavy", "day", "position"})
#: Marks the warning signs among the answers of one index.
_ALARM = "alarm: "


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer by its id, and how well it fits: the sum of both indexes, 0 for nothing shared."""

    id: str
    fit_score: float


@dataclass(frozen=True, slots=True)
class _Index:
    """Texts of words, each the property of one answer, weighed by BM25."""

    ranking: bm25s.BM25
    owners: tuple[str, ...]

    def best(self, words: list[str]) -> dict[str, float]:
        """Return the best score of each answer."""
        known = [word for word in words if word in self.ranking.vocab_dict]
        best = dict.fromkeys(self.owners, 0.0)
        if not known:
            return best
        for owner, score in zip(self.owners, self.ranking.get_scores(known), strict=True):
            best[owner] = max(best[owner], float(score))
        return best


@dataclass(frozen=True, slots=True)
class _Reader:
    """How words are read: what is skipped, which phrases are one word, which words mean the same."""

    skipped: frozenset[str]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    same: dict[str, str]

    def words(self, text: str) -> list[str]:
        """Return the words of a text that count, by their stems or by what they stand for."""
        written = plain(text)
        for pattern, word in self.phrases:
            written = pattern.sub(word, written)
        counted = [word for word in re.findall(r"[a-z]+|\d+", written) if word not in self.skipped]
        return [self.same.get(stem, stem) for stem in _stems(counted)]


def _stems(words: Iterable[str]) -> list[str]:
    return list(_stemmer().stemWords(list(words)))


@cache
def _stemmer() -> snowballstemmer.english_stemmer.EnglishStemmer:
    return snowballstemmer.stemmer("english")


@cache
def _reader() -> _Reader:
    known = library()
    skipped = frozenset(word for skip in known.skips.values() for word in skip.words)
    phrases = [
        (re.compile(rf"\b(?:{p})\b"), phrase.id) for phrase in known.phrases.values() for p in phrase.patterns
    ]
    same = {stem: entry.id for entry in known.synonyms.values() for stem in _stems(entry.words)}
    return _Reader(skipped, tuple(phrases), same)


def _index(texts: Iterable[tuple[str, str]]) -> _Index:
    pairs = list(texts)
    ranking = bm25s.BM25(k1=_SATURATION, b=_LENGTH, method="lucene")
    ranking.index([_reader().words(text) for _, text in pairs], show_progress=False)
    return _Index(ranking, tuple(owner for owner, _ in pairs))


def _phrases() -> Iterator[tuple[str, str]]:
    for answer in library().answers.values():
        for phrase in (say(f"answer.{answer.id}").text, *answer.asked):
            yield answer.id, phrase


def _wholes() -> Iterator[tuple[str, str]]:
    for answer in library().answers.values():
        yield answer.id, " , ".join((say(f"answer.{answer.id}").text, *answer.asked))


@cache
def _indexes() -> tuple[_Index, _Index]:
    return _index(_wholes()), _index(_phrases())


def search(question: str) -> tuple[Hit, ...]:
    """Return every answer, the best fitting first.

    >>> search("ice pack or hot water bottle?")[0].id
    'heat-or-ice'
    """
    words = _reader().words(question)
    wholes, phrases = (index.best(words) for index in _indexes())
    hits = [Hit(name, wholes[name] + _PHRASE_SHARE * phrases[name]) for name in wholes]
    return tuple(sorted(hits, key=lambda hit: -hit.fit_score))


@dataclass(frozen=True, slots=True)
class _Examples:
    """The phrases of answers and the examples of warning signs in one index, and the words of each example."""

    index: _Index
    words: dict[str, frozenset[str]]


@cache
def _examples() -> _Examples:
    alarms = library().alarms.values()
    examples = [(f"{_ALARM}{alarm.id}:{n}", text) for alarm in alarms for n, text in enumerate(alarm.examples)]
    words = {owner: frozenset(_reader().words(text)) - _EVERYDAY for owner, text in examples}
    return _Examples(_index((*_phrases(), *examples)), words)


def nearest_alarm(question: str) -> str | None:
    """Return the warning sign that a question is about as near to as to any answer, or None.

    One shared word is no likeness: a bar hits a shin, too.

    >>> nearest_alarm("since the flight one leg is thick and warm")
    'calf'
    """
    if _is_elsewhere(question):
        return None
    words = _reader().words(question)
    known = _examples()
    best = known.index.best(words)
    answered = max(score for owner, score in best.items() if owner not in known.words)
    near = [owner for owner, shared in known.words.items() if len(shared.intersection(words)) >= _SHARED_WORDS]
    owner = max(near, key=lambda name: best[name], default=None)
    if owner is None or best[owner] < _ALARM_SHARE * answered:
        return None
    return owner.removeprefix(_ALARM).partition(":")[0]


def _is_elsewhere(question: str) -> bool:
    """Return whether a question names what Lumbar knows nothing of, and no back."""
    elsewhere = {stem for entry in library().elsewheres.values() for stem in _stems(entry.words)}
    return bool(elsewhere.intersection(_stems(plain(question).split()))) and "back" not in _reader().words(
        question
    )


def is_enough(question: str, hit: Hit) -> bool:
    """Return whether an answer fits well enough to be given, and not only named as the nearest."""
    words = _reader().words(question)
    if not words or _is_elsewhere(question):
        return False
    known = sum(word in _indexes()[0].ranking.vocab_dict for word in words)
    return hit.fit_score * known / len(words) >= _ENOUGH_SCORE
