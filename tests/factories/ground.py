"""A small county for tests: two townships, three villages, and a neighbour county; and the fixed cast."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from core.accounts.models import Area, Level, Role, Sector, User
from core.clinics.models import Institution, Practitioner

_numbers = count(1)
SINCE = date(2015, 1, 1)


def an_area(level: str, code: str, name: str, parent: Area | None = None, **more: Any) -> Area:
    area = Area.objects.create(level=level, code=code, name=name, parent=parent, valid_from=SINCE, **more)
    area.refresh_from_db()
    return area


@dataclass
class County:
    """The areas every test speaks of. `lianhe` and `shunjiang` lie in one street, `qingshui` in another;
    `far` is a village of the neighbour county."""

    province: Area
    county: Area
    dongping: Area
    hetang: Area
    lianhe: Area
    shunjiang: Area
    qingshui: Area
    other_county: Area
    other_township: Area
    far: Area


def a_county() -> County:
    province = an_area(Level.PROVINCE, "43", "湖南省")
    prefecture = an_area(Level.PREFECTURE, "4303", "湘潭市", province)
    county = an_area(Level.COUNTY, "430304", "岳塘区", prefecture)
    dongping = an_area(Level.TOWNSHIP, "430304002", "东坪街道", county)
    hetang = an_area(Level.TOWNSHIP, "430304015", "荷塘街道", county)
    lianhe = an_area(Level.VILLAGE, "430304002201", "联合村村委会", dongping)
    shunjiang = an_area(Level.VILLAGE, "430304002202", "顺江村村委会", dongping)
    qingshui = an_area(Level.VILLAGE, "430304015203", "清水村村委会", hetang)
    other = an_area(Level.COUNTY, "430302", "雨湖区", prefecture)
    other_township = an_area(Level.TOWNSHIP, "430302001", "雨湖路街道", other)
    far = an_area(Level.VILLAGE, "430302001201", "远村村委会", other_township)
    return County(province, county, dongping, hetang, lianhe, shunjiang, qingshui, other, other_township, far)


def a_user(role: str, area: Area, **more: Any) -> User:
    number = next(_numbers)
    fields: dict[str, Any] = {
        "username": f"{role}{number}",
        "full_name": f"测试{number}",
        "sector": Sector.HEALTH,
        **more,
    }
    password = fields.pop("password", None)
    user = User(role=role, area=area, **fields)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    return user


@dataclass
class Cast:
    """The same people in every test: the case's doctor, a colleague, a stranger, the desks, an auditor."""

    doctor: User
    colleague: User
    stranger: User
    team_doctor: User
    committee: User
    township: User
    township_administration: User
    county: User
    county_administration: User
    clerk: User
    auditor: User
    administrator: User


def a_cast(county: County) -> Cast:
    return Cast(
        doctor=a_user(Role.VILLAGE_DOCTOR, county.lianhe),
        colleague=a_user(Role.VILLAGE_DOCTOR, county.shunjiang),
        stranger=a_user(Role.VILLAGE_DOCTOR, county.far),
        team_doctor=a_user(Role.TEAM_DOCTOR, county.dongping),
        committee=a_user(Role.VILLAGE_CLERK, county.lianhe, sector=Sector.ADMINISTRATION),
        township=a_user(Role.TOWNSHIP_STAFF, county.dongping),
        township_administration=a_user(Role.TOWNSHIP_STAFF, county.dongping, sector=Sector.ADMINISTRATION),
        county=a_user(Role.COUNTY_STAFF, county.county),
        county_administration=a_user(Role.COUNTY_STAFF, county.county, sector=Sector.ADMINISTRATION),
        clerk=a_user(Role.HOSPITAL_CLERK, county.county),
        auditor=a_user(Role.AUDITOR, county.county),
        administrator=a_user(Role.ADMINISTRATOR, county.county),
    )


def an_institution(area: Area, kind: str = Institution.Kind.VILLAGE_CLINIC, **more: Any) -> Institution:
    number = next(_numbers)
    return Institution.objects.create(
        code=f"T{number:06d}", name=more.pop("name", f"卫生室{number}"), kind=kind, area=area, **more
    )


def a_practitioner(institution: Institution, **more: Any) -> Practitioner:
    return Practitioner.objects.create(
        institution=institution, name=more.pop("name", f"医生{next(_numbers)}"), **more
    )
