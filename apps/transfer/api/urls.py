from django.urls import path

from apps.transfer.api import base, bookmarks, collections, operations, tasks

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
    path("v0.10/submission_id", tasks.SubmissionId.as_view()),
    path("v0.10/transfer", tasks.SubmitTransfer.as_view()),
    path("v0.10/delete", tasks.SubmitDelete.as_view()),
    path("v0.10/task_list", tasks.Tasks.as_view()),
    path("v0.10/task/<str:task_id>", tasks.OneTask.as_view()),
    path("v0.10/task/<str:task_id>/cancel", tasks.Cancel.as_view()),
    path("v0.10/task/<str:task_id>/pause", tasks.Pause.as_view()),
    path("v0.10/task/<str:task_id>/resume", tasks.Resume.as_view()),
    path("v0.10/task/<str:task_id>/event_list", tasks.Events.as_view()),
    path("v0.10/task/<str:task_id>/successful_transfers", tasks.SuccessfulTransfers.as_view()),
    path("v0.10/task/<str:task_id>/skipped_errors", tasks.SkippedErrors.as_view()),
    path("v0.10/task/<str:task_id>/pause_info", tasks.PauseInfo.as_view()),
    path("v0.10/bookmark_list", bookmarks.Bookmarks.as_view()),
    path("v0.10/bookmark", bookmarks.Bookmarks.as_view()),
    path("v0.10/bookmark/<str:bookmark_id>", bookmarks.OneBookmark.as_view()),
    path("v2/bookmarks", bookmarks.BookmarkResources.as_view()),
    path("v2/bookmarks/<str:bookmark_id>", bookmarks.BookmarkResource.as_view()),
    base.NoSuchTransferRoute.route(),
]
