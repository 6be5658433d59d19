"""How the names of organs and areas end."""

from __future__ import annotations

import re

SIGNING = re.compile(
    "(?:政府|办公室|办公厅|[^结格]局|[^一部各]厅|委员会|管委会|办事处|街道办|法院|检察院|中心|支队|总队)$"
)
"""How the names of organs end that sign a report."""
NAMED = re.compile(
    "(局|委员会|委|办公室|政府办|厅|街道|镇|乡|部门|单位|中心|政府|[^小社灾园校专]区|[^城]市|县|省|[^广]州|旗)$"
)
"""How unknown words of a sentence end that name an organ or an area."""
_PLACE = "(省|自治区|[市州盟县旗区镇乡]|街道)"
AREA = re.compile(rf"{_PLACE}(?:人民政府|政府|街道办事处|办事处|管委会|管理委员会)?$")
"""The kind of area at the end of a government's name."""
OFFICE = re.compile("(?:局|委员会|委|办公室|办|厅|中心|院|处|部|署|会|队|站|公司|学校|医院)$")
"""How the names of offices end, which are not areas."""
TIER = re.compile("([省州盟市县旗区镇乡])(?:人民政府|政府)?$")
"""The tier of a government, from its name."""
DEPARTMENT = re.compile("(?:局|厅|办公室|办|委员会|委|部|署|院|中心|会|队|站|处|所)$")
"""How the names of departments end, which publish by 31 January."""
NO_DEPARTMENT = re.compile("(?:管理委员会|管委会|街道办事处|街道|镇|乡|开发区|政府)$")
GOVERNMENT = re.compile("(?:省|自治区|市|州|盟|县|旗|区|政府)$")
_TOWN = re.compile("(?:镇|[^城]乡|街道)(?:人民政府|政府|(?:街道)?办事处)?$|(?:镇|乡|街道).{1,12}(?:局|所|站|中心)$")
_NO_CITY = re.compile(
    "(?:[^自治]县|自治县|[^自治经济特新]区|[^八]旗)(?:人民政府|政府|管理委员会|管委会)?$"
    "|县.{1,16}(?:局|委员会|委|办公室|中心|队)$|[省市州盟].{1,16}局$|省.{1,16}厅$"
)
_ABOVE = ("国家", "国务院", "中华人民共和国", "中国", "全国")


def lacks_rules(organ: str) -> bool | None:
    """Whether an organ may make no 规章: surely (a town), or as far as its name tells (False); None where it may.

    A 市 may be one with districts or below one, and the office of a government reports for its government.
    """
    if not organ or organ.startswith(_ABOVE):
        return None
    return True if _TOWN.search(organ) else False if _NO_CITY.search(organ) else None
