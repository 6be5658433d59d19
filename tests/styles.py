"""Ten ways to write a sound report, with the places where a slip is put in.

A template is the prose of one style. `{name}` is a figure of the tables, `«…|rule»` a place: the
test changes what stands there and expects that rule on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.reports import Block, draft, find, render, row

_PLACE = re.compile(r"«(?P<text>[^|»]*)\|(?P<rule>[a-z-]+)»")
_DIGITS = "一二三四五六七八九十"


@dataclass
class Style:
    """Title, preface, prose by section heading, and signature."""

    title: str
    overview: list[str]
    problems: list[str]
    others: list[str]
    preface: list[str] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    applications: list[str] = field(default_factory=list)
    disputes: list[str] = field(default_factory=list)
    size: str = "small"
    zero: tuple[str, ...] = ()


@dataclass
class Place:
    """A place that a slip can be put in: its range in the text, what stands there, the rule."""

    start: int
    end: int
    rule: str


def written(style: Style, seed: int = 0) -> tuple[str, list[Place]]:
    """A sound report in a style, and its places."""
    blocks = draft("2021", seed=seed, size=style.size, signed=False, preface=False)
    for key in style.zero:
        clear(blocks, key)
    figures = known(blocks)
    marked = compose(style, blocks, figures)
    text, places, at = "", [], 0
    for match in _PLACE.finditer(marked):
        text += marked[at : match.start()]
        places.append(Place(len(text), len(text) + len(match["text"]), match["rule"]))
        text += match["text"]
        at = match.end()
    return text + marked[at:], places


def slip(text: str, place: Place) -> str:
    """The text with something else in a place: the next figure, year, month or numeral."""
    old = text[place.start : place.end]
    if old.replace(",", "").isdigit() or not old.isascii():
        number = old.replace(",", "")
        if number.isdigit() and len(number) == 4 and number.startswith("20"):
            new = str(int(number) - 1)
        elif number.isdigit():
            new = "30" if number == "31" else str(int(number) + 1)
        else:
            new = (
                "三"
                if old == "两"
                else "".join(_DIGITS[(_DIGITS.index(c) + 1) % 9] if c in _DIGITS else c for c in old)
            )
    else:
        new = str(float(old) + 5)
    return text[: place.start] + new + text[place.end :]


def compose(style: Style, blocks: list[Block], figures: dict[str, str]) -> str:
    """The report as text, with its marks."""

    def fill(lines: list[str]) -> list[Block]:
        return [Block("para", "p", line.format(**figures)) for line in lines]

    made = [Block("para", "title", style.title.format(**figures)), *fill(style.preface)]
    for block in blocks[1:]:
        if block.kind == "para":
            continue
        made.append(block)
        more = {
            "H_OVERVIEW": style.overview,
            "H_PROBLEMS": style.problems,
            "H_OTHERS": style.others,
            "H_APPLICATIONS": style.applications,
            "H_DISPUTES": style.disputes,
        }
        made += fill(more.get(block.key, []))
    return render([*made, *fill(style.signed)]).text


def clear(blocks: list[Block], key: str) -> None:
    """Write 0 in a row of section three, or in the table of section four, and keep the sums."""
    if key == "table_disputes":
        find(blocks, key).rows[0].figures = ["0"] * 15
        return
    own = row(blocks, key).figures
    total = row(blocks, "R_TOTAL" if key not in ("R_FORWARD", "R_CARRIED_OVER") else key)
    new = row(blocks, "R_NEW")
    sign = 1 if key == "R_CARRIED_OVER" else -1
    for n, figure in enumerate(own):
        if total.key == "R_TOTAL":
            total.figures[n] = str(int(total.figures[n]) - int(figure))
        new.figures[n] = str(int(new.figures[n]) + sign * int(figure))
        own[n] = "0"


def known(blocks: list[Block]) -> dict[str, str]:
    """The figures of the tables by the names that templates use."""

    def total(key: str, column: int = 6) -> int:
        return int(row(blocks, key).figures[column])

    outcomes = {
        "granted": ["R_GRANTED"],
        "partly": ["R_PARTLY"],
        "refused": [
            "R_SECRET", "R_FORBIDDEN", "R_SECURITY", "R_THIRD_PARTY", "R_INTERNAL", "R_PROCESS", "R_CASE_FILES",
            "R_INQUIRY",
        ],
        "unavailable": ["R_NOT_HELD", "R_NOT_MADE", "R_UNCLEAR"],
        "not_handled": ["R_PETITION", "R_REPEATED", "R_PUBLICATION", "R_MASS", "R_CONFIRM"],
        "other": ["R_NOT_CORRECTED", "R_UNPAID", "R_OTHER"],
    }  # fmt: skip
    values = {name: sum(map(total, keys)) for name, keys in outcomes.items()}
    disputes = list(map(int, find(blocks, "table_disputes").rows[0].figures))
    values |= {
        "new": total("R_NEW"),
        "persons": total("R_NEW", 0),
        "organisations": total("R_NEW") - total("R_NEW", 0),
        "carried": total("R_CARRIED_OVER"),
        "all": total("R_NEW") + total("R_CARRIED_OVER"),
        "done": total("R_TOTAL"),
        "forward": total("R_FORWARD"),
        "not_held": total("R_NOT_HELD"),
        "review": disputes[4],
        "upheld": disputes[0],
        "corrected": disputes[1],
        "pending": disputes[3],
        "other_result": disputes[2],
        "litigation": disputes[9] + disputes[14],
        "direct": disputes[9],
        "after": disputes[14],
        "issued": int(row(blocks, "R_NORMATIVE").figures[0]),
        "repealed": int(row(blocks, "R_NORMATIVE").figures[1]),
        "in_force": int(row(blocks, "R_NORMATIVE").figures[2]),
        "permits": int(row(blocks, "R_PERMITS").figures[0]),
        "penalties": int(row(blocks, "R_PENALTIES").figures[0]),
        "coercion": int(row(blocks, "R_COERCION").figures[0]),
        "fees": int(row(blocks, "R_FEES").figures[0]),
    }
    network = max(0, values["new"] - 5)
    values |= {
        "network": network,
        "letters": min(3, values["new"] - network),
        "desk": max(0, values["new"] - network - 3),
    }
    share = f"{values['persons'] * 100 / max(1, values['new']):.1f}"
    return {name: str(value) for name, value in values.items()} | {
        "share": share,
        "new_thousands": f"{values['new']:,}",
    }


_PERIOD = "所列数据的统计期限自«2022|year-mismatch»年1月1日起，至2022年12月«31|period»日止。"

STYLES: dict[str, Style] = {
    "county": Style(
        "青湖县«2022|year-mismatch»年政府信息公开工作年度报告",
        [
            "2022年，青湖县认真落实《中华人民共和国政府信息公开条例》，以公开促规范。",
            "（一）主动公开情况。全年通过政府网站公开政府信息4170条，其中概况类信息«70|prose-sum»条、政务动态3100条、其他信息1000条。",
            "（二）依申请公开情况。全年新收政府信息公开申请«{new}|text-table»件，上年结转«{carried}|text-table»件，"
            "办结«{done}|text-table»件，结转下年度继续办理«{forward}|text-table»件。因政府信息公开引发行政复议"
            "«{review}|text-table»件、行政诉讼«{litigation}|text-table»件。",
            "（三）政府信息管理情况。制定行政规范性文件«{issued}|text-table»件，废止«{repealed}|text-table»件，"
            "现行有效«{in_force}|text-table»件。",
            "（四）平台建设情况。优化政府网站栏目，建成政务公开专区3个，编印政府公报4期。",
            "（五）监督保障情况。开展业务培训2次，将政务公开纳入考核，没有发生责任追究情形。",
        ],
        [
            "存在的问题：一是解读形式单一；二是基层能力不足。",
            "2023年，我县将从以下«两|item-count»方面改进：一是丰富解读形式；二是加强业务指导。",
        ],
        ["本年度没有收取政府信息公开信息处理费。"],
        ["本报告根据《中华人民共和国政府信息公开条例》编制。" + _PERIOD],
        ["青湖县人民政府办公室", "2023年«3|late-date»月20日"],
    ),
    "bureau": Style(
        "青湖县教育局2022年度政府信息公开工作年度报告",
        [
            "2022年，我局坚持以公开为常态、不公开为例外，扎实推进政务公开。",
            "1、主动公开。我局在县政府门户网站公开信息130条，政务新媒体发布信息210条，回应关切12次。",
            "2、依申请公开。我局共收到政府信息公开申请«{new}|text-table»件（其中自然人«{persons}|text-table»件，"
            "法人或其他组织«{organisations}|text-table»件），均在法定期限内答复。",
            "3、政府信息管理。修订公开目录，严格保密审查，全年作出行政许可决定«{permits}|text-table»件、"
            "行政处罚«{penalties}|text-table»件。",
            "4、平台建设。维护好网站专栏，做到栏目无空白。",
            "5、监督保障。局办公室专人负责，举办培训1次。",
        ],
        ["还存在公开内容不够全面的问题。下一步，将完善目录，加强审核，提升质量。"],
        ["本年度我局未收取信息处理费。"],
        ["根据《政府信息公开条例》的规定，编制本报告。"],
        ["青湖县教育局", "2023年«1|late-date»月18日"],
    ),
    "office": Style(
        "青湖县人民政府办公室2022年政府信息公开工作年度报告",
        [
            "2022年，县政府办公室围绕中心工作推进公开。",
            "（一）主动公开方面。一是公开县政府文件57件；二是发布政策解读22篇，其中图解«12|prose-sum»篇，其他解读10篇。",
            "（二）依申请公开方面。一是规范受理登记。二是加强会商。全年，县政府办公室共受理政府信息公开申请"
            "«{all}|text-table»件，办结«{done}|text-table»件，结转2023年«{forward}|text-table»件。",
            "（三）政府信息管理方面。新制发规范性文件«{issued}|text-table»件。",
            "（四）公开平台建设方面。完成网站IPv6改造。",
            "（五）监督保障方面。将政务公开纳入2022年目标考核，抓好«两|item-count»项工作：一是业务培训；二是日常监督。",
        ],
        ["2022年工作存在不足：一是政策解读深度不够；二是档案移交不及时。", "2023年将强化解读，完善移交制度。"],
        ["本年度没有发出收费通知，没有收取信息处理费。"],
        ["依据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号文件要求，编制本报告。" + _PERIOD],
        ["青湖县人民政府办公室", "2023年1月28日"],
        zero=("R_UNPAID",),
    ),
    "zeros": Style(
        "青湖县青石镇2022年政府信息公开工作年度报告",
        [
            "2022年，青石镇按照上级部署开展政务公开。",
            "（一）主动公开。通过公开栏公开村务信息40条、惠民补贴发放信息26条。",
            "（二）依申请公开。全年收到政府信息公开申请«0|text-table»件，未发生因政府信息公开引起的行政复议、行政诉讼。",
            "（三）政府信息管理。落实“三审三校”制度，全年制定规范性文件«0|text-table»件。",
            "（四）平台建设。设立便民服务中心查阅点1处。",
            "（五）监督保障。镇党政办牵头，接受群众监督，开展培训1次。",
        ],
        ["问题：专业人员少。改进：抓好以下«三|item-count»方面：一是目录编制；二是保密审查；三是答复文书。"],
        ["本年度收取信息处理费0元，未发出收费通知。"],
        ["现公布青石镇2022年政府信息公开工作年度报告。" + _PERIOD],
        size="zero",
    ),
    "city": Style(
        "临江市人民政府2022年政府信息公开工作年度报告",
        [
            "2022年，全市各级行政机关依法公开，成效明显。",
            "（一）主动公开。全市政府网站公开信息12.3万条，市本级规范性文件解读59条，解读率100%。",
            "（二）依申请公开。2022年，全市共收到政府信息公开申请«{new}|text-table»件，比2021年增加12件；"
            "其中，市政府及市直部门收到5件。全市办结«{done}|text-table»件，结转下年«{forward}|text-table»件。",
            "（三）政府信息管理。集中公开市政府及市政府办公室现行有效文件76件，其中规章5件，规范性文件71件。",
            "（四）平台建设。关停政务新媒体9个，规范管理政务新媒体38个。",
            "（五）监督保障。对18个县（市、区）和市直部门开展第三方评估。因政府信息公开被申请行政复议"
            "«{review}|text-table»件，其中结果维持«{upheld}|text-table»件，结果纠正«{corrected}|text-table»件。",
        ],
        ["存在公开质量不平衡等问题。2023年，将补短板、强弱项。"],
        ["全市发出收费通知2件，总金额300元，实际收取300元。"],
        [],
        ["2023年«3|late-date»月25日"],
    ),
    "outcomes": Style(
        "2022年青湖县政府信息公开工作年度报告",
        [
            "2022年，我县深化政务公开，增强政府公信力。",
            "（一）主动公开情况。公开财政预决算、重大项目、公共服务等信息9621条。",
            "（二）依申请公开情况。办结政府信息公开申请«{done}|text-table»件，其中予以公开«{granted}|text-table»件，"
            "部分公开«{partly}|text-table»件，不予公开«{refused}|text-table»件，无法提供«{unavailable}|text-table»件，"
            "不予处理«{not_handled}|text-table»件，其他处理«{other}|text-table»件。其中，本机关不掌握相关政府信息"
            "«{not_held}|text-table»件。",
            "（三）政府信息管理情况。动态调整主动公开目录。",
            "（四）平台建设情况。集约化改版政府网站。",
            "（五）监督保障情况。受理社会评议，公众满意度95%。",
        ],
        ["主要问题是解读不及时。改进措施：建立解读清单。"],
        ["本年度无信息处理费收取情况。"],
        ["本年度报告中的数据统计时限为2022年1月«1|period»日至12月31日。"],
    ),
    "plain": Style(
        "青湖县人民政府关于2022年政府信息公开工作年度报告",
        [
            "过去一年，我县围绕改革发展稳定大局推进信息公开工作，现将情况报告如下。",
            "全年主动公开政府信息１２０３条，发布政策解读材料３２份，答复网民留言506488件。",
            "在依申请公开工作中，接收政府信息公开申请«{new_thousands}|text-table»件，其中当面«{desk}|prose-sum»件，"
            "网络{network}件，信函{letters}件。",
            "政府信息管理更加规范，平台建设稳步推进，监督保障机制不断健全。",
        ],
        ["工作中还有薄弱环节，公开的主动性需要增强。"],
        ["我县未收取政府信息公开信息处理费。"],
    ),
    "respectively": Style(
        "青湖县2022年政府信息公开工作年度报告",
        [
            "«2022|year-mismatch»年，青湖县政务公开工作有新进展。",
            "（一）主动公开情况。门户网站、政务微博、政务微信分别公开政府信息900条、200条、103条。",
            "（二）依申请公开情况。政府信息公开申请新收、上年结转分别为«{new}|text-table»件、«{carried}|text-table»件。"
            "因政府信息公开发生的行政复议、行政诉讼分别为«{review}|text-table»件、«{litigation}|text-table»件。",
            "（三）政府信息管理情况。做好公文属性认定。",
            "（四）平台建设情况。新增适老化功能。",
            "（五）监督保障情况。强化督查，开展考核。",
        ],
        ["公开不够及时，互动不多。下一步做好以下«两|item-count»项工作：一是压缩时限；二是增设访谈。"],
        ["没有需要报告的收取信息处理费情况。"],
    ),
    "business": Style(
        "青湖县市场监督管理局2022年政府信息公开工作年度报告",
        [
            "2022年，我局立足职能做好信息公开。",
            "（一）主动公开。公示行政许可信息13368条、行政处罚信息300条，开展双随机、一公开检查80次。",
            "（二）依申请公开。收到«{new}|text-table»件政府信息公开申请，{done}件已办结。",
            "（三）信息管理。全年办理行政许可«{permits}|text-table»件，实施行政处罚«{penalties}|text-table»件，"
            "行政强制«{coercion}|text-table»件。收取行政事业性收费«{fees}|text-table»万元。",
            "（四）平台建设。推广使用政务服务网，平台访问量12万次。",
            "（五）监督保障。12315热线受理投诉8200件，办结8100件。",
        ],
        ["公开渠道有待拓宽。将开通政务抖音号。"],
        ["本局没有收取信息处理费。"],
        ["统计期限为2022年1月1日至2022年12月31日。"],
        ["青湖县市场监督管理局", "二〇二三年一月十六日"],
    ),
    "shares": Style(
        "青湖县2022年政府信息公开工作年度报告",
        [
            "2022年，青湖县以人民为中心推进公开。",
            "主动公开方面，公开信息200条，其中民生信息50条，占«25|prose-sum»%，同比增长30%。",
            "依申请公开方面，收到政府信息公开申请«{new}|text-table»件，其中自然人申请«{persons}|text-table»件，占{share}%；"
            "2021年收到申请310件。2019年以来累计收到申请1200件。",
            "政府信息管理方面，做好«三|item-count»项工作：1.清理目录；2.更新指南；3.移交档案。",
            "平台建设方面，网站可用率99.9%。",
            "监督保障方面，政府信息公开引发行政诉讼«{litigation}|text-table»件，其中未经复议直接起诉«{direct}|text-table»件，"
            "复议后起诉«{after}|text-table»件。",
        ],
        ["2022年存在的问题是宣传不足。2023年，加强宣传。"],
        ["未收取信息处理费。"],
        ["本报告的统计数据截至2022年12月31日。"],
        ["2023年«3|late-date»月30日"],
    ),
}
