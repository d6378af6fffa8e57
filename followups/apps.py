from django.apps import AppConfig
from django.core.checks import register

from followups.checks import rules_can_be_kept


class FollowupsConfig(AppConfig):
    name = "followups"
    label = "followups"

    def ready(self) -> None:
        """Registers what the product refuses to start with."""
        register(rules_can_be_kept)
