"""How the names of organs and areas end (grammar/words.toml)."""

from __future__ import annotations

from reportlint.characters import IDEOGRAPH
from reportlint.late import Late
from reportlint.words import either, listed

SIGNING = Late(either("organs", "signing") + "$")
"""How the names of organs end that sign a report."""
NAMED = Late(f"({either('organs', 'named')})$")
"""How unknown words of a sentence end that name an organ or an area."""
BODY = Late(f"..{either('organs', 'bodies')}$")
"""How the names of other bodies end, where a body is what must be named."""
ACTING = Late(rf"{IDEOGRAPH}{{0,14}}{either('organs', 'acting')}$")
"""An organ or an area at the end of what stands in front of a figure: whose it is."""
OURSELVES = either("organs", "ourselves")
"""How a report calls its organ, for a regular expression: 我局, 本机关."""
THROUGHOUT = either("organs", "throughout")
"""All of the year or the area, for a regular expression: 全年, 全市."""
AREA = Late(f"({either('organs', 'place')}){either('organs', 'of_place')}?$")
"""The kind of area at the end of a government's name."""
OFFICE = Late(either("organs", "office") + "$")
"""How the names of offices end, which are not areas."""
TIER = Late("([省州盟市县旗区镇乡])(?:人民政府|政府)?$")
"""The tier of a government, from its name."""
DEPARTMENT = Late(either("organs", "department") + "$")
"""How the names of departments end, which publish by 31 January."""
NO_DEPARTMENT = Late(either("organs", "no_department") + "$")
GOVERNMENT = Late(either("organs", "government") + "$")
_TOWN = Late("(?:镇|[^城]乡|街道)(?:人民政府|政府|(?:街道)?办事处)?$|(?:镇|乡|街道).{1,12}(?:局|所|站|中心)$")
_NO_CITY = Late(
    "(?:[^自治]县|自治县|[^自治经济特新]区|[^八]旗)(?:人民政府|政府|管理委员会|管委会)?$"
    "|(?:县|[^治经济特新区]区).{1,16}(?:局|委员会|委|办公室|中心|队|社|学|馆|院|会)$|[省市州盟].{1,16}(?:局|委员会)$|省(?!.{0,6}政府办公厅).{1,16}厅$"
)
_BRANCH = Late("(?:总局|国家.{2,8}局)(?!$).{2,20}(?:局|队|所|分局|办事处)$")
_NATIONAL = listed("organs", "national")
_ENOUGH = listed("organs", "telling")
_SHORTENED = [tuple(pair.split()) for pair in listed("organs", "shortened")]
_TIERS = frozenset("省市州盟县旗区镇乡")
_GOVERNMENTS = ("政府办", "府办")
_BETWEEN = Late("[省市州盟县旗区镇乡局委厅署院办]")
_NO_AREAS = Late("城市|市场|城乡|城镇|乡镇|乡村|区域|社区|园区|小区|开发区|委员")
"""What has characters of areas and is none."""
_TELLING = 3
"""So many characters behind the area tell an organ: 住建局; 市局 may be any."""
_GOVERNING = Late("(?:人民政府|政府|人民)$")
_ANY = listed("organs", "of_a_government")
"""Names that every place has: they tell no organ."""
_BRACKETED = Late(r"[(（][^)）]*[)）]|年度?$|\s")


def lacks_rules(organ: str) -> bool | None:
    """Whether an organ may make no 规章: surely (a town), or as far as its name tells (False); None where it may.

    A 市 may be one with districts or below one, and the office of a government reports for its government.
    """
    if _BRANCH.search(organ):
        return True  # 国家税务总局青湖市税务局
    if not organ or organ.startswith(_NATIONAL):
        return None
    return True if _TOWN.search(organ) else False if _NO_CITY.search(organ) else None


def is_short_for(short: str, organ: str) -> bool:
    """Whether a name is an organ's own, shortened as people do: 县住建局 for 青湖县住房和城乡建设局.

    Its characters stand in the organ's name in their order, up to its end. What is left out between them is of no
    other area, and ends no other organ's name: 市公安局 is not 青湖市公安局东湖分局, which is below it.
    """
    short, whole = _shortened(short), _shortened(organ)
    told = short[1:] if short[:1] in _TIERS else short
    if short[-1:] != whole[-1:] or (len(told) < _TELLING and not told.endswith(_ENOUGH)):
        return False
    if told.endswith(_GOVERNMENTS) and not whole.endswith(_GOVERNMENTS):
        return False  # 县政府办 is not 县政府金融工作办
    plain = _NO_AREAS.sub(lambda match: "·" * len(match[0]), whole)
    left, at = [], len(whole)
    for char in reversed(short):
        behind, at = at, whole.rfind(char, 0, at)
        if at < 0:
            return False
        left.append(plain[at + 1 : behind])
    return not _BETWEEN.search("\n".join(left))


def is_longer_for(long: str, organ: str) -> bool:
    """Whether a name is an organ's with the area around it: 江州市青湖县教育局."""
    return _shortened(long).endswith(_shortened(organ))


def _shortened(organ: str) -> str:
    for long, short in _SHORTENED:
        organ = organ.replace(long, short)
    return organ


def organ_key(organ: str | None) -> str:
    """An organ's name as reports of one organ are told: 青湖县人民政府, 青湖县政府 and 青湖县 are one."""
    name = _BRACKETED.sub("", organ or "")
    name = _GOVERNING.sub("", name).replace("人民政府", "政府").replace("办公厅", "办公室")
    name = name.removeprefix("中共").removesuffix("本级")
    return "" if name in _ANY else name
