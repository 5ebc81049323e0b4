"""Small plots as SVG, for the documents: text stays text, and dark follows the reader's system."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from math import ceil, floor, log10

#: The project's palette; the second series has its own dash or shape as well, so that no colour stands alone.
STYLE = """
.paper{fill:#fbfaf8}.ink{fill:#1d2433}.quiet{fill:#667085}.line{stroke:#e4e2dd}.axis{stroke:#667085}
.a{stroke:#0f766e;fill:none}.af{fill:#0f766e}.b{stroke:#4f46e5;fill:none}.bf{fill:#4f46e5}.band{fill:#0f766e1f}
.miss{fill:#b45309}
@media (prefers-color-scheme:dark){.paper{fill:#14171e}.ink{fill:#e8ebf2}.quiet{fill:#98a2b3}
.line{stroke:#2a2f3a}.axis{stroke:#98a2b3}.a{stroke:#2dd4bf}.af{fill:#2dd4bf}.b{stroke:#a5b4fc}.bf{fill:#a5b4fc}
.band{fill:#2dd4bf26}.miss{fill:#fbbf24}}
text{font:15px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}
.title{font-weight:600}.small{font-size:13px}
"""
WIDE, HIGH, LEFT, TOP, RIGHT, FOOT = 390, 260, 52, 34, 26, 42


def nice(low: float, high: float, count: int = 4) -> list[float]:
    """Return round numbers from below ``low`` to above ``high``, about ``count`` steps."""
    if high <= low:
        high = low + 1
    rough = (high - low) / count
    step = 10 ** floor(log10(rough))
    step *= next(m for m in (1, 2, 2.5, 5, 10) if m * step >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


@dataclass
class Panel:
    """One plot: axes from the outermost ticks, and marks on them."""

    title: str
    x_label: str
    x_ticks: Sequence[float]
    y_ticks: Sequence[float]
    marks: list[str] = field(default_factory=list)

    def x(self, value: float) -> float:
        """Return where a value is on the horizontal axis."""
        low, high = self.x_ticks[0], self.x_ticks[-1]
        return LEFT + (value - low) / (high - low) * (WIDE - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Return where a value is on the vertical axis."""
        low, high = self.y_ticks[0], self.y_ticks[-1]
        return HIGH - FOOT - (min(max(value, low), high) - low) / (high - low) * (HIGH - FOOT - TOP)

    def line(self, points: Iterable[tuple[float, float]], css: str, dash: str = "") -> None:
        """Join points."""
        path = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.marks.append(f'<polyline class="{css}" stroke-width="2"{dashed} points="{path}"/>')

    def dot(self, x: float, y: float, css: str, radius: float = 3) -> None:
        """Set a dot."""
        self.marks.append(f'<circle class="{css}" cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="{radius}"/>')

    def square(self, x: float, y: float, css: str) -> None:
        """Set a square."""
        self.marks.append(
            f'<rect class="{css}" x="{self.x(x) - 4:.1f}" y="{self.y(y) - 4:.1f}" width="8" height="8"/>'
        )

    def bar(self, x: float, low: float, high: float, css: str) -> None:
        """Draw a range upright."""
        path = f"M{self.x(x):.1f},{self.y(low):.1f}V{self.y(high):.1f}"
        self.marks.append(f'<path class="{css}" opacity=".45" d="{path}"/>')

    def band(self, low: float, high: float) -> None:
        """Shade a stretch of the horizontal axis, behind all marks."""
        width = self.x(high) - self.x(low)
        place = f'x="{self.x(low):.1f}" y="{TOP}" width="{width:.1f}" height="{HIGH - FOOT - TOP}"'
        self.marks.insert(0, f'<rect class="band" {place}/>')

    def svg(self) -> str:
        """Return the panel as a group."""
        parts = [f'<text class="ink title" x="{LEFT}" y="20">{escape(self.title)}</text>']
        for tick in self.y_ticks:
            at = self.y(tick)
            parts.append(f'<path class="line" d="M{LEFT},{at:.1f}H{WIDE - RIGHT}"/>')
            parts.append(words(LEFT - 6, at + 4, f"{tick:g}", "quiet", "end"))
        below = HIGH - FOOT + 17
        parts += [words(self.x(tick), below, f"{tick:g}", "quiet", "middle") for tick in self.x_ticks]
        parts.append(words((LEFT + WIDE - RIGHT) / 2, HIGH - 6, self.x_label, "quiet", "middle"))
        return "".join([*parts, *self.marks])


def sheet(panels: Sequence[Panel], legend: Sequence[tuple[str, str]], said: str) -> str:
    """Return panels in two columns under a legend as one file; ``said`` tells a screen reader what it shows."""
    rows = ceil(len(panels) / 2)
    width, height = 2 * WIDE, rows * HIGH + 34
    parts, x = [], LEFT
    for mark, told in legend:
        parts.append(f'<g transform="translate({x},18)">{mark}{words(26, 5, told)}</g>')
        x += 40 + round(7.2 * len(told))
    for number, panel in enumerate(panels):
        place = f"translate({number % 2 * WIDE},{number // 2 * HIGH + 34})"
        parts.append(f'<g transform="{place}">{panel.svg()}</g>')
    return wrap(width, height, said, parts)


def bars(lines: Sequence[tuple[str, float, float | None]], band: tuple[float, float], said: str) -> str:
    """Return shares as bars, one line each: (name, share, the same of another source as a dot)."""
    left, step, width = 270, 24, 2 * WIDE
    height = 44 + step * len(lines) + 24

    def at(share: float) -> float:
        return left + share * (width - left - 60)

    low, high = at(band[0]), at(band[1])
    place = f'x="{low:.0f}" y="34" width="{high - low:.0f}" height="{step * len(lines) + 8}"'
    parts = [f'<rect class="band" {place}/>', words(16, 22, said)]
    for number, (name, share, other) in enumerate(lines):
        y = 52 + step * number
        css = "af" if band[0] <= share <= band[1] else "miss"
        parts.append(words(left - 8, y + 5, name, anchor="end"))
        parts.append(f'<rect class="{css}" x="{left}" y="{y - 6}" width="{at(share) - left:.1f}" height="12"/>')
        parts.append(words(width - 52, y + 5, f"{share:.0%}"))
        if other is not None:
            parts.append(f'<circle class="bf" cx="{at(other):.1f}" cy="{y}" r="4.5"/>')
    ticks = (0, 0.25, 0.5, 0.75, 1)
    parts += [words(at(tick), height - 6, f"{tick:.0%}", "quiet", "middle") for tick in ticks]
    return wrap(width, height, said, parts)


def words(x: float, y: float, told: str, css: str = "ink", anchor: str = "start") -> str:
    """Return small text at a place."""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{css} small" {place}>{escape(told)}</text>'


def wrap(width: int, height: int, said: str, parts: Sequence[str]) -> str:
    """Return a whole file."""
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>{escape(said)}</title>'
    paper = f'<rect class="paper" width="{width}" height="{height}" rx="8"/>'
    return f"{head}<style>{STYLE}</style>{paper}{''.join(parts)}</svg>\n"


#: Marks for legends, about the origin.
SOLID = '<path class="a" stroke-width="2" d="M0,0H20"/>'
DASHED = '<path class="a" stroke-width="2" stroke-dasharray="5 4" d="M0,0H20"/>'
DOTTED = '<path class="b" stroke-width="2" stroke-dasharray="2 4" d="M0,0H20"/>'
SQUARE = '<rect class="bf" x="6" y="-4" width="8" height="8"/>'
DOT = '<circle class="af" cx="10" cy="0" r="3"/>'
SHADE = '<rect class="band" x="2" y="-8" width="16" height="16"/>'
