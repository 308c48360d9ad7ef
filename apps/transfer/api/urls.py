from django.urls import path

from apps.transfer.api import base, collections, operations

urlpatterns = [
    path("v0.10/endpoint_search", collections.Search.as_view()),
    path("v0.10/endpoint/<str:collection_id>", collections.OneCollection.as_view()),
    path("v0.10/endpoint/<str:collection_id>/access_list", collections.Rules.as_view()),
    path("v0.10/endpoint/<str:collection_id>/access", collections.Rules.as_view()),
    path("v0.10/endpoint/<str:collection_id>/access/<str:rule_id>", collections.OneRule.as_view()),
    path("v0.10/operation/endpoint/<str:collection_id>/ls", operations.Listing.as_view()),
    path("v0.10/operation/endpoint/<str:collection_id>/mkdir", operations.MakeFolder.as_view()),
    path("v0.10/operation/endpoint/<str:collection_id>/rename", operations.Rename.as_view()),
    path("v0.10/operation/endpoint/<str:collection_id>/stat", operations.Stat.as_view()),
    path("<path:rest>", base.NoSuchTransferRoute.as_view()),
    path("", base.NoSuchTransferRoute.as_view()),
]
