"""Every night: what is owed from now on, what is owed no longer, and what can no longer be made up."""

from datetime import date

from followups.services.early import raise_early_needs
from followups.services.generation import close_missed, generate_duties
from followups.services.grounds import close_groundless, open_again
from healthaid.journeys.screening import follow_suspicions
from households.services.records.classes import classify


def make_duties(*, on: date) -> dict[str, int]:
    """This will bring what is owed up to the day; counts by rule, and of what was closed or opened again.

    The health class comes first: what is owed goes by it, and whoever is sub-healthy gets a need, as does
    whoever a screening round left under suspicion."""
    classes = {f"class_{code}": count for code, count in classify(on=on).items()}
    early = raise_early_needs(on=on)
    suspected = follow_suspicions(on=on)
    stopped = close_groundless(on=on)
    again = open_again(on=on)
    made = generate_duties(on=on)
    return {
        **made,
        **classes,
        "early_needs": early,
        "suspected_needs": suspected["raised"],
        "no_ground": stopped,
        "again": again,
        "missed": close_missed(on=on),
    }
