"""What came out of a run: costs by payer, both ratios, households over lines, before and after."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from claims.presenters.policies.numbers import language
from claims.presenters.ratios import ratio
from core.base.charts import Bar, Chart, bars

FEN = Decimal("0.01")


@dataclass(frozen=True)
class Share:
    """One ratio before and after, with what it is divided by."""

    label: str
    definition: str
    before: str
    after: str


@dataclass(frozen=True)
class Cost:
    """Yuan of one payer, or of the patients."""

    label: str
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        return self.after - self.before


@dataclass(frozen=True)
class Line:
    label: str
    before: str
    after: str
    over: str
    under: str


def edition(summary: dict[str, Any], *, sees_sensitive: bool) -> dict[str, Any]:
    """The figures with or without the bills that only health staff may know of."""
    found: dict[str, Any] = summary.get("all" if sees_sensitive else "plain", {})
    return found


def yuan(fen: int) -> Decimal:
    return fen * FEN


def costs(figures: dict[str, Any]) -> list[Cost]:
    """Each payer in the order of the rules, then the patients, then what was taken off the price."""
    tag = "zh" if language().startswith("zh") else "en"
    rows = [Cost(p[tag], yuan(p["before"]), yuan(p["after"])) for p in figures["payers"]]
    sums = figures["sums"]
    rows.append(Cost(_("Patients"), yuan(sums["patient_before"]), yuan(sums["patient_after"])))
    if sums["discount_before"] or sums["discount_after"]:
        taken = (yuan(sums["discount_before"]), yuan(sums["discount_after"]))
        rows.append(Cost(_("Taken off the price"), *taken))
    return rows


def shares(figures: dict[str, Any]) -> list[Share]:
    sums = figures["sums"]
    actual = [_actual(sums, side) for side in ("before", "after")]
    policy = [
        ratio(Decimal(sums[f"compliant_{side}"] - sums[f"inside_{side}"]), Decimal(sums[f"compliant_{side}"]))
        for side in ("before", "after")
    ]
    return [
        Share(_("Actual reimbursement ratio"), _("all payers ÷ total cost"), *actual),
        Share(_("In-policy ratio"), _("all payers ÷ compliant cost"), *policy),
    ]


def _actual(sums: dict[str, int], side: str) -> str:
    whole = sums["total"] - sums[f"discount_{side}"]
    return ratio(Decimal(whole - sums[f"patient_{side}"]), Decimal(whole))


def cost_chart(rows: list[Cost]) -> Chart:
    """Two bars for each: as it was, as it would be."""
    items = []
    for row in rows:
        for words, amount, tone in ((_("as it was"), row.before, "quiet"), (_("new rules"), row.after, "a")):
            label = f"{row.label} · {words}"
            items.append(Bar(label, amount, tone, detail=f"{amount:,.2f}"))
    return bars(items, title=_("Who would pay"), unit=_("yuan"), first_column=_("Payer"))


def lines(figures: dict[str, Any], *, all_shown: bool) -> list[Line]:
    """Households and years above each line; few are not told exactly to those outside health."""
    return [
        Line(_line(one["line"]), *(_few(one[key], all_shown) for key in ("before", "after", "over", "under")))
        for one in figures["lines"]
    ]


def _line(code: str) -> str:
    if code == "tenth":
        return _("Own share above a tenth of the year's cost")
    return _("Own share above %(amount)s yuan in the year") % {"amount": f"{Decimal(code):,f}"}


def _few(count: int, all_shown: bool) -> str:
    return f"{count:,}" if all_shown or count == 0 or count >= 5 else _("fewer than 5")
