from django.urls import path

from healthaid.outreach.views import actions, meetings
from healthaid.outreach.views.inbox import inbox

app_name = "outreach"
urlpatterns = [
    path("messages/", inbox, name="inbox"),
    path("meetings/", meetings.index, name="meetings"),
    path("meetings/new/", meetings.new, name="meeting_new"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", meetings.edit, name="meeting_edit"),
    path("meetings/<int:pk>/file/", meetings.file, name="meeting_file"),
    path("actions/", actions.index, name="actions"),
    path("actions/<int:pk>/", actions.action, name="action"),
]
