from django.urls import path

from apps.accounts.api import views

urlpatterns = [
    path("v2/oauth2/userinfo", views.UserInfo.as_view(), name="userinfo"),
    path("<path:rest>", views.NoSuchAuthRoute.as_view()),
]
