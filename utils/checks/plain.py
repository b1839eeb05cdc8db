"""Typed data as plain JSON and back: what travels between looking at an answer and judging it.

`to_plain` and `from_plain` follow the type hints: data classes become dicts, tuples lists, members
of an Enum their values, and a float that is not finite `{"float": "nan"}`, so that every JSON
reader takes it. Where a hint is `Any`, a value keeps its Python type: `{"tuple": [...]}`,
`{"array": [...], "shape": [...], "type": "float64"}`, and `{"function": "math:sin"}` for a
function that can be imported by its name.

`from_plain` refuses what does not fit with a ValueError that says where and why. A data class may
have a method `validate` that does so, too.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import math
import types
from collections.abc import Callable
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np

from utils import bank

Hint = Any  # a type, or what stands in a type hint
Json = Any  # None, bool, int, float, str, or lists and dicts of such

_UNION = (Union, types.UnionType)


def to_plain(hint: Hint, value: Any) -> Json:
    """The value, which is of the type that the hint says, as what `json` can write.

    Raises ValueError for a value that has no plain form, such as a function without a name.
    """
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any:
        return _packed(value)
    if dataclasses.is_dataclass(hint):
        return {name: to_plain(of, getattr(value, name)) for name, of in _fields(hint).items()}
    if origin in _UNION:
        return to_plain(next(one for one in inner if _is_a(one, value)), value)
    if origin is tuple:
        return [to_plain(inner[0], item) for item in value]
    if origin is dict:
        return {name: to_plain(inner[1], item) for name, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    return _float(value) if hint is float else value


def from_plain(hint: Hint, data: Json, where: str = "it") -> Any:
    """What `to_plain` was given, read back strictly.

    where: what to call the data in an error. Raises ValueError where the data does not fit.
    """
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any:
        return _unpacked(data, where)
    if dataclasses.is_dataclass(hint):
        return _data_class(hint, data, where)
    if origin in _UNION:
        return _one_of(inner, data, where)
    if origin is tuple:
        _expect(isinstance(data, list), "a list", data, where)
        return tuple(from_plain(inner[0], item, f"{where}[{i}]") for i, item in enumerate(data))
    if origin is dict:
        _expect(isinstance(data, dict), "an object", data, where)
        return {name: from_plain(inner[1], item, f"{where}.{name}") for name, item in data.items()}
    if hint is float:
        return _read_float(data, where)
    if isinstance(hint, type) and issubclass(hint, Enum):
        known = [member.value for member in hint]
        _expect(data in known, f"one of {', '.join(map(repr, known))}", data, where)
        return hint(data)
    fits = type(data) is hint  # strict: True is no int
    _expect(fits, "null" if hint is type(None) else f"of type {hint.__name__}", data, where)
    return data


def _expect(fits: bool, what: str, data: Json, where: str) -> None:
    if not fits:
        raise ValueError(_unfit(what, data, where))


def _unfit(what: str, data: Json, where: str) -> str:
    return f"{where} must be {what}, and is {repr(data)[:60]}"


@functools.cache
def _fields(of: type) -> dict[str, Hint]:
    """The fields of a data class, each with its hint."""
    hints = get_type_hints(of)
    return {field.name: hints[field.name] for field in dataclasses.fields(of)}  # type: ignore[arg-type]


def _data_class(hint: Any, data: Json, where: str) -> Any:
    _expect(isinstance(data, dict), "an object", data, where)
    fields = _fields(hint)
    missing, extra = fields.keys() - data.keys(), data.keys() - fields.keys()
    if missing or extra:
        told = [f"lacks {name}" for name in sorted(missing)]
        told += [f"has the unknown entry {name}" for name in sorted(extra)]
        raise ValueError(f"{where} {' and '.join(told)}")
    made = hint(
        **{name: from_plain(of, data[name], f"{where}.{name}") for name, of in fields.items()}
    )
    if hasattr(made, "validate"):
        made.validate()
    return made


def _one_of(hints: tuple[Hint, ...], data: Json, where: str) -> Any:
    problems = []
    for hint in hints:
        try:
            return from_plain(hint, data, where)
        except ValueError as problem:
            problems.append(problem)
    # The last of "X or nothing" tells most; where there are several, each has its say.
    told = [str(p) for p, hint in zip(problems, hints, strict=True) if hint is not type(None)]
    raise ValueError("; ".join(told))


def _is_a(hint: Hint, value: Any) -> bool:
    if hint is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, get_origin(hint) or hint)


def _float(value: float) -> Json:
    value = float(value)
    return value if math.isfinite(value) else {"float": str(value)}


def _read_float(data: Json, where: str) -> float:
    match data:
        case {"float": "nan" | "inf" | "-inf" as name, **rest} if not rest:
            return float(name)
        case int() | float() if not isinstance(data, bool):
            try:
                return float(data)
            except OverflowError:
                raise ValueError(f"{where} is a number beyond the range of floats") from None
    raise ValueError(_unfit("a number", data, where))


# --- any value that a probe may hold ---


def _packed(value: Any) -> Json:
    if value is None or type(value) in (bool, int, str):
        return value
    if type(value) is float:
        return _float(value)
    if type(value) is list:
        return [_packed(item) for item in value]
    if type(value) is tuple:
        return {"tuple": [_packed(item) for item in value]}
    if type(value) is np.ndarray and value.dtype.kind in "biuf":
        flat = [_packed(item) for item in value.ravel().tolist()]
        return {"array": flat, "shape": list(value.shape), "type": str(value.dtype)}
    if callable(value):
        return {"function": name_of(value)}
    raise ValueError(
        f"{repr(value)[:60]} of type {type(value).__name__} cannot travel as plain data. Probes "
        "hold numbers, texts, lists, tuples, arrays of numbers, and functions with a name."
    )


def _unpacked(data: Json, where: str) -> Any:
    if data is None or type(data) in (bool, int, float, str):
        return data
    if isinstance(data, list):
        return [_unpacked(item, f"{where}[{index}]") for index, item in enumerate(data)]
    match data:
        case {"tuple": list(items), **rest} if not rest:
            return tuple(_unpacked(items, where))
        case {"array": list(flat), "shape": list(shape), "type": str(kind), **rest} if not rest:
            try:
                return np.array(_unpacked(flat, where), dtype=kind).reshape(shape)
            except (TypeError, ValueError) as problem:
                raise ValueError(f"{where} is no array of {kind}: {problem}") from None
        case {"function": str(name), **rest} if not rest:
            return named(name)
    return _read_float(data, where)


# --- functions by their names ---


def name_of(function: Callable[..., Any]) -> str:
    """The name under which a function can be imported anywhere: "utils.examples:square".

    Raises ValueError if it has none, or if it stands beside the truths of the questions, which are
    not there where a learner's code is observed.
    """
    home, path = getattr(function, "__module__", None), getattr(function, "__qualname__", "")
    name = f"{home}:{path}"
    try:
        found = named(name)
    except ValueError as problem:
        raise ValueError(
            f"{problem} A function that is handed to learners' code must be a `def` at the top of "
            "a module that holds no truths, such as utils/examples.py."
        ) from None
    if found is not function:
        raise ValueError(f"{name} is another function than the one that has this name.")
    return name


def named(name: str) -> Callable[..., Any]:
    """The function with this name; ValueError if there is none."""
    home, _, path = name.partition(":")
    if home == "__main__" or bank.holds(home):
        raise ValueError(f"The function {name} cannot be imported in another process.")
    try:
        found = functools.reduce(getattr, path.split("."), importlib.import_module(home))
    except (ImportError, AttributeError, ValueError):
        raise ValueError(f"There is no function {name}.") from None
    if not callable(found):
        raise ValueError(f"{name} is no function.")
    return found
