"""Strangers are translated at the door: each vendor package is imported in one module only."""

import ast
import sys
from collections import defaultdict
from pathlib import Path

import pytest

#: Vendor package → the part of Lumbar that may import it, and there one module only.
ONE_MODULE = {
    "bm25s": "lumbar.guide",
    "c3d": "lumbar.mechanics",
    "cv2": "lumbar",
    "dbos": "lumbar.jobs",
    "filelock": "lumbar",
    "fitdecode": "lumbar.training",
    "icalendar": "lumbar.plan",
    "jinja2": "lumbar.report",
    "onnxruntime": "lumbar.vision",
    "platformdirs": "lumbar",
    "segno": "lumbar.web",
    "snowballstemmer": "lumbar.guide",
    "uvicorn": "lumbar.web",
    "vtkmodules": "lumbar.synth",
    "pyarrow": "lumbar",
}
#: Vendor package → the part of Lumbar where any module may import it, because it is what that part is about.
ANY_MODULE = {
    "alembic": ("lumbar.store",),
    "av": ("lumbar.video",),
    "fastapi": ("lumbar.web",),
    "markupsafe": ("lumbar.report",),
    "pydantic": ("lumbar.training", "lumbar.knowledge", "lumbar.web"),
    "rich": ("lumbar.cli", "lumbar.bench"),
    "sqlalchemy": ("lumbar.store",),
    "starlette": ("lumbar.web",),
    "typer": ("lumbar.cli",),
}
#: The language of the trade: allowed everywhere (but heavy: see test_imports).
EVERYWHERE = {"numpy", "scipy"}
#: Imports beside the rule: module → vendor → why.
BESIDE = {
    "lumbar.bench.clips": {"av": "what makes clips to measure the reader with is not the reader"},
    "lumbar.bench.load_tasks": {"mujoco": "the baseline itself; Lumbar does not install it"},
    "lumbar.bench.mediapipe_pose": {
        "cv2": "the baseline's own Python runs this module, with its own cv2",
        "mediapipe": "the baseline itself; Lumbar does not install it",
    },
    "lumbar.jobs.queue": {
        "sqlalchemy": "DBOS is given the engine that it keeps its queue in; no SQL is spoken here"
    },
    "lumbar.web.site": {"jinja2": "the pages of the app have templates of their own, beside those of the report"},
}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to("src").with_suffix("").parts).removesuffix(".__init__")


def vendors(tree: ast.Module) -> set[str]:
    """Return the top-level names of everything imported that is neither Python's nor ours."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"lumbar"}


def is_inside(module: str, part: str) -> bool:
    return module == part or module.startswith(f"{part}.")


@pytest.fixture(scope="module")
def importers(product: list) -> dict[str, set[str]]:
    found = defaultdict(set)
    for source in product:
        module = module_name(source.path)
        for vendor in vendors(source.tree) - BESIDE.get(module, {}).keys():
            found[vendor].add(module)
    return found


def test_every_vendor_is_in_a_table(importers: dict[str, set[str]]) -> None:
    assert importers.keys() - ONE_MODULE.keys() - ANY_MODULE.keys() - EVERYWHERE == set()


@pytest.mark.parametrize("vendor", ONE_MODULE)
def test_a_vendor_is_imported_in_one_module_only(vendor: str, importers: dict[str, set[str]]) -> None:
    found = importers.get(vendor, set())
    assert len(found) <= 1, f"{vendor} is imported in {sorted(found)}: let one of them serve the others"
    assert all(is_inside(module, ONE_MODULE[vendor]) for module in found)


@pytest.mark.parametrize("vendor", ANY_MODULE)
def test_a_framework_stays_in_its_part(vendor: str, importers: dict[str, set[str]]) -> None:
    parts = ANY_MODULE[vendor]
    elsewhere = {m for m in importers.get(vendor, set()) if not any(is_inside(m, part) for part in parts)}
    assert elsewhere == set()


def test_no_import_beside_the_rule_outlives_its_need(product: list) -> None:
    found = {module_name(source.path): vendors(source.tree) for source in product}
    assert {module: table.keys() - found.get(module, set()) for module, table in BESIDE.items()} == {
        module: set() for module in BESIDE
    }


def test_the_law_sees_imports_inside_functions() -> None:
    tree = ast.parse(
        "import os\ndef f():\n    import cv2.dnn\n    from av.video import frame\n    from . import x"
    )
    assert vendors(tree) == {"cv2", "av"}
