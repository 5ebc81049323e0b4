"""The page of one set: one HTML file that holds all it shows and asks nothing of the network."""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from lumbar import __version__
from lumbar.form import measures as registry
from lumbar.form.analysis import Limit, SetAnalysis
from lumbar.form.measures import Measure
from lumbar.motion.motion import Motion
from lumbar.report.chart import Column, RepPath, TimeChart, draw_path_chart, draw_time_chart
from lumbar.report.figure import figure_data, pack
from lumbar.report.findings import FindingView, findings_of, nothing_of
from lumbar.report.ghosts import Ghosts, ghosts_of
from lumbar.report.load_view import LoadView, load_view
from lumbar.report.strip import Strip, strips_of
from lumbar.report.view import (
    Table,
    charts_of,
    columns_of,
    lead_of,
    methods_of,
    paths_of,
    shown_measures,
    span_of,
    tables_of,
    title_of,
)
from lumbar.report.words import MassUnit

#: The clip's file beside a page that does not hold it.
CLIP_BESIDE = "clip.mp4"
#: The parts of the page's script; the last one begins.
_PARTS = (
    "packed", "film", "clock", "moment", "reps", "charts", "path", "figure", "switches", "drawing", "controls",
    "keys", "print", "page",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layer:
    """Something that is drawn over the film and can be switched.

    ``id`` is what the script calls it, ``part`` what it is drawn from, ``key`` switches it, where it has one.
    """

    id: str
    name: str
    part: str
    key: str = ""
    is_on: bool = True


LAYERS = (
    Layer("skeleton", "Skeleton", "pose", "S"),
    Layer("back", "Back curve", "back", "B"),
    Layer("trail", "Bar path", "bar", "P"),
    Layer("lever", "Lever arm", "lever", "A"),
    Layer("plate", "Plate", "bar"),
    # The back curve says what the outline would say of it, and more.
    Layer("outline", "Outline", "outline", is_on=False),
    Layer("veil", "Darker film", "pose"),
)


@dataclass(frozen=True, slots=True)
class Charted:
    """A drawn chart with its heading; ``id`` ties it to its live reading."""

    id: str
    title: str
    svg: str


@dataclass(frozen=True, slots=True)
class PageContext:
    """Everything that the templates of a set's page may use.

    The templates escape every text but those that they mark as safe: drawings, data, styles and script, which
    are made here from numbers, base64 and our own files.
    ``clip_uri`` is where the clip is: a data: URI, a file beside the page, or None; ``data`` is JSON for the
    script; ``styles`` and ``script`` are whole texts whose hashes stand in ``policy``. ``back`` is where the
    first link leads, if anywhere.
    """

    title: str
    lead: tuple[str, ...]
    refused: Limit | None
    findings: tuple[FindingView, ...]
    nothing: str | None
    clip_name: str
    made_on: date
    version: str
    clip_uri: str | None
    layers: tuple[Layer, ...]
    reps: tuple[Column, ...]
    strips: tuple[Strip, ...]
    charts: tuple[Charted, ...]
    path: Charted | None
    ghosts: Ghosts | None
    load: LoadView | None
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    limits: tuple[Limit, ...]
    definitions: tuple[Measure, ...]
    methods: tuple[str, ...]
    data: str
    styles: tuple[str, ...]
    script: str
    policy: str
    back: str = ""

    @property
    def kinds(self) -> frozenset[str]:
        """Which kinds of bars the strips have, for the words under them."""
        return frozenset(kind for strip in self.strips for kind in strip.kinds)


def render_page(
    analysis: SetAnalysis, clip_uri: str | None, *, made_on: date, mass_unit: MassUnit = "kg", back: str = ""
) -> str:
    """Return the page of one set as HTML.

    ``clip_uri`` is the clip, whole, as :func:`data_uri` makes it, or the name of the file beside the page; its
    first frame must be the first frame of the tracks. Without it the figure moves on a dark ground. The page
    runs no script and loads no style but its own: its Content-Security-Policy names them by hash and forbids
    every request but for that file.
    """
    context = replace(_context(analysis, clip_uri, made_on, mass_unit), back=back)
    return render("page.html.j2", page=context)


def render(template: str, **context: object) -> str:
    """Return one of the templates filled in; it escapes every text that it does not mark as safe."""
    environment = Environment(
        loader=PackageLoader("lumbar.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**context)


def _context(analysis: SetAnalysis, clip_uri: str | None, made_on: date, mass_unit: MassUnit) -> PageContext:
    motion = analysis.motion if analysis.refused is None else None
    charts = charts_of(motion, analysis.loads) if motion is not None else ()
    paths = paths_of(analysis) if motion is not None else ()
    tables, notes = tables_of(analysis)
    tracks = analysis.tracks
    figure = figure_data(analysis)
    ratio = tracks.width_px / tracks.height_px if tracks.height_px else 1.0  # no frame, no size
    styles = (static("page.css"), f":root{{--ratio:{ratio:.5f}}}")
    script = page_script()
    return PageContext(
        title=title_of(analysis, mass_unit),
        lead=lead_of(analysis),
        refused=analysis.refused,
        findings=findings_of(analysis),
        nothing=nothing_of(analysis),
        clip_name=analysis.clip.path.name,
        made_on=made_on,
        version=__version__,
        clip_uri=clip_uri,
        layers=layers_of(figure),
        reps=columns_of(analysis),
        strips=strips_of(analysis),
        charts=tuple(_drawn(charts, analysis)),
        path=_drawn_path(paths),
        ghosts=ghosts_of(analysis),
        load=load_view(analysis),
        tables=tables,
        notes=notes,
        limits=(*analysis.limits, *analysis.advice),
        definitions=shown_measures(registry.REP_MEASURES, analysis.measures)
        + shown_measures(registry.SET_MEASURES, [analysis.set_measures]),
        methods=methods_of(analysis),
        data=_page_data(analysis, figure, motion, charts),
        styles=styles,
        script=script,
        policy=policy(styles, [script]),
    )


def _drawn(charts: Sequence[TimeChart], analysis: SetAnalysis) -> Iterable[Charted]:
    columns, span = columns_of(analysis), span_of(analysis)
    for chart in charts:
        svg = draw_time_chart(chart, columns, span, with_times=chart is charts[-1])
        yield Charted(chart.id, chart.title, svg)


def _drawn_path(paths: Sequence[RepPath]) -> Charted | None:
    if not paths:
        return None
    title = "Bar path on the way up, from the side"
    return Charted("bar-path", title, draw_path_chart("bar-path", title, paths))


def page_script() -> str:
    """Return the page's script: its parts in one block, so that their names stay among themselves."""
    return '"use strict";\n{\n' + "".join(static(f"page/{part}.js") for part in _PARTS) + "}\n"


def static(name: str) -> str:
    """Return a style or script that comes with the pages."""
    return files("lumbar.report").joinpath("static", name).read_text(encoding="utf-8")


def data_uri(clip_mp4: bytes) -> str:
    """Return a clip as an address that holds all of it."""
    return "data:video/mp4;base64," + b64encode(clip_mp4).decode("ascii")


def layers_of(figure: Mapping[str, object]) -> tuple[Layer, ...]:
    """Return what can be drawn of a figure; the outline is drawn at once where there is no back curve."""
    drawn = [layer for layer in LAYERS if figure[layer.part] is not None]
    return tuple(replace(layer, is_on=layer.is_on or figure["back"] is None) for layer in drawn)


def _page_data(
    analysis: SetAnalysis, figure: Mapping[str, object], motion: Motion | None, charts: Sequence[TimeChart]
) -> str:
    """Return the script's data as JSON that is safe inside a script element."""
    span = span_of(analysis)
    lockouts = {rep.number: rep.lockout_s for rep in analysis.reps}
    data = {
        "from_s": span.from_s,
        "to_s": span.to_s,
        "reps": [[rep.number, rep.from_s, lockouts[rep.number], rep.to_s] for rep in columns_of(analysis)],
        "figure": figure,
        "curves": [_packed_curve(chart) for chart in charts],
        "motion": _packed_motion(motion),
    }
    return json.dumps(data, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")


def _packed_curve(chart: TimeChart) -> dict[str, object]:
    step = 10.0**-chart.decimals
    return {
        "id": chart.id,
        "unit": chart.unit,
        "decimals": chart.decimals,
        "lines": [[line.label, pack(line.value[:, None], step)] for line in chart.lines],
    }


def _packed_motion(motion: Motion | None) -> dict[str, str] | None:
    if motion is None:
        return None
    return {"time": pack(motion.time_s[:, None], 0.001), "bar_cm": pack(motion.bar_m * 100, 0.1)}


def policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """Return a Content-Security-Policy that lets the page use itself and nothing else."""
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src {_hashes(styles)}",
            f"script-src {_hashes(scripts)}",
            "img-src data:",
            "media-src 'self' data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hashes(texts: Iterable[str]) -> str:
    digests = (sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{b64encode(digest).decode('ascii')}'" for digest in digests)
