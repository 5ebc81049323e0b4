"""The one door to pyarrow, an optional part: tables as Parquet, and back."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from lumbar.errors import MissingExtraError


def arrow() -> tuple[Any, Any]:
    """Return pyarrow and its Parquet module; raise :class:`MissingExtraError` where they are not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415  (an extra, and slow to import)
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("Parquet", "parquet") from error
    return pa, parquet


def to_parquet(columns: Mapping[str, type], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as Parquet: each column is of text, whole or real numbers; None is null. Needs the extra."""
    pa, parquet = arrow()
    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    table = pa.table({name: pa.array([row[name] for row in rows], kinds[kind]) for name, kind in columns.items()})
    out = BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()
