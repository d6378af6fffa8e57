"""The demo from beginning to end: ground, people, register, staff, work; one county, one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from django.apps import apps
from django.db import connection, transaction

from core.accounts.models import Area
from followups.models import Duty, Need
from followups.services.generation import generate_duties
from healthaid.demo.accounts import Accounts, make_client
from healthaid.demo.cases import walk_cases
from healthaid.demo.claims.books import reckon
from healthaid.demo.claims.ground import open_funds, put_in
from healthaid.demo.claims.loading import write_bills
from healthaid.demo.claims.payables import claim_from_payers
from healthaid.demo.claims.warnings import warn
from healthaid.demo.claims.year_end import repay_last_year
from healthaid.demo.clinics import equip_clinics
from healthaid.demo.copying import Store, analyse
from healthaid.demo.evidence import hand_in
from healthaid.demo.facts import Facts
from healthaid.demo.ground import lay_ground
from healthaid.demo.hospitals import second_hospital, share_towns
from healthaid.demo.identification import identify, look_into_suspicions
from healthaid.demo.meetings import hold_meetings
from healthaid.demo.monitoring import watch
from healthaid.demo.numbers import midday
from healthaid.demo.opinions import Opinions
from healthaid.demo.outings import climb, go_out
from healthaid.demo.outreach import reach_out
from healthaid.demo.people import people_of
from healthaid.demo.phones import send_from_phones
from healthaid.demo.pledges import sign_pledges
from healthaid.demo.policies import try_draft, write_policies
from healthaid.demo.records import keep_records
from healthaid.demo.referrals import write_referrals
from healthaid.demo.register import Register
from healthaid.demo.reports import file_reports
from healthaid.demo.shapes import Shape, shapes
from healthaid.demo.specials import settle_consents
from healthaid.demo.staff import Staff
from healthaid.demo.surveys import ask_and_check
from healthaid.demo.teams import Teams
from healthaid.demo.work import Work
from households.models import Household, Person

EMPTIED = (
    *(
        "accounts",
        "audit",
        "base",
        "clinics",
        "households",
        "followups",
        "claims",
        "outreach",
        "reports",
        "pghistory",
    ),
    *("sessions", "usersessions", "mfa", "account", "axes"),
)
Tell = Callable[[str], None]
Users = dict[str, int]


@dataclass(frozen=True)
class Wish:
    """What to load: how large, from which seed, as of which day."""

    scale: int
    seed: int
    on: date


def load(wish: Wish, tell: Tell = lambda _line: None, *, counties_like: list[Shape] | None = None) -> None:
    """This will fill an empty database with the demo. The same wish gives the same rows."""
    wanted = counties_like or shapes(wish.scale)
    counties = lay_ground(len(wanted))
    store = Store()
    register = Register(store, wish.on, midday(wish.on))
    for place, (shape, county) in enumerate(zip(wanted, counties, strict=True)):
        with transaction.atomic():
            _immediate()
            _county(wish, place, shape, county, store, register)
            if place == 0:
                make_client(county, wish.on)
        tell(f"{county.name}: {shape.households} households, {shape.persons} persons")
    analyse()
    look_into_suspicions(wish.on)
    climb(wish.on)
    send_from_phones(wish.on)
    try_draft(counties[0], wish.on)
    file_reports(counties[0], wish.on)


def empty() -> None:
    """This will remove everything the product keeps: areas, users, registry, work, traces."""
    models = [
        model
        for label in EMPTIED
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    tables = sorted(
        {model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy}
    )
    listed = ", ".join(f'"{table}"' for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {listed} RESTART IDENTITY CASCADE")


def _county(wish: Wish, place: int, shape: Shape, county: Area, store: Store, register: Register) -> None:
    villages = people_of(shape, county, place, wish.seed, wish.on)
    random = Random(f"{wish.seed}:{place}:staff")  # noqa: S311
    staff = Staff(county, villages, store, random, wish.on)
    teams = Teams(shape, staff, store, wish.on)
    hospital = second_hospital(staff, Random(f"{wish.seed}:{place}:hospitals"))  # noqa: S311
    users = Accounts(place, county, wish.on).for_county(staff, teams.leaders, hospital)
    staff.write()
    share_towns(staff, wish.on)
    teams.write()
    facts = Facts(
        store, wish.on, {pk: worker.user or 0 for pk, worker in staff.village_doctors.items()}, shape.months
    )
    work = Work(store, wish.on, shape.months)
    opinions = Opinions(store, wish.on)
    leaders = teams.leading_users()
    store.know(Household, Person, Duty, Need)
    with store.in_background():
        for village in villages:
            village.doctor = facts.doctors[village.area.pk]
            random = Random(f"{wish.seed}:{place}:{village.area.code}")  # noqa: S311
            register.write(village, random)
            facts.write(village, random)
            work.write(village, facts, leaders, random)
            opinions.write(village, Random(f"{wish.seed}:{place}:{village.area.code}:words"))  # noqa: S311
    store.hand_back()
    analyse()  # without it the planner takes the new tables for empty, and the duties take minutes
    settle_consents(county.pk)
    _care(wish, county, users)
    _money(wish, place, county, store, staff, users)
    _desk(wish, place, county, users)


def _care(wish: Wish, county: Area, users: Users) -> None:
    officer = _named(users, "county1")
    keep_records(county.pk, officer, wish.on)
    generate_duties(on=wish.on, county_ids=[county.pk])
    write_referrals(county, wish.on)
    write_policies(county, users, wish.on)
    walk_cases(county=county.pk, officer=officer, on=wish.on)
    hand_in(county=county.pk, on=wish.on)
    identify(county=county.pk, officer=officer, on=wish.on)
    go_out(county.pk, wish.on)


def _money(wish: Wish, place: int, county: Area, store: Store, staff: Staff, users: Users) -> None:
    officer, clerk = _named(users, "county1"), _named(users, "clerk1")
    staff.at_the_window(clerk)
    open_funds(county, officer, wish.on)
    write_bills(staff, store, clerk, f"{wish.seed}:{place}", wish.on)
    put_in(county, officer, wish.on)
    warn(county, officer, wish.on)
    watch(county=county.pk, officer=officer, second=_named(users, "county2"), on=wish.on)
    claim_from_payers(county.pk, officer, wish.on)
    repay_last_year(officer, wish.on)
    reckon(county.pk, wish.on)


def _desk(wish: Wish, place: int, county: Area, users: Users) -> None:
    officer = _named(users, "county1")
    hold_meetings(county, officer, wish.on)
    reach_out(county, officer, f"{wish.seed}:{place}", wish.on)
    equip_clinics(county, wish.on)
    ask_and_check(county, officer, wish.on)
    sign_pledges(county, officer, wish.on)


def _named(users: Users, name: str) -> int:
    """The account of a county that is called so; further counties have their number before it."""
    return next(pk for known, pk in users.items() if known.endswith(name))


def _immediate() -> None:
    """Foreign keys are checked by statement: no county-long list of checks is kept in memory."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


__all__ = ["Wish", "empty", "load"]
