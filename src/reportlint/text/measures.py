"""Measure words (件, 条, 万元), by where they are looked for (grammar/words.toml)."""

from __future__ import annotations

from reportlint.words import either, listed

IN_CELLS = frozenset(listed("measures", "in_cells"))
"""Those that people write into a cell behind its figure."""
IN_PROSE = either("measures", "in_prose")
"""Those that count in prose, for a regular expression."""
BEHIND_FIGURES = either("measures", "behind_figures")
"""Those that stand behind a figure or where one is lacking, for a regular expression."""
TIGHT = either("measures", "tight")
"""Those that Chinese sets behind a figure without a blank, for a regular expression."""
SAME = dict.fromkeys(listed("measures", "like_pieces"), "件") | {"条次": "条"}
"""Measure words that count the same things, each with the one that stands for it."""
CASES = frozenset(listed("measures", "cases"))
"""Those of applications and their outcomes."""
RECEIVED = frozenset(listed("measures", "received"))
"""Those of what is received and handled."""
TEXTS = frozenset(listed("measures", "texts"))
"""Those that count only what is published: 组织机构2篇 are no applicants."""
COUNTED = frozenset(listed("measures", "counted"))
"""Those that Chinese numerals stand before where something is counted."""
PEOPLE = frozenset(listed("measures", "people"))
"""Those of applicants and other persons."""
ITEMS = frozenset(listed("measures", "published"))
"""Those of what is published. A list that goes from one to another (20条、30件) may count one total with both."""
