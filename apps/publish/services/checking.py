"""Content is checked by a form, and nothing of it is kept."""

from __future__ import annotations

from django.utils import timezone

from apps.accounts.models import User
from apps.publish.engine import judging
from apps.publish.models import Form, Submission
from apps.publish.services.access import require_form
from apps.publish.services.drafts import DraftChanges
from apps.publish.services.forms import document_of
from apps.publish.types import Fault, Wanted


def check_draft(*, form: Form, actor: User, told: DraftChanges) -> list[Fault]:
    """All that would keep a draft with this in it from being sent in, as far as it shows without looking at files."""
    require_form(actor, "viewer", form)
    document = document_of(form)
    draft = Submission(form=form, form_version=form.version, content=told.content or {}, typed=told.typed or {})
    draft.files_json = [one.as_json() for one in told.files or ()]
    draft.wanted_json = (told.wanted or Wanted(choice=document.choices[0].name)).as_json()
    return judging.faults_in(draft, document, timezone.now())
