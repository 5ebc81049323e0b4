"""Which entries belong in which file, and the sentences that each needs in ``wording/``."""

from collections.abc import Mapping

from lumbar.knowledge.contributing import KnownContributor, Step, Trial
from lumbar.knowledge.entries import (
    Balance,
    Card,
    Claim,
    Contradiction,
    Entry,
    Factor,
    Forbidden,
    Hold,
    Level,
    Question,
    Region,
    Rule,
    Screen,
    Sentence,
    Source,
    Test,
)
from lumbar.knowledge.exercise import Equipment, Exercise, Stage
from lumbar.knowledge.form_rules import Drift, Praise, Technique
from lumbar.knowledge.guidance import Alarm, Elsewhere, GuideAnswer, Meaning, Phrase, Skip, Synonym
from lumbar.knowledge.soreness import Aspect, Course, Light, Mark, Place

#: What is said of a finding: what was seen, why it may matter, when it is wrong; of a praise no more than that.
_PRAISED = ("finding.{id}", "finding.{id}.seen", "finding.{id}.why", "finding.{id}.wrong")
_FOUND = (*_PRAISED, "finding.{id}.cue", "finding.{id}.drill")

#: The sentences that an entry needs in ``wording/``, by its table; ``{id}`` is the entry's own id.
SAYS: Mapping[str, tuple[str, ...]] = {
    "level": ("level.{id}", "level.{id}.then", "again.{id}"),
    "rule": ("because.{id}",),
    "question": ("ask.{id}",),
    "screen": ("screen.{id}",),
    "region": ("region.{id}",),
    "contradiction": ("contradiction.{id}",),
    "test": ("test.{id}", "test.{id}.how", "test.{id}.stop"),
    "balance": ("balance.{id}",),
    "hold": ("hold.{id}",),
    "factor": ("factor.{id}", "factor.{id}.means", "factor.{id}.not"),
    "exercise": ("exercise.{id}", "exercise.{id}.how", "exercise.{id}.why"),
    "equipment": ("equipment.{id}",),
    "stage": ("stage.{id}", "stage.{id}.gate"),
    "claim": ("claim.{id}",),
    "answer": ("answer.{id}", "answer.{id}.1", "answer.{id}.2", "answer.{id}.3", "answer.{id}.evidence"),
    "place": ("place.{id}",),
    "aspect": ("aspect.{id}", "aspect.{id}.fits"),
    "course": ("course.{id}",),
    "mark": ("mark.{id}",),
    "light": ("light.{id}", "light.{id}.then"),
    "technique": _FOUND,
    "drift": _FOUND,
    "praise": _PRAISED,
    "contributor": ("contributor.{id}", "contributor.{id}.known", "contributor.{id}.change"),
    "step": ("step.{id}",),
    "trial": ("trial.{id}", "trial.{id}.with", "trial.{id}.without", "trial.{id}.how"),
}

#: What an exercise with a dose needs besides.
SAYS_TRAINED = ("exercise.{id}.error", "exercise.{id}.easier", "exercise.{id}.harder")

#: Which tables may stand in which file or folder.
TABLES: Mapping[str, Mapping[str, type[Entry]]] = {
    "sources.toml": {"source": Source},
    "cards": {"card": Card},
    "wording": {"sentence": Sentence, "forbidden": Forbidden},
    "questions": {"question": Question},
    "soreness": {"place": Place, "aspect": Aspect, "course": Course, "mark": Mark, "light": Light},
    "triage": {
        "level": Level,
        "rule": Rule,
        "screen": Screen,
        "contradiction": Contradiction,
        "region": Region,
    },
    "instruments": {"test": Test, "balance": Balance, "hold": Hold},
    "factors": {"factor": Factor},
    "contributors": {"contributor": KnownContributor, "step": Step, "trial": Trial},
    "exercises": {"exercise": Exercise, "equipment": Equipment, "stage": Stage},
    "guide": {
        "claim": Claim,
        "answer": GuideAnswer,
        "alarm": Alarm,
        "meaning": Meaning,
        "skip": Skip,
        "phrase": Phrase,
        "elsewhere": Elsewhere,
        "synonym": Synonym,
    },
    "form": {"technique": Technique, "drift": Drift, "praise": Praise},
}
