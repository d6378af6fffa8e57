"""The app on the phone. These addresses show nothing of anyone: what a phone keeps stays on the phone."""

from django.urls import path

from healthaid.offline import views

app_name = "offline"
urlpatterns = [
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("queue/", views.queue, name="queue"),
    path("offline/", views.no_network, name="no_network"),
]
