"""Jobs in the background: run a study, take up again what a lost computer left, clear away."""

import logging
from datetime import UTC, datetime

from django.db import OperationalError
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.insight.duties import do_duties
from wherewithal.web.policy.studies import JOB, QUEUE, begin_study, fail_study, finish_study

log = logging.getLogger(__name__)
UPKEEP = "upkeep"
TRIES = 3
LOST_AFTER = 60
"""Seconds without a sign of life after which a worker counts as lost."""
KEPT_HOURS = 24 * 30
WENT_WRONG = (
    "Something went wrong on our side, and nothing was changed. Whoever looks after the computers"
    " finds what in the log. Then this can be tried again."
)


@app.task(
    name=JOB,
    queue=QUEUE,
    pass_context=True,
    retry=RetryStrategy(max_attempts=TRIES - 1, wait=10, retry_exceptions={OperationalError}),
)
def run_study(context: JobContext, *, study: int) -> None:
    """Run one study. Where it can't be done, the reason is kept with it in plain words."""
    from wherewithal.web.insight.running import Stopped, run  # heavy: for workers alone

    at = timezone.now()
    if context.job.attempts >= TRIES:  # its workers were lost each time, perhaps by this very study
        fail_study(at=at, study=study, why=WENT_WRONG)
        return
    try:
        begun = begin_study(at=at, study=study)
        found = run(begun, timezone.localdate(at))
        finish_study(at=timezone.now(), study=begun, found=found)
    except (Stopped, NotNow) as over:
        log.info("Study %s: %s", study, over)
    except OperationalError:
        if context.job.attempts + 1 >= TRIES:
            fail_study(at=timezone.now(), study=study, why=WENT_WRONG)
        raise
    except ValueError as problem:
        log.warning("Study %s could not be done: %s", study, problem)
        fail_study(at=timezone.now(), study=study, why=str(problem))
    except Exception:
        fail_study(at=timezone.now(), study=study, why=WENT_WRONG)
        raise


@app.periodic(cron="* * * * *")
@app.task(name="insight.take_up_again", queue=UPKEEP, pass_context=True, queueing_lock="take-up")
async def take_up_again(context: JobContext, timestamp: int) -> None:
    """Put jobs in line again whose worker was lost, such as when a computer was switched off."""
    at = datetime.fromtimestamp(timestamp, tz=UTC)
    lost = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=LOST_AFTER)
    for job in lost:
        log.warning("Job %s of %s was left by its worker, and is taken up again.", job.id, at)
        await app.job_manager.retry_job(job)
    await app.job_manager.delete_old_jobs(nb_hours=1, queue=UPKEEP)


@app.periodic(cron="5 * * * *")
@app.task(name="insight.do_duties", queue=UPKEEP, pass_context=True, queueing_lock="do-duties")
def do_the_duties(context: JobContext, timestamp: int) -> None:
    """Do the duties of the day that are not done: each hour, so that no night off loses one."""
    at = timezone.now()
    do_duties(timezone.localdate(at), at)


@app.periodic(cron="17 3 * * *")
@app.task(name="insight.clear_away", queue=UPKEEP, pass_context=True, queueing_lock="clear-away")
async def clear_away(context: JobContext, timestamp: int) -> None:
    """Forget jobs that ended a month ago. The studies and their audit rows stay."""
    await app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
