from django.apps import AppConfig

from core.audit.request_log import configure


class AuditConfig(AppConfig):
    name = "core.audit"
    label = "audit"

    def ready(self) -> None:
        configure()
