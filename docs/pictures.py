"""Take the pictures of report and consultation that the documents show, from the folder of ``lumbar demo``.

python docs/pictures.py lumbar-demo      needs chromium
"""

import base64
import re
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
    "--virtual-time-budget=5000",
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
    Shot("report-phone", "report.html", 390, 1240),
    Shot("consultation", "consultation.html", 1280, 1400),
    Shot("consultation-dark", "consultation.html", 1280, 1400, is_dark=True),
    Shot("consultation-phone", "consultation.html", 390, 1600),
    Shot("consultation-phone-dark", "consultation.html", 390, 1600, is_dark=True),
)
#: Printed: name of the picture → the page.
PRINTED = {"consultation-print": "consultation.html", "summary-print": "summary.html"}
#: A4 at 96 pixels per inch, and the margin that report/static/page.css prints with.
SHEET_PX = (794, 1123)
MARGIN_MM = 14


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


def print_out(name: str, page: Path) -> None:
    """Write the first sheet of a page in its styles for print, on A4 with its margins."""
    text = page.read_text("utf-8").replace("@media print", "@media all")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)  # its hashes are of other styles
    text = re.sub(r"prefers-color-scheme: *dark", "max-width: 0", text)
    text = text.replace("</head>", f"<style>body {{ padding: {MARGIN_MM}mm !important; }}</style></head>")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / page.name
        place.write_text(text, "utf-8")
        take(Shot(name, page.name, *SHEET_PX), Path(folder))


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
    for label, source in PRINTED.items():
        if not wanted or label in wanted:
            print_out(label, demo / source)
