"""What can be wrong with a visit beyond the answers of its form."""

from core.base.texts import Text
from followups.services.visits.receipt import FieldProblem

_WORDS = {
    "required": ("缺少这一项", "This is missing", "请补上后再提交", "Add it and send again"),
    "not_a_uuid": (
        "编号格式不对",
        "This is not a UUID",
        "请使用 UUID，例如 0192f3c4-…",
        "Send a UUID such as 0192f3c4-…",
    ),
    "not_a_date": (
        "日期格式不对",
        "This is not a date",
        "请按 2026-03-05 的样子填写",
        "Write it like 2026-03-05",
    ),
    "not_a_time": (
        "时间格式不对",
        "This is not a moment in time",
        "请按 2026-03-05T09:30:00+08:00 的样子填写",
        "Write it like 2026-03-05T09:30:00+08:00",
    ),
    "not_a_number": ("不是数字", "This is not a whole number", "请填整数", "Send a whole number"),
    "not_a_choice": (
        "没有这个选项",
        "There is no such option",
        "请从选项中选择",
        "Choose one of the options",
    ),
    "not_text": ("应是文字", "This must be text", "请填写文字", "Send it as text"),
    "too_long": ("文字太长", "This text is too long", "请写短一些", "Make it shorter"),
    "unknown_field": ("没有这一项", "There is no such field", "请去掉这一项", "Remove it"),
    "unreadable": (
        "内容里有不能保存的字符或数字",
        "The content holds characters or numbers that cannot be kept",
        "请去掉特殊字符后重新提交",
        "Remove special characters and send again",
    ),
    "one_subject": (
        "要么填人员，要么填户，只能填一个",
        "Name a person or a household, one of the two",
        "请去掉其中一个",
        "Remove one of them",
    ),
    "not_found": (
        "在您的辖区内没有找到",
        "Not found in your area",
        "请核对对象；如已转出，请联系乡镇调整",
        "Check who is meant; ask the township if they have moved",
    ),
    "moved_away": (
        "这户人家已转到{place}，不再归您管辖",
        "This household has moved to {place} and is no longer in your area",
        "这次随访没有计入，内容已保留；请联系{place}的卫生专干接收",
        "The visit is kept but not counted; ask the health officer of {place} to take it over",
    ),
    "has_left": (
        "这个人在随访日期之前已经离开",
        "This person had left before the day of the visit",
        "请核对随访日期或人员状态",
        "Check the date of the visit or the person's record",
    ),
    "unknown_form": (
        "没有这张随访表，或当天没有有效版本",
        "There is no such form in force on that day",
        "请更新后重试",
        "Update and try again",
    ),
    "needs_person": (
        "这张表要填给个人",
        "This form is for a person",
        "请选择家庭成员",
        "Choose a member of the household",
    ),
    "said_twice": (
        "同一项填了两个不同的值",
        "The same thing was given twice with different values",
        "请改成一致",
        "Make them agree",
    ),
    "other_subject": (
        "更正只能针对同一个人、同一张表",
        "A correction must be for the same person and form",
        "请核对要更正的记录",
        "Check which record is to be corrected",
    ),
    "duty_closed": (
        "这项任务已经完成或关闭",
        "This duty is done or closed already",
        "不用再处理，可以把这条从待上传中移走",
        "Nothing more to do; take it off the waiting list",
    ),
    "in_future": (
        "日期还没有到",
        "This day lies ahead",
        "请核对手机的日期",
        "Check the phone's date",
    ),
    "reason_needed": (
        "更正以前的记录要写明原因",
        "Correcting an earlier record needs a reason",
        "请写明原因",
        "Give the reason",
    ),
}


def wrong(name: str, code: str, **words: str) -> FieldProblem:
    zh, en, remedy_zh, remedy_en = (text.format(**words) for text in _WORDS[code])
    return FieldProblem(name, code, Text(zh=zh, en=en), Text(zh=remedy_zh, en=remedy_en))
