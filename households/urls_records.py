"""The addresses of the record."""

from django.urls import path

from households.views.records import classes, enrolments, exams, records

app_name = "records"
urlpatterns = [
    path("", records.record_list, name="records"),
    path("paper/<uuid:uuid>/", records.paper_record, name="paper"),
    path("paper/<uuid:uuid>/take-over/", records.record_take_over, name="take_over"),
    path("classes/", classes.class_list, name="classes"),
    path("classes/<uuid:uuid>/", classes.class_page, name="class"),
    path("exams/", exams.exam_list, name="exams"),
    path("exams/campaign/", exams.campaign, name="campaign"),
    path("exams/<uuid:uuid>/", exams.exam_one, name="exam"),
    path("enrolments/", enrolments.enrolment_list, name="enrolments"),
]
