"""The two national forms, as any package registers its own: by the grammar file of each."""

from reportlint.resources import shipped

FORM_2019 = shipped("grammar", "2019.lark")
FORM_2021 = shipped("grammar", "2021.lark")
