"""Forms, submissions, what was published, and what reviewers said."""

from apps.publish.models.forms import Form, FormVersion
from apps.publish.models.reviews import Comment, Event, Link
from apps.publish.models.submissions import Submission
from apps.publish.models.versions import Version

__all__ = ["Comment", "Event", "Form", "FormVersion", "Link", "Submission", "Version"]
