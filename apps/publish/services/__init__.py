"""What others may ask about forms and submissions. ``from apps.publish import services as publish``."""

from apps.publish.comparing import Difference
from apps.publish.engine.planning import url_of
from apps.publish.engine.plans import Copy, Plan
from apps.publish.laying import Line
from apps.publish.patterns import names_in
from apps.publish.services.access import (
    may_form,
    may_submission,
    principals_with,
    require_form,
    require_submission,
    reviews,
    takes_part,
)
from apps.publish.services.audience import audiences_by, audiences_of, document_for
from apps.publish.services.beginning import draft_from_record
from apps.publish.services.bulk import MOST_BYTES, Row, begin_many
from apps.publish.services.checking import check_draft
from apps.publish.services.commenting import comment, comments_of, may_comment, settle
from apps.publish.services.comparing import Compared, compare_form_versions, compare_with_last
from apps.publish.services.delays import Delay, delay_of, delayed
from apps.publish.services.drafts import (
    DraftChanges,
    begin_draft,
    copy_submission,
    delete_draft,
    faults_of,
    get_submission,
    plan_of,
    save_draft,
    share_submission,
)
from apps.publish.services.exchange import export_form, forms_to_copy, import_form, may_copy
from apps.publish.services.form_roles import GIVEN, form_roles, give_form_role, is_suited, take_form_role
from apps.publish.services.forms import (
    FormChanges,
    change_form,
    check_form,
    create_form,
    delete_form,
    document_of,
    find_forms,
    form_versions,
    get_form,
    get_form_version,
)
from apps.publish.services.history import History, Outcome, history_of, outcome_of
from apps.publish.services.holdings import Held, Holdings, holdings_of
from apps.publish.services.listing import find_submissions, page_of_submissions
from apps.publish.services.proposing import accept, choose_files, propose
from apps.publish.services.ready_made import install_forms
from apps.publish.services.referees import (
    MOST_LABEL,
    ForReferee,
    by_secret,
    links_of,
    make_link,
    may_make_links,
    withdraw_link,
)
from apps.publish.services.requesting import LONGEST as LONGEST_REQUEST
from apps.publish.services.requesting import request_files
from apps.publish.services.reviewing import events_of, label_in, lines_of, may_decide, waiting_for
from apps.publish.services.submitting import approve, revise, send_back, submit, take_back
from apps.publish.services.tombstones import Tombstone, tombstone, tombstones
from apps.publish.services.versions import (
    Shown,
    document_of_version,
    files_at,
    get_version,
    index_of,
    seen_versions,
    sees_history,
    sees_main,
    submission_of,
    version_at,
    versions_of,
)
from apps.publish.services.withdrawing import may_withdraw, withdraw

__all__ = [
    "GIVEN",
    "LONGEST_REQUEST",
    "MOST_BYTES",
    "MOST_LABEL",
    "Compared",
    "Copy",
    "Delay",
    "Difference",
    "DraftChanges",
    "ForReferee",
    "FormChanges",
    "Held",
    "History",
    "Holdings",
    "Line",
    "Outcome",
    "Plan",
    "Row",
    "Shown",
    "Tombstone",
    "accept",
    "approve",
    "audiences_by",
    "audiences_of",
    "begin_draft",
    "begin_many",
    "by_secret",
    "change_form",
    "check_draft",
    "check_form",
    "choose_files",
    "comment",
    "comments_of",
    "compare_form_versions",
    "compare_with_last",
    "copy_submission",
    "create_form",
    "delay_of",
    "delayed",
    "delete_draft",
    "delete_form",
    "document_for",
    "document_of",
    "document_of_version",
    "draft_from_record",
    "events_of",
    "export_form",
    "faults_of",
    "files_at",
    "find_forms",
    "find_submissions",
    "form_roles",
    "form_versions",
    "forms_to_copy",
    "get_form",
    "get_form_version",
    "get_submission",
    "get_version",
    "give_form_role",
    "history_of",
    "holdings_of",
    "import_form",
    "index_of",
    "install_forms",
    "is_suited",
    "label_in",
    "lines_of",
    "links_of",
    "make_link",
    "may_comment",
    "may_copy",
    "may_decide",
    "may_form",
    "may_make_links",
    "may_submission",
    "may_withdraw",
    "names_in",
    "outcome_of",
    "page_of_submissions",
    "plan_of",
    "principals_with",
    "propose",
    "request_files",
    "require_form",
    "require_submission",
    "reviews",
    "revise",
    "save_draft",
    "seen_versions",
    "sees_history",
    "sees_main",
    "send_back",
    "settle",
    "share_submission",
    "submission_of",
    "submit",
    "take_back",
    "take_form_role",
    "takes_part",
    "tombstone",
    "tombstones",
    "url_of",
    "version_at",
    "versions_of",
    "waiting_for",
    "withdraw",
    "withdraw_link",
]
