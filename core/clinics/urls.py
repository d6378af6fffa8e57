from django.urls import path

from core.clinics import views

app_name = "clinics"
urlpatterns = [
    path("institutions/roles/", views.role_list, name="roles"),
    path("institutions/roles/new/", views.role_new, name="role_new"),
    path("institutions/roles/<int:pk>/end/", views.role_end, name="role_end"),
]
