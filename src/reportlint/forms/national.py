"""The two national forms, as any package registers its own: by the grammar file of each."""

from reportlint.resources import folder

FORM_2019 = folder("grammar") / "2019.lark"
FORM_2021 = folder("grammar") / "2021.lark"
