"""QR codes, for a page and for a terminal."""

from io import BytesIO, StringIO

import segno


def draw_code(text: str) -> bytes:
    """Return a QR code as SVG, dark on light with its quiet zone."""
    out = BytesIO()
    segno.make(text, micro=False).save(
        out, kind="svg", scale=6, border=4, dark="#1d2433", light="#ffffff", xmldecl=False
    )
    return out.getvalue()


def type_code(text: str) -> str:
    """Return a QR code in letters for a terminal."""
    out = StringIO()
    segno.make(text, micro=False).terminal(out=out, compact=True)
    return out.getvalue()
