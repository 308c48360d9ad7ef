"""The addresses of Globus Search (S1 to S26), and ours beside them."""

from django.urls import path

from apps.search.api import finding, indexes, writing
from apps.search.api.base import NoSuchSearchRoute

INDEX = "v1/index/<str:index_id>"

urlpatterns = [
    path("v1/index", indexes.Indexes.as_view()),
    path("v1/index_list", indexes.IndexList.as_view()),
    path(INDEX, indexes.OneIndex.as_view()),
    path(f"{INDEX}/presentation", indexes.Presentation.as_view()),
    path(f"{INDEX}/reopen", indexes.Reopen.as_view()),
    path(f"{INDEX}/role", indexes.Roles.as_view()),
    path(f"{INDEX}/role_list", indexes.RoleList.as_view()),
    path(f"{INDEX}/role/<str:role_id>", indexes.OneRole.as_view()),
    path(f"{INDEX}/search", finding.Search.as_view(), name="api_search"),
    path(f"{INDEX}/scroll", finding.Scroll.as_view()),
    path(f"{INDEX}/suggest", finding.Suggest.as_view(), name="api_suggest"),
    path(f"{INDEX}/ingest", writing.Ingest.as_view()),
    path(f"{INDEX}/subject", writing.OneSubject.as_view(), name="api_subject"),
    path(f"{INDEX}/entry", writing.OneEntry.as_view()),
    path(f"{INDEX}/batch_delete_by_subject", writing.BatchDelete.as_view()),
    path(f"{INDEX}/delete_by_query", writing.DeleteByQuery.as_view()),
    path("v1/task/<str:task_id>", writing.OneTask.as_view()),
    path("v1/task_list/<str:index_id>", writing.TaskList.as_view()),
    path("beta/index/<str:index_id>/mapping", indexes.Mapping.as_view()),
    path("beta/index/<str:index_id>/mapping/<path:path>", indexes.FieldMapping.as_view()),
    path("beta/index/<str:index_id>/field_budget", indexes.FieldBudget.as_view()),
    NoSuchSearchRoute.route(),
]
