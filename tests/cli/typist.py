"""Somebody at the keyboard: what a person with given answers types, screen by screen."""

import re
from collections.abc import Mapping

from lumbar.knowledge.library import library
from lumbar.knowledge.questions import DONT_KNOW, Answer
from lumbar.symptoms.asking import Shown
from lumbar.symptoms.checkin import AskAgain, CheckIn

#: What else may stand on the screen: ids of rules, cards and questions; numbers, words to type.
IDS = re.compile(r"TR-\d\d|[A-Z]{2}-\d\d|\([A-ER]\)")
TOKENS = re.compile(r"\d+\.\d+|[\d,·>°]|\b(?:yes|no|none|one|both|dominant|other)\b")

SHORT = {"yes": "y", "no": "n", DONT_KNOW: "?"}


def marks(shown: Shown, answers: Mapping[str, Answer]) -> str:
    """The numbers of the lines that fit, with ? behind those that are not known."""
    if shown.screen.kind == "count":
        fitting = int(answers[shown.questions[0]])
        return " ".join(str(number + 1) for number in range(fitting)) or "0"
    typed = []
    for number, line in enumerate(shown.lines, 1):
        if all(answers[name] == answer for name, answer in line.sets.items()):
            typed.append(f"{number}")
        elif any(answers[name] == DONT_KNOW for name in line.sets):
            typed.append(f"{number}?")
    return " ".join(typed) or "0"


def one(name: str, answers: Mapping[str, Answer]) -> str:
    answer = answers[name]
    is_yesno = library().questions[name].kind == "yesno"
    return SHORT.get(str(answer), str(answer)) if is_yesno or answer == DONT_KNOW else str(answer)


def script(answers: Mapping[str, Answer], region: str = "2") -> list[str]:
    """Everything that a person types from the beginning to the result."""
    typed, check = [region], CheckIn(region="europe")
    while (step := check.next()) is not None:
        if isinstance(step, Shown):
            is_list = step.screen.kind != "single"
            typed.append(marks(step, answers) if is_list else one(step.questions[0], answers))
            check = check.with_answers({name: answers[name] for name in step.questions})
        elif isinstance(step, AskAgain):
            typed.append(one(step.question, answers))
            check = check.with_second_answer(step.question, answers[step.question])
        else:
            typed.extend(one(name, answers) for name in step.questions)
            check = check.with_settled(step, {name: answers[name] for name in step.questions})
    return typed


def unsaid(output: str, sayings: re.Pattern[str]) -> list[str]:
    """What stands on the screen and in no sentence of the wording."""
    flat = IDS.sub(" ", " ".join(output.split()))
    for question in library().questions.values():
        flat = flat.replace(f"Type one of: {', '.join(question.choices)}.", "Type one of: .")
    return TOKENS.sub(" ", sayings.sub(" ", flat)).split()
