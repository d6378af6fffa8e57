from django.apps import AppConfig

from healthaid import celery


class HealthAidConfig(AppConfig):
    name = "healthaid"
    label = "healthaid"
    celery_app = celery.app
