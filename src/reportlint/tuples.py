"""The classes that values are of.

`typing.NamedTuple` looks at every annotation of a class when the class is made, and compiles those that are
texts. That takes three times as long as the class itself, and a start makes more than a hundred. Here the
annotations are left as they are: type checkers see `typing.NamedTuple`, and what is made is the same class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import namedtuple

    class _Making(type):
        def __new__(mcs, name, bases, namespace):
            if not bases:
                return super().__new__(mcs, name, bases, namespace)
            fields = namespace.get("__annotations__", {})
            defaults = [namespace[field] for field in fields if field in namespace]
            made = namedtuple(name, fields, defaults=defaults, module=namespace["__module__"])
            for key, value in namespace.items():
                if key not in fields:
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Making):
        """A tuple whose parts have names: `typing.NamedTuple`."""
