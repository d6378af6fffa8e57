"""Every page of every role on a phone and on a desk: nothing for axe to find, nothing wider than the screen (in English
neither), no English in a Chinese page. The pages come from the URLconf: a new address is looked at without being listed here."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from core.accounts.roles import ACTS
from followups.services.visits import record_visit
from tests.factories.followups import TODAY, a_body
from tests.house.doors import PUBLIC, SIGNED_IN, a_world
from tests.journeys.conftest import DESK, PHONE, Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# What answers with a file, a fragment, a redirect or nothing but a POST.
NOT_PAGES = {
    *("home", "set_language", "type_size", "healthz", "look"),
    *("reports:visit_paper", "reports:empty_paper"),
    *("reports:export", "reports:download", "accounts:user_reset", "accounts:user_active"),
    *("households:import_progress", "households:import_refused", "households:import_decide"),
    *("households:import_apply", "households:household_phone"),
    *("followups:case_town", "followups:case_assign_waiting", "followups:case_plan_sign"),
    *PUBLIC,
    *(f"followups:sync_{name}" for name in ("state", "list", "visits", "attempts", "known")),
    *("followups:told_seen", "followups:need_papers", "followups:need_paper"),
    *("followups:call", "followups:team_member", "followups:team_member_remove"),
    *("followups:contract_sign", "followups:paper_add", "followups:paper"),
    "claims:shortfalls_export",
    *("followups:unserved_export", "followups:signed_export", "followups:absence_end"),
    *("followups:case_paper_add", "followups:case_paper", "followups:referral_paper_add"),
    *("followups:referral_paper", "followups:need_photograph_add", "followups:need_photograph"),
    *("reports:village_agreements", "reports:contract_agreement", "followups:own_numbers"),
    *("claims:policy_check", "claims:policy_cases", "claims:policy_document_file"),
    *("claims:simulation_cancel", "claims:simulation_export"),
    *("followups:sync_needs", "followups:sync_homes", "followups:refused_take_over"),
    *("claims:window_diseases", "claims:stay_agreement", "claims:receipt"),
    *("claims:bill_slip", "claims:bill_statement", "claims:layers_export", "claims:claim_sheet"),
    *("claims:year_end_export", "claims:year_end_slip", "outreach:meeting_file"),
    *("reports:again", "reports:approve", "reports:publish", "reports:public", "reports:pledge_file"),
    *("households:monitoring_take_in", "households:monitoring_export", "households:monitoring_from_warning"),
    *("identification:letter_pdf", "identification:round_close", "identification:round_export"),
    *("outreach:ledger_export", "outreach:handouts_export", "outreach:survey_close"),
    *("outreach:contact_card", "outreach:contact_cards"),
    "records:take_over",
}
MOST_WRONG = 20  # then something is wrong with all of them, and each may take its whole patience
OWN = ["account_change_password", "mfa_index", "usersessions_list", "account_logout"]
ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,}[^\n]*")


def _routes(resolver: URLResolver, namespace: str = "") -> dict[str, URLPattern]:
    found: dict[str, URLPattern] = {}
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found |= _routes(entry, ":".join(filter(None, [namespace, entry.namespace or ""])))
        elif entry.name:
            found[":".join(filter(None, [namespace, entry.name]))] = entry
    return found


def _ours() -> dict[str, URLPattern]:
    foreign = ("account", "mfa", "usersessions", "api")
    return {
        name: route
        for name, route in _routes(get_resolver()).items()
        if (not name.startswith(foreign) or name.startswith("accounts:")) and name not in NOT_PAGES
    }


def _rounds(cast: Any) -> list[tuple[Any, list[str]]]:
    """Each page once, with the first of the cast who may open it; and for everyone the pages of their own menu."""
    people = [
        cast.doctor,
        cast.township,
        cast.county,
        cast.administrator,
        cast.auditor,
        cast.clerk,
        cast.team_doctor,
    ]
    pages: dict[int, list[str]] = {number: [] for number in range(len(people))}
    for name, route in _ours().items():
        act = getattr(route.callback, "act", None)
        may = [number for number, who in enumerate(people) if act is None or who.role in ACTS[act]]
        without_words = not route.pattern.converters
        for number in may if without_words and act else may[:1]:
            pages[number].append(name)
    pages[0] += OWN
    return [(people[number], names) for number, names in pages.items()]


def _wrong(screen: Screen, width: int, *, chinese: bool, is_new: bool) -> list[str]:
    """What another of the cast sees of a page differs in words and widths; how it is built is looked at once."""
    page = screen.page
    wrong = [f"{wide} pixels wide"] if (wide := _width(page)) > width else []
    if not chinese:
        return wrong
    if left := ENGLISH.search(page.locator("main").inner_text()):
        wrong.append(f"English: {left.group(0)[:80]}")
    if not is_new:
        return wrong
    violations = Axe().run(page, options=RULES).response["violations"]
    return wrong + [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations]


def _width(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def _opened(screen: Screen, address: str) -> str:
    try:
        answer = screen.page.goto(screen.house.url + address)
    except PlaywrightError as error:
        screen.page.goto("about:blank")  # or the page of the error gets in the way of the next one
        return error.message.splitlines()[0]
    kind = answer.headers.get("content-type", "")
    return "" if answer.status == 200 and kind.startswith("text/html") else f"{answer.status} {kind}"


@pytest.mark.parametrize(
    ("size", "locale"),
    [(PHONE, "zh-CN"), (DESK, "zh-CN"), (PHONE, "en-GB")],
    ids=["phone", "desk", "english"],
)
def test_nothing_is_wrong_on_any_page(screen, county, cast, size, locale):
    doors = a_world(county, cast)
    record_visit(body=a_body(doors.near.person), by=cast.doctor, received_on=TODAY)
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for person, names in _rounds(cast):
        window = screen(size, locale)
        window.let_in(person)
        for name in names if len(found) < MOST_WRONG else ():
            address = reverse(name) if name in OWN or name in SIGNED_IN else doors.inside(name)
            said = _opened(window, address)
            known = {"chinese": locale == "zh-CN", "is_new": name not in seen}
            wrong = [said] if said else _wrong(window, size["width"], **known)
            seen.add(name)
            if wrong:
                found[f"{name} ({person.role})"] = wrong
        window.context.close()
    assert not found, "\n".join(f"{name}: {' | '.join(wrong)}" for name, wrong in found.items())


def test_pages_before_sign_in(screen, cast):
    found = {}
    for name in ["account_login", "account_reset_password", "account_signup"]:
        window = screen(PHONE)
        said = _opened(window, reverse(name))
        wrong = [said] if said else _wrong(window, 360, chinese=True, is_new=True)
        if wrong:
            found[name] = wrong
    assert not found, found


def test_whatever_is_public_is_known():
    assert set(PUBLIC) <= NOT_PAGES
