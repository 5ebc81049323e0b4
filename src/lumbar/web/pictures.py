"""Pictures that a page holds itself, and the policy of a page that holds all of itself."""

import re
from base64 import b64encode
from html import unescape

_POLICY = re.compile(r'Content-Security-Policy" content="([^"]+)"')


def picture_uri(svg: str) -> str:
    """Return an SVG that stands alone as an address; as an image its own styles hold and no script runs."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode("ascii")


def policy_of(page: str) -> str:
    """Return the Content-Security-Policy that a page of the report names itself; nothing at all, where none is."""
    found = _POLICY.search(page)
    return unescape(found[1]) if found else "default-src 'none'"
