"""What waits for a doctor beside the visits, one short line for each kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from followups.queries.today import Waiting


@dataclass(frozen=True)
class Ask:
    """`words` follow the number."""

    count: int
    words: str
    url: str


def present_asks(waiting: Waiting, referrals: Mapping[str, int]) -> list[Ask]:
    """This will name what waits and where it is done; nothing that is at zero. `referrals` as counted by
    `queries.referrals.count_referrals`."""
    return [ask for ask in (*_of_the_day(waiting), *_of_referrals(referrals)) if ask.count]


def _of_the_day(found: Waiting) -> Iterator[Ask]:
    count = found.conflicts
    yield Ask(
        count,
        ngettext("visit with two records", "visits with two records", count),
        reverse("followups:conflicts"),
    )
    count = found.to_sign
    words = ngettext("plan for me to sign", "plans for me to sign", count)
    yield Ask(count, words, reverse("followups:cases") + "?show=sign")
    count = found.answering
    words = ngettext("monthly visit I answer for", "monthly visits I answer for", count)
    yield Ask(count, words, reverse("followups:answering"))
    count = found.needs_overdue
    words = ngettext("need of mine overdue", "needs of mine overdue", count)
    yield Ask(count, words, reverse("followups:needs") + "?show=overdue&mine=1")
    count = found.told
    words = ngettext("matter long open, I was told", "matters long open, I was told", count)
    yield Ask(count, words, reverse("followups:told"))
    count = found.not_found
    words = ngettext("visit closed, nobody found", "visits closed, nobody found", count)
    yield Ask(count, words, reverse("followups:not_found_list"))


def _of_referrals(counted: Mapping[str, int]) -> Iterator[Ask]:
    address = reverse("followups:referrals")
    count = counted["advised"]
    yield Ask(count, ngettext("person still to be referred", "persons still to be referred", count), address)
    count = counted["overdue"]
    words = ngettext("referral not asked after", "referrals not asked after", count)
    yield Ask(count, words, f"{address}?show=overdue")
    count = counted["unanswered"]
    words = ngettext("referral without an answer in time", "referrals without an answer in time", count)
    yield Ask(count, words, f"{address}?show=unanswered")
