"""Take pictures of the real conversation of ``lumbar check`` and of a diary: ``python docs/terminal.py``."""

import io
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from lumbar.cli.conversation import Conversation
from lumbar.knowledge.saying import say
from lumbar.symptoms.checkin import CheckIn
from lumbar.symptoms.diary import Entry, Episode
from lumbar.symptoms.picture import draw_course
from lumbar.symptoms.telling import tell

HERE = Path(__file__).parent

#: The dark palette of the project: paper, ink, then black, red, green, yellow, blue, magenta, cyan, white.
THEME = TerminalTheme(
    (20, 23, 30),
    (232, 235, 242),
    [(20, 23, 30), (249, 112, 102), (110, 231, 160), (251, 191, 36), (165, 180, 252), (165, 180, 252),
     (45, 212, 191), (232, 235, 242)],
)  # fmt: skip
#: The picture uses the reader's own monospace font and fetches nothing.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "Fira Code, monospace", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"
)

#: File → what the lifter types; the conversation is shown from the beginning, or only its result.
SCRIPTS: dict[str, tuple[Sequence[str], bool]] = {
    "urgency-check.svg": (("2", "0 4-", "6?", "n"), True),
    "urgency-result.svg": (("2", "0 4-", "0", "0", "6", "2", "0", "36"), False),
}


class Typed(Console):
    """A terminal that types what a script says, until the script ends."""

    def __init__(self, script: Sequence[str]) -> None:
        super().__init__(
            record=True, width=80, file=io.StringIO(), force_terminal=True, color_system="truecolor",
            highlight=False,
        )  # fmt: skip
        self.script: Iterator[str] = iter(script)

    def input(self, prompt: Any = "", **_: Any) -> str:
        """Type the next answer; stop where there is none."""
        text = next(self.script, None)
        if text is None:
            raise EOFError
        self.print(f"{prompt}{text}")
        return text


def picture(script: Sequence[str], *, is_whole: bool) -> str:
    """Return the picture of a conversation: from the beginning until the script ends, or its result."""
    console = Typed(script)
    conversation = Conversation(console, with_private=False)
    conversation.tell(say("check.intro"), "bold")
    conversation.tell(say("check.what-it-is"), "dim")
    conversation.tell(say("check.where-kept"), "dim")
    console.print()
    check = CheckIn()
    try:
        check = conversation.run(check)
    except EOFError:
        if not is_whole:
            raise
    if not is_whole:
        console.export_text(clear=True)
        conversation.result(tell(check.triage, check.answers, check.region))
    return console.export_svg(title="lumbar check", theme=THEME, code_format=FORMAT, unique_id="lumbar")


def diary() -> str:
    """Return the picture of an example: soreness that is a little high on day 4."""
    session = datetime(2026, 11, 15, 18, tzinfo=UTC)
    told = ((14, 3), (38, 4), (62, 3), (86, 3), (110, 4))
    entries = (Entry(session + timedelta(hours=hours), session, {"pain": pain}) for hours, pain in told)
    return draw_course(Episode(tuple(entries)))


def main() -> None:
    """Write every picture; what the conversation keeps goes to a place that is thrown away."""
    (HERE / "diary-course.svg").write_text(diary(), "utf-8")
    with tempfile.TemporaryDirectory() as home:
        os.environ["LUMBAR_HOME"] = home
        for name, (script, is_whole) in SCRIPTS.items():
            (HERE / name).write_text(picture(script, is_whole=is_whole), "utf-8")


if __name__ == "__main__":
    main()
