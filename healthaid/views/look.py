"""The living style page: every component with believable content, in both languages. Development only."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from core.base.charts import (
    Bar,
    Chart,
    Share,
    bars,
    blood_pressure_trend,
    glucose_trend,
    sparkline,
    stacked_share,
)

PRESSURES = [
    (date(2024, 11, 12), 162, 98),
    (date(2025, 1, 9), 156, 94),
    (date(2025, 3, 5), 148, 92),
    (date(2025, 5, 22), 151, None),
    (date(2025, 7, 30), 142, 88),
    (date(2025, 9, 18), 138, 86),
    (date(2025, 11, 6), 134, 84),
]
GLUCOSES = [(on, Decimal(high - 70) / 10) for on, high, _low in PRESSURES]


def both(chinese: str, english: str) -> str:
    """Sample words of this page only, so that the catalogues stay free of them."""
    return english if (get_language() or "").startswith("en") else chinese


@login_not_required
def look(request: HttpRequest) -> HttpResponse:
    if "done" in request.GET:
        return render(request, "components/progress.html", progress(request))
    form = sample_form()(request.POST or {"systolic": "1380", "symptoms": ["1"]})
    form.is_valid()
    return render(
        request,
        "components/gallery.html",
        {
            **samples(),
            "job": progress(request),
            "form": form,
            "filter_form": sample_filters()(),
            "charts": charts(),
            "spark": sparkline([162, 156, 148, 151, 142, 138, 134], label=both("收缩压", "Systolic")),
            "icons": icon_names(),
        },
    )


def progress(request: HttpRequest) -> dict[str, Any]:
    done = min(int(request.GET.get("done", "35000")) + 7000, 60000)
    return {
        "url": f"{request.path}?done={done}",
        "running": done < 60000,
        "done": done,
        "total": 60000,
        "label": both("正在读取登记表", "Reading the register"),
    }


def icon_names() -> list[str]:
    sprite = Path(str(finders.find("healthaid/icons.svg"))).read_text(encoding="utf-8")
    return re.findall(r'<symbol id="([\w-]+)"', sprite)


def samples() -> dict[str, Any]:
    return {
        "crumbs": [
            {"label": both("岳塘区", "Yuetang"), "url": "#"},
            {"label": both("荷塘街道", "Hetang Street"), "url": "#"},
        ],
        "sample_nav": [
            {"label": both("今日", "Today"), "icon": "today", "url": "#", "active": True},
            {"label": both("找人", "Find"), "icon": "search", "url": "#"},
            {"label": both("农户", "Households"), "icon": "house", "url": "#"},
            {"label": both("我的", "Me"), "icon": "person", "url": "#"},
        ],
        "tabs": [
            {"label": both("新增", "New"), "count": 12, "url": "#", "active": True},
            {"label": both("变动", "Changed"), "count": 48, "url": "#"},
            {"label": both("不在表中", "Gone"), "count": 3, "url": "#"},
            {"label": both("未通过", "Refused"), "count": 5, "url": "#"},
        ],
        "steps": [
            {"label": both("上传", "Upload"), "state": "done"},
            {"label": both("核对", "Check"), "state": "now"},
            {"label": both("生效", "Apply"), "state": "later"},
        ],
        "rows": sample_rows(),
        "villages": sample_villages(),
    }


def sample_rows() -> list[dict[str, str]]:
    return [
        {
            "icon": "home-visit",
            "title": both("周桂兰 · 高血压随访", "Zhou Guilan · blood pressure"),
            "meta": both("上次 162/98 · 应于 11月8日前面访", "Last 162/98 · face to face before 8 November"),
            "tone": "bad",
            "status": both("逾期 14 天", "14 days overdue"),
        },
        {
            "icon": "drop",
            "title": both("谭建国 · 糖尿病随访", "Tan Jianguo · diabetes"),
            "meta": both("空腹血糖 9.2 · 两周内复查", "Fasting 9.2 · again within two weeks"),
            "tone": "warn",
            "status": both("今天到期", "Due today"),
        },
        {
            "icon": "house",
            "title": both("罗春生一家 · 每月两次入户", "The Luo family · twice a month"),
            "meta": both("红旗村 4 组 · 4 口人", "Hongqi village, group 4 · 4 persons"),
            "tone": "good",
            "status": both("已完成", "Done"),
        },
    ]


def sample_villages() -> list[dict[str, Any]]:
    return [
        {"name": both("红旗村", "Hongqi"), "due": 180, "done": 126, "tone": "warn", "share": "70 %"},
        {"name": both("清水村", "Qingshui"), "due": 94, "done": 89, "tone": "good", "share": "95 %"},
        {"name": both("霞光村", "Xiaguang"), "due": 61, "done": 24, "tone": "bad", "share": "39 %"},
        {
            "name": both("指方村", "Zhifang"),
            "due": 0,
            "done": 0,
            "tone": "quiet",
            "share": both("不适用", "n/a"),
        },
    ]


def charts() -> list[Chart]:
    place = both("村", "Village")
    return [
        blood_pressure_trend(PRESSURES, systolic_target=140, diastolic_target=90),
        glucose_trend(GLUCOSES, low=4, high=7),
        bars(
            [
                Bar(
                    row["name"],
                    row["done"] * 100 // (row["due"] or 1),
                    row["tone"],
                    f"{row['done']}/{row['due']}",
                )
                for row in sample_villages()
            ],
            title=both("随访完成率", "Visits done"),
            unit="%",
            first_column=place,
            maximum=100,
        ),
        stacked_share(
            [
                Share(both("控制满意", "Controlled"), 812, "good"),
                Share(both("控制不满意", "Not controlled"), 311, "warn"),
                Share(both("应转诊", "To refer"), 48, "bad"),
                Share(both("未评估", "Not assessed"), 97, "quiet"),
            ],
            title=both("高血压患者", "People with hypertension"),
            unit=both("人", "persons"),
            first_column=both("分类", "Class"),
        ),
        blood_pressure_trend([], systolic_target=140, diastolic_target=90),
    ]


def sample_form() -> type[forms.Form]:
    symptoms = [
        ("1", both("无症状", "None")),
        ("2", both("头痛头晕", "Headache")),
        ("3", both("心悸胸闷", "Palpitations")),
    ]
    modes = [("1", both("入户", "At home")), ("2", both("门诊", "Clinic")), ("3", both("电话", "Phone"))]
    fields: dict[str, forms.Field] = {
        "systolic": forms.IntegerField(
            label=both("收缩压", "Systolic"), max_value=300, help_text=both("先测三次取平均", "Mean of three")
        ),
        "diastolic": forms.IntegerField(label=both("舒张压", "Diastolic")),
        "symptoms": forms.MultipleChoiceField(
            label=both("症状", "Symptoms"), choices=symptoms, widget=forms.CheckboxSelectMultiple
        ),
        "mode": forms.ChoiceField(label=both("随访方式", "How"), choices=modes, widget=forms.RadioSelect),
        "village": forms.ChoiceField(label=both("村", "Village"), choices=[("1", both("红旗村", "Hongqi"))]),
        "note": forms.CharField(
            label=both("备注", "Note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
        ),
        "agreed": forms.BooleanField(
            label=both("已当面告知下次随访日期", "The next date was said"), required=False
        ),
    }
    return type("SampleForm", (forms.Form,), fields)


def sample_filters() -> type[forms.Form]:
    any_one: Callable[[str], list[tuple[str, str]]] = lambda word: [("", both("全部", "All")), ("1", word)]  # noqa: E731
    fields: dict[str, forms.Field] = {
        "q": forms.CharField(label=both("姓名、拼音首字母或户编号", "Name, initials or register number")),
        "area": forms.ChoiceField(label=both("村", "Village"), choices=any_one(both("红旗村", "Hongqi"))),
        "status": forms.ChoiceField(
            label=both("状态", "Status"), choices=any_one(both("监测对象", "Monitored"))
        ),
    }
    classes = any_one(both("因病致贫", "Illness"))
    fields["cause"] = forms.ChoiceField(label=both("致贫原因", "Cause"), choices=classes, required=False)
    return type("SampleFilters", (forms.Form,), fields)
