from django.urls import path

from households.views.identification import cases, catalogues, letters, rounds

app_name = "identification"
urlpatterns = [
    path("", cases.worklist, name="cases"),
    path("cases/<uuid:uuid>/", cases.case, name="case"),
    path("persons/<uuid:uuid>/new/", cases.case_new, name="case_new"),
    path("letters/", letters.letter_list, name="letters"),
    path("letters/<uuid:uuid>/", letters.letter, name="letter"),
    path("letters/<uuid:uuid>/letter.pdf", letters.letter_file, name="letter_pdf"),
    path("lists/", catalogues.catalogue_list, name="catalogues"),
    path("lists/new/", catalogues.catalogue_new, name="catalogue_new"),
    path("lists/<int:pk>/", catalogues.catalogue, name="catalogue"),
    path("rounds/", rounds.round_list, name="rounds"),
    path("rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/<uuid:uuid>/", rounds.round_page, name="round"),
    path("rounds/<uuid:uuid>/close/", rounds.round_close, name="round_close"),
    path("rounds/<uuid:uuid>/homes/", rounds.round_homes, name="round_homes"),
    path("rounds/<uuid:uuid>/homes/<uuid:home_uuid>/", rounds.round_home, name="round_home"),
    path("rounds/<uuid:uuid>/persons/<uuid:person_uuid>/", rounds.round_person, name="round_person"),
    path("rounds/<uuid:uuid>/people/", rounds.round_people, name="round_people"),
    path("rounds/<uuid:uuid>/people.xlsx", rounds.round_export, name="round_export"),
]
