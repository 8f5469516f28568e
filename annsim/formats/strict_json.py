"""JSON without its traps: no NaN or Infinity, no number beyond a double, no key twice, no endless nesting."""

import json
import math
import re
from collections import Counter
from typing import Any

from annsim.errors import FileError, shorten

HALF_LETTER = re.compile(rb"\\u[dD][89a-fA-F]")  # an escape that may be one half of a pair alone


def parse_json(data: bytes) -> Any:
    """Return what a JSON text holds, or raise FileError with line and reason."""
    try:
        result = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int,
        )
        if HALF_LETTER.search(data):
            compact(result).encode()
        return result
    except UnicodeDecodeError as error:
        raise FileError(f"is no UTF-8 text (byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise FileError(f"is no valid JSON: {error.msg}", where=f"line {error.lineno}, column {error.colno}") from None
    except UnicodeEncodeError:
        raise FileError("a text holds half of a letter (a lone surrogate)") from None
    except RecursionError:
        raise FileError("is nested too deeply") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise FileError(f"the key '{shorten(twice, 40)}' stands twice in one object")
    return result


def _constant(text: str) -> float:
    raise FileError(f"{text} is not a number that a file may hold")


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise FileError(f"the number {shorten(text, 40)} is too large")
    return number


def _int(text: str) -> int:
    if len(text) > 20:
        raise FileError(f"the number {shorten(text, 40)} is too large")
    return int(text)


def object_lines(items: list[dict[str, Any]], indent: str) -> str:
    """Return a JSON list with one object a line."""
    if not items:
        return "[]"
    lines = ",\n".join(f"{indent} {compact(item)}" for item in items)
    return f"[\n{lines}\n{indent}]"


def compact(value: Any) -> str:
    """Return a value as JSON on one line; numbers as Python's repr, which reads back to the same bits."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
