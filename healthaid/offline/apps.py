from django.apps import AppConfig


class OfflineConfig(AppConfig):
    name = "healthaid.offline"
    label = "offline"
