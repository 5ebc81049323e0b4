"""What ``lumbar diary`` says and asks."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer
from rich.console import Console

from lumbar.cli.conversation import BAD_INPUT, DONE, NOT_KEPT, STOPPED, UNFINISHED, Conversation
from lumbar.cli.marks import Marks, read_marks
from lumbar.errors import AnswersError, OutputError
from lumbar.estimate import Missing
from lumbar.home import write_whole
from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer
from lumbar.knowledge.saying import Said, say
from lumbar.symptoms.checkin import CheckIn
from lumbar.symptoms.course import Comparison, compare, highest
from lumbar.symptoms.diary import Entry, Episode, is_worst_too_low, latest_episode
from lumbar.symptoms.diary_file import read_entry
from lumbar.symptoms.gate import keep_gate
from lumbar.symptoms.journal import is_locking, save, saved
from lumbar.symptoms.keeping import forget_answers, kept
from lumbar.symptoms.picture import draw_body, draw_course
from lumbar.symptoms.recheck import next_mark, recheck, traffic_light
from lumbar.symptoms.telling import tell
from lumbar.symptoms.urgency import Triage, Urgency

#: Asked once after a session, and what may be added later.
_FIRST = ("soreness_onset", "soreness_kind", "new_effort", "pain_before", "pain_lifting", "leg_sign")
_CHANGES = ("changed", "leg_sign", "new_session")
_MORE = ("pain_bending", "pain_worst", "stiff_minutes", "stops", "sleep")


def _console() -> Console:
    return Console(highlight=False, width=min(80, Console().width))


@dataclass(slots=True)
class _Draft:
    """The entry that is being told; what was answered before a stop is kept from it."""

    at: datetime
    session_at: datetime | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    places: frozenset[str] | None = None
    #: What the check said, once it was asked with this entry.
    triage: Triage | None = None

    def entry(self, *, is_locked: bool = False) -> Entry:
        is_checked = self.triage is not None
        return Entry(self.at, self.session_at, self.answers, self.places, is_checked, is_locked)


def add_entry(file: Path | None) -> int:
    """Note one entry, asked or from a file; return the exit code."""
    talk = Conversation(_console(), with_private=False)
    try:
        entries, now = saved(), datetime.now(UTC)
        if file is not None:
            return _note_from_file(talk, (*entries, read_entry(file, now)))
        return _ask_and_note(talk, entries, _Draft(now))
    except AnswersError as error:
        for fault in error.faults:
            typer.echo(fault, err=True)
        return BAD_INPUT
    except OutputError as error:
        typer.echo(error, err=True)
        return NOT_KEPT


def _ask_and_note(talk: Conversation, entries: tuple[Entry, ...], draft: _Draft) -> int:
    """Ask what is urgent first: how sore, what is new, the check where it is due; only then the rest."""
    try:
        is_first = _ask_now(talk, latest_episode(entries).last, draft)
        if _check_locks(talk, entries, draft):
            return DONE
        _ask_details(talk, draft, is_first=is_first)
        if draft.triage is None and _check_locks(talk, entries, draft):
            return DONE
    except (KeyboardInterrupt, EOFError):
        talk.console.print()
        if draft.answers:
            # what was not said may be a change: locked until the check was asked
            save([*entries, draft.entry(is_locked=draft.triage is None)])
        talk.tell(say("diary.recheck-left" if draft.triage is None else "diary.stopped"))
        return STOPPED
    return _keep_and_compare(talk, entries, draft)


def _ask_now(talk: Conversation, before: Entry | None, draft: _Draft) -> bool:
    """Ask how sore it is and what is new; return whether this is the first entry after a session."""
    talk.tell(say("diary.intro"), "bold")
    talk.tell(say("check.what-it-is"), "dim")
    talk.console.print()
    draft.session_at = before.session_at if before is not None else None
    draft.answers["pain"] = talk.question("pain")
    if before is not None:
        draft.answers |= _changes(talk)
    is_first = before is None or draft.answers["new_session"] != "no"
    if is_first:
        hours = talk.question("hours_since_lift")
        draft.session_at = draft.at - timedelta(hours=hours) if isinstance(hours, int) else None
    return is_first


def _check_locks(talk: Conversation, entries: tuple[Entry, ...], draft: _Draft) -> bool:
    """Ask the whole check where it is due; return whether it leaves the plan locked, which ends the entry."""
    due = recheck(latest_episode((*entries, draft.entry())))
    if not due:
        return False
    for said in due.reasons:
        talk.tell(said)
    talk.console.print()
    save([*entries, draft.entry(is_locked=True)])
    check = talk.run(CheckIn(region=kept().region, answers=_known(draft.entry())))
    draft.triage = check.triage
    talk.result(tell(check.triage, check.answers, check.region))
    # only then the files: none may stand in front of the result
    forget_answers(check)
    keep_gate(check.triage)
    save([*entries, draft.entry(is_locked=is_locking(check.triage))])
    talk.console.print()
    return is_locking(check.triage)


def _keep_and_compare(talk: Conversation, entries: tuple[Entry, ...], draft: _Draft) -> int:
    """Keep the whole entry and compare; a soreness that does not fit may lock what the check left open."""
    urgency = draft.triage.floor if draft.triage is not None else None
    comparison = compare(latest_episode((*entries, draft.entry())))
    is_locked = urgency is not None and comparison.raised(urgency) >= Urgency.SOON
    every = (*entries, draft.entry(is_locked=is_locked))
    save(every)
    talk.tell(say("diary.kept"), "dim")
    return _compared(talk, latest_episode(every), urgency)


def _changes(talk: Conversation) -> dict[str, Answer]:
    """Ask what is new, as one list: what is not ticked is not so."""
    talk.tell(say("diary.change"), "bold")
    for number, name in enumerate(_CHANGES, 1):
        talk.line(number, say(f"diary.item.{name}"))
    marks = _marks(talk, len(_CHANGES))
    if marks.is_unknown:
        return dict.fromkeys(_CHANGES, DONT_KNOW)
    unsure = (*marks.unsure, *marks.left_out)
    return {
        name: "yes" if number in marks.yes else DONT_KNOW if number in unsure else "no"
        for number, name in enumerate(_CHANGES, 1)
    }


def _marks(talk: Conversation, lines: int) -> Marks:
    talk.tell(say("check.how-list"), "dim")
    for typed in talk.typed():
        marks = read_marks(typed, lines)
        if isinstance(marks, Marks):
            talk.console.print()
            return marks
        talk.refuse(marks)
    raise EOFError


def _ask_details(talk: Conversation, draft: _Draft, *, is_first: bool) -> None:
    if is_first:
        talk.tell(say("diary.first"), "dim")
        _ask_each(talk, draft, _FIRST)
    if is_first or _wants_more(talk):
        draft.places = _places(talk)
        _ask_each(talk, draft, _MORE)


def _ask_each(talk: Conversation, draft: _Draft, names: tuple[str, ...]) -> None:
    for name in names:
        if name not in draft.answers:
            draft.answers[name] = talk.question(name)
        if name == "pain_worst" and is_worst_too_low(draft.answers):
            talk.tell(say("diary.worst-too-low"))
            talk.tell(say("check.contradiction"), "dim")
            draft.answers |= {again: talk.question(again) for again in ("pain_bending", "pain_worst")}


def _wants_more(talk: Conversation) -> bool:
    talk.tell(say("diary.more"), "bold")
    talk.tell(say("diary.how-more"), "dim")
    wants = next(talk.typed()).lower() in ("y", "yes")
    talk.console.print()
    return wants


def _places(talk: Conversation) -> frozenset[str] | None:
    talk.tell(say("diary.where"), "bold")
    names = list(library().places)
    for number, name in enumerate(names, 1):
        talk.line(number, say(f"place.{name}"))
    marks = _marks(talk, len(names))
    return None if marks.is_unknown else frozenset(names[number - 1] for number in (*marks.yes, *marks.unsure))


def _note_from_file(talk: Conversation, entries: tuple[Entry, ...]) -> int:
    """Keep an entry from a file; where the check is due, say so and nothing more."""
    *earlier, entry = entries
    due = recheck(latest_episode(entries))
    save([*earlier, replace(entry, is_locked=bool(due))])
    talk.tell(say("diary.kept"), "dim")
    if not due:
        return _compared(talk, latest_episode(entries))
    for said in (*due.reasons, say("diary.recheck-left")):
        talk.tell(said)
    return UNFINISHED


def _known(entry: Entry) -> dict[str, Answer]:
    """Return what the entry answers of the check; "no" to a summary answers no sign by itself."""
    known: dict[str, Answer] = {}
    if (pain := entry.points("pain")) is not None:
        known["pain"] = pain
    if entry.hours is not None:
        known["hours_since_lift"] = min(entry.hours, library().questions["hours_since_lift"].high)
    return known


def _compared(talk: Conversation, episode: Episode, urgency: Urgency | None = None) -> int:
    """Show how the episode compares; an urgency is raised where it does not fit."""
    comparison = compare(episode)
    if isinstance(comparison.fit, Missing):
        talk.tell(Said("fit", comparison.fit.reason, ()))
        return DONE
    talk.tell(say(f"fit.{comparison.fit.value}"), "bold")
    if urgency is not None and (raised := comparison.raised(urgency)) > urgency:
        talk.tell(say("fit.raises"))
        for said in (say(f"level.{raised.name}"), say(f"level.{raised.name}.then"), say(f"again.{raised.name}")):
            talk.tell(said, indent=2)
    talk.tell(say("fit.what-it-is"), "dim")
    _rows(talk, episode, comparison)
    for heading, lines in (
        (say("fit.against"), comparison.against),
        (say("fit.not-known"), comparison.not_known),
        (say("fit.for"), comparison.fitting),
    ):
        talk.listed(heading, lines)
    _light(talk, episode)
    if (mark := next_mark(episode)) is not None:
        talk.tell(say("diary.next-mark", day=mark.day), "dim")
    return DONE


def _rows(talk: Conversation, episode: Episode, comparison: Comparison) -> None:
    talk.console.print()
    talk.tell(say(f"course.{comparison.course.id}"), "dim")
    for entry in episode.entries:
        if entry.hours is not None and entry.felt is not None:
            row = say("diary.row", day=entry.hours // 24, points=entry.felt)
            high = say("diary.expected", high=f"{highest(comparison.course, entry.hours):.1f}")
            talk.tell(Said("row", f"{row} · {high}", (*row.cards, *high.cards)), indent=2)


def _light(talk: Conversation, episode: Episode) -> None:
    talk.console.print()
    light = traffic_light(episode)
    if isinstance(light, Missing):
        talk.tell(say("light.none", why=light.reason))
    else:
        talk.tell(say(f"light.{light.id}"), "bold")
        talk.tell(say(f"light.{light.id}.then"), indent=2)
    talk.tell(say("light.source"), "dim")


def show_diary(folder: Path | None, *, as_json: bool) -> int:
    """Show the newest episode; return the exit code."""
    talk = Conversation(_console(), with_private=False)
    try:
        episode = latest_episode(saved())
        if as_json:
            typer.echo(json.dumps(_for_machines(episode), indent=1, ensure_ascii=False))
            return DONE
        return _shown(talk, episode, folder)
    except AnswersError as error:
        typer.echo(error, err=True)
        return BAD_INPUT
    except OutputError as error:
        typer.echo(error, err=True)
        return NOT_KEPT


def _shown(talk: Conversation, episode: Episode, folder: Path | None) -> int:
    if episode.last is None:
        talk.tell(say("diary.empty"))
        return DONE
    if episode.last.is_locked:
        talk.tell(say("diary.locked"), "bold")
        return DONE
    _compared(talk, episode)
    if folder is not None:
        write_whole(folder / "course.svg", draw_course(episode))
        write_whole(folder / "body.svg", draw_body(episode.places or frozenset()))
        talk.tell(say("diary.picture", place=folder))
    return DONE


def _for_machines(episode: Episode) -> dict[str, object]:
    if episode.last is None or episode.last.is_locked:
        return {"entries": len(episode.entries), "is_locked": episode.last is not None, "fit": None, "light": None}
    comparison, light = compare(episode), traffic_light(episode)
    fit = comparison.fit
    return {
        "entries": len(episode.entries),
        "is_locked": False,
        "fit": {"missing": fit.reason} if isinstance(fit, Missing) else fit.value,
        "course": comparison.course.id,
        "against": [said.text for said in comparison.against],
        "not_known": [said.text for said in comparison.not_known],
        "fits": [said.text for said in comparison.fitting],
        "light": {"missing": light.reason} if isinstance(light, Missing) else light.id,
    }
