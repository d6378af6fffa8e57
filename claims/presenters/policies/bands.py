"""Bands in words: 0 to 30,000 yuan 60 %, above that 65 %."""

from itertools import pairwise

from django.utils.translation import gettext as _

from claims.policy.layers import Band
from claims.presenters.policies.numbers import joined, percent, yuan


def band_words(bands: tuple[Band, ...]) -> str:
    """Each band from its lower edge; a single one is its rate."""
    if len(bands) == 1:
        return percent(bands[0].rate)
    first = _("up to %(upto)s yuan %(rate)s") % {"upto": _edge(bands[0]), "rate": percent(bands[0].rate)}
    return joined([first, *(_band(low, high) for low, high in pairwise(bands))])


def _band(low: Band, high: Band) -> str:
    values = {"above": _edge(low), "upto": _edge(high), "rate": percent(high.rate)}
    if high.upto is None:
        return _("above %(above)s yuan %(rate)s") % values
    return _("%(above)s to %(upto)s yuan %(rate)s") % values


def _edge(band: Band) -> str:
    return yuan(band.upto) if band.upto is not None else ""
