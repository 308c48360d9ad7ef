from django.urls import path

from apps.web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("<str:name>/", views.results, name="index"),
    path("<str:name>/detail/<path:subject>/", views.record, name="record"),
]
