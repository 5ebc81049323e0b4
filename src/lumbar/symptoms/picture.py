"""Pictures of the diary as SVG: the soreness on its expected course, and where on the body it is.

Each stands alone, in light and dark, and says in its title and description what it shows.
"""

from collections.abc import Iterable, Iterator
from html import escape

from lumbar.knowledge.library import library
from lumbar.knowledge.saying import say
from lumbar.knowledge.soreness import Course
from lumbar.symptoms.course import course_for, highest
from lumbar.symptoms.diary import Episode

#: Size of the chart and its margins, px.
_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _BELOW = 640, 280, 40, 16, 40, 44
#: The chart shows at least this many days, so that the band is whole.
_DAYS = 8
#: At most this many numbers stand under the chart.
_NUMBERS = 9

_STYLE = """
:root {
  --ink: #1d2433; --paper: #fbfaf8; --quiet: #667085; --line: #e4e2dd; --accent: #0f766e; --watch: #b45309;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8ebf2; --paper: #14171e; --quiet: #98a2b3; --line: #2a2f3a; --accent: #2dd4bf; --watch: #fbbf24;
  }
}
text { font: 13px system-ui, sans-serif; font-variant-numeric: tabular-nums; fill: var(--quiet); }
.paper { fill: var(--paper); } .heading { font-size: 15px; fill: var(--ink); }
.grid { stroke: var(--line); } .band { fill: var(--quiet); opacity: .18; }
.study { fill: none; stroke: var(--quiet); stroke-dasharray: 2 4; stroke-width: 1.5; }
.way { fill: none; stroke: var(--accent); stroke-width: 1.5; opacity: .6; }
.dot { fill: var(--accent); stroke: var(--paper); stroke-width: 2; }
.over { fill: var(--paper); stroke: var(--watch); stroke-width: 3; }
.mid { text-anchor: middle; } .end { text-anchor: end; } .you { fill: var(--accent); }
.body { fill: none; stroke: var(--quiet); stroke-width: 1.2; stroke-linejoin: round; }
.place { fill: var(--paper); stroke: var(--quiet); }
.small { font-size: 8px; } .sore { fill: var(--accent); stroke: var(--paper); }
""".strip()


def _svg(name: str, size: tuple[int, int], title: str, about: str, parts: Iterable[str]) -> str:
    wide, high = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" aria-labelledby="{name}-title {name}-about"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-about">{escape(about)}</desc><style>{_STYLE}</style>'
        f'<rect class="paper" width="{wide}" height="{high}"/>{"".join(parts)}</svg>\n'
    )


def _shown(episode: Episode) -> list[tuple[int, int]]:
    """Return hours after the session and intensity of each entry that has both."""
    pairs = [(entry.hours, entry.felt) for entry in episode.entries]
    return [(hours, felt) for hours, felt in pairs if hours is not None and felt is not None]


def draw_course(episode: Episode) -> str:
    """Draw the lifter's soreness on the expected course: a quiet band, a dot for each entry."""
    course, dots = course_for(episode.answers), _shown(episode)
    days = max(_DAYS, max((hours for hours, _ in dots), default=0) // 24 + 1)
    chart = _Chart(course, days)
    title, about = say("picture.title").text, _about(course, dots)
    return _svg("course", (_WIDE, _HIGH), title, about, chart.parts(title, dots))


def _about(course: Course, dots: Iterable[tuple[int, int]]) -> str:
    told = " ".join(
        say(
            "picture.entry",
            day=hours // 24,
            points=felt,
            place=say("picture.outside" if felt > highest(course, hours) else "picture.within"),
        ).text
        for hours, felt in dots
    )
    end = course.hours[-1] // 24
    return say("picture.about", high=f"{max(course.high_score):g}", end=end, entries=told).text.strip()


class _Chart:
    """The geometry of the chart: hours and points to pixels."""

    def __init__(self, course: Course, days: int) -> None:
        self.course, self.days = course, days

    def x(self, hours: int) -> float:
        return _LEFT + (_WIDE - _LEFT - _RIGHT) * hours / (24 * self.days)

    def y(self, points: float) -> float:
        return _HIGH - _BELOW - (_HIGH - _TOP - _BELOW) * points / 10

    def parts(self, title: str, dots: list[tuple[int, int]]) -> Iterator[str]:
        yield f'<text class="heading" x="{_LEFT}" y="20">{escape(title)}</text>'
        yield from self.grid()
        yield from self.expected()
        if len(dots) > 1:
            yield f'<polyline class="way" points="{self.points(dots)}"/>'
        for hours, felt in dots:
            kind = "over" if felt > highest(self.course, hours) else "dot"
            yield f'<circle class="{kind}" cx="{self.x(hours):.1f}" cy="{self.y(felt):.1f}" r="6"/>'
        if dots:
            hours, felt = dots[-1]
            end = "end" if self.x(hours) > _WIDE / 2 else ""
            text = f'<text class="you {end}" x="{self.x(hours):.1f}" y="{self.y(felt) - 12:.1f}">'
            yield f"{text}{escape(say('picture.you').text)}</text>"

    def points(self, pairs: Iterable[tuple[int, float]]) -> str:
        return " ".join(f"{self.x(hours):.1f},{self.y(points):.1f}" for hours, points in pairs)

    def grid(self) -> Iterator[str]:
        for points in (0, 5, 10):
            y = self.y(points)
            yield f'<line class="grid" x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            yield f'<text class="end" x="{_LEFT - 8}" y="{y + 4:.1f}">{points}</text>'
        yield f'<text x="{_LEFT + 4}" y="{self.y(10) + 16:.1f}">{escape(say("picture.of-ten").text)}</text>'
        step = -(-self.days // _NUMBERS)
        for day in range(0, self.days + 1, step):
            yield f'<text class="mid" x="{self.x(24 * day):.1f}" y="{_HIGH - _BELOW + 18}">{day}</text>'
        yield f'<text class="end" x="{_WIDE - _RIGHT}" y="{_HIGH - 8}">{escape(say("picture.days").text)}</text>'

    def expected(self) -> Iterator[str]:
        course = self.course
        upper = list(zip(course.hours, course.high_score, strict=True))
        edge = [*upper, (course.hours[-1], 0.0), (course.hours[0], 0.0)]
        yield f'<polygon class="band" points="{self.points(edge)}"/>'
        yield (
            f'<text x="{self.x(course.hours[0]) + 6:.1f}" y="{self.y(course.high_score[0]) - 6:.1f}">'
            f"{escape(say('picture.band').text)}</text>"
        )
        if course.study_hours:
            # named in the corner, where no dot of ordinary soreness comes
            study, y = zip(course.study_hours, course.study_mean_score, strict=True), _TOP + 16
            text, end = escape(say("picture.study").text), _WIDE - _RIGHT
            yield f'<polyline class="study" points="{self.points(study)}"/>'
            yield f'<line class="study" x1="{end - 200}" x2="{end - 172}" y1="{y - 4}" y2="{y - 4}"/>'
            yield f'<text class="end" x="{end}" y="{y}">{text}</text>'


#: The outline of somebody seen from behind: head, trunk with arms, legs.
_BODY = (
    "M60 8a11 11 0 0 1 0 24a11 11 0 0 1 0-24z",
    "M52 36q8 3 16 0q16 2 19 10l6 52q1 8-5 6l-9-46l-3 32q4 14 4 26H40",
    "M40 116q0-12 4-26l-3-32l-9 46q-6 2-5-6l6-52q3-8 19-10",
    "M40 116q-6 14-1 38l4 40q8 4 13 0l3-70h2l3 70q5 4 13 0l4-40q5-24-1-38z",
)


def draw_body(places: frozenset[str]) -> str:
    """Draw the body chart from behind, with the sore places filled."""
    chart = library().places
    names = ", ".join(say(f"place.{name}").text for name in chart if name in places) or say("body.none").text
    parts = [f'<path class="body" d="{way}"/>' for way in _BODY]
    for name, place in chart.items():
        kind, size = ("sore", 5) if name in places else ("place", 3)
        parts.append(f'<circle class="{kind}" cx="{place.x_px}" cy="{place.y_px}" r="{size}"/>')
    parts.append(f'<text class="small" x="24" y="212">{escape(say("body.left").text)}</text>')
    parts.append(f'<text class="small end" x="96" y="212">{escape(say("body.right").text)}</text>')
    about = say("body.about", places=names).text
    return _svg("body", (120, 220), say("body.title").text, about, parts)
