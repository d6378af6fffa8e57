from django.urls import path

from healthaid.outreach.views import (
    actions,
    activities,
    clinics,
    distributions,
    events,
    meetings,
    prices,
    surveys,
)
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
    path("activities/", activities.index, name="activities"),
    path("activities/new/", activities.new, name="activity_new"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("activities/<int:pk>/results/", activities.results, name="activity_results"),
    path("clinics/", clinics.index, name="clinics"),
    path("clinics/<int:pk>/", clinics.clinic, name="clinic"),
    path("clinics/<int:pk>/edit/", clinics.edit, name="clinic_edit"),
    path("clinics/<int:pk>/rebuild/", clinics.rebuild, name="clinic_rebuild"),
    path("clinics/<int:pk>/prices/", prices.prices, name="clinic_prices"),
    path("events/", events.index, name="events"),
    path("events/new/", events.new, name="event_new"),
    path("distributions/", distributions.index, name="distributions"),
    path("distributions/export/", distributions.ledger_export, name="ledger_export"),
    path("distributions/<slug:code>/", distributions.handouts, name="handouts"),
    path("distributions/<slug:code>/export/", distributions.export, name="handouts_export"),
    path("distributions/card/<uuid:uuid>/", distributions.card, name="contact_card"),
    path("distributions/cards/<int:pk>/", distributions.cards, name="contact_cards"),
    path("distributions/replace/<int:pk>/", distributions.replace, name="handout_replace"),
    path("surveys/", surveys.index, name="surveys"),
    path("surveys/new/", surveys.new, name="survey_new"),
    path("surveys/<uuid:uuid>/", surveys.survey, name="survey"),
    path("surveys/<uuid:uuid>/close/", surveys.close, name="survey_close"),
    path("surveys/<uuid:uuid>/homes/", surveys.homes, name="survey_homes"),
    path("surveys/<uuid:uuid>/homes/<uuid:home_uuid>/", surveys.home, name="survey_home"),
]
