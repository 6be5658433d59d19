"""The same oracle under atheris, which looks for inputs that reach new code: `make fuzz-coverage`.

atheris is the extra `fuzz`; it installs where there are wheels for the interpreter.
"""

from __future__ import annotations

import random
import sys

import atheris

with atheris.instrument_imports(include=["reportlint"]):
    from tests.fuzz.mutators import mutated
    from tests.fuzz.oracle import check


def one(data: bytes) -> None:
    """Bytes as they come, or as the choices of the mutators."""
    if data[:1] == b"\x00":
        check(data[1:], ["json"])
    else:
        check(mutated(random.Random(data)), ["json"])


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
