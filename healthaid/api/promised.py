"""What a contract promised and what was done of it, as the API tells it."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as s


class Promise(s.Serializer):
    item = s.CharField(help_text=_("What the contract in force promises"))
    promised = s.IntegerField(help_text=_("For the whole contract year"))
    due = s.IntegerField(help_text=_("By today, in proportion to the days gone, rounded down"))
    done = s.IntegerField(allow_null=True, help_text=_("So far; null where the item is not counted"))
