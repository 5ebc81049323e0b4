"""Take the pictures of the report that the documents show, from the report of ``lumbar demo``.

python docs/pictures.py lumbar-demo/report.html      needs chromium
"""

import subprocess
import sys
import tempfile
from pathlib import Path

PICTURES = Path(__file__).parent / "pictures"
#: Name → width and height in CSS pixels: a desktop and a phone.
SIZES = {"report": (1280, 1120), "report-phone": (390, 1240)}
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


def take(page: Path, name: str) -> None:
    """Write one picture of a page."""
    width, height = SIZES[name]
    with tempfile.TemporaryDirectory() as profile:
        places = (f"--user-data-dir={profile}", f"--screenshot={PICTURES / name}.png")
        command = ["chromium", *QUIET, *places, f"--window-size={width},{height}", page.resolve().as_uri()]
        subprocess.run(command, check=True, capture_output=True)
    print(PICTURES / f"{name}.png")


if __name__ == "__main__":
    for name in SIZES:
        take(Path(sys.argv[1]), name)
