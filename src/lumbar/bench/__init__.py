"""What we measure ourselves by; each bench prints a table and writes rows of JSON."""

from typing import Literal

#: The benches: each is a module of this package with a function ``run``, a :class:`lumbar.bench.rows.Bench`.
Name = Literal["accuracy", "app", "ask", "contributors", "log", "speed", "triage"]
