"""Which lines of early warning a bill would take a household over, in words for the clerk."""

from django.utils.translation import gettext as _

from claims.presenters.warnings import rule_words
from claims.queries.burdens.crossed import Crossing


def crossing_words(crossing: Crossing) -> str:
    """What the household would have borne, against which line."""
    slots = {
        "rule": " · ".join(part for part in (rule_words(crossing.rule), crossing.person) if part),
        "burden": f"{crossing.burden:,.2f}",
        "projected": f"{crossing.projected or 0:,.2f}",
        "line": f"{crossing.threshold:,.2f}",
    }
    if crossing.is_expected:
        return (
            _("%(rule)s: %(projected)s yuan are to be expected by the year's end, the line is %(line)s.")
            % slots
        )
    return _("%(rule)s: with this bill %(burden)s yuan, the line is %(line)s.") % slots
