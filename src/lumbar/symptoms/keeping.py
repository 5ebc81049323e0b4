"""Where an unfinished check-in waits: one small file of the lifter's own, written whole or not at all.

Answers on sexual function, pregnancy and self-harm are never written unless the lifter asked for it (RG-06);
neither is the result, because it could give them away.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lumbar.errors import AnswersError
from lumbar.home import home, write_whole
from lumbar.knowledge.library import library
from lumbar.symptoms.answers import read_answers
from lumbar.symptoms.checkin import CheckIn

#: The form of the file; a later form gets a later number.
FORM = 1

#: After this, "no" may no longer be so, and everything is asked anew; an engineering rule.
STALE_AFTER = timedelta(hours=6)


def _place(folder: Path | None) -> Path:
    return (folder or home()) / "check.json"


def keep(
    check: CheckIn, *, with_private: bool = False, now: datetime | None = None, folder: Path | None = None
) -> None:
    """Write a check-in, without what must not be kept; ``folder`` is whose it is, one's own if not said."""
    known = library()
    private = () if with_private else {q.id for q in known.questions.values() if q.private}
    content = {
        "form": FORM,
        "at": (now or datetime.now(UTC)).isoformat(timespec="seconds"),
        "region": check.region,
        "answers": {name: answer for name, answer in check.answers.items() if name not in private},
        "unsure": sorted(check.unsure.difference(private)),
        "asked_twice": sorted(check.asked_twice.difference(private)),
        # a settled contradiction would give away what it was about
        "settled": sorted(
            name for name in check.settled if not set(known.contradictions[name].ask).intersection(private)
        ),
        "asked": check.asked,
    }
    write_whole(_place(folder), json.dumps(content, indent=1))


def forget_answers(check: CheckIn, folder: Path | None = None) -> None:
    """Keep only the region, for the next check-in."""
    keep(CheckIn(region=check.region), folder=folder)


def kept(now: datetime | None = None, folder: Path | None = None) -> CheckIn:
    """Return the check-in that waits, or an empty one; of a stale one only the region is used.

    Raises ``AnswersError`` if the file cannot be read.
    """
    place = _place(folder)
    if not place.exists():
        return CheckIn()
    try:
        content = json.loads(place.read_text("utf-8"))
        check = _from(content)
        age = (now or datetime.now(UTC)) - datetime.fromisoformat(content["at"])
        return check if timedelta(0) <= age < STALE_AFTER else CheckIn(region=check.region)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, AnswersError) as error:
        advice = "Move it away, or start anew with --fresh."
        raise AnswersError([f"The kept answers in {place} cannot be read ({error}). {advice}"]) from error


def _from(content: Mapping[str, Any]) -> CheckIn:
    if content["form"] != FORM:
        message = f"form {content['form']}, and this Lumbar reads form {FORM}"
        raise ValueError(message)
    known = library()
    region = content["region"] if content["region"] in known.regions else None
    answers = read_answers(content["answers"])
    check = CheckIn(region, answers, asked=int(content["asked"]))
    return replace(
        check,
        unsure=frozenset(content["unsure"]) & answers.keys(),
        asked_twice=frozenset(content["asked_twice"]) & known.questions.keys(),
        settled=frozenset(content["settled"]) & known.contradictions.keys(),
    )
