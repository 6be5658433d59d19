"""Rules on prose: what sound sentences do, and one slip in each."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reportlint.parse.read import read_report
from reportlint.rules import all_rules
from reportlint.run.linter import lint
from reportlint.source import Source
from tests.reports import draft, find, render, row, traditional

RULES = all_rules()


def found(sentence: str, at: str = "H_OVERVIEW.1", organ: str = "青湖县") -> list[tuple[str, str]]:
    """Rule and marked text of every finding in a sound report with a sentence put into it."""
    base = render(draft("2021", size="zero"))
    lines = base.text.replace("青湖县", organ).splitlines()
    # What stood there begins with its inner heading, which stays.
    heading = "（一）主动公开情况。" if at == "H_OVERVIEW.1" else ""
    lines[base.lines[at].start - 1] = heading + sentence
    text = "\n".join(lines) + "\n"
    return [(d.rule, text[slice(*d.span)]) for d in lint(read_report(Source("t.txt", text)), RULES)]


@pytest.mark.parametrize(
    "sentence",
    [
        "全年主动公开政府信息420条，其中重点工作186条，民生信息143条，其他信息91条。",
        "全年公开信息64条，其中部门工作59条、政策文件3条、财务公开1条。",
        "全年公开信息100条，其中网站公开90条，微信公众号公开60条。",
        "公开市政府规章9件（含新制定5件，修改4件）。",
        "建立政务公开考核、信息审核、网站运维等15项制度，其中新建3项、修订2项等。",
        "刊发宣传报道540余篇，其中省级以上213篇，头版1篇，整版2篇。",
        "发布解读95件，其中图文解读24件，占25%；视频解读71件，占75%。",
        "发布解读23件，其中图文解读3件，占13%；其余为文字解读。",
        "办理建议提案46件，其中人大建议30件，政协提案16件，办结率100%，满意率98.6%。",
        "公开信息4702条，比上年增长12.5%，占全县总量的30%。",
        "网民留言办理率100%，其中咨询类占60%，投诉类占40%。",
        "全年接听热线25000件，办结24800件，办结率99.2%。",
        "受理投诉举报8200件，其中当场调解5000件，立案查处3200件次。",
        "强化以下几个方面的工作：一是抓培训；二是抓考核。",
        "围绕三个安全、三个环境、三个质量发布信息。",
        "落实三个方面政策，一是就业、二是住房、三是教育等。",
        "开展“一网通办”“双随机、一公开”工作，设置2个方面专栏。",
        "将从以下三个方面发力：1.完善制度；2.加强培训；3.严格考核。",
        "从3个方面做好工作：（1）抓目录；（2）抓审核；（3）抓公开。",
        "坚持两手抓：一是公开，二是保密。",
        "做好研究研究再研究的文章，家家户户送政策。",
        "推进青湖县人民政府政府信息公开平台建设，配强政务公开工作工作人员。",
        "开展政务公开公开栏检查，完善信息信息化手段。",
        "层层压实责任，件件有着落，事事有回音，天天有更新，常常抓、抓经常。",
        "依据《青湖市政府信息公开规定》《政府信息公开条例》《条例》等规定，编制年报。",
        "依据《青湖县政府信息公开工作年度报告制度》和《政府网站年度工作报表》报送。",
        "印发《关于做好政府信息公开工作年度报告有关工作的通知》（青政办〔2022〕15号）。",
        "贯彻《关于审理政府信息公开行政复议案件若干问题指导意见》（国办函〔2021〕132号）。",
        "根据（2022）青01行初3号判决，重新作出答复；参照第20条（2）项办理。",
        "活动截止后汇总，征集截止时间为6月30日，报名截止到额满为止。",
        "使用XXL型展板，参观EXX展厅，面积3×4米。",
        "收录“XX不为例”等群众来信原话。",
        "公开信息 120 条，解读 12 条，回应 3 次，培训 2 次。",
        "网站改版（IPv6）完成，访问量1.2万次。",
        "在网站 （www.example.org）公布，邮箱a_b__c@example.org。",
        "全年共完成三审三校，信息公开率100%，合格率百分之百。",
    ],
)
def test_sound(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "rule", "marked"),
    [
        ("全年公开信息420条，其中重点工作186条，民生信息134条，其他信息91条。", "prose-sum", "420条"),
        ("全年公开信息64条，其中部门工作59条、政策文件13条、其他1条。", "prose-sum", "64条"),
        ("受理投诉举报12件，其中当面8件，电话8件。", "prose-sum", "12件"),
        ("发布信息1203条。其中，网站发布900条，微信发布200条，其他渠道发布13条。", "prose-sum", "1203条"),
        ("发布解读95件，其中图文解读24件，占26%；视频解读71件，占75%。", "prose-sum", "26%"),
        ("发布解读1046件，其中图文解读13件，占1.6%。", "prose-sum", "1.6%"),
        ("开展政策解读，其中解读率达102%，满意率100.0%。", "prose-sum", "102"),
        ("重点抓好以下三方面工作：一是抓培训；二是抓考核。", "item-count", "以下三方面工作"),
        ("将从以下两个方面发力：1.完善制度；2.加强培训；3.严格考核。", "item-count", "以下两个方面"),
        ("存在4个问题：（1）目录旧；（2）审核松；（3）公开慢。", "item-count", "4个问题"),
        ("政务公开工作工作取得成效。", "doubled-word", "工作工作"),
        ("发布解读12件件，解答咨询。", "doubled-word", "件件"),
        ("20222年，发布解读12件。", "incomplete-date", "20222年"),
        ("202年，发布解读12件。", "incomplete-date", "202年"),
        ("进一步加强加强培训。", "doubled-word", "加强加强"),
        ("新开开设专栏2个。", "doubled-word", "新开开设"),
        ("依据《中华人民共和国政府信息公开条列》编制。", "legal-name", "条列"),
        ("严格执行政府信息公开条列。", "legal-name", "条列"),
        ("依据《中华人民共和国政府信息公开工作条例》编制。", "legal-name", "中华人民共和国政府信息公开工作条例"),
        ("按照《政府信息公开处理费管理办法》收费。", "legal-name", "政府信息公开处理费管理办法"),
        (
            "按照《政府信息公开信息处理费管理办法》（国办函〔2020〕190号）执行。",
            "document-number",
            "国办函〔2020〕190号",
        ),
        ("按照国办公开办函[2021]30号文件要求编制。", "document-number", "[2021]30号"),
        ("按照青政办（2022）15号文件要求编制。", "document-number", "（2022）15号"),
        ("按照青政办秘〔202215号文件要求编制。", "document-number", "〔202215号"),
        ("依据国办公开办函〔2019〕60号文件编制。", "document-number", "国办公开办函〔2019〕60号"),
        ("依据《中华人民共和国政府信息公开条例》（国务院令第492号）编制。", "document-number", "国务院令第492号"),
        ("依据《中华人民共和国政府信息公开条例》（国务院令第771号）编制。", "document-number", "国务院令第771号"),
        ("截止2022年12月31日，公开信息120条。", "term", "截止"),
        ("截止到2022年底，公开信息120条。", "term", "截止到"),
        ("畅通依法申请公开渠道。", "term", "依法申请公开"),
        ("开展双随机、两公开检查。", "set-phrase", "双随机、两公开"),
        ("请登陆县政府网站查阅。", "term", "登陆"),
        ("公开信息××条。", "placeholder", "××"),
        ("XX镇公开信息12条。", "placeholder", "XX"),
        ("公开信息____条。", "placeholder", "____"),
        ("公开信息 条，解读3条。", "placeholder", " "),
        ("可在网站下载（）。", "placeholder", "（）"),
        ("公开政府信息的内 容12条。", "stray-space", " "),
        ("公开信息12 条，解读3条，回应5条，更新7条，答复2条。", "stray-space", " "),
        ("网站改版后开设平台平台建设专栏。", "doubled-word", "平台平台"),
        ("我县县农业信息网改版。", "doubled-word", "县县"),
        ("截至至年底，栏目更新及时。", "doubled-word", "至至"),
        ("按要求求完成目录编制。", "doubled-word", "要求求"),
        ("政府信息政府信息公开工作有序开展。", "doubled-word", "政府信息政府信息"),
        ("6月15召开推进会。", "incomplete-date", "6月15"),
        ("2022年3月日召开推进会。", "incomplete-date", "2022年3月日"),
        ("2022年月15日召开推进会。", "incomplete-date", "2022年月15日"),
        ("完成2022度目标任务。", "incomplete-date", "2022度"),
        ("数据统计期限为2022年11日至1231日。", "incomplete-date", "2022年11日至1231日"),
        ("依据国办公开办〔2021〕30号编制。", "document-number", "国办公开办〔2021〕30号"),
        ("依据国办公开办函2021年30号编制。", "document-number", "国办公开办函2021年30号"),
        ("依据国办公开办函〔2O21〕30号编制。", "document-number", "国办公开办函〔2O21〕30号"),
        ("依据国办公开办函〔2021〕30号号编制。", "document-number", "国办公开办函〔2021〕30号号"),
        ("按照《政府信息条例》办理。", "legal-name", "政府信息条例"),
        ("依据《中华人民共和国行政复议发》办理。", "legal-name", "中华人民共和国行政复议发"),
        ("坚持公开是例外、不公开是常态。", "set-phrase", "公开是例外、不公开是常态"),
        ("落实涉密不上网、上网不保密。", "set-phrase", "涉密不上网、上网不保密"),
        ("遵循公正、公平、守法、便民原则。", "set-phrase", "公正、公平、守法、便民"),
        ("做到应公开尽公平。", "set-phrase", "应公开尽公平"),
        ("落实中央国务院部署。", "term", "中央国务院"),
        ("优化机○制建设。", "replacement-character", "○"),
        ("公开信息?18条。", "replacement-character", "?"),
        ("检索功能<br />完善无障碍。", "leftover-markup", "<br />"),
        ("欢迎访问{$sitename}网站。", "leftover-markup", "{$sitename}"),
        ("建设\\u7f51\\u7ad9专栏。", "leftover-markup", "\\u7f51\\u7ad9"),
        ("公开<%= count %>条信息。", "leftover-markup", "<%= count %>"),
        ("公开[dede:field]信息。", "leftover-markup", "[dede:field]"),
        ("公开{cms:title}信息。", "leftover-markup", "{cms:title}"),
        ("公开[!--title--]信息。", "leftover-markup", "[!--title--]"),
        ("公开[object Object]信息。", "leftover-markup", "[object Object]"),
        ("联系邮箱[email protected]。", "leftover-markup", "[email protected]"),
        ("公开%s信息。", "leftover-markup", "%s"),
        ("公开undefined信息。", "leftover-markup", "undefined"),
        ("栏目javascript:void(0)更新。", "leftover-markup", "javascript:void(0)"),
        ("落实[luò shí]工作责任。", "leaked-pinyin", "[luò shí]"),
        ("关注凯发k8国际首页登录专栏。", "injected-text", "凯发k8国际首页登录"),
        ("公开信息210条，其中政策文件120条，财政信息100条。", "prose-sum", "210条"),
        ("组织培训4期，其中线上3期、线下2期。", "prose-sum", "4期"),
        ("文字解读12篇、图文解读8篇、视频解读3篇，合计22篇。", "prose-sum", "22篇"),
        ("发布动态1200条，其中政务动态800条，通知公告400条，其他100条。", "prose-sum", "1200条"),
        ("通过县政府网站、微信公众号、抖音号、县政府网站等渠道发布。", "repeated-item", "县政府网站"),
        ("优化网?纠改可柚茫增设专栏。", "mojibake", "纠改可柚茫"),
        ("印发《关于做好政务公开的通知〉。", "unbalanced-bracket", "《"),
        ("印发《关于做好政务公开的通知>。", "unbalanced-bracket", "《"),
        ("落实”重点任务“。", "unbalanced-bracket", "”"),
        ("卡卡湾(中国)官方网站公开信息。", "injected-text", "卡卡湾(中国)官方网站"),
        ("永利澳门官网公开信息。", "injected-text", "永利澳门官网"),
        ("按照国办公开办函﹝2021﹞30号编制。", "document-number", "﹝2021﹞30号"),
        ("按照青府[2022]6号执行。", "document-number", "[2022]6号"),
        ("公开信息23条（请根据实际情况填写）。", "placeholder", "（请根据实际情况填写）"),
        ("?xml:namespace>公开信息。", "leftover-markup", "?xml:namespace>"),
        ("公开%%pubdate%%信息。", "leftover-markup", "%%pubdate%%"),
        ("围绕2022全市工作部署，公开信息。", "incomplete-date", "2022"),
        ("自2022月1月1日起公开信息。", "incomplete-date", "2022月"),
        ("2022年13月召开会议。", "incomplete-date", "2022年13月"),
        ("2022年13月5日召开会议。", "incomplete-date", "2022年13月5日"),
        ("2022 年 2 月 30 日召开会议。", "incomplete-date", "2022 年 2 月 30 日"),
        ("发布信息126条，其中在4大平台发布信息20条、其他信息40条。", "prose-sum", "126条"),
        ("按照青政办发〔2022﹞3号执行。", "document-number", "〔2022﹞3号"),
        ("按照(青政办2022〕43号)执行。", "document-number", "2022〕43号"),
        ("主动公开政府信息条，解读3条。", "placeholder", "条"),
        ("188体育加强管理。", "injected-text", "188体育"),
        ("2022年，结转至2022年继续办理。", "year-mismatch", "2022"),
        ("办理咨询120件，其中来电80件、来信40件；办理建议60件，其中代表建议40件、委员提案30件。", "prose-sum", "60件"),
        ("全年通过门户网站公开政府信息3,218条。全年通过门户网站公开政府信息3,128条。", "text-text", "3,128"),
        ("不断断提升公开质量。", "doubled-word", "不断断"),
        ("截至2021年12月31日，现行有效文件6件。", "year-mismatch", "2021"),
        ("公开信息100条，其中工作动态30条、财政信息230条。", "prose-sum", "100条"),
        ("发布8条信息，其中政策文件2条，数据发布1条，职能机构1条，财政预决算5条。", "prose-sum", "8条"),
        ("截止 2022 年 12 月 31 日，公开信息120条。", "term", "截止"),
        ("全年召开会议 2 次。全年召开会议 3 次。", "text-text", "3"),
    ],
)
def test_one_slip(sentence: str, rule: str, marked: str) -> None:
    assert found(sentence) == [(rule, marked)]


@pytest.mark.parametrize(
    ("period", "marked"),
    [
        ("2022年1月1日至2022年12月31日", None),
        ("2022年1月1日起至12月31日止", None),
        ("2022年1月1日—12月31日", None),
        ("2022.1.1-2022.12.31", None),
        ("2022年1月至12月", None),
        ("2022年1月1日至2022年12月30日", "12月30日"),
        ("2022年1月1日至2022年11月30日", "11月30日"),
        ("2022年1月2日至12月31日", "1月2日"),
        ("2022年1月至11月", "2022年1月至11月"),
    ],
)
def test_period(period: str, marked: str | None) -> None:
    assert found(f"本报告数据统计期限为{period}。", "preface") == ([("period", marked)] if marked else [])


def test_a_period_of_something_else_is_no_statistical_period() -> None:
    assert found("2022年3月1日至4月30日，开展政务公开宣传月活动。") == []


@pytest.mark.parametrize(
    ("organ", "date", "late"),
    [
        ("青湖县", "2023年3月31日", False),
        ("青湖县", "2023年4月1日", True),
        ("青湖县人民政府", "2023年2月10日", False),
        ("青湖县教育局", "2023年1月31日", False),
        ("青湖县教育局", "2023年2月1日", True),
        ("青湖县人民政府办公室", "2023年2月1日", True),
        ("青湖县发展和改革委员会", "2023年2月3日", True),
        ("青湖县青石镇", "2023年3月1日", False),
        ("青湖县城关街道办事处", "2023年3月1日", False),
        ("青湖经济开发区管理委员会", "2023年3月1日", False),
        ("青湖县教育局", "2022年12月30日", False),
        ("青湖县教育局", "2022年10月30日", True),
        ("青湖县教育局", "二〇二三年二月六日", True),
    ],
)
def test_late_date(organ: str, date: str, late: bool) -> None:
    assert found(date, "signed.1", organ) == ([("late-date", date)] if late else [])


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        ("没有收取信息处理费。", None),
        ("发出收费通知3件，总金额300元，实际收取300元。", None),
        ("收取信息处理费300元。", "info"),
        ("收取信息处理费0元。", None),
        ("没有需要报告的事项。", "warning"),
    ],
)
def test_fee_statement(sentence: str, severity: str | None) -> None:
    base = render(draft("2021", size="zero"))
    text = base.text.replace("本年度没有收取政府信息公开信息处理费。", sentence)
    seen = [(d.rule, d.severity) for d in lint(read_report(Source("t.txt", text)), RULES)]
    assert seen == ([("missing-fee-statement", severity)] if severity else [])


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "全年办结93件，其中予以公开47件、部分公开6件、不予公开11件、无法提供20件、不予处理6件、其他处理3件，结转下年度继续办理6件。",
            False,
        ),
        (
            "全年办结93件，其中予以公开47件、部分公开6件、不予公开11件、无法提供20件、不予处理6件、其他处理3件，尚有6件结转下年。",
            False,
        ),
        (
            "全年办结92件，其中予以公开47件、部分公开6件、不予公开11件、无法提供20件、不予处理6件、其他处理3件，尚有6件结转下年。",
            True,
        ),
        ("制发行政规范性文件3件，其中县政府办2件，农业1件，废止2件。", False),
        (
            "我县共收到申请94件。均已按期答复（含依法延期答复12件）。其中，网上申请51件，信函申请35件，现场申请8件。",
            False,
        ),
        ("全年收到99件，其中办结93件，结转下年度继续办理5件。", True),
    ],
)
def test_what_is_told_beside_a_list_is_no_part_of_it(sentence: str, told: bool) -> None:
    text = render(draft("2021", size="zero")).text.replace("（一）主动公开情况。", "（一）主动公开情况。" + sentence)
    found = [d.rule for d in lint(read_report(Source("t.txt", text)), RULES)]
    assert found.count("prose-sum") == told


SOUND = [
    line.split("\t")
    for line in Path(__file__).with_name("sound.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("aspect", "sentence"), SOUND)
def test_no_false_alarm(aspect: str, sentence: str) -> None:
    base = render(draft("2021", size="small"))
    lines = base.text.splitlines()
    at = base.lines[f"H_OVERVIEW.{aspect}"].start - 1
    lines[at] = lines[at].partition("。")[0] + "。" + sentence
    assert [d.rule for d in lint(read_report(Source("t.txt", "\n".join(lines) + "\n")), RULES)] == []


@pytest.mark.parametrize("written", [str, traditional], ids=["simplified", "traditional"])
@pytest.mark.parametrize(
    "sentence",
    [
        "依据《中华人民共和国政府信息公开条列》编制。",
        "依据《中华人民共和国政府信息公开工作条例》编制。",
        "按照《政府信息公开处理费管理办法》收费。",
        "按照国办公开办函[2021]30号、青政办（2022）15号文件编制。",
        "截止2022年12月31日，畅通依法申请公开渠道，完成IPV6改造。",
        "公开政府信息的内 容12条，解读12 条，回应5条，更新7条，答复2条，转载5条。",
    ],
)
def test_safe_fixes_mend_and_do_nothing_else(sentence: str, written: Callable[[str], str]) -> None:
    base = render(draft("2021", size="zero"))
    text = written(base.text.replace("全年通过政府网站发布信息1203条", sentence))
    clean = [d.rule for d in lint(read_report(Source("t.txt", written(base.text))), RULES)]
    found = lint(read_report(Source("t.txt", text)), RULES)
    edits = [e for d in found if d.fix and d.fix.safety == "safe" and d.rule != "mixed-script" for e in d.fix.edits]
    assert edits
    for edit in sorted(edits, reverse=True, key=lambda e: e.span):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert [d.rule for d in lint(read_report(Source("t.txt", text)), RULES)] == clean


@pytest.mark.parametrize("layout", ["pipe_rows", "torn_cells", "tabbed_cells", "markdown"])
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_text_against_tables_in_each_form_and_layout(form: str, layout: str) -> None:
    for off in (0, 1):
        blocks = draft(form, seed=3, size="small")
        new, done, forward = (int(row(blocks, key).figures[6]) for key in ("R_NEW", "R_TOTAL", "R_FORWARD"))
        year = 2022 if form == "2021" else 2020
        told = f"全年新收政府信息公开申请{new + off}件，办结{done + off}件，结转{year + 1}年{forward + off}件。"
        find(blocks, "H_OVERVIEW.2").text = f"（二）依申请公开情况。{told}"
        text = render(blocks, layout).text
        seen = [(d.rule, text[slice(*d.span)]) for d in lint(read_report(Source("t.txt", text)), RULES)]
        assert seen == ([("text-table", f"{n + off}件") for n in (new, done, forward)] if off else [])
