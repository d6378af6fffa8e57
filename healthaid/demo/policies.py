"""The rules of the demo county: what held before 2019, what is in force, and a draft for next year."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils.timezone import get_current_timezone

from claims.choices import PolicyState
from claims.models import PolicyDocument, PolicyVersion
from claims.policy.reading import read_policy
from claims.policy.shelf import text_of
from claims.services.policies import (
    DocumentWanted,
    approve,
    record_document,
    retire,
    start_draft,
    with_results,
)
from claims.services.policies.rewriting import with_values
from claims.services.simulations import ask_simulation, run_simulation
from core.accounts.models import Area, User
from core.base.typesetting import typeset
from healthaid.demo.policy_sheet import Sheet

SHEET = Path(__file__).parent / "policy_sheet.typ"
SHELF = "yuetang_2019"
EARLIER, IN_FORCE = date(2017, 1, 1), date(2019, 1, 1)
# The article tells of stays in hospital only; a county also pays for what is treated without one.
OUTPATIENT = Path(__file__).parent / "claims" / "outpatient.toml"

# Who goes past the own town without need is not topped up, as in other counties (DOMAIN B3.5).
_ANYBODY = "in_county = true\ndesignated = true\n"
_REFERRED = f'{_ANYBODY}referral = ["not_needed", "followed"]\n'


def write_policies(county: Area, users: dict[str, int], on: date) -> None:
    """This will give a county its documents and three versions, each drafted by one officer."""
    first, second = (_officer(users, number) for number in (1, 2))
    current = _text_in_force()
    old_document, document = _documents(county, first)
    earlier = _approved(_earlier(current), old_document, "", second, first, date(2016, 12, 15), county)
    standing = _approved(
        current, document, "兜底提高到90%，大病起付线降低", second, first, date(2018, 12, 20), county
    )
    retire(version=earlier, reason="由2019年办法取代", ends_on=IN_FORCE, by=first, on=IN_FORCE)
    start_draft(
        text=_next_year(current, on),
        note="兜底提高到92%，大病起付线降为12,000元",
        document=document,
        based_on=standing,
        by=first,
        on=on,
        county=county,
    )


def try_draft(county: Area, on: date) -> None:
    """This will try the county's draft on the bills of the year before, to have a result to show."""
    draft = PolicyVersion.objects.select_related("drafted_by").get(county=county, state=PolicyState.DRAFT)
    year = on.year - 1
    asked = ask_simulation(
        version=draft,
        from_on=date(year, 1, 1),
        to_on=date(year, 12, 31),
        name=f"{year}年账单",
        by=draft.drafted_by,
    )
    run_simulation(simulation_id=asked.pk, at=datetime.combine(on, time(12), get_current_timezone()))


def _officer(users: dict[str, int], number: int) -> User:
    name = next(name for name in users if name.endswith(f"county{number}"))
    return User.objects.select_related("area").get(pk=users[name])


def _approved(
    text: str, document: PolicyDocument, note: str, drafter: User, approver: User, on: date, county: Area
) -> PolicyVersion:
    draft = start_draft(text=text, note=note, document=document, by=drafter, on=on, county=county)
    return approve(version=draft, by=approver, on=on)


def _text_in_force() -> str:
    """The policy of the library, without an end, with the care outside of hospital beside it."""
    text = text_of(SHELF).replace(_ANYBODY, _REFERRED) + OUTPATIENT.read_text(encoding="utf-8")
    return with_values(text, {("policy", "valid_from"): IN_FORCE, ("policy", "valid_to"): None})


def _earlier(current: str) -> str:
    text = current.replace(SHELF, "yuetang_2017").replace("2019年", "2017年").replace("(2019)", "(2017)")
    wanted: dict[Any, Any] = {("policy", "valid_from"): EARLIER, ("policy", "valid_to"): IN_FORCE}
    wanted |= _moved(text, target=Decimal("0.85"), deductible=Decimal(20000))
    return with_results(with_values(text, wanted))


def _next_year(current: str, on: date) -> str:
    year = on.year + 1
    text = current.replace("2019年", f"{year}年").replace("(2019)", f"({year})")
    wanted: dict[Any, Any] = {("policy", "valid_from"): date(year, 1, 1)}
    wanted |= _moved(text, target=Decimal("0.92"), deductible=Decimal(12000))
    return with_results(with_values(text, wanted))


def _moved(text: str, *, target: Decimal, deductible: Decimal) -> dict[Any, Any]:
    """The backstop's target and the deductible of critical-illness insurance."""
    places = {layer.code: place for place, layer in enumerate(read_policy(text).layers)}
    return {
        ("layers", places["backstop"], "target"): target,
        ("layers", places["critical"], "deductible"): deductible,
    }


def _documents(county: Area, by: User) -> tuple[PolicyDocument, PolicyDocument]:
    office = f"{county.name}卫生健康局"
    old = DocumentWanted(
        number="岳卫发〔2016〕41号",
        title="健康扶贫住院综合保障实施细则（试行）",
        issuer=office,
        issued_on=date(2016, 11, 28),
        valid_from=EARLIER,
        valid_to=date(2018, 12, 31),
    )
    new = DocumentWanted(
        number="岳卫发〔2018〕56号",
        title="健康扶贫“三个全覆盖”住院综合保障办法",
        issuer=office,
        issued_on=date(2018, 12, 3),
        valid_from=IN_FORCE,
    )
    return _document(old, county, by), _document(new, county, by)


def _document(wanted: DocumentWanted, county: Area, by: User) -> PolicyDocument:
    sheet = Sheet(wanted.issuer, wanted.number, wanted.title, f"{wanted.issued_on:%Y年%-m月%-d日}")
    return record_document(wanted=wanted, county=county, by=by, file=ContentFile(typeset(SHEET, sheet)))
