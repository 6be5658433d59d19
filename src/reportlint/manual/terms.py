"""The words for groups, severities and kinds of fixes, the same wherever people read them."""

from __future__ import annotations

from reportlint.diagnostics import Safety, Severity, Words

GROUPS = {
    "section": Words("部分与表格", "sections and tables"),
    "arithmetic": Words("表中数字", "figures of the tables"),
    "consistency": Words("前后一致", "agreement of text, tables and reports"),
    "garbled": Words("乱码与残留", "garbled text"),
    "template": Words("固定用语", "wording that is fixed"),
    "configuration": Words("自己的配置", "files of one's own"),
}
"""What the rules of a group are about."""
SEVERITIES = {
    Severity.ERROR: Words("错误", "error"),
    Severity.WARNING: Words("警告", "warning"),
    Severity.INFO: Words("提示", "info"),
}
FIXES = {Safety.SAFE.value: Words("有把握", "safe"), Safety.UNSAFE.value: Words("需确认", "unsafe")}


def group_title(group: str, lang: str) -> str:
    """What a group is about, with its name where that is another word."""
    return f"{GROUPS[group].zh}（{group}）" if lang == "zh" else group
