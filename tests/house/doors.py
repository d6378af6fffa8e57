"""What stands behind each address: an object inside the cast's area, and one outside it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from claims.models import LedgerCheck, Payable, PayableDifference
from claims.services.settling import settle
from core.accounts.models import Area
from core.base.papers import keep_paper
from core.clinics.models import InstitutionRole
from followups.models import (
    CarePlan,
    CasePaper,
    Conflict,
    Contract,
    ContractMove,
    ContractPaper,
    Duty,
    Feedback,
    Need,
    NeedPhotograph,
    NeedTask,
    Referral,
    ReferralPaper,
    ScreeningDay,
    Submission,
    Team,
    TeamMember,
    Visit,
)
from followups.services.cases.opening import open_case
from healthaid.reports.models import Publication, Report
from households.models import (
    IdentificationCase,
    IdentificationLetter,
    MonitoringCase,
    MonitoringMeasure,
    RegisterImport,
)
from tests.factories.burdens import a_warning
from tests.factories.cases import a_major_condition
from tests.factories.claims import (
    POLICY_TEXT,
    SETTLED_ON,
    a_bill_item,
    a_draft_policy,
    a_fund,
    a_hospital_at,
    a_policy_document,
    a_receipt,
    an_admission,
    an_approved_policy,
)
from tests.factories.ground import Cast, County, a_practitioner, an_institution
from tests.factories.identification import a_list, a_round
from tests.factories.outreach import a_handout, a_meeting, a_survey, an_action, an_activity
from tests.factories.pledges import a_pledge, a_target
from tests.factories.records import a_health_record
from tests.factories.registry import a_household, a_person
from tests.factories.simulations import a_tried_bill
from tests.factories.year_end import REPAID, a_year_end

# Open to anybody: they show nothing of anyone.
PUBLIC = {"set_language", "type_size", "healthz", "look"} | {
    *("offline:worker", "offline:manifest", "offline:queue", "offline:no_network"),
}
# For whoever is signed in, whatever the role: only their own things.
SIGNED_IN = {"home", "me", "outreach:inbox"}
# What scripts ask: not signed in is answered with 401 and a code, never with a page.
SCRIPTS = {
    f"followups:sync_{name}" for name in ("state", "list", "homes", "visits", "attempts", "needs", "known")
}
DAY = date(2026, 3, 2)
MOVED = {
    "message": {"zh": "这家已迁出", "en": "moved away"},
    "remedy": {"zh": "请转交", "en": "Pass it on."},
}


@dataclass
class Place:
    """One household with everything around it, in one village."""

    village: Area
    cast: Cast

    def __post_init__(self) -> None:
        doctor = self.cast.doctor
        self.is_own = self.village.pk == doctor.area_id
        self.household = a_household(self.village)
        self.person = a_person(self.household)
        shared = {"household": self.household, "person": self.person, "village": self.village}
        placed = {**shared, "county": self.village.county, "protocol": "hypertension"}
        self.visit = Visit.objects.create(
            uuid=uuid.uuid4(), edition="2017", visited_on=DAY, mode="2", by=doctor, **placed
        )
        self.duty = Duty.objects.create(
            rule="chronic_quarterly", starts_on=DAY, due_on=DAY, ends_on=DAY, **placed
        )
        self.first_visit = Duty.objects.create(
            rule="tuberculosis_first",
            starts_on=DAY,
            due_on=DAY,
            ends_on=DAY,
            why={"until": "2026-03-05T00:00:00+08:00"},
            **placed,
        )
        self.need = Need.objects.create(
            kind="medicine",
            description="药",
            raised_on=DAY,
            due_on=DAY,
            raised_by=doctor,
            owner=doctor,
            **shared,
        )
        self.task = NeedTask.objects.create(need=self.need, code="identity")
        self.referral = Referral.objects.create(
            to_institution=an_institution(self.village.county),
            reason="骨折",
            referred_at=datetime(2026, 3, 2, 4, tzinfo=UTC),
            referred_on=DAY,
            referred_by=doctor,
            check_by=DAY,
            **shared,
        )
        self._make_team(doctor)
        self._make_files(doctor)
        self._make_rules(doctor)
        self._make_case(doctor)
        self._make_bill(self.cast.clerk)
        self._make_screening(doctor)
        self._make_identification(doctor)
        self._make_money(doctor)
        self._make_desk(doctor)
        an_institution(self.village.parent, "township_hospital")
        a_health_record(self.person)
        self.role = InstitutionRole.objects.create(
            county=self.village.county,
            institution=an_institution(self.village.county, "county_hospital"),
            role="designated",
            period=DateRange(DAY, None),
        )

    def _make_team(self, doctor: Any) -> None:
        township = self.village.parent
        clinic = an_institution(self.village)
        self.team = Team.objects.create(name=f"队{self.village.pk}", area=township, institution=clinic)
        self.team.villages.add(self.village)
        leader = a_practitioner(clinic, is_general_practitioner=True)
        self.member = TeamMember.objects.create(
            team=self.team, practitioner=leader, slot="leader", from_on=DAY
        )
        self.contract = Contract.objects.create(
            person=self.person,
            village=self.village,
            team=self.team,
            period=DateRange(DAY, DAY + timedelta(days=365)),
            package="basic",
            signed_on=DAY,
            recorded_by=doctor,
        )
        second = Team.objects.create(name=f"二队{self.village.pk}", area=township, institution=clinic)
        second.villages.add(self.village)
        self.move = ContractMove.objects.create(
            from_team=self.team, to_team=second, moved_on=DAY, reason="换", by=doctor
        )
        self.feedback = Feedback.objects.create(
            village=self.village,
            kind="praise",
            channel="visit",
            words="好",
            received_on=DAY,
            recorded_by=doctor,
        )
        kept = keep_paper(SimpleUploadedFile("a.pdf", b"%PDF-1.4 %%EOF"), folder="papers")
        self.kept = {
            "path": kept.path,
            "sha256": kept.sha256,
            "media_type": kept.media_type,
            "size": kept.size,
            "added_on": DAY,
            "added_by": doctor,
        }
        self.paper = ContractPaper.objects.create(contract=self.contract, **self.kept)
        self.photograph = NeedPhotograph.objects.create(need=self.need, **self.kept)
        self.reply = ReferralPaper.objects.create(referral=self.referral, **self.kept)

    def _make_case(self, doctor: Any) -> None:
        self.case = open_case(
            condition=a_major_condition(self.person), evidence="病理报告", by=doctor, on=DAY
        )
        self.evidence = CasePaper.objects.create(case=self.case, stage="registered", **self.kept)
        CarePlan.objects.create(
            case=self.case,
            version=1,
            goals="恢复饮食",
            treatment="手术",
            hospital=an_institution(self.village.parent),
            visits="每月一次",
            made_by=doctor,
            made_on=DAY,
        )

    def _make_screening(self, doctor: Any) -> None:
        self.screening = ScreeningDay.objects.create(
            area=self.village.parent,
            title="集中筛查",
            on=DAY,
            hospital=an_institution(self.village.parent),
            by=doctor,
        )

    def _make_identification(self, doctor: Any) -> None:
        county = self.village.county
        self.listed = a_list("stroke", area=county)
        self.round = a_round(self.village.parent, doctor, catalogue=self.listed)
        self.identification = IdentificationCase.objects.create(
            person=self.person,
            village=self.village,
            county=county,
            disease=self.listed.entries.get().disease,
            grounds="出院小结",
            opened_on=DAY,
            opened_by=doctor,
            moved_on=DAY,
        )
        self.letter = IdentificationLetter.objects.create(
            area=self.village, addressee="committee", year=2026, number=1, dated=DAY, written_by=doctor
        )

    def _make_bill(self, clerk: Any) -> None:
        """A settled and paid stay at the clerk's hospital; beyond the area at one where nobody knows the clerk."""
        hospital = a_hospital_at(self.village.county)
        if self.is_own:
            a_practitioner(hospital, user=clerk)
        self.rules = an_approved_policy(
            self.village.county, self.cast.county, self.cast.auditor, text=POLICY_TEXT + REPAID
        )
        self.stay = an_admission(self.person, hospital, clerk)
        a_bill_item(self.stay)
        self.settlement = settle(admission=self.stay, by=clerk, on=SETTLED_ON)
        self.receipt = a_receipt(self.stay, clerk)
        self.open_stay = an_admission(self.person, hospital, clerk, care="outpatient")
        a_bill_item(self.open_stay)

    def _make_rules(self, doctor: Any) -> None:
        county = self.village.county
        scan = {name: self.kept[name] for name in ("path", "sha256", "media_type", "size")}
        self.policy_document = a_policy_document(county, **scan)
        self.policy = a_draft_policy(county, doctor, document=self.policy_document)
        tried = a_tried_bill(self.person, self.policy, an_institution(county, "county_hospital"), doctor)
        self.changed_bill, self.simulation = tried, tried.simulation

        self.warning = a_warning(self.household)
        self.monitoring = MonitoringCase.objects.create(
            household=self.household,
            kind="unstable",
            risk="illness",
            source="sweep",
            found_on=DAY,
            turn_since=DAY,
            due_on=DAY,
        )
        self.measure = MonitoringMeasure.objects.create(
            case=self.monitoring, kind="work", what="公益岗位", who="村委会", since=DAY
        )

    def _make_money(self, doctor: Any) -> None:
        county = self.village.county
        self.fund = a_fund(county, doctor)
        self.payable = Payable.objects.create(
            county=county, institution=an_institution(county), payer="fund", month=DAY.replace(day=1)
        )
        self.money_difference = PayableDifference.objects.create(payable=self.payable, kind="not_ours")
        self.ledger_check = LedgerCheck.objects.create(county=county, checked_on=DAY)
        self.year_end = a_year_end(self.rules, self.person, doctor)

    def _make_desk(self, doctor: Any) -> None:
        """What the desks of township and county keep."""
        kept = {name: self.kept[name] for name in ("path", "sha256", "media_type", "size")}
        self.pledge = a_pledge(self.village, doctor, **kept)
        a_target(self.pledge)
        self.meeting = a_meeting(self.village.parent, doctor, **kept)
        self.activity = an_activity(self.village.parent, doctor)
        self.handout = a_handout(self.household, doctor)
        self.survey = a_survey(self.village, doctor)
        own = a_meeting(self.village.county, doctor)
        self.action = an_action(own, doctor if self.is_own else self.cast.stranger)

    def _make_files(self, doctor: Any) -> None:
        files = {
            "xlsx_path": "reports/a.xlsx",
            "pdf_path": "reports/a.pdf",
            "figures": {"tables": NO_CAUSES, "on": "2026-03-31", "since": "2026-03-01"},
        }
        self.report = Report.objects.create(
            area=self.village,
            kind="causes",
            since=DAY.replace(day=1),
            until=date(2026, 3, 31),
            state="done",
            **files,
        )
        Publication.objects.create(report=self.report, at=datetime(2026, 4, 2, 4, tzinfo=UTC), by=doctor)
        self.register_import = RegisterImport.objects.create(
            area=self.village.parent, file_name="a.xlsx", uploaded_by=doctor, state="previewed"
        )
        self.refused = Submission.objects.create(
            client_id=uuid.uuid4(),
            sha256=b"r",
            body={"person": str(self.person.uuid)},
            user=doctor,
            state="refused",
            problem={"problems": [{"field": "person", "code": "moved_away", **MOVED}]},
        )
        offered = Submission.objects.create(client_id=uuid.uuid4(), sha256=b"x", body={}, user=doctor)
        self.conflict = Conflict.objects.create(
            kind="duty_twice", village=self.village, kept=self.visit, offered=offered
        )


NO_CAUSES = {
    "causes": {"rows": [], "together": {}},
    "ages": {"rows": [], "together": {"aged": [0, 0], "men": 0, "women": 0}},
}
POLICY = ["", "_numbers", "_text", "_cases", "_compare", "_approve", "_retire", "_discard"]
DOCUMENT = ["", "_edit", "_file"]
SIMULATION = ["", "_cancel", "_bills", "_export"]
REPORT = ["report", "again", "submit", "send_back", "approve", "correct", "changes", "rows", "publish"]
STAY = ["", "_correct", "_agreement"]
SHEETS = ["records", "classes", "exams", "enrolments"]
RECORD_PAGES = ["paper", "take_over", "class", "exam"]
# Address → the words in it, taken from a place. A new address with words needs a line here.
WORDS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "followups:visit": lambda p: {"uuid": p.visit.pk},
    "followups:visit_amend": lambda p: {"uuid": p.visit.pk},
    "followups:not_found": lambda p: {"pk": p.duty.pk},
    "followups:call": lambda p: {"uuid": p.household.uuid},
    "followups:house_call": lambda p: {"uuid": p.household.uuid},
    "followups:duty_move": lambda p: {"pk": p.duty.pk},
    "followups:notice": lambda p: {"pk": p.first_visit.pk},
    "followups:blank_visit": lambda p: {"code": "hypertension" if p.is_own else "gout"},
    "followups:refused_take_over": lambda p: {"pk": p.refused.pk},
    "followups:pairing": lambda p: {"uuid": p.household.uuid},
    "followups:need": lambda p: {"uuid": p.need.uuid},
    "followups:need_story": lambda p: {"uuid": p.need.uuid},
    "followups:need_papers": lambda p: {"uuid": p.need.uuid},
    "followups:need_paper": lambda p: {"uuid": p.need.uuid, "code": p.task.code},
    "followups:referral": lambda p: {"uuid": p.referral.uuid},
    "followups:referral_priority": lambda p: {"uuid": p.referral.uuid},
    "followups:case": lambda p: {"uuid": p.case.uuid},
    "followups:screening": lambda p: {"uuid": p.screening.uuid},
    "followups:case_plan": lambda p: {"uuid": p.case.uuid},
    "followups:case_plan_new": lambda p: {"uuid": p.case.uuid},
    "followups:case_plan_sign": lambda p: {"uuid": p.case.uuid, "version": 1},
    "followups:conflict": lambda p: {"pk": p.conflict.pk},
    "followups:team": lambda p: {"pk": p.team.pk},
    "followups:team_member": lambda p: {"pk": p.team.pk},
    "followups:team_member_remove": lambda p: {"pk": p.team.pk, "member_pk": p.member.pk},
    "followups:contract": lambda p: {"pk": p.contract.pk},
    "followups:contract_sign": lambda p: {"pk": p.contract.pk},
    "followups:contract_discard": lambda p: {"pk": p.contract.pk},
    "followups:contract_end": lambda p: {"pk": p.contract.pk},
    "followups:move": lambda p: {"pk": p.team.pk},
    "followups:move_undo": lambda p: {"pk": p.move.pk},
    "followups:team_close": lambda p: {"pk": p.team.pk},
    "followups:feedback": lambda p: {"uuid": p.feedback.uuid},
    "followups:paper_add": lambda p: {"pk": p.contract.pk},
    "followups:paper": lambda p: {"pk": p.paper.pk},
    "followups:paper_remove": lambda p: {"pk": p.paper.pk},
    "followups:case_paper_add": lambda p: {"uuid": p.case.uuid},
    "followups:case_paper": lambda p: {"pk": p.evidence.pk},
    "followups:case_paper_remove": lambda p: {"pk": p.evidence.pk},
    "followups:need_photograph_add": lambda p: {"uuid": p.need.uuid},
    "followups:need_photograph": lambda p: {"pk": p.photograph.pk},
    "followups:need_photograph_remove": lambda p: {"pk": p.photograph.pk},
    "followups:referral_paper_add": lambda p: {"uuid": p.referral.uuid},
    "followups:referral_paper": lambda p: {"pk": p.reply.pk},
    "followups:referral_paper_remove": lambda p: {"pk": p.reply.pk},
    **{f"claims:window_{act}": lambda p: {"uuid": p.person.uuid} for act in ("person", "admit")},
    **{f"claims:stay{act}": lambda p: {"uuid": p.stay.uuid} for act in STAY},
    **{f"claims:stay_{act}": lambda p: {"uuid": p.open_stay.uuid} for act in ("bill", "file", "settle")},
    "claims:bill": lambda p: {"uuid": p.stay.uuid},
    **{f"claims:bill_{paper}": lambda p: {"uuid": p.settlement.uuid} for paper in ("slip", "statement")},
    "claims:receipt": lambda p: {"uuid": p.receipt.uuid},
    **{f"claims:policy{act}": lambda p: {"pk": p.policy.pk} for act in POLICY},
    **{f"claims:policy_document{act}": lambda p: {"pk": p.policy_document.pk} for act in DOCUMENT},
    **{f"claims:simulation{act}": lambda p: {"pk": p.simulation.pk} for act in SIMULATION},
    "claims:simulated_bill": lambda p: {"pk": p.simulation.pk, "bill_pk": p.changed_bill.pk},
    "claims:spending": lambda p: {"uuid": p.household.uuid},
    "claims:warning": lambda p: {"pk": p.warning.pk},
    "clinics:role_end": lambda p: {"pk": p.role.pk},
    "households:household": lambda p: {"uuid": p.household.uuid},
    "households:household_phone": lambda p: {"uuid": p.household.uuid},
    "households:household_history": lambda p: {"uuid": p.household.uuid},
    "households:monitoring_case": lambda p: {"uuid": p.monitoring.uuid},
    "households:monitoring_history": lambda p: {"uuid": p.monitoring.uuid},
    "households:monitoring_new": lambda p: {"uuid": p.household.uuid},
    "households:monitoring_from_warning": lambda p: {"pk": p.warning.pk},
    "households:monitoring_measure": lambda p: {"uuid": p.monitoring.uuid, "pk": p.measure.pk},
    "households:person": lambda p: {"uuid": p.person.uuid},
    "households:person_history": lambda p: {"uuid": p.person.uuid},
    "households:reveal": lambda p: {"uuid": p.person.uuid, "field": "phone"},
    "households:contact": lambda p: {"uuid": p.person.uuid},
    **{f"records:{page}": lambda p: {"uuid": p.person.uuid} for page in RECORD_PAGES},
    **{f"reports:{page}": lambda p: {"pk": p.report.pk} for page in REPORT},
    "reports:benefit": lambda p: {"code": "free_exam"},
    "reports:benefit_person": lambda p: {"uuid": p.person.uuid},
    **{f"reports:{file}": lambda p: {"pk": p.report.pk, "kind": "pdf"} for file in ("download", "public")},
    "reports:visit_paper": lambda p: {"uuid": p.visit.pk},
    "reports:contract_agreement": lambda p: {"pk": p.contract.pk},
    # A form belongs to no area: outside stands one that nobody knows.
    "reports:empty_paper": lambda p: {"key": "hypertension_2017" if p.is_own else "gout_1900"},
    "reports:list": lambda p: {"code": "insured", "side": "all"},
    "reports:indicator": lambda p: {"code": "insured"},
    "reports:slogan": lambda p: {"code": "six_ones"},
    "reports:export": lambda p: {"code": "insured", "side": "all"},
    "accounts:user_reset": lambda p: {"pk": p.cast.doctor.pk},
    "accounts:user_active": lambda p: {"pk": p.cast.doctor.pk},
}
WORDS |= {f"reports:pledge{act}": lambda p: {"pk": p.pledge.pk} for act in ("", "_edit", "_file")}
WORDS |= {f"outreach:meeting{act}": lambda p: {"pk": p.meeting.pk} for act in ("", "_edit", "_file")}
WORDS |= {f"outreach:activity{act}": lambda p: {"pk": p.activity.pk} for act in ("", "_results")}
# What is handed out belongs to no area: outside stands a thing that nobody knows.
WORDS["outreach:handouts"] = lambda p: {"code": "contact_card" if p.is_own else "gold"}
WORDS |= {
    f"outreach:clinic{act}": lambda p: {"pk": p.team.institution_id}
    for act in ("", "_edit", "_rebuild", "_prices")
}
WORDS["outreach:handouts_export"] = WORDS["outreach:handouts"]
WORDS["outreach:contact_card"] = lambda p: {"uuid": p.household.uuid}
WORDS["outreach:contact_cards"] = lambda p: {"pk": p.village.pk}
WORDS["outreach:handout_replace"] = lambda p: {"pk": p.handout.pk}
WORDS |= {f"outreach:survey{act}": lambda p: {"uuid": p.survey.uuid} for act in ("", "_close", "_homes")}
WORDS["outreach:survey_home"] = lambda p: {"uuid": p.survey.uuid, "home_uuid": p.household.uuid}
WORDS["outreach:action"] = lambda p: {"pk": p.action.pk}
FUND_PAGES = ["fund", "fund_put_in", "fund_correct", "fund_warning"]
CLAIM_PAGES = ["payable", *(f"payable_{act}" for act in ("claim", "paid", "answer", "partial", "refused"))]
WORDS |= {f"claims:{page}": lambda p: {"pk": p.fund.pk} for page in FUND_PAGES}
WORDS |= {f"claims:{page}": lambda p: {"pk": p.payable.pk} for page in CLAIM_PAGES}
WORDS |= {
    f"claims:{page}": lambda p: {"county": p.village.county_id, "month": "2026-03"}
    for page in ("month_claim", "month_close")
}
WORDS |= {
    "claims:claim_sheet": lambda p: {"pk": p.payable.pk, "kind": "xlsx"},
    "claims:year_end": lambda p: {"pk": p.year_end.pk},
    "claims:year_end_export": lambda p: {"pk": p.year_end.pk},
    "claims:year_end_slip": lambda p: {"pk": p.year_end.top_ups.get().pk},
    "claims:year_end_preview": lambda p: {"county": p.village.county_id, "year": 2025, "rule": "repaid"},
    "claims:difference": lambda p: {"pk": p.money_difference.pk},
    "claims:check": lambda p: {"pk": p.ledger_check.pk},
}
WORDS |= {
    "identification:case": lambda p: {"uuid": p.identification.uuid},
    "identification:case_new": lambda p: {"uuid": p.person.uuid},
    "identification:letter": lambda p: {"uuid": p.letter.uuid},
    "identification:letter_pdf": lambda p: {"uuid": p.letter.uuid},
    "identification:catalogue": lambda p: {"pk": p.listed.pk},
    "identification:round_home": lambda p: {"uuid": p.round.uuid, "home_uuid": p.household.uuid},
    "identification:round_person": lambda p: {"uuid": p.round.uuid, "person_uuid": p.person.uuid},
    **{
        f"identification:round{act}": lambda p: {"uuid": p.round.uuid}
        for act in ("", "_close", "_homes", "_people", "_export")
    },
}
IMPORTS = ["", "_progress", "_columns", "_decide", "_apply", "_undo", "_discard", "_refused"]
WORDS |= {f"households:import{act}": lambda p: {"pk": p.register_import.pk} for act in IMPORTS}
# Address → the question it cannot do without.
QUERIES: dict[str, Callable[[Place], dict[str, Any]]] = {
    "followups:visit_new": lambda p: {"duty": p.duty.pk},
    "followups:need_new": lambda p: {"person": p.person.uuid},
    "followups:referral_new": lambda p: {"visit": p.visit.pk},
    "followups:case_new": lambda p: {"person": p.person.uuid},
    "followups:contract_new": lambda p: {"person": p.person.uuid},
    "reports:village_agreements": lambda p: {"village": p.village.pk, "team": p.team.pk},
    **{f"records:{page}": lambda p: {"area": p.village.pk} for page in SHEETS},
    **{f"reports:{page}": lambda p: {"area": p.village.pk} for page in ("benefits", "benefit")},
    "reports:rows": lambda p: {"table": "ages", "column": "men", "take": "number"},
    "reports:dashboard": lambda p: {"area": p.village.pk},
    "reports:list": lambda p: {"area": p.village.pk},
    "reports:indicator": lambda p: {"area": p.village.pk},
    "reports:slogans": lambda p: {"area": p.village.pk},
    "reports:slogan": lambda p: {"area": p.village.pk},
    "reports:export": lambda p: {"area": p.village.pk},
}


def _address(name: str, place: Place) -> str:
    url = reverse(name, kwargs=WORDS[name](place) if name in WORDS else {})
    return f"{url}?{urlencode(QUERIES[name](place))}" if name in QUERIES else url


@dataclass
class Doors:
    near: Place
    far: Place
    cast: Cast

    def inside(self, name: str) -> str:
        return _address(name, self.near)

    def outside(self, name: str) -> str:
        if name.startswith("accounts:"):
            return reverse(name, kwargs={"pk": self.cast.stranger.pk})
        return _address(name, self.far)


def a_world(county: County, cast: Cast) -> Doors:
    return Doors(Place(county.lianhe, cast), Place(county.far, cast), cast)
