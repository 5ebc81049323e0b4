"""What the page draws over the film lies where it was measured, stays as it was switched, and is printed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from lumbar.arrays import Floats
from lumbar.estimate import Estimate
from lumbar.form.analysis import SetAnalysis
from lumbar.motion.back import BackCurve
from lumbar.report.figure import BACK_RGB, LEVER_RGB, SKELETON_RGB
from lumbar.report.page import render_page

from ..web.browser import NEEDS_CHROMIUM, wait_until
from .chromium import opened, press
from .conftest import Filmed

pytestmark = NEEDS_CHROMIUM

#: Notes every line and every word of the newest drawing, in the clip's working pixels.
WATCH = """
window.drawn = [];
const pen = CanvasRenderingContext2D.prototype;
const spy = (name, note) => {
  const own = pen[name];
  pen[name] = function (...given) { note.call(this, ...given); return own.apply(this, given); };
};
let line = [];
spy("clearRect", () => { window.drawn = []; });
spy("beginPath", () => { line = []; });
for (const name of ["moveTo", "lineTo"]) spy(name, (x, y) => line.push([x, y]));
spy("stroke", function () {
  const colour = this.strokeStyle.match(/[\\d.]+/g).slice(0, 3).map(Number);
  drawn.push({ colour, dashed: this.getLineDash().length > 0, line });
});
spy("fillText", (text) => drawn.push({ text }));
"""
#: Places are sent to the page in steps of half a pixel, and come back as 32-bit floats.
STEP_PX = 0.25 + 1e-3


@pytest.fixture(scope="module")
def film(filmed: Filmed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with opened(filmed.page, tmp_path_factory.mktemp("profile"), before=WATCH) as browser:
        yield browser


@pytest.fixture
def reps(pulled: SetAnalysis, tmp_path: Path) -> Iterator[Any]:
    """The page of four reps without its clip: it shows a moment at once."""
    page = tmp_path / "report.html"
    page.write_text(render_page(pulled, None, made_on=date(2026, 11, 22)), encoding="utf-8")
    with opened(page, tmp_path / "profile", before=WATCH) as browser:
        yield browser


def go(browser: Any, time_s: float) -> None:
    """Take the cursor to a frame, and wait until the film shows it."""
    browser.execute_script(
        f"scrub.value = {time_s}; scrub.dispatchEvent(new Event('input'));"
        "window.isStill = false;"
        "const film = document.querySelector('video');"
        "const wait = () => film && film.seeking ? requestAnimationFrame(wait)"
        " : requestAnimationFrame(() => requestAnimationFrame(() => { window.isStill = true; }));"
        "requestAnimationFrame(wait);"
    )
    wait_until(browser, "window.isStill")


def lines(browser: Any, rgb: tuple[int, int, int], *, dashed: bool) -> list[Floats]:
    """Return the lines of one colour in the newest drawing, each (point, 2)."""
    found = browser.execute_script("return drawn.filter(one => one.line)")
    return [np.array(one["line"]) for one in found if tuple(one["colour"]) == rgb and one["dashed"] == dashed]


def words(browser: Any) -> list[str]:
    return list(browser.execute_script("return drawn.filter(one => one.text).map(one => one.text)"))


def switched(browser: Any) -> dict[str, bool]:
    boxes = browser.find_elements(By.CSS_SELECTOR, "[data-layer]")
    return {box.get_attribute("data-layer"): box.is_selected() for box in boxes}


def test_the_back_is_drawn_on_the_curve_that_was_measured(film: Any, filmed: Filmed) -> None:
    (rep,), back = filmed.analysis.reps, filmed.analysis.back
    assert isinstance(back, BackCurve)
    for time_s in (rep.lift_off_s, (rep.lift_off_s + rep.lockout_s) / 2, rep.lockout_s):
        row = int(np.flatnonzero(back.time_s <= time_s + 5e-4)[-1])  # the page keeps milliseconds
        assert back.is_read[row]
        go(film, time_s)
        (drawn,) = lines(film, BACK_RGB, dashed=False)
        off_px = np.linalg.norm(drawn[:, None] - back.curve_px[row][None], axis=-1)
        assert off_px.min(axis=1).max() < np.hypot(STEP_PX, STEP_PX)
        for end in (0, -1):
            assert np.abs(drawn[end] - back.curve_px[row, end]).max() < STEP_PX


def test_the_lever_arm_is_drawn_from_the_joint_to_the_bar_as_long_as_it_was_measured(
    film: Any, filmed: Filmed
) -> None:
    motion, (load,) = filmed.analysis.motion, filmed.analysis.loads
    assert motion is not None
    assert load.peak_s is not None
    assert isinstance(load.lever_m, Estimate)
    row = int(np.argmin(np.abs(motion.time_s - load.peak_s)))
    go(film, float(motion.time_s[row]))
    level = [one for one in lines(film, LEVER_RGB, dashed=False) if one[0, 1] == one[1, 1]]
    ((joint, foot),) = level
    # The whole body's points in metres and in pixels say where L5/S1 is to lie: 2 cm for the lens's perspective.
    facing = np.array([1.0 if motion.faces_right else -1.0, -1.0])
    body_m, body_px = motion.points_m[row] * facing, motion.points_px[row]
    known = np.isfinite(body_m).all(axis=1) & np.isfinite(body_px).all(axis=1)
    centre_m, centre_px = body_m[known].mean(axis=0), body_px[known].mean(axis=0)
    spread_m, spread_px = body_m[known] - centre_m, body_px[known] - centre_px
    per_m = float((spread_m * spread_px).sum() / np.square(spread_m).sum())
    at = int(np.searchsorted(load.time_s, motion.time_s[row]))
    l5s1_m = load.l5s1_m[at] * facing
    assert np.abs(joint - (centre_px + (l5s1_m - centre_m) * per_m)).max() < 0.02 * per_m
    # The lever of the record, to the toes, by the trunk's own pixels per metre: the half steps at both ends.
    hip, shoulder = (motion.point_px(name)[row] for name in ("hip", "shoulder"))
    trunk_m = np.linalg.norm(motion.point("shoulder")[row] - motion.point("hip")[row])
    trunk_per_m = float(np.linalg.norm(shoulder - hip) / trunk_m)
    length_m = float((foot - joint)[0] * facing[0]) / trunk_per_m
    assert length_m == pytest.approx(load.lever_m.value, abs=2 * STEP_PX / trunk_per_m + 0.001)
    # The peak lies between two frames: what is written is the arm in the frame that is shown.
    assert load.bar_lever_m[at] == pytest.approx(load.lever_m.value, abs=0.005)
    assert words(film) == [f"{100 * load.bar_lever_m[at]:.0f}\N{NO-BREAK SPACE}cm"]


def test_what_was_switched_off_is_not_drawn_and_stays_off_after_a_reload(film: Any, filmed: Filmed) -> None:
    (rep,) = filmed.analysis.reps
    go(film, rep.lift_off_s + 0.2)
    assert all(lines(film, rgb, dashed=False) for rgb in (BACK_RGB, LEVER_RGB, SKELETON_RGB))
    chosen = {"skeleton": False, "back": False, "trail": False, "lever": False}
    for layer in chosen:
        film.find_element(By.CSS_SELECTOR, f'[data-layer="{layer}"]').click()
    film.refresh()
    wait_until(film, "document.querySelector('video').readyState >= 2")
    assert switched(film) == {**chosen, "plate": True, "outline": False, "veil": True}
    go(film, rep.lift_off_s + 0.2)
    assert not any(lines(film, rgb, dashed=False) for rgb in (BACK_RGB, LEVER_RGB, SKELETON_RGB))
    for key in "sbpa":
        press(film, key)
    assert switched(film) == {**dict.fromkeys(chosen, True), "plate": True, "outline": False, "veil": True}
    assert all(lines(film, rgb, dashed=False) for rgb in (BACK_RGB, LEVER_RGB, SKELETON_RGB))


def clock(browser: Any) -> str:
    return str(browser.execute_script("return document.getElementById('clock').textContent"))


def looping(browser: Any) -> list[str]:
    pressed = 'button[data-rep][aria-pressed="true"]'
    return sorted({one.get_attribute("data-rep") for one in browser.find_elements(By.CSS_SELECTOR, pressed)})


def test_keys_go_from_rep_to_rep_and_loop_one(reps: Any) -> None:
    reps.execute_script("document.getElementById('watch').focus()")
    assert "Rep 1 of 4" in clock(reps)
    press(reps, Keys.ARROW_DOWN)
    press(reps, Keys.ARROW_DOWN)
    assert "Rep 3 of 4" in clock(reps)
    press(reps, "l")
    assert looping(reps) == ["3"]
    press(reps, Keys.ARROW_UP)
    assert "Rep 2 of 4" in clock(reps)
    assert looping(reps) == ["2"]
    press(reps, "L")
    assert looping(reps) == []
    press(reps, "4")
    assert "Rep 4 of 4" in clock(reps)


def test_keys_are_left_alone_once_they_are_switched_off_and_away_from_the_film(reps: Any) -> None:
    before = clock(reps)
    reps.execute_script("document.querySelector('#definitions summary').focus()")
    press(reps, "3")
    assert clock(reps) == before
    reps.execute_script("document.getElementById('keys').click(); document.getElementById('watch').focus()")
    press(reps, "3")
    assert clock(reps) == before
    reps.execute_script("document.getElementById('keys').click(); document.getElementById('watch').focus()")
    press(reps, "3")
    assert "Rep 3 of 4" in clock(reps)


def visible(browser: Any, query: str) -> list[str]:
    """Return what of a kind has a place on the page and is not hidden."""
    return list(
        browser.execute_script(
            "return [...document.querySelectorAll(arguments[0])]"
            ".filter(one => one.getClientRects().length && getComputedStyle(one).visibility === 'visible')"
            ".map(one => one.textContent.trim() || one.getAttribute('aria-label') || one.tagName)",
            query,
        )
    )


def test_print_has_charts_findings_and_definitions_and_no_controls(reps: Any, pulled: SetAnalysis) -> None:
    controls = "#scrub, [data-do], [data-at], [type=checkbox], [type=radio], .cursor, .reading"
    assert len(visible(reps, controls)) > 20  # on the screen they are there
    reps.execute_script(
        "addEventListener('beforeprint', () => { window.printed = [...document.querySelectorAll('details')]"
        ".map(one => one.open); });"
    )
    printed = reps.execute_cdp_cmd("Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True})
    assert printed["data"].startswith("JVBERi0")  # "%PDF-" in base64
    opened_then = reps.execute_script("return window.printed")
    assert len(opened_then) == len(pulled.findings) + 1  # each finding's, and the definitions
    assert all(opened_then)
    assert not any(reps.execute_script("return [...document.querySelectorAll('details')].map(one => one.open)"))
    reps.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert visible(reps, controls) == []
    assert len(visible(reps, "svg.chart")) == 6
    assert len(visible(reps, ".finding h3")) == len(pulled.findings)
    assert visible(reps, "#drawing") == ["CANVAS"]
    assert len(visible(reps, "#reps table")) >= 5


def test_print_holds_the_films_moment_under_the_drawing(film: Any, filmed: Filmed) -> None:
    (rep,) = filmed.analysis.reps
    go(film, rep.lift_off_s)
    # How many colours there are in the top left corner, where nothing is drawn but the veil.
    colours = (
        "new Set(new Uint32Array("
        "document.getElementById('drawing').getContext('2d').getImageData(0, 0, 30, 30).data.buffer)).size"
    )
    # On the screen the film lies under the canvas; in print it is drawn into it.
    assert film.execute_script(f"return {colours}") == 1
    film.execute_script(f"addEventListener('beforeprint', () => {{ window.atPrint = {colours}; }});")
    film.execute_cdp_cmd("Page.printToPDF", {})
    assert film.execute_script("return window.atPrint") > 20
    assert film.execute_script(f"return {colours}") == 1
