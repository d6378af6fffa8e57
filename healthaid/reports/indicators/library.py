"""Every indicator, defined once. docs/indicators.md is written from this list."""

from healthaid.reports.indicators.basics import COVERAGE, HEALTH, REGISTER
from healthaid.reports.indicators.burdens import BURDENS, CHECKS
from healthaid.reports.indicators.contracts import CONTRACTS
from healthaid.reports.indicators.costs import STAYS
from healthaid.reports.indicators.files import FILES
from healthaid.reports.indicators.major import MAJOR
from healthaid.reports.indicators.managed import MANAGEMENT
from healthaid.reports.indicators.model import Indicator
from healthaid.reports.indicators.outings import OUTINGS
from healthaid.reports.indicators.places import PLACES
from healthaid.reports.indicators.referrals import REFERRALS
from healthaid.reports.indicators.service import CONTROL, NEEDS, WORK
from healthaid.reports.indicators.tables import FORMS

INDICATORS: dict[str, Indicator] = {
    indicator.code: indicator
    for indicator in (
        *COVERAGE,
        *REGISTER,
        *WORK,
        *CONTROL,
        *MANAGEMENT,
        *NEEDS,
        *REFERRALS,
        *MAJOR,
        *HEALTH,
        *FORMS,
        *CONTRACTS,
        *OUTINGS,
        *STAYS,
        *BURDENS,
        *CHECKS,
        *PLACES,
        *FILES,
    )
}
