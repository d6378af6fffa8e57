from django.urls import path

from core.accounts.views import looks, users

app_name = "accounts"
urlpatterns = [
    path("accounts/", users.user_list, name="users"),
    path("accounts/new/", users.user_new, name="user_new"),
    path("accounts/<int:pk>/password/", users.user_reset, name="user_reset"),
    path("accounts/<int:pk>/active/", users.user_active, name="user_active"),
    path("access-log/", looks.access_log, name="access_log"),
]
