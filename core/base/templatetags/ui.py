"""Small template helpers for the components in templates/components. See docs/look.md."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core.base.words import listed

register = template.Library()

CHOICE_WIDGETS = {"radioselect", "checkboxselectmultiple", "nullbooleanselect"}

# First match wins: most browsers also claim to be Chrome or Safari.
BROWSERS = (
    ("MicroMessenger", "微信 WeChat"),
    ("HuaweiBrowser", "华为浏览器 Huawei"),
    ("MiuiBrowser", "小米浏览器 Xiaomi"),
    ("QQBrowser", "QQ"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)

DATES = re.compile(r"(?:\d{4}-\d\d-\d\d|(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?: \d\d:\d\d)?")


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """One drawing of static/healthaid/icons.svg; decoration only, so always put a word beside it."""
    classes = f"icon {css}".strip()
    return format_html(
        '<svg class="{}" width="22" height="22" aria-hidden="true"><use href="{}#{}"></use></svg>',
        classes,
        static("healthaid/icons.svg"),
        name,
    )


@register.filter
def thousands(number: int) -> str:
    """12,345: large numbers in groups of three, in both languages."""
    return f"{number:,}"


@register.filter
def yuan(amount: Any) -> str:
    """1,234.50: money in yuan, to the fen, with a true minus; nothing for nothing."""
    return "" if amount in (None, "") else f"{Decimal(str(amount)):,.2f}".replace("-", "−")


@register.filter
def whole_dates(text: Any) -> SafeString:
    """Running text whose dates never break at the end of a line."""
    return mark_safe(DATES.sub(r'<span class="nowrap">\g<0></span>', conditional_escape(text)))


@register.filter
def percent_of(part: Any, whole: Any) -> Decimal | None:
    """Share in per cent, half up, one decimal below 10 and none above; None (n/a) without a whole."""
    try:
        share = Decimal(str(part)) * 100 / Decimal(str(whole))
    except (InvalidOperation, ZeroDivisionError):
        return None
    places = "1" if share == share.to_integral_value() or abs(share) >= 10 else "0.1"
    return share.quantize(Decimal(places), rounding=ROUND_HALF_UP)


@register.filter
def from_now(wait: timedelta) -> datetime:
    """The local moment when a wait that begins now is over, rounded up to the minute."""
    return timezone.localtime(timezone.now() + wait + timedelta(seconds=59)).replace(second=0)


@register.filter
def browser_name(agent: str) -> str:
    """What a person would call the browser and the device behind a User-Agent header."""
    return " · ".join(
        next((name for mark, name in marks if mark in agent), "?") for marks in (BROWSERS, SYSTEMS)
    )


@register.filter(name="listed")
def listed_words(words: Iterable[Any]) -> str:
    """Several words joined as the language does it."""
    return listed(words)


@register.filter
def is_choices(field: BoundField) -> bool:
    """True for radio and checkbox groups, which are drawn as chips inside a fieldset."""
    return field.widget_type in CHOICE_WIDGETS


@register.filter
def error_target(form: Any, name: str) -> str:
    """The id an error summary links to: the field's own input, or the first choice of a group."""
    field = form[name]
    return f"{field.auto_id}_0" if is_choices(field) else field.id_for_label


@register.filter
def answers_beyond(form: Any, count: int) -> bool:
    """True when a field after the first `count` is filled in, so that the rest of a filter stays open."""
    return any(field.value() for field in form.visible_fields()[count:])
