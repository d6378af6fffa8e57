from django.urls import path

from healthaid.outreach.views.inbox import inbox

app_name = "outreach"
urlpatterns = [path("messages/", inbox, name="inbox")]
