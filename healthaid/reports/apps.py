from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "healthaid.reports"
    label = "reports"
