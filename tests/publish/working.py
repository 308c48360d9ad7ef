"""What workers and sweepers do, by hand."""

from apps.flows.models import Run
from apps.flows.signals import run_ended
from apps.publish.engine import undoing
from apps.publish.models import Submission
from apps.search import ingest
from apps.search.models import Index
from apps.transfer import mover
from tests.flows.conftest import carried

GOING_ON = ("publishing", "undoing")


def goes_on(submission_id, clock):
    """Do all that is due now; false if nothing of the submission goes on."""
    submission = Submission.objects.get(pk=submission_id)
    if submission.state not in GOING_ON:
        return False
    run = carried(Run.objects.get(pk=submission.run_id), clock)
    if run.is_over:
        run_ended.send(sender=Run, run=run)
    mover.work(clock=clock)
    for index in Index.objects.all():
        ingest.drain(index.pk, clock=clock)
    Submission.objects.filter(pk=submission_id, state="undoing").update(due_at=clock())
    undoing.go_on(submission_id, clock())
    return True
