"""The arithmetic of each rule with its numbers in it: figures and signs only, so it needs no language."""

from collections.abc import Callable, Mapping
from decimal import ROUND_DOWN, Decimal

Numbers = Mapping[str, Decimal]
HUNDRED = Decimal(100)
ZERO = Decimal("0.00")


def yuan(amount: Decimal) -> str:
    """12345.6 as 12,345.60; more places are shown where a layer has not rounded yet."""
    places = max(2, -int(amount.as_tuple().exponent))
    text = f"{amount:,.{places}f}"
    whole, cents = text.split(".")
    return f"{whole}.{cents[:2]}{cents[2:].rstrip('0')}"


def percent(share: Decimal) -> str:
    """0.925 as 92.5%."""
    return f"{(share * HUNDRED).normalize():f}%"


def percent_cut(share: Decimal) -> str:
    """A ratio as 89.99%, cut and not rounded, so that it never shows a line as reached that is not."""
    return f"{(share * HUNDRED).quantize(Decimal('0.01'), ROUND_DOWN):f}%"


def formula(rule: str, numbers: Numbers, result: Decimal) -> str:
    """This will write a rule's arithmetic; "" for a rule that only names what it takes."""
    write = FORMULAS.get(rule)
    return write(numbers, result) if write else ""


def _above(n: Numbers) -> str:
    if not n["deductible"]:
        return yuan(n["base"])
    if n["base"] <= n["deductible"]:
        return yuan(ZERO)
    return f"({yuan(n['base'])} − {yuan(n['deductible'])})"


def _base(n: Numbers, result: Decimal) -> str:
    parts = [name for name in n if not name.endswith("_share")]
    if len(parts) < 2:
        return ""
    terms = [f"{yuan(n[name])} × {percent(n[f'{name}_share'])}" for name in parts]
    return f"{' + '.join(terms)} = {yuan(result)}"


def _band(n: Numbers, result: Decimal) -> str:
    return f"{yuan(n['part'])} × {percent(n['rate'])} = {yuan(result)}"


def _minus(first: str, second: str) -> Callable[[Numbers, Decimal], str]:
    return lambda n, result: f"{yuan(n[first])} − {yuan(n[second])} = {yuan(result)}"


def _times(n: Numbers, result: Decimal) -> str:
    return f"{yuan(n['base'])} × {percent(n['rate'])} = {yuan(result)}"


def _ratio(n: Numbers, result: Decimal) -> str:
    return f"{yuan(n['part'])} ÷ {yuan(n['whole'])} = {percent_cut(result)}"


def _ceiling(n: Numbers, result: Decimal) -> str:
    if not n["used"]:
        return f"{yuan(n['amount'])} > {yuan(n['ceiling'])}"
    return f"{yuan(n['ceiling'])} − {yuan(n['used'])} = {yuan(result)} < {yuan(n['amount'])}"


def _base_month(n: Numbers, result: Decimal) -> str:
    return f"{yuan(n['ceiling'])} − {yuan(n['used'])} = {yuan(result)} < {yuan(n['base'])}"


def _rate_by_age(n: Numbers, result: Decimal) -> str:
    return f"{percent(n['rate'])} + {percent(n['plus'])} = {percent(result)}"


def _topup(n: Numbers, result: Decimal) -> str:
    target = f"{yuan(n['whole'])} × {percent(n['target'])}"
    return f"{target} − {yuan(n['paid'])} = {yuan(result)}" if result else f"{target} ≤ {yuan(n['paid'])}"


def _already(n: Numbers, result: Decimal) -> str:
    if n["amount"] < n["already"]:
        return f"{yuan(n['amount'])} < {yuan(n['already'])}"
    return f"{yuan(n['amount'])} − {yuan(n['already'])} = {yuan(result)}"


def _cap(n: Numbers, result: Decimal) -> str:
    """What lies above the cap may be more than this bill: the smaller of the two is paid."""
    borne = f"{yuan(n['before'])} + {yuan(n['base'])}"
    if not result:
        return f"{borne} ≤ {yuan(n['cap'])}"
    above = n["before"] + n["base"] - n["cap"]
    return f"{borne} − {yuan(n['cap'])} = {yuan(above)}" + (f" ≥ {yuan(result)}" if above > result else "")


def _rounded(n: Numbers, result: Decimal) -> str:
    return f"{yuan(n['amount'])} → {yuan(result)}"


FORMULAS: dict[str, Callable[[Numbers, Decimal], str]] = {
    "base": _base,
    "cumulated": lambda n, result: f"{yuan(n['before'])} + {yuan(n['base'])} = {yuan(result)}",
    "less_deductible": _minus("base", "deductible"),
    "deductible_borne": _minus("deductible", "borne"),
    "base_ceiling": lambda n, _: f"{yuan(n['base'])} > {yuan(n['ceiling'])}",
    "base_month": _base_month,
    "rate": lambda n, result: f"{_above(n)} × {percent(n['rate'])} = {yuan(result)}",
    "rate_by_age": _rate_by_age,
    "band_marginal": _band,
    "band_whole_bracket": _band,
    "band_marginal_above": _band,
    "band_whole_bracket_above": _band,
    "already": _already,
    "topup": _topup,
    "cap_self_pay": _cap,
    "discount": _times,
    "share": lambda n, result: f"{yuan(n['amount'])} × {percent(n['rate'])} = {yuan(result)}",
    "remainder": _minus("amount", "first"),
    "ceiling_visit": _ceiling,
    "ceiling_month": _ceiling,
    "ceiling_year": _ceiling,
    "fund_left": lambda n, _: f"{yuan(n['amount'])} > {yuan(n['left'])}",
    "left": lambda n, _: f"{yuan(n['amount'])} > {yuan(n['left'])}",
    "rounded_half_up": _rounded,
    "rounded_floor": _rounded,
    "rounded_yuan_half_up": _rounded,
    "rounded_yuan_floor": _rounded,
    "compliant": _minus("settled", "outside"),
    "patient": _minus("settled", "paid"),
    "actual_ratio": _ratio,
    "policy_ratio": _ratio,
}
