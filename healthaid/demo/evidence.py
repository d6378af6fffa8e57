"""Papers that people photographed: evidence of the steps of cases, pictures of needs, notes of hospitals.

Three sheets are typeset once and shared by everybody who shows them, as invented as the people are."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import typst
from django.core.files.base import ContentFile
from django.db import connection

from core.base.papers import Paper, keep_paper
from core.base.typesetting import FONTS
from followups.services.papers import FOLDER

HERE = Path(__file__).parent
PNG, PDF = "png", "pdf"
Sheet = tuple[str, str, tuple[str, ...]]
SHEETS: dict[str, Sheet] = {
    "report": (
        PNG,
        "病理检查报告单",
        ("送检材料：活检组织一份", "镜下所见：详见附页", "病理诊断：与临床诊断相符", "报告医师：（签名）"),
    ),
    "discharge": (
        PDF,
        "出院小结",
        (
            "入院情况：门诊收入院",
            "诊疗经过：按方案治疗，过程顺利",
            "出院情况：好转",
            "出院医嘱：按时服药，一个月后复查",
        ),
    ),
    "quote": (
        PNG,
        "手术费用预估单",
        ("预估总费用：见医生手写", "其中自费部分：以结算为准", "提醒：贫困人口先诊疗后付费，不收押金"),
    ),
}


def hand_in(*, county: int, on: date) -> None:
    """This will put the sheets beside the steps, needs and referrals of a county that tell of them."""
    values: dict[str, Any] = {"county": county, "on": on}
    for name, sheet in SHEETS.items():
        kept = _kept(*sheet)
        values |= {f"{name}_{key}": getattr(kept, key) for key in ("path", "sha256", "media_type", "size")}
    with connection.cursor() as cursor:
        cursor.execute((HERE / "evidence.sql").read_text(encoding="utf-8"), values)


def _kept(kind: Any, title: str, lines: tuple[str, ...]) -> Paper:
    made: bytes = typst.compile(
        HERE / "evidence.typ",
        root=HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps({"title": title, "lines": lines}, ensure_ascii=False)},
        format=kind,
        ppi=96.0,
    )
    return keep_paper(ContentFile(made), folder=FOLDER)
