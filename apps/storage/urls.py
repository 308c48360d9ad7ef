from django.urls import path

from apps.storage.views import data

urlpatterns = [path("<uuid:collection_id>/<path:path>", data.Data.as_view(), name="file")]
