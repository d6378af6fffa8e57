from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "healthaid.outreach"
    label = "outreach"
