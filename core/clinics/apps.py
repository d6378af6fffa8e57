from django.apps import AppConfig


class ClinicsConfig(AppConfig):
    name = "core.clinics"
    label = "clinics"
