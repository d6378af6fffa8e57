"""Random policies and bills for properties: every kind of layer, every parameter, sums of a year before."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from claims.policy.facts import BY_BENEFIT, LEVELS, BillLine, Facts, Span, Used
from claims.policy.layers import CUMULATED, OF_THE_BILL
from claims.policy.schema import Policy

PAYERS = ("basic", "critical", "civil", "fund", "hospital")
CATEGORIES = ("bed", "treatment", "surgery", "western_drug", "material")
BASES = (
    "total", "compliant", "remaining", "remaining_compliant", "cumulated_self_pay",
    "cumulated_compliant_self_pay", "outside", "first_pay", "over_limit", "class_c",
)  # fmt: skip
CODES = tuple(f"layer{number}" for number in range(5))
WORD = {"zh": "层", "en": "layer"}


def money(most: int = 200_000) -> st.SearchStrategy[Decimal]:
    return st.integers(0, most * 100).map(lambda cents: Decimal(cents).scaleb(-2))


def share() -> st.SearchStrategy[Decimal]:
    return st.integers(0, 1000).map(lambda parts: Decimal(parts).scaleb(-3))


def by_level(values: st.SearchStrategy[Decimal]) -> st.SearchStrategy[Any]:
    table = st.dictionaries(st.sampled_from(LEVELS), values, max_size=3)
    return values | st.builds(lambda some, other: some | {"other": other}, table, values)


def conditions() -> st.SearchStrategy[dict[str, Any]]:
    some = {
        "identity": st.lists(st.sampled_from((*BY_BENEFIT, "general")), min_size=1, max_size=3, unique=True),
        "cause": st.just(["illness"]),
        "enrolled": st.just(["basic"]),
        "care": st.lists(st.sampled_from(["inpatient", "outpatient"]), min_size=1, unique=True),
        "level": st.lists(st.sampled_from(LEVELS), min_size=1, max_size=3, unique=True),
        "in_county": st.booleans(),
        "age_from": st.integers(0, 90),
        "diagnosis": st.just(["I10", "E11"]),
        "stay_from": st.integers(1, 3),
        "item_class": st.lists(st.sampled_from("ABC"), min_size=1, max_size=2, unique=True),
        "continued": st.booleans(),
    }
    plain = st.one_of(*(values.map(lambda value, name=name: {name: value}) for name, values in some.items()))
    return plain | st.one_of(
        st.lists(plain, min_size=2, max_size=2).map(lambda parts: {"any": parts}),
        st.lists(plain, min_size=2, max_size=2).map(lambda parts: {"all": parts}),
        plain.map(lambda part: {"not": part}),
    )


@st.composite
def bands(draw: Any) -> list[dict[str, Decimal]]:
    edges = sorted(draw(st.sets(st.integers(1, 2000), max_size=3)))
    found = [{"upto": Decimal(edge * 100), "rate": draw(share())} for edge in edges]
    return [*found, {"rate": draw(share())}]


@st.composite
def bases(draw: Any) -> Any:
    if draw(st.booleans()):
        return draw(st.sampled_from(BASES))
    plain = [name for name in BASES if name not in CUMULATED]
    return draw(st.dictionaries(st.sampled_from(plain), share(), min_size=1, max_size=2))


@st.composite
def adjusts(draw: Any, kind: str) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "deductible_factor": st.sampled_from([Decimal("0.5"), Decimal(0)]),
        "rate_plus": st.sampled_from([Decimal("0.10"), Decimal("-0.05")]),
        "rate_factor": st.just(Decimal("0.8")),
        "ceiling_factor": st.just(Decimal("1.5")),
        "no_ceiling": st.just(True),
    }
    changes |= {"cap": by_level(money(20_000))} if kind == "cap_self_pay" else {}
    changes |= {"bands": bands()} if kind == "bands" else {}
    names = draw(st.sets(st.sampled_from(sorted(changes)), min_size=1, max_size=2))
    return {"when": draw(conditions())} | {name: draw(changes[name]) for name in sorted(names)}


@st.composite
def _measured(draw: Any, earlier: tuple[str, ...]) -> dict[str, Any]:
    base = draw(bases())
    names = {base} if isinstance(base, str) else set(base)
    given: dict[str, Any] = {
        "base": base,
        "deductible": draw(by_level(money(20_000))),
        "deductible_period": draw(st.sampled_from(["visit", "year"])),
        "period": draw(st.sampled_from(["visit", "year"])),
        "less_deductibles": draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True))
        if earlier
        else [],
    }
    if OF_THE_BILL.issuperset(names) and draw(st.booleans()):
        given["categories"] = draw(st.lists(st.sampled_from(CATEGORIES), min_size=1, unique=True))
    if OF_THE_BILL.issuperset(names) and draw(st.booleans()):
        given["classes"] = draw(st.lists(st.sampled_from("ABC"), min_size=1, unique=True))
    for name in ("base_ceiling", "base_month"):
        if draw(st.integers(0, 3)) == 0:
            given[name] = draw(by_level(money()))
    return given


@st.composite
def layers(draw: Any, code: str, earlier: tuple[str, ...]) -> dict[str, Any]:
    kinds = ("rate", "bands", "split", "topup", "cap_self_pay", "fixed", "discount", "zero_burden")
    kind = draw(st.sampled_from(kinds))
    given: dict[str, Any] = {
        "code": code,
        "payer": draw(st.sampled_from(PAYERS)),
        "kind": kind,
        "label": WORD,
    }
    given |= {"clause": "第一条", "per": draw(st.sampled_from(["person", "household"]))}
    given |= {"when": draw(conditions())} if draw(st.booleans()) else {}
    if draw(st.integers(0, 2)) == 0:
        given["rounding"] = draw(st.sampled_from(["half_up", "floor", "yuan_half_up", "yuan_floor"]))
    given |= draw(_of_its_kind(kind, code, earlier))
    if draw(st.booleans()):
        given["ceiling_visit"] = draw(by_level(money()))
    if kind != "split" and draw(st.booleans()):
        given["ceiling_year"] = draw(by_level(money()))
        given["ceiling_month"] = draw(by_level(money()))
        given["ceiling_by"] = draw(st.sampled_from(["this_level", "highest_level"]))
    given["adjust"] = draw(st.lists(adjusts(kind), max_size=2))
    return given


@st.composite
def _of_its_kind(draw: Any, kind: str, code: str, earlier: tuple[str, ...]) -> dict[str, Any]:
    if kind == "rate":
        age = draw(st.sampled_from([Decimal(0), Decimal("0.002")]))
        return draw(_measured(earlier)) | {"rate": draw(by_level(share())), "rate_per_year_of_age": age}
    if kind == "bands":
        how = {
            "mode": draw(st.sampled_from(["marginal", "whole_bracket"])),
            "origin": draw(st.sampled_from(["gross", "net"])),
            "upper_edge": draw(st.sampled_from(["inclusive", "exclusive"])),
        }
        return draw(_measured(earlier)) | {"bands": draw(bands())} | how
    if kind == "split":
        base = draw(st.sampled_from(["remaining", "remaining_compliant", "total"]))
        rest: dict[str, Any] = {
            "payer": "basic",
            "remainder_code": f"rest_of_{code}",
            "remainder_payer": "hospital",
        }
        return {"base": base, "share": draw(share()), "remainder_label": WORD} | rest
    if kind == "topup":
        return {"target": draw(by_level(share())), "of": draw(st.sampled_from(["total", "compliant"]))}
    if kind == "cap_self_pay":
        how = {
            "of": draw(st.sampled_from(["total", "compliant"])),
            "period": draw(st.sampled_from(["visit", "year"])),
        }
        return {"cap": draw(by_level(money(20_000)))} | how
    if kind == "discount":
        chosen = draw(st.lists(st.sampled_from(CATEGORIES), min_size=1, unique=True))
        return {"categories": chosen, "rate": draw(by_level(share()))}
    return {"of": draw(st.sampled_from(["total", "compliant"]))} if kind == "zero_burden" else {}


@st.composite
def policies(draw: Any) -> Policy:
    """Any policy that the schema lets through."""
    count = draw(st.integers(1, len(CODES)))
    found = [draw(layers(code, CODES[:place])) for place, code in enumerate(CODES[:count])]
    discounts = [
        {
            "code": "off",
            "label": WORD,
            "clause": "第二条",
            "categories": ["bed", "treatment"],
            "rate": draw(share()),
        }
    ]
    inside = st.sampled_from(["inside", "outside"])
    return Policy.model_validate(
        {
            "policy": {
                "code": "random", "title": WORD, "area": "sample", "valid_from": date(2019, 1, 1),
                "date_rule": draw(st.sampled_from(["admission", "discharge"])),
                "year_rule": draw(st.sampled_from(["", "admission", "discharge", "split"])),
                "rounding": draw(st.sampled_from(["half_up", "floor"])),
                "document": {"title": "试验", "issuer": "试验"},
            },
            "payers": [{"code": code, "label": WORD} for code in PAYERS],
            "compliance": {
                "class_c": draw(inside), "first_pay": draw(inside), "over_limit": draw(inside),
                "negative_list": draw(st.sampled_from([[], ["material"]])),
            },
            "discounts": discounts if draw(st.booleans()) else [],
            "layers": found,
        }
    )  # fmt: skip


@st.composite
def bill_lines(draw: Any) -> BillLine:
    amount = draw(money(50_000))
    first = amount * draw(st.sampled_from([Decimal(0), Decimal("0.1"), Decimal("0.3")]))
    over = amount * draw(st.sampled_from([Decimal(0), Decimal("0.25")]))
    cent = Decimal("0.01")
    cls = draw(st.sampled_from(["A", "B", "C"]))
    return BillLine(draw(st.sampled_from(CATEGORIES)), cls, amount, first // cent * cent, over // cent * cent)


def sums_before() -> st.SearchStrategy[Used]:
    by_layer = st.dictionaries(st.sampled_from(CODES), money(50_000), max_size=4)
    return st.builds(
        Used, paid=by_layer, base=by_layer, month_paid=by_layer, month_base=by_layer, self_pay=money(20_000),
        compliant_self_pay=money(20_000), highest_level=st.sampled_from(["", *LEVELS]), stays=st.integers(0, 3),
    )  # fmt: skip


def spans(*codes: str) -> st.SearchStrategy[tuple[Span, ...]]:
    one = st.builds(Span, st.sampled_from(codes), st.dates(date(2016, 1, 1), date(2021, 1, 1)))
    return st.lists(one, max_size=3).map(tuple)


@st.composite
def bills(draw: Any, most_lines: int = 6) -> Facts:
    """Any bill with its person and what was used before it."""
    admitted = draw(st.dates(date(2019, 1, 1), date(2020, 12, 31)))
    return Facts(
        care=draw(st.sampled_from(["inpatient", "outpatient", "chronic_outpatient"])),
        level=draw(st.sampled_from(LEVELS)),
        admitted_on=admitted,
        discharged_on=admitted + timedelta(days=draw(st.integers(0, 40))),
        birth_date=draw(st.dates(date(1930, 1, 1), date(2018, 1, 1))),
        lines=tuple(draw(st.lists(bill_lines(), max_size=most_lines))),
        diagnosis=draw(st.sampled_from(["", "I10.x00x002", "e11.900", "K80.200"])),
        diseases=draw(st.frozensets(st.sampled_from(["hypertension", "stroke"]))),
        identities=draw(spans(*BY_BENEFIT)),
        causes=draw(spans("illness", "schooling")),
        enrolments=draw(spans("basic", "critical")),
        in_county=draw(st.booleans()),
        designated=draw(st.booleans()),
        referral=draw(st.sampled_from(["not_needed", "followed", "not_followed"])),
        reported=draw(st.dictionaries(st.sampled_from(CODES), money(50_000), max_size=3)),
        used=draw(sums_before()),
        household_used=draw(sums_before()),
        continued=draw(st.booleans()),
        fund_left=draw(st.dictionaries(st.sampled_from(PAYERS), money(20_000), max_size=2)),
    )
