"""Referrals of the last months, and a few needs lived to their end by the product's own acts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid5

from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from core.accounts.models import Area, Role, User
from core.clinics.models import Institution
from followups.choices import CheckResult, NeedKind, NeedState, ReferralResult, StepKind, Urgency
from followups.models import Need, Referral
from followups.services.needs import close_need, raise_need, work_need
from followups.services.paperwork import do_paper, lay_out_papers
from followups.services.referrals import (
    Outcome,
    Wanted,
    accept_referral,
    check_referral,
    decline_referral,
    note_arrival,
    refer,
    return_result,
)
from households.models import Person

SQL = Path(__file__).with_name("referrals.sql")
FALL = "上门体检时发现左腿摔伤肿痛、不能站立，疑左股骨颈骨折"
HIP = "双侧髋关节坏死，医院报手术费二十多万元，不敢去治，一直拖着"


def write_referrals(county: Area, on: date) -> None:
    """This will send on whom the visits said to refer, and live some needs as far as each has come."""
    clerk = User.objects.get(area=county, role=Role.HOSPITAL_CLERK)
    with connection.cursor() as cursor:
        cursor.execute(SQL.read_text(encoding="utf-8"), {"county": county.pk, "on": on, "clerk": clerk.pk})
    with override("zh-hans"):
        for live, chain in zip(_LIVES, _chains(county, clerk, on), strict=False):
            live(chain)


@dataclass
class Chain:
    """One person, the village's doctor, the hospital and its clerk; `day(n)` is n days ago."""

    person: Person
    doctor: User
    clerk: User
    hospital: Institution
    on: date
    need: Need = field(init=False)
    referral: Referral = field(init=False)

    def day(self, ago: int) -> date:
        return self.on - timedelta(days=ago)

    def at(self, ago: int, hour: int) -> datetime:
        return timezone.make_aware(datetime.combine(self.day(ago), time(hour, 20)))

    def raised(self, ago: int, words: str, kind: str = NeedKind.HOSPITAL, **more: object) -> None:
        given = {"person": self.person, "kind": kind, "description": words, "owner": self.doctor}
        number = uuid5(self.person.uuid, f"need {kind}")
        self.need = raise_need(by=self.doctor, on=self.day(ago), uuid=number, **given, **more)  # type: ignore[arg-type]

    def sent(self, ago: int, words: str, department: str, urgency: str = Urgency.EMERGENCY) -> None:
        wanted = Wanted(self.hospital, words, department, urgency)
        self.referral = refer(
            person=self.person,
            wanted=wanted,
            need=self.need,
            uuid=uuid5(self.person.uuid, "referral"),
            by=self.doctor,
            at=self.at(ago, 9),
        )

    def admitted(self, ago: int) -> None:
        note_arrival(
            referral=self.referral, on=self.day(ago), is_admitted=True, by=self.clerk, at=self.at(ago, 11)
        )

    def paper(self, ago: int, code: str, note: str = "") -> None:
        do_paper(task=self.need.tasks.get(code=code), by=self.doctor, on=self.day(ago), note=note)

    def noted(self, ago: int, kind: str, words: str) -> None:
        work_need(need=self.need, kind=kind, note=words, by=self.doctor, on=self.day(ago))

    def checked(self, ago: int, result: str) -> None:
        check_referral(referral=self.referral, result=result, by=self.doctor, at=self.at(ago, 16))

    def back(self, ago: int, diagnosis: str, advice: str) -> None:
        outcome = Outcome(ReferralResult.IMPROVED, diagnosis, advice, self.day(ago))
        return_result(referral=self.referral, outcome=outcome, by=self.clerk, at=self.at(ago, 15))


def _chains(county: Area, clerk: User, on: date) -> list[Chain]:
    """Elderly people of as many villages, each with the doctor of the village."""
    hospital = Institution.objects.filter(area=county, kind=Institution.Kind.COUNTY_HOSPITAL).first()
    doctors = User.objects.filter(role=Role.VILLAGE_DOCTOR, area__county=county).order_by("area__code")
    chains = []
    for doctor in doctors[: len(_LIVES)]:
        old = Person.objects.filter(village=doctor.area_id, left_on=None, birth_date__lt="1958-01-01")
        person = old.exclude(relation="02").order_by("birth_date", "id").first() or old.first()
        if person and hospital:
            chains.append(Chain(person, doctor, clerk, hospital, on))
    return chains


def _in_hospital(chain: Chain, ago: int, words: str = FALL) -> None:
    chain.raised(ago, words)
    chain.sent(ago, words, "骨科")
    chain.admitted(ago)
    chain.paper(ago, "identity")
    chain.paper(ago, "agreement")


def _to_the_end(chain: Chain) -> None:
    _in_hospital(chain, 44)
    chain.noted(42, StepKind.HOSPITAL, "到医院看望，手术顺利，家属由村里帮忙照看农活")
    chain.paper(41, "insurer", "特惠保王经理：出院30天内交出院小结和发票")
    chain.checked(40, CheckResult.IN_HOSPITAL)
    chain.paper(38, "transfer")
    chain.back(27, "左股骨颈骨折，人工股骨头置换术后", "术后六周内不负重，两周一次上门换药和康复指导")
    chain.paper(26, "settled")
    chain.paper(25, "receipts")
    chain.noted(24, StepKind.HOME, "出院后第一次上门：伤口干燥，教家属翻身")
    chain.paper(15, "aid")
    chain.noted(10, StepKind.HOME, "第二次上门：可扶助行器站立")
    chain.noted(6, StepKind.MONEY, "保险赔款和医疗救助到账，自付454.92元")
    close_need(
        need=chain.need,
        state=NeedState.MET,
        outcome="手术康复，扶拐行走，报销全部到账",
        satisfaction=5,
        person_says="精准扶贫暖人心，医生比亲人还亲",
        by=chain.doctor,
        on=chain.day(3),
    )


def _back_home(chain: Chain) -> None:
    _in_hospital(chain, 19, "下田埂时滑倒，右手腕肿痛变形")
    chain.checked(12, CheckResult.IN_HOSPITAL)
    chain.paper(11, "insurer", "大病保险李专员：一站式结算直接扣减，不用垫钱")
    chain.back(2, "右桡骨远端骨折，石膏固定术后", "一个月内患肢不负重，每周上门看一次")


def _in_the_ward(chain: Chain) -> None:
    _in_hospital(chain, 3)
    chain.noted(1, StepKind.HOSPITAL, "到医院看望，等明天手术，押金没有收")


def _declined_then_sent_on(chain: Chain) -> None:
    chain.raised(8, "反复胸闷、夜间憋醒一周，要到上级医院查")
    chain.sent(8, "反复胸闷、夜间憋醒一周", "心血管内科", Urgency.URGENT)
    decline_referral(
        referral=chain.referral,
        reason="心内科床位已满，请联系社区卫生服务中心先收",
        by=chain.clerk,
        at=chain.at(8, 14),
    )
    centre = Institution.objects.filter(area=chain.person.village.parent, kind="township_hospital").first()
    wanted = Wanted(centre or chain.hospital, "反复胸闷、夜间憋醒一周", "内科", Urgency.URGENT)
    chain.referral = refer(
        person=chain.person, wanted=wanted, need=chain.need, follows=chain.referral,
        uuid=uuid5(chain.person.uuid, "second referral"),
        by=chain.doctor, at=chain.at(7, 8),
    )  # fmt: skip
    accept_referral(referral=chain.referral, by=chain.clerk, at=chain.at(7, 10))


def _forgotten(chain: Chain) -> None:
    chain.raised(33, "白内障看不清路，想做手术")
    chain.sent(33, "右眼白内障，视力0.1", "眼科", Urgency.ROUTINE)
    accept_referral(referral=chain.referral, by=chain.clerk, at=chain.at(32, 9))


def _put_off(chain: Chain) -> None:
    chain.raised(40, HIP, NeedKind.COST, quoted_amount=Decimal(206_000), is_put_off=True)
    chain.noted(36, StepKind.HOME, "劝说先去会诊，本人怕欠债，还在犹豫")


def _worked_out(chain: Chain) -> None:
    chain.raised(12, "膝关节置换报价四万三，问自己要出多少", NeedKind.COST, quoted_amount=Decimal(43_000))
    lay_out_papers(need=chain.need, by=chain.doctor)
    chain.paper(6, "estimate", "按大病保险和救助测算自付约4300元，已当面讲清")


_LIVES: tuple[Callable[[Chain], None], ...] = (
    _to_the_end,
    _back_home,
    _in_the_ward,
    _declined_then_sent_on,
    _forgotten,
    _put_off,
    _worked_out,
)
