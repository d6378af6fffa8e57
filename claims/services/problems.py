"""What can be wrong with a stay, a bill or a settlement: the field, what it is, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.base.texts import Text


@dataclass(frozen=True)
class FieldProblem:
    """`field` is the name of what was typed, `lines.3.amount` on a bill's fourth line, "" for the whole."""

    field: str
    code: str
    message: Text
    remedy: Text

    def told(self, language: str) -> str:
        """Both sentences in one line, as they stand beside the field."""
        mark = ". " if language.lower().startswith("en") else "。"
        return f"{self.message.get(language)}{mark}{self.remedy.get(language)}{mark.strip()}"

    def as_json(self) -> dict[str, Any]:
        texts = {"message": self.message.model_dump(), "remedy": self.remedy.model_dump()}
        return {"field": self.field, "code": self.code, **texts}


class ClaimRefused(Exception):
    """Nothing was written; the problems say why and what to do."""

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        self.problems = list(problems)
        super().__init__(", ".join(f"{problem.field}: {problem.code}" for problem in self.problems))

    def by_field(self, language: str) -> dict[str, list[str]]:
        """The sentences for a form, field by field; "" holds what is wrong with the whole."""
        found: dict[str, list[str]] = {}
        for problem in self.problems:
            found.setdefault(problem.field, []).append(problem.told(language))
        return found


_WORDS = {
    "divide_first": (
        "{from_day}至{to_day}跨年住院，按现行政策每年的费用算在各自年度",
        "The stay from {from_day} to {to_day} lies over New Year; each part counts in its own year",
        "请先打开这次就诊，按年分成两段；没有出院的先办理出院。已结算的先撤销结算",
        "Open the stay and divide it at New Year first; discharge it before, and take a settlement back",
    ),
    "within_one_year": (
        "这次住院没有跨年",
        "This stay does not lie over New Year",
        "不需要分段，直接结算",
        "It need not be divided; settle it as it is",
    ),
    "required": ("缺少这一项", "This is missing", "请补上", "Fill it in"),
    "not_a_choice": (
        "没有这个选项",
        "There is no such option",
        "请从选项中选择",
        "Choose one of the options",
    ),
    "too_long": ("文字太长", "This text is too long", "请写短一些", "Make it shorter"),
    "in_future": ("日期还没有到", "This day lies ahead", "请核对日期", "Check the date"),
    "before_admission": (
        "早于入院日期（{day}）",
        "This is before the admission on {day}",
        "请核对入院和出院日期",
        "Check both dates",
    ),
    "before_birth": (
        "早于出生日期（{day}）",
        "This is before the person was born on {day}",
        "请核对日期和人员",
        "Check the date and the person",
    ),
    "has_died": (
        "此人已于{day}去世",
        "This person died on {day}",
        "请核对日期；如登记有误，请联系乡镇更正",
        "Check the date; if the register is wrong, ask the township to mend it",
    ),
    "has_left": (
        "此人已于{day}离开本户",
        "This person left the household on {day}",
        "请核对日期；如登记有误，请联系乡镇更正",
        "Check the date; if the register is wrong, ask the township to mend it",
    ),
    "not_enrolled": (
        "{year}年没有参加基本医疗保险，不能先诊疗后付费",
        "Not enrolled in basic insurance in {year}, so not treated before paying",
        "请先补登参保，或选择“本年度未参保”并收取押金",
        "Record the enrolment first, or choose 'not insured this year' and take a deposit",
    ),
    "needs_no_credit": (
        "没有先诊疗后付费，要写明原因",
        "Not treated before paying: say why",
        "请选择一个原因",
        "Choose a reason",
    ),
    "no_credit_not_needed": (
        "已选先诊疗后付费，不用填不享受的原因",
        "Treated before paying needs no reason against it",
        "请去掉原因，或取消先诊疗后付费",
        "Remove the reason, or untick treated before paying",
    ),
    "other_stay": (
        "{from_day}至{to_day}已在{place}住院",
        "Already in hospital at {place}, {from_day} to {to_day}",
        "请核对日期；如那次登记有误，先办出院或撤销",
        "Check the dates; discharge or cancel the other stay first if it is wrong",
    ),
    "number_used": (
        "这个住院号已经登记给另一次住院",
        "This hospital number belongs to another stay",
        "请核对住院号",
        "Check the number",
    ),
    "stay_settled": (
        "这次住院已经结算",
        "This stay has been settled",
        "要改账单请办理更正；要撤销请先冲销结算",
        "Correct the settlement, or reverse it first",
    ),
    "stay_cancelled": (
        "这次登记已经撤销",
        "This stay was cancelled",
        "请重新登记",
        "Register it anew",
    ),
    "not_discharged": (
        "还没有办理出院",
        "Not discharged yet",
        "请先填写出院日期",
        "Write the day of discharge first",
    ),
    "has_money": (
        "已收过 {amount} 元",
        "{amount} yuan have been received",
        "请先退款再撤销",
        "Refund them before cancelling",
    ),
    "bill_empty": ("账单还没有费用", "The bill has no lines", "请先录入费用", "Enter the costs first"),
    "not_an_amount": (
        "不是金额",
        "This is not an amount",
        "请填数字，最多两位小数，例如 128.50",
        "Write a number with at most two decimals, such as 128.50",
    ),
    "not_positive": (
        "金额必须大于零",
        "The amount must be more than zero",
        "请核对；不需要的一行请删去",
        "Check it; delete a line that is not needed",
    ),
    "too_much": (
        "金额超过 {most} 元",
        "The amount is above {most} yuan",
        "请核对小数点",
        "Check the decimal point",
    ),
    "parts_exceed": (
        "先行自付与超限价之和 {parts} 元，大于本行金额 {amount} 元",
        "Paid first and over the limit make {parts} yuan, more than the line's {amount}",
        "请核对这三个数",
        "Check the three numbers",
    ),
    "only_class_b": (
        "只有乙类项目有先行自付",
        "Only class B has a part that is paid first",
        "请改成乙类，或去掉先行自付",
        "Choose class B, or remove the part paid first",
    ),
    "total_differs": (
        "各行合计 {sum} 元，与填写的总额 {typed} 元相差 {difference} 元",
        "The lines make {sum} yuan, the total typed is {typed}: {difference} apart",
        "请核对各行和总额",
        "Check the lines and the total",
    ),
    "no_policy": (
        "{day}没有生效的结算政策",
        "No policy is in force for {day}",
        "请联系县里批准这一天适用的政策",
        "Ask the county to approve the policy for that day",
    ),
    "month_closed": (
        "{month}已经关账",
        "{month} is closed",
        "请在未关账的月份办理",
        "Do it in a month that is open",
    ),
    "before_discharge": (
        "早于出院日期（{day}）",
        "This is before the discharge on {day}",
        "请核对日期",
        "Check the date",
    ),
    "not_insured": (
        "{year}年没有基本医疗保险的参保记录",
        "No basic insurance is on record for {year}",
        "请核对参保情况；补登后重新预结算",
        "Check the enrolment; record it and preview again",
    ),
    "fund_short": (
        "{zh}应支付 {wanted} 元，基金余额只有 {left} 元",
        "{en}: {wanted} yuan wanted, the fund has only {left} yuan left",
        "不足部分由后面的支付方或个人承担，请告知患者并报告县里",
        "The rest falls to later payers or the patient; tell the patient and the county",
    ),
    "later_bills": (
        "本年度之后的 {number} 张账单会随之重新结算",
        "{number} later bills of the year will be settled again",
        "请告知患者，差额多退少补",
        "Tell the patient; differences are paid or given back",
    ),
    "not_standing": (
        "这份结算已被冲销或更正",
        "This settlement has been reversed or corrected",
        "请打开最新的一份",
        "Open the latest one",
    ),
    "reason_needed": ("要写明原因", "A reason is needed", "请写明原因", "Write down why"),
    "nothing_due": (
        "没有应付的金额",
        "Nothing is due",
        "请核对已收金额",
        "Check what has been received",
    ),
    "more_than_due": (
        "多于应付的 {due} 元",
        "More than the {due} yuan that are due",
        "请填不超过应付的金额",
        "Write no more than is due",
    ),
    "more_than_paid": (
        "多于可退的 {due} 元",
        "More than the {due} yuan that can be given back",
        "请填不超过可退的金额",
        "Write no more than that",
    ),
    "used_otherwise": (
        "这张收据编号已用于另一笔款",
        "This receipt belongs to another payment",
        "请刷新页面后重试",
        "Reload the page and try again",
    ),
    "sum_differs": (
        "各期合计 {sum} 元，应付 {due} 元",
        "The instalments make {sum} yuan; {due} are due",
        "请核对各期金额",
        "Check the instalments",
    ),
    "same_day_twice": (
        "同一天有两期",
        "Two instalments fall on one day",
        "请合并或改日期",
        "Join them or change a date",
    ),
    "in_the_past": (
        "早于今天",
        "This day is past",
        "请选今天或以后的日期",
        "Choose today or a later day",
    ),
}


def wrong(field: str, code: str, **words: object) -> FieldProblem:
    """This will make the problem of one field; `words` fill its sentences."""
    zh, en, remedy_zh, remedy_en = (text.format(**words) for text in _WORDS[code])
    return FieldProblem(field, code, Text(zh=zh, en=en), Text(zh=remedy_zh, en=remedy_en))


def refuse(field: str, code: str, **words: object) -> ClaimRefused:
    return ClaimRefused([wrong(field, code, **words)])
