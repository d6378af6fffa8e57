"""Register files as offices export them: rows of words, written as .xlsx or .csv with the usual mess around them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import openpyxl

from core.base.idnumber import check_digit

NO_SUCH_COUNTY = "439901"  # no division carries this code, so no number below was ever issued
HEADERS = (
    *(
        "序号",
        "数据日期",
        "县",
        "乡",
        "行政村",
        "自然村",
        "户编号",
        "人编号",
        "姓名",
        "证件号码",
        "人数",
        "与户主关系",
    ),
    *(
        "民族",
        "文化程度",
        "在校生状况",
        "健康状况",
        "劳动技能",
        "务工时间(月)",
        "是否参加大病保险",
        "致贫原因1",
        "危房户",
    ),
    *(
        "是否解决安全饮用水",
        "人均纯收入(元)",
        "户联系电话",
        "人联系电话",
        "首次识别时间",
        "人员识别时间",
        "户类型",
    ),
    *("易返贫致贫户(监测对象)类型", "风险是否消除", "风险识别时间", "风险消除时间", "脱贫属性", "贫困户属性"),
)
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰珍荣春梅红燕建国志文云海山水木火土金"


def id_number(serial: int, *, born: date = date(1960, 1, 1), male: bool = True) -> str:
    """A well-formed number of a county that does not exist; serial below 500 keeps it unique for one birth date."""
    order = (serial % 500) * 2 + (1 if male else 0)
    seventeen = f"{NO_SUCH_COUNTY}{born:%Y%m%d}{order:03d}"
    return seventeen + check_digit(seventeen)


def name(serial: int) -> str:
    first, rest = divmod(serial, len(SURNAMES))
    second, third = divmod(first, len(GIVEN))
    return SURNAMES[rest] + GIVEN[third] + (GIVEN[second % len(GIVEN)] if second else "")


def person(serial: int, **values: Any) -> dict[str, Any]:
    """One well-filled row; serial makes the person, `values` overrule single columns by header."""
    born, male = date(1940, 1, 1) + timedelta(days=serial * 37 % 25000), bool(serial % 2)
    row: dict[str, Any] = {
        "序号": str(serial),
        "数据日期": "20201130",
        "县": "岳塘区",
        "乡": "荷塘街道",
        "行政村": "清水村",
        "自然村": "第一组",
        "户编号": "0000000001",
        "人编号": f"{serial:012d}",
        "姓名": name(serial),
        "证件号码": id_number(serial // 25000 + serial % 500, born=born, male=male),
        "与户主关系": "户主",
        "民族": "汉",
        "文化程度": "初中",
        "健康状况": "健康",
        "劳动技能": "普通劳动力",
        "是否参加大病保险": "是",
        "致贫原因1": "因病",
        "人均纯收入(元)": "9800.50",
        "户联系电话": "13900000000",
        "首次识别时间": "201401",
        "户类型": "脱贫户",
        "脱贫属性": "已脱贫",
        "贫困户属性": "一般贫困户",
    }
    return row | values


def household(number: int, *, size: int = 3, start: int | None = None, **values: Any) -> list[dict[str, Any]]:
    """`size` rows of one household: head, spouse, then children."""
    relations = ["户主", "配偶", "之子", "之女", "之母", "之父", "之孙子"]
    first = number * 10 if start is None else start
    shared = {"户编号": f"{number:010d}", "人数": str(size)} | values
    return [
        person(first + i, 与户主关系=relations[i], 人编号=f"{number:010d}{i + 1:02d}", **shared)
        for i in range(size)
    ]


def table(rows: Iterable[Mapping[str, Any]], headers: Sequence[str] = HEADERS) -> list[list[Any]]:
    return [list(headers), *([row.get(header, "") for header in headers] for row in rows)]


def csv_bytes(lines: Iterable[Sequence[Any]], *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode(encoding)


def xlsx_bytes(
    lines: Iterable[Sequence[Any]], *, merges: Iterable[str] = (), sheet: str = "人口信息"
) -> bytes:
    """merges are ranges such as A2:A4; only their first cell keeps its value, as in Excel."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for line in lines:
        page.append([None if value == "" else value for value in line])
    for area in merges:
        page.merge_cells(area)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def csv_register(
    rows: Iterable[Mapping[str, Any]], headers: Sequence[str] = HEADERS, **options: Any
) -> bytes:
    return csv_bytes(table(rows, headers), **options)
