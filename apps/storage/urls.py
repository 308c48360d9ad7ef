from django.urls import path, register_converter
from django.urls.converters import StringConverter

from apps.storage.views import data


class AnyPath(StringConverter):
    """Names may have line breaks in them, too."""

    regex = "(?s:.+)"


register_converter(AnyPath, "any_path")

urlpatterns = [path("<uuid:collection_id>/<any_path:path>", data.Data.as_view(), name="file")]
