"""Quarterly tables of the departments in the county, a meeting of a street, and what came of their tasks."""

from datetime import date, timedelta

from core.accounts.models import Area, Role, User
from healthaid.outreach.choices import ActionState, Department, MeetingKind
from healthaid.outreach.models import Meeting, MeetingAction

_ALL = [one.value for one in Department]
_WITHOUT_DISABLED = [code for code in _ALL if code != Department.DISABLED]
_MINUTES = (
    "一、区卫健局通报本季度健康扶贫工作进展：签约、随访、一站式结算和大病救治情况。\n"
    "二、民政、医保、保险公司通报救助和补充保险赔付情况，逐条核对差异。\n"
    "三、议定事项见交办任务，责任到人，限期办结。"
)
# Days ago, title, who came, tasks: what, of which role, due how many days after, result ("" is still open).
_MEETINGS: tuple[tuple[int, str, list[str], tuple[tuple[str, str, int, str], ...]], ...] = (
    (
        *(305, "第一季度健康扶贫部门协调会", _ALL),
        (
            ("核对低保、特困与参保系统标识差异", Role.TOWNSHIP_STAFF, 20, "核对完成，补标 23 人"),
            ("各医院按5%设置扶贫病床并公示", Role.HOSPITAL_CLERK, 30, "两家医院均已设置并挂牌"),
        ),
    ),
    (
        *(214, "第二季度健康扶贫部门协调会", _ALL),
        (("统一特惠保理赔材料清单", Role.COUNTY_STAFF, 25, "清单已印发各乡镇和医院"),),
    ),
    (
        *(122, "第三季度健康扶贫部门协调会", _WITHOUT_DISABLED),
        (
            ("残疾证换发名单与重度精神障碍管理名单比对", Role.TOWNSHIP_STAFF, 40, "比对完成"),
            ("大病保险一站式结算接口联调", Role.HOSPITAL_CLERK, 60, "联调通过，次日起直接结算"),
        ),
    ),
    (
        *(31, "第四季度健康扶贫部门协调会", _ALL),
        (
            ("自付超过警戒线的家庭逐户核实，提出救助意见", Role.TOWNSHIP_STAFF, 20, ""),
            ("兜底保障基金年底资金缺口测算报财政", Role.COUNTY_STAFF, 40, ""),
            ("下年度参保缴费资助名单核定", Role.TOWNSHIP_STAFF, 45, ""),
        ),
    ),
)


def hold_meetings(county: Area, officer: int, on: date) -> None:
    """This will write down four quarterly tables of the county and a street's meeting, tasks included."""
    owners = _owners(county)
    made = [
        _meeting(county, title, on - timedelta(days=ago), came, officer)
        for ago, title, came, _tasks in _MEETINGS
    ]
    Meeting.objects.bulk_create(made)
    MeetingAction.objects.bulk_create(
        _action(meeting, task, owners[role], days, result)
        for meeting, (_ago, _title, _came, tasks) in zip(made, _MEETINGS, strict=True)
        for task, role, days, result in tasks
        if role in owners
    )
    _street(owners, on)


def _owners(county: Area) -> dict[str, User]:
    """The first user of each role in the county."""
    users = User.objects.filter(area__ancestors__contains=[county.pk]).select_related("area").order_by("-pk")
    return {user.role: user for user in users if user.sees_sensitive}


def _meeting(area: Area, title: str, held_on: date, came: list[str], officer: int) -> Meeting:
    return Meeting(
        area=area,
        kind=MeetingKind.COORDINATION,
        title=title,
        held_on=held_on,
        place="区政府二楼会议室",
        chair="分管副区长",
        departments=came,
        attendees="各部门分管负责人、各街道卫健办主任、两家定点医院医保科长",
        minutes=_MINUTES,
        recorded_by_id=officer,
    )


def _action(meeting: Meeting, task: str, owner: User, days: int, result: str) -> MeetingAction:
    due_on = meeting.held_on + timedelta(days=days)
    ended = {"state": ActionState.DONE, "ended_on": due_on - timedelta(days=3), "ended_by": owner}
    return MeetingAction(
        meeting=meeting,
        task=task,
        owner=owner,
        due_on=due_on,
        result=result,
        **(ended if result else {}),  # type: ignore[arg-type]
    )


def _street(owners: dict[str, User], on: date) -> None:
    staff, doctor = owners.get(Role.TOWNSHIP_STAFF), owners.get(Role.VILLAGE_DOCTOR)
    if not staff or not doctor:
        return
    meeting = _meeting(staff.area, "街道家庭医生工作例会", on - timedelta(days=9), ["health"], staff.pk)
    meeting.kind, meeting.chair, meeting.place = MeetingKind.WORK, "卫健办主任", "街道办会议室"
    meeting.save()
    _action(meeting, "本月未入户家庭名单核对后报卫健办", doctor, 14, "").save()
