"""Take the pictures of report and consultation that the documents show, from the folder of ``lumbar demo``.

python docs/pictures.py lumbar-demo      needs chromium, and pdftoppm (poppler-utils) for what is printed
"""

import base64
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

PICTURES = Path(__file__).parent / "pictures"
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--virtual-time-budget=30000",
)
#: A window is never narrower than 500 pixels, so a phone's page is shown in a frame of its width.
NARROWEST = 500
DARK = "--blink-settings=preferredColorScheme=0"
#: Colours are rounded to steps so wide: a page has few of them, and the file shall be small.
STEP = 17


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, the page in the demo's folder, width and height in CSS pixels, dark or light."""

    name: str
    page: str
    width_px: int
    height_px: int
    is_dark: bool = False


SHOTS = (
    Shot("report", "report.html", 1280, 1120),
    Shot("report-dark", "report.html", 1280, 1120, is_dark=True),
    Shot("report-phone", "report.html", 390, 1240),
    Shot("report-phone-dark", "report.html", 390, 1240, is_dark=True),
    Shot("consultation", "consultation.html", 1280, 1400),
    Shot("consultation-dark", "consultation.html", 1280, 1400, is_dark=True),
    Shot("consultation-phone", "consultation.html", 390, 1600),
    Shot("consultation-phone-dark", "consultation.html", 390, 1600, is_dark=True),
)
#: Printed: the page → how many of its sheets are shown.
PRINTED = {"report": 1, "consultation": 2, "summary": 1}
#: Dots per inch of a printed sheet's picture.
SHEET_DPI = 70


def chromium(page: Path, *options: str) -> None:
    """Open a page once, in a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["chromium", *QUIET, f"--user-data-dir={profile}", *options, page.resolve().as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def take(shot: Shot, folder: Path) -> None:
    """Write one picture of a page."""
    page, place = folder / shot.page, PICTURES / f"{shot.name}.png"
    theme = (DARK,) if shot.is_dark else ()
    with tempfile.TemporaryDirectory() as beside:
        if shot.width_px < NARROWEST:
            page = framed(page, shot, Path(beside))
        chromium(page, *theme, f"--screenshot={place}", f"--window-size={shot.width_px},{shot.height_px}")
    lessen(place, shot.width_px, shot.height_px)
    print(place)


def framed(page: Path, shot: Shot, beside: Path) -> Path:
    """Return a page that shows another in a frame as wide as a phone."""
    inside = base64.b64encode(page.read_bytes()).decode()
    style = f"border:0;width:{shot.width_px}px;height:{shot.height_px}px"
    frame = f'<iframe src="data:text/html;base64,{inside}" style="{style}"></iframe>'
    place = beside / "framed.html"
    place.write_text(f'<meta name="color-scheme" content="light dark"><body style="margin:0">{frame}</body>')
    return place


def print_out(name: str, page: Path, sheets: int) -> None:
    """Print a page to PDF as a browser does, and write its first sheets as pictures."""
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "page.pdf"
        chromium(page, "--no-pdf-header-footer", f"--print-to-pdf={printed}")
        for sheet in range(1, sheets + 1):
            place = PICTURES / f"{name}-sheet-{sheet}"
            span = ("-f", str(sheet), "-l", str(sheet))
            command = ["pdftoppm", "-png", "-r", str(SHEET_DPI), *span, "-singlefile", str(printed), str(place)]
            subprocess.run(command, check=True)
            lessen(place.with_suffix(".png"))
            print(place.with_suffix(".png"))


def lessen(place: Path, width_px: int | None = None, height_px: int | None = None) -> None:
    """Cut a picture to its size and keep few colours."""
    picture = cv2.imread(str(place))[:height_px, :width_px]
    few = np.minimum(np.round(picture / STEP) * STEP, 255).astype(np.uint8)
    cv2.imwrite(str(place), few, [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    demo, *names = map(Path, sys.argv[1:])
    wanted = {str(name) for name in names}
    for one in SHOTS:
        if not wanted or one.name in wanted:
            take(one, demo)
    for label, sheet_count in PRINTED.items():
        if not wanted or f"{label}-sheets" in wanted:
            print_out(label, demo / f"{label}.html", sheet_count)
