"""Every week leaders, townships and counties hear how many contracts end within 30 days (DOMAIN B2)."""

from collections import Counter
from datetime import date, timedelta

from core.accounts.models import Area, User
from core.accounts.roles import OFFICERS, Sector
from followups.choices import ContractState, Slot
from followups.models import Contract, TeamMember
from followups.packages import limits
from healthaid.outreach.services.queueing import Draft, queue_messages


def remind(*, on: date) -> int:
    """This will queue one message a week for each leader whose team, and each health officer in whose area,
    contracts end soon and nothing follows them; gives how many were new."""
    days = limits().renewal_days
    ending = Contract.objects.filter(
        state=ContractState.SIGNED,
        period__contains=on,
        period__endswith__lte=on + timedelta(days=days),
        followed_by=None,
        person__left_on=None,
    )
    counts = _leaders(Counter(ending.values_list("team_id", flat=True)))
    counts |= _officers(Counter(ending.values_list("village_id", flat=True)))
    users = User.objects.filter(pk__in=counts, is_active=True).order_by("pk")
    drafts = [
        Draft(user_id=user.pk, language=user.language, context={"count": counts[user.pk], "days": days})
        for user in users
    ]
    return queue_messages(
        drafts, purpose="contract_renewal", period=f"{on:%G-W%V}", template="contract_renewal"
    )


def _leaders(by_team: Counter[int]) -> dict[int, int]:
    """User → contracts that end in the teams he or she leads."""
    seats = TeamMember.objects.filter(team__in=by_team, slot=Slot.LEADER, to_on=None)
    found: Counter[int] = Counter()
    for team, user in seats.values_list("team_id", "practitioner__user"):
        if user:
            found[user] += by_team[team]
    return found


def _officers(by_village: Counter[int]) -> dict[int, int]:
    totals: Counter[int] = Counter()
    for pk, ancestors in Area.objects.filter(pk__in=by_village).values_list("pk", "ancestors"):
        for area in ancestors:
            totals[area] += by_village[pk]
    officers = User.objects.filter(role__in=OFFICERS, sector=Sector.HEALTH, area__in=totals)
    return {user: totals[area] for user, area in officers.values_list("pk", "area_id")}
