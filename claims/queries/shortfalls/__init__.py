"""Bills below the target: how many yuan are short, why, who must act."""

from claims.queries.shortfalls.finding import (
    By,
    Group,
    Narrowing,
    ShortBill,
    Standing,
    count_short,
    groups,
    short_bills,
    standing,
)

__all__ = [
    "By",
    "Group",
    "Narrowing",
    "ShortBill",
    "Standing",
    "count_short",
    "groups",
    "short_bills",
    "standing",
]
