"""What can be wrong with an answer: the fault in plain words and what to do about it, in both languages."""

from dataclasses import dataclass

from .texts import Text


@dataclass(frozen=True)
class Problem:
    code: str
    message: Text
    remedy: Text


def _pair(zh: str, en: str, remedy_zh: str, remedy_en: str) -> tuple[Text, Text]:
    return Text(zh=zh, en=en), Text(zh=remedy_zh, en=remedy_en)


_WORDS = {
    "required": _pair("{label}还没有填", "{label} is missing", "请填写后再保存", "Fill it in, then save"),
    "not_a_number": _pair(
        "{label}“{given}”不是数字", "{label} “{given}” is not a number", "请只填数字，例如 {example}", "Use digits only, such as {example}"
    ),
    "not_whole": _pair(
        "{label}“{given}”不是整数", "{label} “{given}” is not a whole number", "请填整数，例如 {example}", "Use a whole number, such as {example}"
    ),
    "too_many_digits": _pair(
        "{label}“{given}”小数位太多", "{label} “{given}” has too many decimals", "最多保留 {digits} 位小数", "Keep at most {digits} decimals"
    ),
    "out_of_range": _pair(
        "{label} {given} 超出可填范围 {range}", "{label} {given} is outside {range}", "请核对读数和单位后重新填写", "Check the reading and its unit, then type it again"
    ),
    "not_a_choice": _pair(
        "{label}没有“{given}”这个选项", "{label} has no option “{given}”", "请从列出的选项中选择", "Choose one of the options listed"
    ),
    "exclusive": _pair(
        "{label}选了“{option}”就不能再选其他", "{label}: “{option}” cannot stand beside another", "请去掉“{option}”，或去掉其他选项", "Remove “{option}”, or remove the others"
    ),
    "too_long": _pair(
        "{label}超过 {limit} 个字", "{label} is longer than {limit} characters", "请写短一些", "Make it shorter"
    ),
    "not_text": _pair(
        "{label}应是文字", "{label} must be text", "请填写文字", "Write it as text"
    ),
    "not_a_date": _pair(
        "{label}“{given}”不是日期", "{label} “{given}” is not a date", "请按 2026-03-05 的样子填写", "Write it like 2026-03-05"
    ),
    "in_future": _pair(
        "{label} {given} 还没有到", "{label} {given} is in the future", "请填今天或以前的日期", "Use today or an earlier day"
    ),
    "before_birth": _pair(
        "{label} {given} 早于出生日期", "{label} {given} is before the date of birth", "请核对日期，或核对档案里的出生日期", "Check the date, or the date of birth on record"
    ),
    "not_after_visit": _pair(
        "{label} {given} 不晚于本次随访", "{label} {given} is not after this visit", "请填随访日期以后的一天", "Choose a day after this visit"
    ),
    "pressure_order": _pair(
        "低压 {low} 不低于高压 {high}", "The lower pressure {low} is not below the upper {high}", "请看看两个数是否填反了", "See whether the two were swapped"
    ),
    "pressure_half": _pair(
        "只填了一个血压值，缺{label}", "Only one pressure is given, {label} is missing", "请补填，或两个都不填并说明原因", "Add it, or leave both empty and say why"
    ),
    "unknown_field": _pair(
        "这张表没有“{given}”这一项", "This form has no field “{given}”", "请去掉它，或核对表的版本", "Remove it, or check the edition of the form"
    ),
    "not_an_object": _pair(
        "填写内容的格式不对", "The answers are not an object of fields", "请按“项目：值”的形式提交", "Send one value per field"
    ),
    "too_many_lines": _pair(
        "{label}超过 {limit} 种", "{label} has more than {limit} lines", "请把其余的写在备注里", "Write the others in the notes"
    ),
    "medicine_line": _pair(
        "{label}第 {line} 行：{what}", "{label}, line {line}: {what}", "请补全药名、每日次数、每次用量和单位，或清空这一行", "Give name, times a day, amount and unit, or clear the line"
    ),
    "unusual": _pair(
        "{label} {given} 很少见", "{label} {given} is rare", "请再核对一次，确实如此就直接保存", "Check once more; save if it is right"
    ),
    "late_entry": _pair(
        "随访日期比今天早 {days} 天", "The visit was {days} days ago", "将标为“补录”", "It will be marked as entered late"
    ),
    "too_young": _pair(
        "随访当天 {age} 岁，本表适用 {limit} 岁及以上", "Aged {age} on the day; this form is for {limit} and over", "请核对出生日期或所用的表", "Check the date of birth or the form"
    ),
    "check_danger": _pair(
        "有“{option}”，危急情况还没有核对", "With “{option}”, the danger signs are not checked yet", "请核对危急情况，没有就选“已核对，无”", "Go through the danger signs; choose “Checked, none” where there are none"
    ),
    "later_than_due": _pair(
        "下次随访 {given} 晚于规范要求的 {limit}", "The next visit {given} is later than {limit}, which the norm asks for", "请改早一些，或在备注里说明原因", "Choose an earlier day, or say why in the notes"
    ),
}  # fmt: skip


def problem(code: str, **values: object) -> Problem:
    message, remedy = _WORDS[code]
    return Problem(code, message.filled(**values), remedy.filled(**values))
