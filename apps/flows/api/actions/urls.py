"""Names of providers may hold a slash. What ends in nothing known comes last: it is a provider, or nothing."""

from django.urls import path

from apps.flows.api.actions import base, views

urlpatterns = [
    path("", views.Providers.as_view()),
    path("<path:name>/run", views.Run.as_view()),
    path("<path:name>/actions", views.Actions.as_view()),
    path("<path:name>/actions/<str:action_id>", views.OneAction.as_view()),
    path("<path:name>/actions/<str:action_id>/cancel", views.Cancel.as_view()),
    path("<path:name>/actions/<str:action_id>/release", views.Release.as_view()),
    path("<path:name>/actions/<str:action_id>/resume", views.Resume.as_view()),
    path("<path:name>/actions/<str:action_id>/log", views.Log.as_view()),
    path("<path:name>/<str:action_id>/status", views.Status.as_view()),
    path("<path:name>/<str:action_id>/cancel", views.Cancel.as_view()),
    path("<path:name>/<str:action_id>/release", views.Release.as_view()),
    path("<path:name>/<str:action_id>/resume", views.Resume.as_view()),
    path("<path:name>/<str:action_id>/log", views.Log.as_view()),
    path("<path:name>/", views.Introspection.as_view()),
    path("<path:name>", views.Introspection.as_view()),
    base.NoSuchActionsRoute.route(),
]
