"""One entry of the diary from a TOML file: checked, all faults at once."""

import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from lumbar.errors import AnswersError
from lumbar.knowledge.library import library
from lumbar.knowledge.saying import say
from lumbar.symptoms.answers import read_answers
from lumbar.symptoms.diary import Entry, allowed, is_worst_too_low


def read_entry(path: Path, now: datetime) -> Entry:
    """Read ``session = 2026-11-20T18:30:00``, ``places = ["low-back-left"]`` and one key per question.

    A session without a zone is in the zone of this machine. Raises ``AnswersError`` with every fault.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise AnswersError([f"{path} cannot be read: {error.strerror}. Give the path of a TOML file."]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AnswersError([f"{path} is not TOML: {error}. Write lines such as: pain = 4"]) from error
    session, places = content.pop("session", None), content.pop("places", None)
    faults = [*_session_faults(session, now), *_place_faults(places)]
    try:
        answers = read_answers(content, known=allowed())
    except AnswersError as error:
        raise AnswersError([*faults, *error.faults]) from None
    if is_worst_too_low(answers):
        names = ", ".join(name for name in ("pain", "pain_bending", "pain_worst") if name in answers)
        faults.append(say("refuse.contradiction", what=say("diary.worst-too-low"), questions=names).text)
    if faults:
        raise AnswersError(faults)
    at = session.astimezone() if isinstance(session, datetime) else None
    return Entry(now, at, answers, frozenset(places) if places is not None else None)


def _session_faults(session: object, now: datetime) -> Iterator[str]:
    is_past = isinstance(session, datetime) and session.astimezone() <= now
    if session is not None and not is_past:
        yield say("refuse.session", given=session).text


def _place_faults(places: Any) -> Iterator[str]:
    if places is not None:
        for name in places if isinstance(places, list) else [places]:
            if name not in library().places:
                yield say("refuse.place", given=name, choices=", ".join(library().places)).text
