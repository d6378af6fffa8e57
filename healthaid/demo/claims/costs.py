"""What a stay costs, item by item: a believable total, spread over kinds of cost.

Hospitals charge in tenths of a yuan."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from claims.choices import Care, HospitalLevel, ItemCategory, ItemClass
from claims.policy.facts import BillLine
from healthaid.demo.claims.stays import Stay

_CATEGORY, _CLASS = ItemCategory, ItemClass
# Level of the hospital → the middle of what a stay costs there, yuan.
_STAY = {
    HospitalLevel.TOWNSHIP: 1750,
    HospitalLevel.COUNTY: 4700,
    HospitalLevel.CITY: 9800,
    HospitalLevel.PROVINCE: 16500,
}
_VISIT = {Care.OUTPATIENT: 74, Care.CHRONIC_OUTPATIENT: 265}
# What a part of the cost is called, its kind and class, its share, and what of a class B item is paid first.
_MEDICAL = (
    ("普通病房床位费", _CATEGORY.BED, _CLASS.A, 0.07, 0),
    ("诊查费", _CATEGORY.CONSULTATION, _CLASS.A, 0.03, 0),
    ("住院护理费", _CATEGORY.NURSING, _CLASS.A, 0.04, 0),
    ("注射、输液、雾化", _CATEGORY.TREATMENT, _CLASS.A, 0.12, 0),
    ("影像检查", _CATEGORY.EXAMINATION, _CLASS.B, 0.13, 0.10),
    ("临床检验", _CATEGORY.LABORATORY, _CLASS.A, 0.16, 0),
    ("甲类西药", _CATEGORY.WESTERN_DRUG, _CLASS.A, 0.17, 0),
    ("乙类西药", _CATEGORY.WESTERN_DRUG, _CLASS.B, 0.19, 0.10),
    ("中成药", _CATEGORY.CHINESE_DRUG, _CLASS.B, 0.05, 0.10),
    ("自费药品及一次性用品", _CATEGORY.OTHER, _CLASS.C, 0.04, 0),
)
_SURGICAL = (
    ("普通病房床位费", _CATEGORY.BED, _CLASS.A, 0.06, 0),
    ("住院护理费", _CATEGORY.NURSING, _CLASS.A, 0.03, 0),
    ("手术及麻醉", _CATEGORY.SURGERY, _CLASS.A, 0.26, 0),
    ("换药及治疗", _CATEGORY.TREATMENT, _CLASS.A, 0.07, 0),
    ("影像检查", _CATEGORY.EXAMINATION, _CLASS.B, 0.10, 0.10),
    ("临床检验", _CATEGORY.LABORATORY, _CLASS.A, 0.09, 0),
    ("西药", _CATEGORY.WESTERN_DRUG, _CLASS.A, 0.10, 0),
    ("乙类西药", _CATEGORY.WESTERN_DRUG, _CLASS.B, 0.11, 0.10),
    ("医用材料", _CATEGORY.MATERIAL, _CLASS.B, 0.13, 0.20),
    ("自费材料", _CATEGORY.MATERIAL, _CLASS.C, 0.05, 0),
)
_CHRONIC = (
    ("慢特病门诊用药（甲类）", _CATEGORY.WESTERN_DRUG, _CLASS.A, 0.5, 0),
    ("慢特病门诊用药（乙类）", _CATEGORY.WESTERN_DRUG, _CLASS.B, 0.3, 0.10),
    ("复查检验", _CATEGORY.LABORATORY, _CLASS.A, 0.2, 0),
)
_COLD = (
    ("一般诊疗费", _CATEGORY.CONSULTATION, _CLASS.A, 0.15, 0),
    ("门诊药品", _CATEGORY.WESTERN_DRUG, _CLASS.A, 0.85, 0),
)
# The bill of the man of 73 with gallstones that the district told of: 4,549.20 yuan, 454.92 of them his.
_TOLD = (
    ("普通病房床位费", _CATEGORY.BED, _CLASS.A, "320.00", "0"),
    ("胆囊切除术", _CATEGORY.SURGERY, _CLASS.A, "1600.00", "0"),
    ("乙类西药", _CATEGORY.WESTERN_DRUG, _CLASS.B, "2029.20", "202.92"),
    ("自费材料", _CATEGORY.MATERIAL, _CLASS.C, "600.00", "0"),
)
# One bed fee in so many lies over the limit price, by this share.
_DEAR_BED, _OVER = 14, 0.3
_MORE = Decimal("0.18")


@dataclass(frozen=True, slots=True)
class Item:
    name: str
    line: BillLine


def items_of(stay: Stay, seed: str, *, corrected: bool = False) -> list[Item]:
    """The items of a stay's bill; the same each time. After its correction one of them is smaller."""
    items = _told() if stay.fixed else _drawn(stay, Random(f"{seed}:{stay.number}"))  # noqa: S311
    return _typed_right(items) if corrected else items


def _told() -> list[Item]:
    return [
        Item(name, BillLine(str(category), cls.value, Decimal(amount), Decimal(first_pay)))  # type: ignore[arg-type]
        for name, category, cls, amount, first_pay in _TOLD
    ]


def _drawn(stay: Stay, random: Random) -> list[Item]:
    total = _total(stay, random)
    parts = [(part, part[3] * random.uniform(0.65, 1.4)) for part in _parts(stay)]
    whole = sum(weight for _part, weight in parts)
    return [_item(part, round(total * weight / whole), random) for part, weight in parts]


def _parts(stay: Stay) -> tuple[tuple[str, ItemCategory, ItemClass, float, float], ...]:
    if stay.care == Care.INPATIENT:
        return _SURGICAL if stay.reason.surgery else _MEDICAL
    return _CHRONIC if stay.care == Care.CHRONIC_OUTPATIENT else _COLD


def _total(stay: Stay, random: Random) -> int:
    """In fen; longer stays cost more."""
    if stay.care != Care.INPATIENT:
        return round(_VISIT[Care(stay.care)] * 100 * random.lognormvariate(0, 0.4))
    days = ((stay.discharged_on or stay.admitted_on) - stay.admitted_on).days
    usual = sum(stay.reason.days) / 2
    longer = (0.55 + 0.45 * days / usual) if days else 1
    middle = _STAY[stay.place.level] * stay.reason.cost * longer
    return round(middle * 100 * random.lognormvariate(0, 0.3))


def _item(part: tuple[str, ItemCategory, ItemClass, float, float], fen: int, random: Random) -> Item:
    name, category, cls, _share, first = part
    fen = max(round(fen, -1), 100)
    first_pay = round(fen * first)
    over = round(fen * _OVER) if category == ItemCategory.BED and random.randrange(_DEAR_BED) == 0 else 0
    return Item(name, BillLine(str(category), cls.value, _yuan(fen), _yuan(first_pay), _yuan(over)))  # type: ignore[arg-type]


def _typed_right(items: list[Item]) -> list[Item]:
    """What had been typed too high in the largest item of class A is taken out of it."""
    place = max(
        (place for place, item in enumerate(items) if item.line.cls == "A"),
        key=lambda place: items[place].line.amount,
    )
    wrong = items[place].line
    less = (wrong.amount * _MORE).quantize(Decimal("0.1")).quantize(Decimal("0.01"))
    right = BillLine(wrong.category, wrong.cls, wrong.amount - less, wrong.first_pay, wrong.over_limit)
    return [*items[:place], Item(items[place].name, right), *items[place + 1 :]]


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)
