from django.urls import include, path

from healthaid.pages.views import households, people

app_name = "households"
urlpatterns = [
    path("households/", households.household_list, name="list"),
    path("households/<uuid:uuid>/", people.household, name="household"),
    path("households/<uuid:uuid>/phone/", people.household_phone, name="household_phone"),
    path("households/<uuid:uuid>/history/", people.household_history, name="household_history"),
    path("persons/<uuid:uuid>/", people.person, name="person"),
    path("persons/<uuid:uuid>/show/<slug:field>/", people.reveal, name="reveal"),
    path("persons/<uuid:uuid>/contact/", people.contact, name="contact"),
    path("persons/<uuid:uuid>/history/", people.person_history, name="person_history"),
    path("households/", include("households.urls_imports")),
]
