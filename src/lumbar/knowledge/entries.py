"""What may stand in the knowledge files: one model per kind of entry; anything else in a file is refused.

Text for lifters never stands in these entries: it is in ``wording/``, under an id made from the entry's own
(see :mod:`lumbar.knowledge.tables`), so that every sentence names its cards and passes the law on words.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from lumbar.knowledge.questions import Answer, Variable

#: What validation raises; the vendor's name stays in this module.
RefusedError = ValidationError

Grade = Literal["A", "B", "C", "D", "E", "R"]
Basis = Literal["seen", "memory"]
Verdict = Literal["supported", "qualified", "contradicted", "guide_silent", "not_a_guide_claim"]
Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
Points = Annotated[float, Field(ge=0, le=10)]
Count = Annotated[int, Field(ge=0)]
SourceKind = Literal[
    "paper", "guideline", "case-report", "book", "thesis", "web", "vignettes", "data", "code", "coaching",
    "licence", "regulation", "own",
]  # fmt: skip

#: The numbered parts of the guide, by what they are.
GUIDE_ITEM = r"^(cause|prevention|treatment|medical|warning|factor|summary|question)-\d$"


class Entry(BaseModel):
    """One entry of a knowledge file: known keys only, exact types, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Source(Entry):
    """Where a card comes from."""

    id: Text
    cite: Text
    kind: SourceKind
    doi: Text | None = None


class Number(Entry):
    """The size of an effect for machines: a standardised difference, an odds ratio and so on."""

    type: Literal["SMD", "WMD", "MD", "RR", "OR", "HRR"]
    value: float
    low: float | None = None
    high: float | None = None
    outcome: Text | None = None
    scale: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Number":
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise ValueError(f"low ≤ value ≤ high does not hold for {self.low}, {self.value}, {self.high}")
        return self


class Card(Entry):
    """One piece of evidence: what is claimed, who says so, how sure it is, what it is used for."""

    id: Annotated[str, Field(pattern=r"^[A-Z]{2}-\d\d$")]
    claim: Text
    sources: Texts
    derived_from: tuple[Text, ...] = ()
    basis: Basis
    read_at: Text
    grade: Grade
    effect: Text
    number: Number | None = None
    applies_to: Text
    verdict: Verdict
    use: Text

    @property
    def is_partly_from_memory(self) -> bool:
        """Whether some item in the card was recalled and not read."""
        return self.basis == "memory" or any(
            "MEMORY" in text for text in (self.claim, self.read_at, self.effect, self.applies_to, self.use)
        )


class Sentence(Entry):
    """What a lifter may read; ``{slots}`` are filled with numbers, names or other sentences."""

    id: Text
    text: Text
    cards: Texts


class Forbidden(Entry):
    """Words that no sentence may hold, as a regular expression; ``but`` lists exact phrases that may."""

    id: Text
    pattern: Text
    but: tuple[Text, ...] = ()
    why: Text
    cards: Texts


class Level(Entry):
    """How urgent; ``rank`` orders them, ``plan`` says what is left of the training plan."""

    id: Text
    rank: Annotated[int, Field(ge=0)]
    plan: Literal["open", "modified", "locked", "hidden"]
    self_care: bool
    effect: Text


class Question(Entry):
    """What can be asked, with the answers that can be; see :class:`lumbar.knowledge.questions.Variable`.

    ``mandatory``: no result below the next level without it. ``private``: used and dropped unless the lifter
    wants it kept. ``ask_twice``: "don't know" is asked once more, with a plain example.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    topic: Literal["urgency", "soreness", "screening", "factors"]
    kind: Literal["yesno", "choice", "number"]
    choices: tuple[Text, ...] = ()
    low: int = 0
    high: int = 0
    unit: Text | None = None
    worse: Literal["last", "up"] | None = None
    mandatory: bool = False
    private: bool = False
    ask_twice: bool = False
    cards: Texts

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Question":
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("choices belong to a choice, and only there")
        if (self.kind == "number") != (self.high > self.low):
            raise ValueError("low < high belong to a number, and only there")
        if self.worse == "up" and self.kind != "number":
            raise ValueError('worse = "up" belongs to a number')
        return self

    @property
    def variable(self) -> Variable:
        """Return the question as the rules see it."""
        yesno = self.kind == "yesno"
        choices = ("no", "yes") if yesno else self.choices
        return Variable(self.id, self.kind, choices, self.low, self.high, "last" if yesno else self.worse)


class Item(Entry):
    """One line of a list to tick: the answers that a tick gives."""

    id: Text
    sets: Annotated[dict[str, Answer], Field(min_length=1)]


class Screen(Entry):
    """What is asked in one go: one question, a list to tick, or a list of which only the count matters."""

    id: Text
    kind: Literal["single", "list", "count"]
    question: Text | None = None
    items: tuple[Item, ...] = ()

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Screen":
        if (self.question is None) != (self.kind == "list"):
            raise ValueError("question belongs to a single question or a count")
        if bool(self.items) == (self.kind == "single"):
            raise ValueError("items belong to a list or a count")
        return self


class Rule(Entry):
    """When a level is reached; ``origin`` says whether the rule is in the evidence file or our own."""

    id: Annotated[str, Field(pattern=r"^TR-\d\d$")]
    level: Text
    name: Text
    when: Text
    origin: Literal["evidence", "own"] = "evidence"
    note: Text | None = None
    cards: Texts


class Contradiction(Entry):
    """Answers that cannot both be so; ``ask`` is asked again."""

    id: Text
    when: Text
    ask: Texts
    cards: Texts


class Region(Entry):
    """Whom to call; ``places`` are ISO 3166 codes, none for the region of whoever does not say."""

    id: Text
    emergency: Text | None = None
    urgent: Text | None = None
    places: tuple[Text, ...] = ()
    basis: Basis
    cards: Texts


class Norm(Entry):
    """What a group of people reached in a test; ``beyond`` is a published cut-off."""

    group: Text
    sex: Literal["female", "male", "any"]
    age: Text | None = None
    n: Annotated[int, Field(gt=0)] | None = None
    mean: float
    sd: Annotated[float, Field(gt=0)] | None = None
    beyond: float | None = None
    side: Literal["left", "right", "dominant", "other"] | None = None
    basis: Basis
    card: Text


class MeasurementError(Entry):
    """How far a test wanders by itself; ``mdc95`` is the smallest change that is more than that."""

    group: Text
    icc: Annotated[float, Field(gt=0, le=1)] | None = None
    sem: Annotated[float, Field(gt=0)] | None = None
    mdc95: Annotated[float, Field(gt=0)]
    basis: Basis
    card: Text


class Test(Entry):
    """A screening test that a person alone at home can do."""

    id: Text
    measures: Text
    unit: Literal["s", "deg"]
    sides: Literal["one", "both"]
    better: Literal["higher", "lower", "neither"]
    low: float
    high: float
    stop_at: float | None = None
    norms: tuple[Norm, ...]
    error: tuple[MeasurementError, ...] = ()
    side_difference_ratio: Annotated[float, Field(gt=0, lt=1)] | None = None
    trust: Literal["usable", "trend-only", "low"]
    cards: Texts


class Balance(Entry):
    """A ratio of two tests with a common target; the target is no predictor."""

    id: Text
    over: Text
    under: Text
    below: float
    cards: Texts


class Hold(Entry):
    """When not to test."""

    id: Text
    when: Text
    cards: Texts


class Association(Entry):
    """How strongly a factor goes with low-back pain in people at large, as a number or in words."""

    outcome: Text
    number: Number | None = None
    in_words: Text | None = None
    card: Text

    @model_validator(mode="after")
    def _says_something(self) -> "Association":
        if (self.number is None) == (self.in_words is None):
            raise ValueError("either a number or in_words")
        return self


class Factor(Entry):
    """A personal factor: what goes with it, and (in wording) what that does not mean.

    ``when``: whom the figures speak of; none where they speak of everybody.
    """

    id: Text
    questions: tuple[Text, ...] = ()
    when: Text | None = None
    associations: Annotated[tuple[Association, ...], Field(min_length=1)]
    modifiable: Literal["yes", "partly", "no"]
    cards: Texts


class Claim(Entry):
    """A claim of the popular guide, in our words, with the verdict and where the product deals with it.

    ``appears`` names entries of the knowledge by id, ``command: …``, ``page: …``, or says ``planned: …``.
    """

    id: Annotated[str, Field(pattern=r"^G\d\d$")]
    item: Annotated[
        str, Field(pattern=r"^(cause|prevention|treatment|warning|factor|question|summary|medical)-\d$")
    ]
    claim: Text
    verdict: Verdict
    why: Text
    cards: Texts
    appears: Texts
