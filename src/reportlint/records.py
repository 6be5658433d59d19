"""The classes of things that change after they are made.

They are `dataclass(slots=True)` of `dataclasses`, which imports `inspect` and writes and compiles a constructor for
each class: 8 ms of every start. Here classes with as many fields share the code of their constructors. Type checkers
see `dataclasses`. What does not change is a NamedTuple (reportlint.tuples).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as record
    from dataclasses import field, replace

    __all__ = ["field", "record", "replace"]
else:
    from functools import cache, cached_property
    from types import FunctionType

    class field:
        """A field that begins as something new each time."""

        def __init__(self, *, default_factory):
            self.make = default_factory

    def replace(one, /, **changes):
        """A copy of a record with other values in some fields."""
        values = [changes.pop(name) if name in changes else getattr(one, name) for name in one._fields]
        return type(one)(*values, **changes)

    class _Record:
        """What all of these classes can do."""

        __slots__ = ()
        __hash__ = None

        def __eq__(self, other):
            if type(other) is not type(self):
                return NotImplemented
            return all(getattr(self, name) == getattr(other, name) for name in self._fields)

        def __repr__(self):
            parts = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
            return f"{type(self).__name__}({parts})"

    @cache
    def _code(count):
        """The code of a constructor of so many fields."""
        fields = [f"part{n}" for n in range(count)]
        lines = (f"    self.{name} = {name}\n" for name in fields)
        made = {}
        exec(f"def __init__(self, {', '.join(fields)}):\n{''.join(lines)}", made)
        return made["__init__"].__code__

    def _constructor(name, fields, defaults):
        places = {f"part{n}": field for n, field in enumerate(fields)}
        code = _code(len(fields))
        code = code.replace(
            co_varnames=("self", *fields),
            co_names=tuple(places[name] for name in code.co_names),
            co_name="__init__",
            co_qualname=f"{name}.__init__",
        )
        plain = FunctionType(code, {}, "__init__", defaults)
        with_defaults = fields[len(fields) - len(defaults) :]
        new = [name for name, default in zip(with_defaults, defaults, strict=True) if isinstance(default, field)]
        if not new:
            return plain

        def __init__(self, *values, **named):
            plain(self, *values, **named)
            for name in new:
                value = getattr(self, name)
                if isinstance(value, field):
                    setattr(self, name, value.make())

        return __init__

    def record(made):
        """A class of fields, each named and perhaps with a default, all of which can change."""
        names = {name: value for name, value in vars(made).items() if name not in ("__dict__", "__weakref__")}
        fields = tuple(names.get("__annotations__", ()))
        defaults = tuple(names.pop(name) for name in fields if name in names)
        # What a property keeps is no field.
        keeps = any(isinstance(value, cached_property) for value in names.values())
        slots = (*fields, "__dict__") if keeps else fields
        names |= {"_fields": fields, "__slots__": slots, "__init__": _constructor(made.__name__, fields, defaults)}
        return type(made.__name__, (_Record, *made.__bases__), names)
