"""The picture of ``lumbar load`` as SVG: weekly lower-back exposure, and weekly deadlift sets below it.

Light and dark by the viewer's system; a title and a description for those who hear it read.
"""

from collections.abc import Sequence
from html import escape
from math import ceil, log10

from lumbar.training.exposure import Week

WIDTH, HEIGHT = 720, 360
_LEFT, _RIGHT, _TOP, _GAP, _BOTTOM = 64, 12, 46, 44, 30
_STYLE = """ .paper{fill:#fbfaf8}.ink{fill:#1d2433}.quiet{fill:#667085}.line{stroke:#e4e2dd}
.bar{fill:#0f766e}.range{stroke:#1d2433}.second{fill:#4f46e5}.now{fill:none;stroke:#b45309} text{font:12px
system-ui,sans-serif;font-variant-numeric:tabular-nums}.big{font-size:14px;font-weight:600} @media
(prefers-color-scheme:dark){.paper{fill:#14171e}.ink{fill:#e8ebf2}.quiet{fill:#98a2b3}.line{stroke:#2a2f3a}
.bar{fill:#2dd4bf}.range{stroke:#e8ebf2}.second{fill:#a5b4fc}.now{stroke:#fbbf24}}
"""


def weekly_svg(weeks: Sequence[Week]) -> str:
    """Return the last weeks as an SVG picture; the newest week is framed."""
    each = (HEIGHT - _TOP - _GAP - _BOTTOM) / 2
    back_top, sets_top = _TOP, _TOP + each + _GAP
    backs = [week.back_n_m_reps for week in weeks]
    most_back = nice(max((back.high for back in backs), default=0.0) / 1000)
    most_sets = nice(max((week.hard_sets for week in weeks), default=0), is_count=True)
    step = (WIDTH - _LEFT - _RIGHT) / max(len(weeks), 1)
    parts = [
        _text(_LEFT, 18, "Lower back, kN·m·reps per week", "ink big"),
        _text(_LEFT, 34, "bar: best guess; stem: range of posture and model", "quiet"),
        *_axis(back_top, each, most_back),
        _text(_LEFT, sets_top - 10, "Hard sets of the deadlift family per week", "ink big"),
        *_axis(sets_top, each, most_sets),
    ]
    for place, week in enumerate(weeks):
        x = _LEFT + place * step
        back = week.back_n_m_reps
        parts += _bar(x, step, back_top, each, back.value / 1000 / most_back, "bar")
        if back.value:
            low, high = (back_top + each * (1 - value / 1000 / most_back) for value in (back.low, back.high))
            middle = x + step / 2
            parts.append(f'<path class="range" d="M{middle:.1f} {low:.1f}V{high:.1f}"/>')
        parts += _bar(x, step, sets_top, each, week.hard_sets / most_sets, "second")
    parts += _months(weeks, step)
    if weeks:
        x = _LEFT + (len(weeks) - 1) * step
        tall = HEIGHT - _TOP - _BOTTOM + 8
        parts.append(f'<rect class="now" x="{x:.1f}" y="{_TOP - 4}" width="{step:.1f}" height="{tall}" rx="3"/>')
    return _document(weeks, parts)


def nice(value: float, *, is_count: bool = False) -> float:
    """Return where an axis may end: 1, 2 or 5 times a power of ten; for counts an even number."""
    if is_count:
        value = value if value > 10 else 2 * ceil(value / 2)
        return value if 0 < value <= 10 else nice(value) if value else 2.0
    if value <= 0:
        return 1.0
    power = 10.0 ** ceil(log10(value) - 1)
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-9))


def _document(weeks: Sequence[Week], parts: Sequence[str]) -> str:
    told, size = describe(weeks), f'width="{WIDTH}" height="{HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {size} '
        f'role="img" aria-labelledby="title told"><title id="title">Training load by week</title>'
        f'<desc id="told">{escape(told)}</desc><style>{_STYLE}</style>'
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" rx="8"/>{"".join(parts)}</svg>\n'
    )


def describe(weeks: Sequence[Week]) -> str:
    """Return the picture in words."""
    if not weeks:
        return "No week was logged."
    last = weeks[-1]
    back = last.back_n_m_reps
    return (
        f"{len(weeks)} weeks to that of {last.monday:%d %B %Y}: {last.hard_sets} hard sets of the "
        f"deadlift family, lower back {back.value / 1000:.1f} kN·m·reps "
        f"(range {back.low / 1000:.1f} to {back.high / 1000:.1f})."
    )


def _text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _axis(top: float, height: float, most: float) -> list[str]:
    parts = []
    for share in (0.0, 0.5, 1.0):
        y = top + height * (1 - share)
        parts.append(f'<path class="line" d="M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}"/>')
        parts.append(_text(_LEFT - 8, y + 4, f"{most * share:g}", "quiet", "end"))
    return parts


def _bar(x: float, step: float, top: float, height: float, share: float, kind: str) -> list[str]:
    if share <= 0:
        return []
    tall, wide = height * share, step * 0.7
    left, size = x + (step - wide) / 2, f'width="{wide:.1f}" height="{tall:.1f}"'
    return [f'<rect class="{kind}" x="{left:.1f}" y="{top + height - tall:.1f}" {size} rx="1"/>']


def _months(weeks: Sequence[Week], step: float) -> list[str]:
    """Label the first week of each month, and of each year with its number, as far as there is room."""
    parts, free = list[str](), 0.0
    for place, week in enumerate(weeks):
        x = _LEFT + place * step
        is_new = place == 0 or week.monday.month != weeks[place - 1].monday.month
        if is_new and x >= free and x < WIDTH - _RIGHT - 30:
            is_year = place == 0 or week.monday.month == 1
            parts.append(
                _text(x, HEIGHT - 10, f"{week.monday:%b %Y}" if is_year else f"{week.monday:%b}", "quiet")
            )
            free = x + (64 if is_year else 34)
    return parts
