"""A plan for programs: plain values under English keys, every text with its cards."""

from collections.abc import Iterable
from typing import Any

from lumbar.knowledge.library import library
from lumbar.knowledge.saying import Said
from lumbar.plan.choose import Waits
from lumbar.plan.items import Item
from lumbar.plan.lock import Locked
from lumbar.plan.making import Plan
from lumbar.plan.prevention import Work

#: The form of the record; a later form gets a later number.
FORM = 1


def left_of(plan: Plan | Locked) -> str:
    """Return what the check left of a plan: open, modified or locked.

    Modified: an appointment is due, and nothing may be more than before. An emergency is called locked, too.
    """
    return "locked" if isinstance(plan, Locked) else library().levels[plan.facts.urgency.name].plan


def to_record(plan: Plan | Locked) -> dict[str, Any]:
    """Return a plan, or why there is none, as JSON holds it.

    ``left`` is as :func:`left_of` has it.
    """
    if isinstance(plan, Locked):
        return {"form": FORM, "locked": _said(plan.reason), "left": left_of(plan), "then": _all(plan.then)}
    return {
        "form": FORM,
        "locked": None,
        "left": left_of(plan),
        "made_at": plan.state.now.isoformat(),
        "light": plan.facts.colour,
        "pain": plan.facts.pain,
        "today": {
            "lead": _all(plan.today.lead),
            "helps": [_item(each) for each in plan.today.helps],
            "does_little": [_item(each) for each in plan.today.little],
            "waits": [_waits(each) for each in plan.today.waiting],
            "closing": _all(plan.today.closing),
        },
        "week": _week(plan),
        "prevention": _prevention(plan),
        "return": {
            "stage": plan.back.here,
            "lead": _all(plan.back.lead),
            "steps": [
                {
                    "number": rung.stage.number,
                    "place": rung.place,
                    "name": _said(rung.name),
                    "gate": _said(rung.gate),
                }
                | {"missing": _all(rung.missing)}
                for rung in plan.back.rungs
            ],
        },
        "always": _all(plan.always),
    }


def _week(plan: Plan) -> dict[str, Any]:
    week = plan.week
    return {
        "light": _said(week.light),
        "rules": _all(week.rules),
        "pulls": [_item(each) for each in week.pulls],
        "swaps": [choice.exercise.id for choice in week.swaps],
        "others": None if week.others is None else _said(week.others),
        "waits": [_waits(each) for each in week.waiting],
    }


def _prevention(plan: Plan) -> dict[str, Any]:
    part = plan.prevention
    return {
        "lead": _all(part.lead),
        "technique": [_work(each) for each in part.technique],
        "trunk": [_item(each) for each in part.trunk],
        "hips": [_item(each) for each in part.hips],
        "warm_up": [_item(each) for each in part.warm_up],
        "cap": _said(part.cap),
        "waits": [_waits(each) for each in part.waiting],
    }


def _said(said: Said) -> dict[str, Any]:
    return {"text": said.text, "cards": list(said.cards)}


def _all(said: Iterable[Said]) -> list[dict[str, Any]]:
    return [_said(each) for each in said]


def _item(each: Item) -> dict[str, Any]:
    sets = [] if each.amount is None else each.amount.sets
    return {
        "exercise": each.id,
        "dose": None if each.dose is None else each.dose.text,
        "days": [day.isoformat() for day in each.days],
        "sets": [
            {"sets": s.sets, "reps": s.reps, "load_kg": None if s.load is None else s.load.mass_kg} for s in sets
        ],
        "says": _all(each.sentences),
        "sure": each.exercise.sure,
    }


def _waits(each: Waits) -> dict[str, Any]:
    return {"exercise": each.exercise.id, "because": _all(each.reasons)}


def _work(each: Work) -> dict[str, Any]:
    correction = each.correction
    return {
        "finding": correction.id,
        "name": correction.name,
        "cue": correction.cue,
        "drill": correction.drill,
        "cards": list(correction.sources),
        "exercise": None if each.drill is None else _item(each.drill),
        "because": _all(each.waits),
    }
