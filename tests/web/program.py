"""The app as its own program for the tests: started, killed, started again, and on a later day."""

import os
import subprocess
import sys
from pathlib import Path

from lumbar.bench.ports import free_port, wait_for

#: Longest wait for the program to answer on a busy machine, s.
STARTS_S = 120
#: Runs the command with a clock that is ahead: every module of ours that tells the time asks this one.
_AHEAD = """
import datetime as dt, sys
import lumbar.web.serve, lumbar.cli.app
AHEAD = dt.timedelta(hours=float(sys.argv[1]))
class Kind(type(dt.datetime)):
    def __instancecheck__(cls, one):
        return isinstance(one, dt.datetime)
class Ahead(dt.datetime, metaclass=Kind):
    @classmethod
    def now(cls, tz=None):
        return dt.datetime.now(tz) + AHEAD
for name, module in list(sys.modules.items()):
    if name.startswith("lumbar.") and getattr(module, "datetime", None) is dt.datetime:
        module.datetime = Ahead
sys.argv = ["lumbar", *sys.argv[2:]]
lumbar.cli.app.main()
"""


class Running:
    """The app as its own program."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.address = f"http://localhost:{self.port}"
        self.start()

    def start(self, hours_ahead: float = 0) -> None:
        """Start the app; its clock may be some hours ahead."""
        how = ["-c", _AHEAD, str(hours_ahead)] if hours_ahead else ["-m", "lumbar"]
        command = [sys.executable, *how, "app", "--no-browser", "--port", str(self.port)]
        self.program = subprocess.Popen(command, env={**os.environ, "LUMBAR_HOME": str(self.home)})
        wait_for(self.port, "the app", STARTS_S)

    def kill(self) -> None:
        """End the app as a power cut would."""
        self.program.kill()
        self.program.wait()

    def end(self) -> None:
        """End the app as Ctrl-C does."""
        self.program.terminate()
        self.program.wait()
