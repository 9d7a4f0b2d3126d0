"""What runs by itself: what was done today, what went wrong, and trying it again."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import Role
from wherewithal.web.insight.duties import BY_NAME, DUTIES, do
from wherewithal.web.insight.models import Duty
from wherewithal.web.insight.tasks import LOST_AFTER

READERS = frozenset({Role.FINANCE, Role.ADMINISTRATOR})
SHOWN = 30
STATES = {
    "todo": "Waiting",
    "doing": "Under way",
    "succeeded": "Done",
    "failed": "Went wrong",
    "cancelled": "Stopped",
    "aborted": "Stopped",
}


@page(READERS)
@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """Show each duty with its last days, and the jobs that wait or went wrong."""
    today = timezone.localdate()
    done = {row.name: row for row in Duty.objects.filter(day=today)}
    last = {row.name: row for row in Duty.objects.filter(state="done").order_by("day")}
    counted = ProcrastinateJob.objects.values("status").annotate(number=Count("id"))
    newest = ProcrastinateWorker.objects.order_by("-last_heartbeat").first()
    awake = (
        newest is not None and (timezone.now() - newest.last_heartbeat).total_seconds() < LOST_AFTER
    )
    return render(request, "insight/duties.jinja", {
        "duties": [(duty, done.get(duty.name), last.get(duty.name)) for duty in DUTIES],
        "past": Duty.objects.exclude(day=today)[:SHOWN],
        "labels": {name: duty.label for name, duty in BY_NAME.items()},
        "counts": [(STATES.get(row["status"], row["status"]), row["number"]) for row in counted],
        "failed": ProcrastinateJob.objects.filter(status="failed").order_by("-id")[:SHOWN],
        "awake": awake,
    })  # fmt: skip


@page(READERS)
@require_POST
def again(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Do one duty here and now."""
    duty = BY_NAME.get(slug)
    if duty is None:
        raise Http404
    at = timezone.now()
    row = do(duty, on=timezone.localdate(at), at=at, again=True)
    if row is None:
        messages.info(request, f"“{duty.label}” is under way. Look again in a while.")
        return redirect("insight:duties")
    record(
        by=signed_in(request), at=at, verb="duty.asked", duty=duty.name,
        summary=f"“{duty.label}” was done because somebody asked.",
    )  # fmt: skip
    tell = messages.success if row.state == Duty.State.DONE else messages.error
    tell(request, row.said)
    return redirect("insight:duties")


@page(READERS)
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put a job that went wrong in line again."""
    if not ProcrastinateJob.objects.filter(pk=pk, status="failed").exists():
        messages.info(request, "That job is no longer among those that went wrong.")
        return redirect("insight:duties")
    app.job_manager.retry_job_by_id(pk, retry_at=timezone.now())
    record(
        by=signed_in(request), at=timezone.now(), verb="job.tried-again", job=pk,
        summary=f"Job {pk} was put in line again.",
    )  # fmt: skip
    messages.success(request, "The job is in line again.")
    return redirect("insight:duties")
