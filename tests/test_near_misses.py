"""Sound sentences that come near a fault, and the faults beside them: what offices write, made up."""

from __future__ import annotations

import re

import pytest

from reportlint.diagnostics import Safety
from reportlint.rules import all_rules
from reportlint.run.linter import lint
from tests.helpers import findings, report_of
from tests.reports import draft, render

SOUND = {
    "words that meet": """\
发布署名文章
申请答复盖章后寄送。
各类批复盖章后
一正一副盖章
沟通迅速、开通迅速、交通迅速
对以申请公开政府信息名义进行信访的
不以申请公开数量论英雄
申请人已申请公开信息的
核实已申请公开事项
其他组织依法申请公开事项
群众依法申请公开渠道
分工做实、加工做大做强
按排班表值守
推进下一步完善工作
审计期限为三个月
系统期限为一年
统计公报中所列数据
全力渡难关
人力渡船
招考和结果公示
社会义警
接收监督员意见
接收群众监督来信
异常反应问题
市场反应问题
纳税人权利清单
行政机关权力与义务
经验登陆省政府网站首页
产品登陆电商平台
人口聚集重点区域
从严竣工验收
获准却未领取
“公众好、媒体好、企业好”
资金转结下年使用
时时公开、事事公开
报名工作截止6月30日
征求意见的截止6月30日
近年来越来越多的群众通过微信公众号了解信息。
带来越来越好的体验。
三年来越来越规范。
交警支队支队长参加。
大队大队长负责。
党支部支部委员负责。
总支总支书记负责。
县级机关机关党委负责。
重点项目项目库建设。
建设项目项目法人公示。
综合窗口窗口人员培训。
惠企政策政策包发布。
网络安全安全防护能力。
食品安全安全风险提示。
中小企业企业家座谈。
义务教育教育经费公示。
城乡居民居民医保政策。
服务中心中心大厅设置。
党组织组织生活公开。
主要领导领导责任落实。
受理申请申请材料。
法人或者其他组织申请申请内容不明确的。
失业保险保险费率公示。
学习学习强国平台。
服务服务区建设。
宣传宣传栏内容。
公开公开课安排。
发布公开开局良好的信息。
政务公开开班仪式。
政务公开开讲。
公开开具证明流程。
公开开办企业事项。
提供供地信息。
提供供排水信息。
落实经济责任任中审计要求。
责任任期审计。
答复复工复产问题。
答复复垦问题。
部门门口设置公开栏。
发布布依文信息。
加强强边固防信息公开。
推动加强强省会战略解读。
内容容缺受理。
做到文件件件解读。
完善善款使用公开。
机制制衡作用。
信息息诉工作。
问题题型设置。
推进进一步规范。
促进进一步提升。
公开的的士运价。
修订12条条款。
修订8条条文。
发布5期期刊。
涉及8个个税问题。
整理10篇篇目。
喀什和和田地区。
含山县和和县。
X县和和林格尔县信息。
将将军路改造信息公开。
暖暖和和过冬。
反对对群众利益漠视。
取得了了不起的成绩。
县县均建有公开专区。
镇镇均设立公开栏。
我县县农业农村局公开信息。
我市市农业农村局公开信息。
实现业务可以可视化展示。
做到会用能用。
做到会干能干。
""",
    "items": """\
存在三方面问题：1.认识不够。¶2.形式单一。¶3.力量薄弱。
存在三方面问题：（一）认识不够。¶（二）形式单一。¶（三）力量薄弱。
存在三方面问题：（1）认识不够。¶（2）形式单一。¶（3）力量薄弱。
存在三方面问题：1）认识不够。¶2）形式单一。¶3）力量薄弱。
存在三方面问题：第一，认识不够。¶第二，形式单一。¶第三，力量薄弱。
存在三方面问题。一是认识不够。2023年培训仅2期。¶2023年，二是形式单一。¶三是力量薄弱。
在全县政务公开两项重点工作中位居前列。一是强化组织；二是加强培训；三是优化平台。
三项工作获县政府通报表扬。一是强化组织领导；二是加强培训。
""",
    "figures of something else": """\
政府网站方面。全年发布信息126条。公众号方面。全年发布信息88条。
全年共召开会议4次。¶（六）培训情况。全年共召开会议2次。
在社会救助领域，通过县政府网站发布信息30条。
关停公众号1个，现无公众号。关停前公众号发布信息30条。
重点领域方面，通过县政府网站发布信息30条。
网站方面，全年发布信息126条。公众号方面，全年发布信息88条。
收到咨询、投诉和政府信息公开申请65件。
处理来信、来电、政府信息公开申请等事项156件。
接待咨询、信访及政府信息公开申请共45件。
办理建议、提案、政府信息公开申请合计16件。
作出行政许可、行政处罚决定36件。
办理行政许可、行政处罚共36件。
累计处理行政许可、行政处罚、行政强制等决定36件。
行政检查、行政处罚56次。
行政强制、行政处罚案件6件。
行政处罚、行政强制案件2件。
规章、规范性文件及其他文件印发56件。
梳理依申请公开事项15项，规范办理。
编制依申请公开事项15项。
依申请公开邮箱未收到申请。
线上平台未收到申请，线下窗口收到申请8件。
微信端未收到政府信息公开申请。
节假日期间未收到政府信息公开申请。
殡葬领域未收到政府信息公开申请。
县殡仪馆未收到信息公开申请。
通过网络渠道未收到政府信息公开申请。
现场未收到政府信息公开申请。
邮寄方式未收到申请。
电子邮箱未收到政府信息公开申请。
福利院未收到信息公开申请。
上半年未收到政府信息公开申请。
12月未收到政府信息公开申请。
公开政府预算、决算、三公经费预算、决算。
公开财政收入、支出、政府性基金收入、支出情况。
公开行政许可的依据、条件、程序、行政处罚的依据、条件、程序。
公开受理部门、联系方式、监督部门、联系方式。
公开低保对象姓名、金额、特困对象姓名、金额。
公开机构职能、办公地址、下属单位职能、办公地址等信息。
""",
    "years": """\
2022年，我县发生严重洪涝灾害，灾后救助资金分配信息持续公开。
2024年，我局召开专题会议研究年报编制。
2022年我局共公开信息110条。今年公开126条，增长14.5%。
2023年10月10个乡镇全部建成专区。
2023年11月2家单位开通公众号。
2023年3月5个科室参加。
2023年12月4期公报出版。
12月日访问量大增。
举办赏花节、2023青湖马拉松等活动信息发布。
活动名称：2023东北亚博览会。
发布公报、2023统计公报等。
会议地点，2023室。
节约用电2035度。
保护树龄200年、300年的古树。
""",
    "phrases": """\
严禁先公开后审查现象发生。
杜绝先公开、后审核。
扭转“不公开是常态”的观念。
做到应公开的尽公开、应公开的早公开。
做到应公开尽公开、应公开快公开。
坚持“公开为常态、不公开是例外”。
坚持“公开是常态、不公开为例外”。
坚持“以公开为原则、不公开是例外”。
落实“涉密不联网、联网不涉密”。
落实“涉密不入网、入网不涉密”。
坚持“公正、公开、合法、便民”。
坚持“公平、公正、依法、便民”。
开展“我为群众做实事”活动。
推进“双随机、一公开”监管。
""",
    "marks": """\
对来源不明、内容待核实的信息一律不发布。
公布待补充信息清单。
完善申请表（填写说明、样表）。
公布申请表（填写示例）。
网址：www.qinghu.gov.cn/art___1.html。
对张××申请依法答复。
审核人：王××
经理林××代表企业提出建议。
政策懂不懂?群众说了算。
该不该公开?由群众评判。
群众关心多久办?及时回应。
设置公文属性□主动公开□依申请公开□不予公开选项。
公开方式：□网站□公众号□公开栏。
答复时隐去***等个人信息。
以***代替个人信息。
用●、○区分公开属性。
代开发票电话12366。
代开增值税发票联系电话12366。
办证电话、办证联系人公布。
枪支弹药管理办证网站公布流程。
娱乐城、网吧等场所检查结果公示。
收缴老虎机5台的处罚信息公开。
举办国产精品展。
举办亚洲精品博览会。
开设成人视频课程。
365手机平台上线。
开展365在线服务。
举办快乐十分钟活动。
北京赛车场建设信息公开。
彩票网站公示抽查结果。
查处世界杯竞猜型体育彩票违规。
捕鱼平台拆除公告。
金年会活动公告。
办理时长‹法定时限。
点击首页>政务公开>的“年报”栏目查看。
在首页>政务公开>年报。
安装42”触摸屏。
亳（bó）州路改造信息公开。
“邕（yōng）事办”平台上线。
根据原国办公开办函〔2019〕60号文件要求，2019、2020年度报告均已归档。
全年共投入六十八点七万元，其中网站运维十万元、培训五万元。
满意度数据统计自2023年6月1日至8月31日。
网站访问数据统计时间为2023年7月1日至12月31日。
豫政(2023)5号文件。
""",
}
FAULTY = """\
存在三方面问题：1.认识不够。¶2.形式单一。 item-count
从三个方面着手。一是认识不够；二是形式单一。 item-count
依托平台台发布。 doubled-word
畅通渠道道。 doubled-word
推进政务公开工作作。 doubled-word
完善业务务流程。 doubled-word
通过县县政府网站发布信息。 doubled-word
我局局严格按照要求公开。 doubled-word
对各项工作作出布署。 term
决策布署落实到位。 term
涉及商业机密的依法征求意见。 term
依法保护国家机秘。 term
信息更新不够急时。 term
不管完善公开机制。 term
认识梳理公开事项。 term
2023年10月10召开会议。 incomplete-date
自2023年1月1起施行。 incomplete-date
2023年1月20部署工作。 incomplete-date
2023我局公开信息20条。 incomplete-date
公开双随机、双公开结果。 set-phrase
公开机构职能、人事信息、财政信息、人事信息。 repeated-item
通过网站、公众号、微博、网站等渠道公开信息。 repeated-item
该项数据待核实。 placeholder
如有疑问请联系我们（邮编：，电话：）。 placeholder
收到××县政府通知。 placeholder
规范受理、审？、答复各环节。 replacement-character
规范受理、＊＊＊、答复各环节。 replacement-character
落实《转发省厅关于印发工作规范〉的通知》。 unbalanced-bracket
工作日下午14:30-17:30）。 unbalanced-bracket
"""
TEXT = re.sub(r"20(22|23)(?=年)", lambda year: str(int(year[0]) + 1), render(draft(preface=False)).text)
MARK = "（二）依申请公开情况。"
BESIDE = {"text-table", "text-claim", "numbering-gap", "stray-space", "doubled-punctuation", "legal-name"}
"""What a sentence may well bring about for other reasons, in a report that was not written around it."""


def told(sentence: str) -> list[str]:
    """The rules that find something in a report with a sentence that is not in the one without it."""
    assert MARK in TEXT
    return [found.rule for found in findings(TEXT.replace(MARK, f"{sentence.replace('¶', chr(10))}\n{MARK}", 1))]


def test_the_report_itself_is_sound() -> None:
    assert findings(TEXT) == []


@pytest.mark.parametrize("kind", SOUND)
def test_sound_sentences_that_come_near_a_fault(kind: str) -> None:
    beside = BESIDE if kind != "figures of something else" else BESIDE - {"text-table", "text-claim"}
    wrong = {sentence: rules for sentence in SOUND[kind].splitlines() if (rules := set(told(sentence)) - beside)}
    assert wrong == {}


@pytest.mark.parametrize("line", FAULTY.splitlines())
def test_faults_beside_them(line: str) -> None:
    sentence, rule = line.rsplit(" ", 1)
    assert rule in told(sentence)


@pytest.mark.parametrize(
    ("row", "told_of"),
    [
        ("1.规章", []),
        ("1、规章", []),
        ("（一）规章", []),
        ("1 规章", []),
        ("规?章制", ["missing-row"]),
    ],
)
def test_a_row_may_carry_a_number_that_the_form_has_not(row: str, told_of: list[str]) -> None:
    text = re.sub(r"(?m)^规章", row, TEXT, count=1)
    assert text != TEXT
    assert [found.rule for found in findings(text) if found.rule != "replacement-character"] == told_of


@pytest.mark.parametrize("sign", ["?", "？", "□", "\ufffd"])
def test_a_label_with_a_lost_character_is_a_misspelt_one(sign: str) -> None:
    rules = [found.rule for found in findings(TEXT.replace("4.保护第三方合法权益", f"4.保护第三方合{sign}权益"))]
    assert "missing-row" not in rules
    assert "label-typo" in rules


def test_a_free_text_of_the_first_year_follows_no_form() -> None:
    old = (
        "一、概述\n我局重视公开。\n二、主动公开政府信息情况\n公开12篇。\n"
        "三、政府信息公开收费及减免情况\n无。\n四、存在的主要问题及改进情况\n内容较少。\n"
    )
    own = "一、工作开展情况\n公开45条。\n二、问题和打算\n解读不够。\n"
    for text in (old, own):
        assert [f.rule for f in findings(f"青湖县审计局2019年政府信息公开工作年度报告\n{text}")] == ["no-form"]


@pytest.mark.parametrize("open_end", ["点击数：（", "分享：(", "时间：2024-01-15 字号：A- A A+ 分享：("])
def test_a_bracket_that_a_page_never_closes_is_no_fault(open_end: str) -> None:
    first, rest = TEXT.split("\n", 1)
    assert "unbalanced-bracket" not in [found.rule for found in findings(f"{first}\n{open_end}\n{rest}")]


@pytest.mark.parametrize(
    ("preface", "organ"),
    [
        ("根据条例要求，特编制临河市水利局2022年政府信息公开工作年度报告。", "临河市水利局"),
        ("根据有关要求，临河市水利局特向社会公布2022年度本机关信息公开工作报告。", "临河市水利局"),
        ("特向社会公布临河市统计局2022年政府信息公开情况。", "临河市统计局"),
        (
            "按照《县办公室关于做好2022年政府信息公开工作年度报告编制的通知》要求，现公布平寨乡2022年政府信息公开工作年度报告。",
            "平寨乡",
        ),
        (
            "现将临河县人民政府（县人民政府办公室）2022年政府信息公开工作年度报告予以公布。",
            "临河县人民政府(县人民政府办公室)",
        ),
    ],
)
def test_a_preface_names_the_organ(preface: str, organ: str) -> None:
    report = report_of("\n".join([preface, "一、总体情况", *TEXT.split("一、总体情况\n", 1)[1].splitlines()]))
    assert (report.organ, report.year) == (organ, 2022)


@pytest.mark.parametrize(("rows", "told_of"), [(2, 2), (3, 1), (8, 1)])
def test_rows_that_were_left_blank_are_one_finding(rows: int, told_of: int) -> None:
    first = TEXT.index("1.属于国家秘密")
    head, tail = TEXT[:first], TEXT[first:].splitlines(keepends=True)
    blank = [re.sub(r" \| \d.*", "", line) for line in tail[:rows]]
    found = [one for one in findings("".join([head, *blank, *tail[rows:]])) if one.rule == "missing-cell"]
    assert len(found) == told_of


NARROWED = """\
做好就业信息公开，全年公开信息30条。做好教育信息公开，全年公开信息12条。
维护好网站，全年发布信息126条。维护好公众号，全年发布信息88条。
及时公开政策文件，通过县政府网站发布信息20条。及时公开工作动态，通过县政府网站发布信息66条。
一是加强队伍建设，举办政务公开培训班2期。二是加强业务指导，举办政务公开培训班1期。
各乡镇积极行动，组织政务公开培训12次。我县组织政务公开培训2次。
"""


@pytest.mark.parametrize("line", NARROWED.splitlines())
def test_figures_behind_clauses_that_narrow_them_are_not_compared(line: str) -> None:
    assert "text-text" not in told(line)


EXCUSES = """\
坚持以***新时代中国特色社会主义思想为指导。 replacement-character
坚持“以***代替姓名”的做法。
积极组织组织开展培训。 doubled-word
落实安全安全生产责任。 doubled-word
加强网络安全安全防护。
县长对政务公开工作作批示。
如需申请请拨打电话。
我局局组织部署公开工作。 doubled-word
存在三个方面的突出问题。一是认识不够；二是形式单一。 item-count
紧扣三个环节抓落实。一是认识不够；二是形式单一。 item-count
于2023年11月8名录公布。 incomplete-date
2023年5月20多个单位参加。
2023年6月3镇2乡参加。
赈（zhèn）灾信息全部公开。 leaked-pinyin
亳（bó）州路改造信息公开。
申请人何××提出意见。
黄××街道全部公开。 placeholder
请登陆县政府门户网站首页查阅。 term
认识做好政务公开工作的重要意义。
发布信息100条，其中政策文件20条、收到留言150条。
申请表填写完整。
"""


@pytest.mark.parametrize("line", EXCUSES.splitlines())
def test_excuses_hide_no_fault(line: str) -> None:
    sentence, _, rule = line.partition(" ")
    assert [one for one in told(sentence) if one not in BESIDE] == ([rule] if rule else [])


SEEN = """\
全年办理申请43件（含上年结转3件），其中予以公开10件、部分公开5件、不予公开3件、无法提供9件、不予处理6件、其他处理2件，结转下年8件。
全年收到申请40件，其中予以公开10件、部分公开5件、不予公开3件、无法提供9件、不予处理6件、其他处理2件，另有5件结转下年度办理。
全年主动公开信息100条，其中通知公告20条、人事信息10条、其他文件30条；政务动态35条、预决算信息5条。
全年主动公开信息100条，其中通知公告20条、人事信息10条、其他文件30条；政务动态35条、预决算信息7条。 prose-sum
问题有：一是认识不够；二是人手不足；三是解读单一；四是更新慢，主要表现在：一是栏目多，二是内容少；五是互动不足。
问题有：一是认识不够；二是人手不足；三是解读单一；五是互动不足。 numbering-gap
收到3件市教育局依申请公开协查件，均按时回复。
汇总城口县县、乡镇（街道）两级政务公开目录。
汇总东城区区、街两级文件。
青湖县财政局 青湖县审计局联合印发通知。
落实“***”责任。 replacement-character
加强***、***等信息管理。 replacement-character
***重点***工作有序推进。
网站[[栏目名]]更新。 leftover-markup
网站{siteName}栏目更新。 leftover-markup
公开信息二十条，其中公告十条、其他五条。 prose-sum
公开信息二十条，其中公告十五条、其他五条。
公开信息12000条，其中政策文件类8600条、动态类4400条。 prose-sum
聚集“放管服”改革公开信息。 term
聚集人才公开信息，产业聚集营商环境优。
做到信息时时上网。 term
县审计局局长带队检查。
政策法规科科长负责答复。
由政策法规科科统一答复。 doubled-word
栏目的的内容已更新。 doubled-word
公开目的的实现有保障。
各项工作可以可以推进。 doubled-word
国务院令第711条规定了答复期限。 document-number
按照国办公开办函〔20121〕30号要求公开信息。 document-number
按照国办函〔2020〕109要求收费。 document-number
自2022起公开信息。 incomplete-date
较2021增加15条。 incomplete-date
自2022年起公开信息。
链接是http://www.qinghu.gov.cn/nb/____/2022.html。
网站有球探比分的链接。 injected-text
新葡京酒店项目环评信息已公开。
全年形成信息96条，属主动公开的58条，属依申请公开的政府信息38条。
拓展依公开申请渠道。 term
全年收到15件因政府信息公开申请引发的行政诉讼。
收到3件政府信息公开申请补正材料。
按照国办公开办涵〔2021〕30号编制报告。 document-number
落实保密密审查制度。 doubled-word
专栏聚集乡村振兴政策、项目信息。
园区已聚集“放管服”改革试点企业12家。
群众可时时上网查询办件进度。
信息时时公示、事事上墙。
依公开申请人提供的联系方式送达。
由县财政局教科科牵头公开。
个人姓名以“***”代替，证号以“***”隐去。
规范足球竞彩投注行为。
番禺万博手机城已公开信息。
较2000多条的目标有所增加。
三是推进平台迁移。2021年我局公开数据共12万条完成迁移。
实现县县、乡乡全覆盖。
中共青湖县委 青湖县人民政府印发意见。
国务院令第711条例规定了期限。
印发公文二十三件，其中主动公开十二件、依申请公开八件、不予公开三件。
网站发布642条、公众号发布398条、公开栏公布246条，共1268条。 prose-sum
网站发布642条、公众号发布398条、公开栏公布246条，共1286条。
部署会3次、推进会2次、培训会1次，共5次。 prose-sum
面向12个部门、5个镇，共60个事项。
举办培训3次、座谈2次，共120人参加。
涉及3个领域、12个部门，共梳理公开信息60条。
6月31日召开推进会。 incomplete-date
2月29日召开推进会。
农历2月30日开展宣传。
4月30日前完成整改，第4.31日条不计。
截至2022年12月31日，公众号关注人数8612人。 year-mismatch
截至2023年12月31日，公众号关注人数8612人。
截至2022年12月31日，公众号关注人数8612人，今年新增200人。
截至2022年12月31日，公众号关注人数8612人，2023年新增200人。
网站设有政策文件、财政预决算、重大项目、政策文件等栏目。 repeated-item
网站设有政策文件、财政预决算、重大项目、公告公示等栏目。
开展主动动公开。 doubled-word
做好依申请请公开。 doubled-word
党员带头主动动员群众。
落实网络安全安全员制度。
落实网络安全安全。 doubled-word
完善社会保障保障标准。
加强政务服务服务事项管理。
加强服务服务质量。
馆藏《寧豐縣志》已公开。 mixed-script
我局未开设政务微博。政务微博全年发布信息56条。 text-text
政务微博全年发布信息56条。
每季度向分管领导报告工作，分析研判形势，整改存在问题，全面主动公开政府信息，高效便捷回复依申请公开，推动政府信息公开工作发展。
问题有：一是认识不够；二是人手不足；二是更新慢。 numbering-gap
问题有：一是认识不够，即：一是看轻，二是看远；二是人手不足；三是更新慢。
问题有：认识不够；二是人手不足；三是更新慢。 numbering-gap
问题有：首先认识不够；二是人手不足；三是更新慢。
问题主要是一是认识不够；二是人手不足；三是更新慢。
地址：青湖县中路路70号。 doubled-word
地址：青湖县中路70号。
县政务公开办公室欧洲五大联赛：印发文件。 injected-text
县融媒体中心转播欧洲五大联赛共30场。
主要包括行政处罚、亚博足彩等内容。 injected-text
通过“manbetxbrf”网站公开。 injected-text
正文中留有<image>图</image>标记。 leftover-markup
页面留有data:image/png;base64,iVBORw0KGgo=字样。 leftover-markup
落实《政府信息公开条例 》要求。 stray-space
落实《 青湖县公开办法》要求。 stray-space
落实《青湖县公开办法（2022 年版）》要求。
召开新闻发布会，内容涵盖经济运行情况、民生实事进展情况、重点项目情况、存在问题。
举办培训班，主要内容包括条例解读、申请办理要点、年报编制事项、常见问题。
定期报告分管领导，研究重要事项、协调解决存在问题、制定改进措施、开展情况通报。
全年圆满完成上级部署的六项任务。
抓住收件、登记、审核、答复、送达、归档六个环节。
主站发布1203条，各子站发布600条，同一信息在两处发布的300条，共1503条。
向省网站报送信息120条，采用30条；向市网站报送信息200条，采用90条，共120条。
首先是抓领导。¶二是抓培训；三是抓考核。
一手抓领导，二是抓培训，三是抓考核。
强化三个抓：一抓领导；二是抓培训；三是抓考核。
截至2022年底，我县公众号粉丝6500人，一年来增长2112人。
全面落实实三审三校制度。 doubled-word
依法法答复申请人。 doubled-word
组织织密监督网络，明确确权登记信息公开时限，教育育人。
真真正正方便群众，实实在在解决问题，稳稳当当推进。
青湖县水利局局长督办，县市场监管局与市市场监管局联合检查，落实安全全覆盖检查。
规范化化解矛盾，委员会会议审议，公开申请书书面答复。
切实加强组织领导，规范公开内容，切实加强组织领导，健全工作机制。 doubled-word
与上一年度相比，增加信息10条，与上一年度相比，减少访问300人次。
市级层面，成立政务公开领导小组，县级层面，成立政务公开领导小组。
认真学习习近平总书记重要讲话精神，推进许可证证照公开，公示栏栏目更新，调解解纷，保居民就业保基本民生。
2023年月均访问量1200人次。
切实加强组织领导，规范公开内容。切实加强组织领导，健全工作机制。
通过《青湖县人民政府公报》发布信息，查阅《青湖县人民政府公报》。
网站发布信息条，按时更新。 placeholder
全年共接到4份公开申请，对其中一件进行了公开，对其中两件申请进行了部分公开，对其中一件不予公开。
网站发布信息条目，按时更新。
培训○○人次。 placeholder
自2023年11日起施行。 incomplete-date
自2023 1月1日起施行。 incomplete-date
截至202312我县主动公开信息。 incomplete-date
全县各级行政机关共收到政府信息公开申请9305件，其中县政府及办公室收到480件。
"""


@pytest.mark.parametrize("line", SEEN.splitlines())
def test_what_unseen_reports_had(line: str) -> None:
    sentence, *rules = re.split(r" (?=[a-z])", line)
    assert [one for one in told(sentence) if one not in BESIDE - {"numbering-gap", "stray-space"}] == " ".join(
        rules
    ).split()


@pytest.mark.parametrize(
    ("heading", "wrong"),
    [
        ("一、2022年政府信息公开工作总体情况", True),
        ("一、总体情况（2022年度）", True),
        ("一、总体情况（含2022年工作回顾）", False),
        ("一、总体情况", False),
    ],
)
def test_the_year_of_a_heading(heading: str, wrong: bool) -> None:
    found = [one.rule for one in findings(re.sub("(?m)^一、.*", heading, TEXT, count=1))]
    assert ("year-mismatch" in found) == wrong


def test_a_sentence_with_words_of_another_form_does_not_choose_it() -> None:
    text = "\n".join(
        [
            "青湖县审计局2022年政府信息公开工作年度报告",
            "一、总体情况",
            "我局公开政府集中采购项目信息12条。",
            "六、其他需要报告的事项",
            "无。",
        ]
    )
    assert report_of(text).form.name == "2021"


def test_the_number_of_what_may_be_an_item_is_not_changed_by_itself() -> None:
    start, end = TEXT.index("一、总体情况\n"), TEXT.index("二、主动公开政府信息情况")
    own = (
        "一、总体情况\n一、加强组织领导\n安排周密。\n二、规范办理\n按期答复。\n三、主动公开政府信息情况。\n公开12条。\n"
    )
    report = report_of(TEXT[:start] + own + TEXT[end:])
    fixes = [one.fix for one in lint(report, all_rules(), "zh") if one.rule == "section-number"]
    assert all(fix is None or fix.safety is Safety.UNSAFE for fix in fixes)


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("中华人民政府信息公开条例", False),
        ("中华人民共和国政府信息公开条例", True),
        ("政府信息公开信息处理费管理办法法", False),
        ("政府信息公开信息处理费管理办法", True),
        ("青湖县政府信息公开信息处理费管理办法", True),
    ],
)
def test_names_of_statutes(name: str, right: bool) -> None:
    assert ("legal-name" in told(f"依据《{name}》办理。")) is not right


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("申请量由18件下降到9件。", []),
        ("行政许可由436件减少到427件。", []),
        ("行政事业性收费由5.6万元降至3.52万元。", []),
        ("全年办理行政许可436件。", ["text-table"]),
    ],
)
def test_what_a_figure_came_down_from_is_not_this_years(words: str, found: list[str]) -> None:
    assert told(words) == found


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("（二）依申请公开", ["text-table"]),
        ("（二）依申请公开情况", ["text-table"]),
        ("依申请公开工作", ["text-table"]),
        ("（一）主动公开", []),
        ("（二）业务培训情况", []),
    ],
)
def test_a_heading_on_its_own_line_says_what_the_next_paragraph_counts(heading: str, found: list[str]) -> None:
    rules = told(f"{heading}¶全年新收申请318件，均已受理。")
    assert [rule for rule in rules if rule != "numbering-gap"] == found


@pytest.mark.parametrize(("plan", "wrong"), [(2023, True), (2024, False), (2025, False)])
def test_the_year_of_a_plan_within_its_sentence(plan: int, wrong: bool) -> None:
    mark = re.search("2024年，我县将", TEXT)
    assert mark
    text = TEXT.replace(mark[0], f"下一步，我县将在{plan}年抓好培训。{mark[0]}", 1)
    assert ("year-mismatch" in [one.rule for one in findings(text)]) is wrong


@pytest.mark.parametrize(
    "plan",
    [
        "下一步，我局将在2023年主动公开目录的基础上，修订完善。",
        "下一步，我县将在2023年试点的基础上全面推开。",
        "今后，我们将在2023年度考核结果基础上查漏补缺。",
        "下一步，我县将在2023年开设的专栏中增加内容。",
        "针对2022年报告提出的“下一步，将在2023年重点建成专区”的要求，已全部落实。",
    ],
)
def test_what_is_built_upon_is_no_plan(plan: str) -> None:
    mark = re.search("2024年，我县将", TEXT)
    assert mark
    assert findings(TEXT.replace(mark[0], f"{plan}{mark[0]}", 1)) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("一是组织领导。", "二是业务培训。内容包括：一是条例；二是办法。", "三是监督检查。"),
        ("1.组织领导。", "2.业务培训。分两步：1.条例；2.办法。", "3.监督检查。"),
        ("一是培训不够。改进情况：一是举办2次，二是考试1次。", "二是更新慢。", "说明如下。", "三是解读少。"),
        ("一是组织领导。", "二是监督检查。同时，做好经费保障。"),
    ],
)
def test_items_on_lines_may_hold_others(lines: tuple[str, ...]) -> None:
    assert "item-count" not in told("¶".join(["重点做好以下三项工作：", *lines]))


@pytest.mark.parametrize("items", [3, 4])
def test_items_on_the_lines_behind_what_counts_them(items: int) -> None:
    lines = "".join(f"{number}是培训不足。¶" for number in "一二三四"[:items])
    assert ("item-count" in told(f"存在以下四方面问题：¶{lines}")) is (items < 4)


def test_the_rest_of_a_head_may_stand_lines_below() -> None:
    head = "自然人 | 法人或其他组织 | 总计 ||"
    assert head in TEXT
    torn = TEXT.replace(head, "自然 | 法人或其他组织 | 总计 ||\n人 |", 1)
    assert "label-typo" not in [one.rule for one in findings(torn)]
    assert "label-typo" in [one.rule for one in findings(TEXT.replace(head, head.replace("自然人", "自然"), 1))]


def test_what_stands_in_a_title_in_old_characters_is_not_changed_by_itself() -> None:
    for words, safety in (("馆藏《寧豐縣志》已公开。", Safety.UNSAFE), ("寧豐縣公开了信息。", Safety.SAFE)):
        report = report_of(TEXT.replace(MARK, f"{words}\n{MARK}", 1))
        (told_of,) = [one for one in lint(report, all_rules(), "zh") if one.rule == "mixed-script"]
        assert told_of.fix
        assert told_of.fix.safety is safety


def test_a_character_that_names_keep_is_the_organs() -> None:
    assert report_of(TEXT.replace("青湖县", "东昇镇")).organ == "东昇镇"


@pytest.mark.parametrize(
    "tail",
    [
        " ( 2023-01-31 )",
        "（2023-01-31）",
        "（2023年1月31日）",
        "（2023年1月31日发布）",
        " 2023-01-31",
        " 二维码",
        " 打印",
        "【收藏】【打印】",
    ],
)
def test_what_a_page_sets_behind_a_title_is_none_of_it(tail: str) -> None:
    title = "青湖县2022年政府信息公开工作年度报告"
    report = report_of(render(draft(preface=False)).text.replace(title, f"{title}{tail}", 1))
    assert report.title is not None
    assert (report.organ, report.year) == ("青湖县", 2022)
    assert findings(report.source.text) == []


@pytest.mark.parametrize("cell", ["? 0", "？ 0"])
def test_a_mark_beside_a_figure_on_a_line_of_its_own_is_one_finding(cell: str) -> None:
    text = render(draft(preface=False), "bare_cells").text
    assert findings(text) == []
    wrong, count = re.subn("(?m)^(规章)\n\n0$", f"\\1\n\n{cell}", text, count=1)
    assert count
    assert [one.rule for one in findings(wrong)] == ["stray-question-mark"]


@pytest.mark.parametrize("third", [1, 2])
def test_a_number_that_stands_twice(third: int) -> None:
    """Not so where the second list begins in mid-line."""
    lines = ("存在不足：1.认识不够。", "2.人手不足。", "采取措施：1.加强学习。", f"{third}.更新目录。")
    assert "numbering-gap" not in told("¶".join(lines))
    rules = told(f"采取以下措施。¶1.落实审查。¶2.清理文件。¶{third}.更新目录。")
    assert ("numbering-gap" in rules) is (third > 1)


@pytest.mark.parametrize(
    "words", ["政府信息工作规范化、标准化管理情况。明确人员。", "政府信息及平台管理。指定专人维护。"]
)
def test_an_aspect_is_treated_in_other_words(words: str) -> None:
    own = re.search("（三）政府信息管理情况。.*", TEXT)
    assert own
    assert "missing-overview-item" not in [one.rule for one in findings(TEXT.replace(own[0], f"（三）{words}"))]


def test_a_heading_runs_into_a_year() -> None:
    told_of = findings(TEXT.replace("（二）依申请公开情况。", "（二）依申请公开情况2023年，"))
    assert [one.rule for one in told_of] == ["inline-heading"]


def test_a_pages_own_words_in_front_of_the_preface_keep_their_blank() -> None:
    words = "来源:国家某某部 根据《中华人民共和国政府信息公开条例》，编制本报告，具体情况如下。"
    assert [one.rule for one in findings(TEXT.replace("一、总体情况", f"{words}\n一、总体情况", 1))] == []


@pytest.mark.parametrize(
    "words",
    [
        "主要内容包括总体情况、政府信息公开工作情况、存在的问题及整改措施三部分。",
        "本报告分总体情况、政府信息公开工作情况、存在的问题及整改措施三部分。",
    ],
)
def test_how_a_list_of_the_parts_may_begin(words: str) -> None:
    assert [one.rule for one in findings(TEXT.replace("一、总体情况", f"{words}\n一、总体情况", 1))] == ["section-list"]


LISTS = {
    "headline and date": "相关链接\n我县召开政务公开工作推进会 2025-05-06",
    "date on its own line": "相关链接\n我县召开政务公开工作推进会\n2025-05-06",
    "earlier reports": "· 青湖县人民政府2021年政府信息公开工作年度报告 2022-01-14\n· 青湖县水利局2021年报 2022-01-14",
}


@pytest.mark.parametrize("name", LISTS)
def test_dates_of_what_a_page_lists_behind_a_report_are_not_its_own(name: str) -> None:
    assert [one.rule for one in findings(f"{TEXT}\n{LISTS[name]}\n")] == []
    wrong = re.sub(r"\d{4}年(\d{1,2}月\d{1,2}日)\s*$", r"2021年\1", TEXT)
    assert [one.rule for one in findings(f"{wrong}\n{LISTS[name]}\n")] == ["year-mismatch"]


@pytest.mark.parametrize(
    "end", ["青湖县人民政府 2024-01-16", "青湖县人民政府\n2024-01-16", "青湖学院 2024年1月16日", "2024.1.16"]
)
def test_a_signature_in_other_forms_is_the_reports(end: str) -> None:
    body = re.sub(r"\n[^\n]*\n\d{4}年\d{1,2}月\d{1,2}日\s*$", "", TEXT)
    assert body != TEXT
    assert report_of(f"{body}\n{end}\n").date is not None


LAID_OUT = """\
                                                 申请人情况
  （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 自然         法人或其他组织       总
                                          商业企 科研机 社会公益 法律服务
                                         人 业 构 组织 机构 他 计    其
            一、本年新收政府信息公开申请数量             0 0 0      0    0 0 0
            二、上年结转政府信息公开申请数量             0 0 0      0    0 0 0
                      （一）予以公开            0 0 0      0    0 0 0
        （二）部分公开（区分处理的，只计这一情形，不计其他情形） 0 0 0          0    0 0 0
                            1.属于国家秘密     0 0 0      0    0 0 0
                      2.其他法律行政法规禁止公开     0 0 0      0    0 0 0
                        3.危及“三安全一稳定”     0 0 0      0    0 0 0
       （三）不予             4.保护第三方合法权益     0 0 0      0    0 0 0
         公开             5.属于三类内部事务信息     0 0 0      0    0 0 0
                         6.属于四类过程性信息     0 0 0      0    0 0 0
                          7.属于行政执法案卷     0 0 0      0    0 0 0
                          8.属于行政查询事项     0 0 0      0    0 0 0
                      1.本机关不掌握相关政府信息     0 0 0      0    0 0 0
       （四）无法
三、本年度办 提供             2.没有现成信息需要另行制作     0 0 0      0    0 0 0
 理结果                   3.补正后申请内容仍不明确     0 0 0      0    0 0 0
                         1.信访举报投诉类申请     0 0 0      0    0 0 0
                              2.重复申请     0 0 0      0    0 0 0
       （五）不予             3.要求提供公开出版物     0 0 0      0    0 0 0
         处理
                       4.无正当理由大量反复申请     0 0 0      0    0 0 0
                  5.要求行政机关确认或重新出具已获取信息   0 0 0      0    0 0 0
              1.申请人无正当理由逾期不补正、行政机关不再处理其政 0 0 0      0    0 0 0
                            府信息公开申请
       （六）其他 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再
         处理             处理其政府信息公开申请      0 0 0      0    0 0 0
                                3.其他     0 0 0      0    0 0 0
                        （七）总计            0 0 0      0    0 0 0
               四、结转下年度继续办理               0 0 0      0    0 0 0
"""
"""How `pdftotext -layout` sets the table of section three."""


def _laid_out(table: str) -> str:
    text = render(draft(size="zero")).text
    start = text.index("三、收到和处理政府信息公开申请情况\n") + len("三、收到和处理政府信息公开申请情况\n")
    return text[:start] + table + text[text.index("四、政府信息公开行政复议") :]


def test_labels_that_a_layout_tore_are_there_and_left_alone() -> None:
    assert [one.rule for one in findings(_laid_out(LAID_OUT))] == []
    row = "                              2.重复申请     0 0 0      0    0 0 0\n"
    lacking = LAID_OUT.replace(row, "")
    assert lacking != LAID_OUT
    assert [one.rule for one in findings(_laid_out(lacking))] == ["missing-row"]


HEADINGS = [line for line in TEXT.splitlines() if re.match("[一二三四五六]、", line)][:3]
HEADINGS += [line for line in TEXT.splitlines() if re.match("[四五六]、", line)][-3:]


@pytest.mark.parametrize("end", ["", "\t2", "……………… 2", "…………- 2 -", "   2", "……（2）"])
@pytest.mark.parametrize("in_front", [True, False])
def test_a_table_of_contents_is_none_of_the_sections(end: str, in_front: bool) -> None:
    """In front of the title or behind it, as Word and programs that make PDF files write them."""
    contents = "目　录\n" + "".join(f"{heading}{end}\n" for heading in HEADINGS)
    title, rest = TEXT.split("\n", 1)
    text = f"{contents}{title}\n{rest}" if in_front else f"{title}\n{contents}{rest}"
    assert findings(text) == []
    assert report_of(text).title is not None


@pytest.mark.parametrize(
    "tail",
    [
        *(
            " [2024-01-15]",
            "2024-01-15 字号：[大][中][小]",
            "（含下属事业单位）",
            "2024年01月15日",
            ".docx",
            "（2024年1月）",
        ),
        " 2024-01-15",
    ],
)
def test_more_that_a_page_sets_behind_a_title(tail: str) -> None:
    title, rest = TEXT.split("\n", 1)
    assert [one.rule for one in findings(f"{title}{tail}\n{rest}") if one.rule != "title-form"] == []


def test_a_figure_of_the_whole_area_beside_the_reports_own() -> None:
    said = "全县各级行政机关共收到政府信息公开申请9305件，其中县政府及办公室收到{}件。"
    assert "text-table" not in [one.rule for one in findings(TEXT.replace(MARK, MARK + said.format(480)))]
    assert "text-table" in [one.rule for one in findings(TEXT.replace(MARK, MARK + said.format(481)))]


@pytest.mark.parametrize(
    "cut", ["（字号：大 中", "（点击数：", "(浏览：12", "〔字号：", "【浏览次数：", "（阅读次数：次", "（来源："]
)
def test_a_bracket_around_a_pages_own_words_may_be_cut(cut: str) -> None:
    title, rest = TEXT.split("\n", 1)
    assert findings(f"{title}\n来源：青湖县人民政府　发布时间：2024-01-15　{cut}\n{rest}") == []


@pytest.mark.parametrize("kind", ["评估通报", "发布情况通报", "审核反馈", "评议意见"])
def test_circulars_about_the_reports_are_none(kind: str) -> None:
    name = kind if "报告" in kind else f"报告{kind}"
    body = "一、总体情况\n全县42个单位按时发布。\n二、存在问题\n内容不全。"
    text = f"青湖县2023年政府信息公开工作年度{name}\n{body}\n"
    assert not report_of(text).recognised


def test_a_heading_with_a_word_behind_it_is_misspelt_and_runs_into_nothing() -> None:
    assert [one.rule for one in findings(TEXT.replace("一、总体情况", "一、总体情况概述", 1))] == ["heading-typo"]


def test_a_number_may_stand_on_a_line_of_its_own() -> None:
    lines = ("做法：", "（一）", "优化目录。", "（二）", "落实审查。", "（{}）", "加强培训。")
    for third, found in (("三", []), ("二", ["numbering-gap"]), ("四", ["numbering-gap"])):
        own = "\n".join(lines).format(third)
        assert [
            one.rule for one in findings(TEXT.replace("六、其他需要报告的事项", f"六、其他需要报告的事项\n{own}"))
        ] == found


@pytest.mark.parametrize(
    "organ", ["青湖海关", "青湖学院", "青湖县人民医院", "青湖县人民法院", "青湖县东街街道办事处", "青湖县总工会"]
)
def test_a_preface_names_other_bodies_too(organ: str) -> None:
    _, rest = TEXT.split("\n", 1)
    said = f"根据《中华人民共和国政府信息公开条例》，现公布{organ}2023年政府信息公开工作年度报告。"
    assert report_of(f"{said}\n{rest}").organ == organ


def test_a_preface_names_the_year_of_what_was_drawn_up() -> None:
    said = "本年报是根据《中华人民共和国政府信息公开条例》，由青湖县体育局编制的2011年度政府信息公开年度报告。"
    assert (
        report_of(f"{said}\n一、概述\n县体育局配备了2名工作人员。\n二、主动公开政府信息情况\n共公开120条。\n").year
        == 2011
    )


def test_a_figure_that_contradicts_text_and_table_is_told_once() -> None:
    said = f"{MARK}全年收到政府信息公开申请{{}}件。"
    more = "全年收到政府信息公开申请{}件。"
    text = TEXT.replace(MARK, said.format(480)).replace("（三）", f"{more.format(418)}（三）", 1)
    assert [one.rule for one in findings(text) if one.rule.startswith("text-")] == ["text-table"]


def test_a_cell_that_is_no_count_is_compared_with_nothing() -> None:
    table = re.search(r"行政规范性文件[ |\t]+(\d+)", TEXT)
    assert table
    wrong = TEXT.replace(table[0], table[0][: -len(table[1])] + "3.5", 1)
    said = wrong.replace("（三）", "全年制发行政规范性文件5件。（三）", 1)
    assert "text-table" not in [one.rule for one in findings(said)]


SIGNERS = (
    "青湖供水有限公司",
    "青湖县第一中学",
    "青湖镇",
    "青湖县图书馆",
    "青湖县总工会",
    "青湖县消防救援大队",
    "青湖县民政局（盖章）",
)


@pytest.mark.parametrize("signer", SIGNERS)
@pytest.mark.parametrize("between", ["\n", " "])
def test_whoever_signs_the_date_in_figures_is_the_reports(signer: str, between: str) -> None:
    body = re.sub(r"\n[^\n]*\n\d{4}年\d{1,2}月\d{1,2}日\s*$", "", TEXT)
    report = report_of(f"{body}\n{signer}{between}2024.1.15\n上一篇\n关于开展普查的公告\n2024-02-20\n")
    assert report.date is not None
    assert (report.date.month, report.date.day) == (1, 15)


@pytest.mark.parametrize("own", [HEADINGS, HEADINGS[:4]])
def test_a_table_of_contents_may_have_entries_of_its_own(own: list[str]) -> None:
    inner = ("（一）主动公开", "（二）依申请公开", "（三）政府信息管理")
    contents = "\n".join(["目录", own[0], *inner, *own[1:]])
    title, rest = TEXT.split("\n", 1)
    assert findings(f"{title}\n{contents}\n{rest}") == []
    listed = "".join(f"{heading}；\n" for heading in own)
    assert findings(f"{title}\n本报告分为：\n{listed}{rest}") == []
