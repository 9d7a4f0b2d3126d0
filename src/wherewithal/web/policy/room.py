"""The policy room as its pages show it: versions, studies, and what stands between them."""

from collections.abc import Iterable, Sequence
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from wherewithal.allocation.cliffs import largest_cliff
from wherewithal.money import pounds
from wherewithal.scheme import Scheme
from wherewithal.scheme.difference import Difference, differences
from wherewithal.scheme.notes import notes_on
from wherewithal.scheme.reading import HARD, hardest
from wherewithal.web.accounts.models import User
from wherewithal.web.policy.models import SchemeVersion, Study

Kind, Status = Study.Kind, Study.Status
COLOURS = {
    "waiting": "grey", "running": "blue", "done": "teal", "failed": "red", "stopped": "grey",
    "approved": "green",
}  # fmt: skip
ABOUT = {
    Kind.CHECK: "Would everybody have a figure from the answers they have given?",
    Kind.FIT: "What amounts come nearest to what was agreed for people?",
    Kind.AUDIT: "Who is short-changed, by figures and by plans?",
    Kind.SIMULATE: "Who gains, who loses, and what does it cost?",
}
TITLES = {
    Kind.CHECK: "Check it on the caseload",
    Kind.FIT: "Fit its amounts",
    Kind.AUDIT: "Make an equality report",
    Kind.SIMULATE: "Compare it with another version",
}
JOBS = {
    "insight.run_study": "A study",
    "insight.take_up_again": "Take up what a lost computer left",
    "insight.clear_away": "Clear away old jobs",
}
STATES = {
    "todo": ("Waiting", "grey"), "doing": ("Running", "blue"), "succeeded": ("Done", "green"),
    "failed": ("Failed", "red"), "cancelled": ("Cancelled", "grey"), "aborted": ("Ended", "grey"),
}  # fmt: skip


def study_rows(studies: Iterable[Study]) -> list[dict[str, Any]]:
    """Return studies as rows: what, of which version, how far, who asked, when."""
    return [
        {
            "study": study,
            "name": study.get_kind_display(),
            "status": status_of(study),
            "colour": COLOURS[study.status],
        }
        for study in studies
    ]


def status_of(study: Study) -> str:
    """Return where a study stands, with how far it is while it runs."""
    if study.status == Status.RUNNING:
        return f"Running: {study.progress}%"
    return study.get_status_display()


def what_is_next(version: SchemeVersion, studies: Sequence[Study]) -> str:
    """Say what a draft still needs, in a few words."""
    reports = [s for s in studies if s.scheme_id == version.pk and s.kind == Kind.AUDIT]
    states = {study.status for study in reports}
    if Status.APPROVED in states:
        approved = version.status == SchemeVersion.Status.APPROVED
        return "Publish it" if approved else "Someone else approves this version"
    if Status.DONE in states:
        return "Someone else reads and approves the equality report"
    if states & {Status.WAITING, Status.RUNNING}:
        return "Wait for the equality report"
    return "Ask for an equality report"


def road_of(version: SchemeVersion, studies: Sequence[Study]) -> list[dict[str, str]]:
    """Return what stands between a draft and publishing, each done, being done or still to do."""
    approved = any(study.status == Status.APPROVED for study in studies)
    finished = {study.kind for study in studies if study.finished}
    known = version.status in {SchemeVersion.Status.APPROVED, SchemeVersion.Status.PUBLISHED}
    steps = (
        ("Read and found sound", True),
        ("Compared with what is in force", Kind.SIMULATE in finished),
        ("Equality report made", Kind.AUDIT in finished),
        ("Equality report approved by someone else", approved),
        ("Version approved by someone else", known),
        ("Published", version.status == SchemeVersion.Status.PUBLISHED),
    )
    first = next((place for place, (_, done) in enumerate(steps) if not done), len(steps))
    return [
        {"text": text, "state": "done" if done else "now" if place == first else "next"}
        for place, (text, done) in enumerate(steps)
    ]


def study_facts(study: Study) -> list[dict[str, str]]:
    """Return what was asked, by whom, and what came of it, as rows of a summary list."""
    beside = {"key": "Beside", "value": str(study.beside)} if study.beside else None
    said = [{"key": key, "value": value} for key, value in study.found.get("facts", [])]
    asked = {"key": "Asked for by", "value": f"{study.asked_by}"}
    return [asked, *([beside] if beside else []), *said]


def may_approve(study: Study, by: User) -> str:
    """Return why this person may not approve a report; nothing where they may."""
    if study.asked_by_id == by.pk:
        return "You asked for this report, so someone else must approve it."
    if study.scheme.drafted_by_id == by.pk:
        return "You drafted this version, so someone else must approve its report."
    return ""


def checked(scheme: Scheme) -> list[dict[str, str]]:
    """Return what is known of a sound scheme without anybody's answers."""
    words = hardest(scheme)
    rows = [
        ("Sound", "Yes. More need never gives less money, and more family help never more."),
        ("Largest step", largest_step(scheme)),
    ]
    if words is not None:
        aim = f" Aim for {HARD:.0f} or lower." if words.grade > HARD else ""
        rows.append(("Hardest words", f"Reading grade {words.grade:.1f}: {words.where}.{aim}"))
    unverified = sum(not source.verified for source in scheme.sources)
    rows.append(("Sources not verified", f"{unverified} of {len(scheme.sources)}"))
    rows.append(("Mark (hash)", scheme.hash))
    return [{"key": key, "value": value} for key, value in rows]


def largest_step(scheme: Scheme) -> str:
    """Say between which two answers one step moves a figure the most, and by how much."""
    cliff = largest_cliff(scheme)
    money = f"{pounds(abs(cliff.pence), symbol=scheme.symbol)} a {scheme.per}"
    question = next((each for each in scheme.questions if each.code == cliff.question), None)
    if question is None:
        return f"{money}: no answer moves the figure"
    labels = {option.code: option.label for option in question.options}
    before, after = (labels.get(code, code) for code in (cliff.before, cliff.after))
    return f"{money}, at “{question.ask}”, from “{before}” to “{after}”"


def worth_a_look(scheme: Scheme) -> list[str]:
    """Return what could be better in a sound scheme."""
    return [str(note) for note in notes_on(scheme)]


def grouped(before: Scheme, after: Scheme) -> list[tuple[str, list[Difference]]]:
    """Return the differences between two schemes under the headings of their groups."""
    groups: dict[str, list[Difference]] = {}
    for each in differences(before, after):
        groups.setdefault(each.group, []).append(each)
    return list(groups.items())


def job_rows(most: int = 50) -> list[dict[str, Any]]:
    """Return the newest jobs: what, how it stands, how often tried, since when, why not."""
    worth_showing = ProcrastinateJob.objects.exclude(queue_name="upkeep", status="succeeded")
    jobs = list(worth_showing.order_by("-id")[:most])
    since = dict(
        ProcrastinateEvent.objects.filter(job__in=[job.pk for job in jobs])
        .order_by("id")
        .values_list("job_id", "at")
    )  # the last event of each stands
    asked = [job.args["study"] for job in jobs if "study" in job.args]
    studies = {study.pk: study for study in Study.objects.outlines().filter(pk__in=asked)}
    rows = []
    for job in jobs:
        study = studies.get(job.args.get("study"))
        state, colour = STATES[job.status]
        if study is not None and study.status == Status.FAILED:
            state, colour = "Failed", "red"
        rows.append(
            {
                "job": job, "study": study, "state": state, "colour": colour,
                "what": str(study or JOBS.get(job.task_name, job.task_name)),
                "since": since.get(job.pk), "why": study.error if study else "",
            }
        )  # fmt: skip
    return rows


def next_version(version: SchemeVersion, taken: Iterable[str]) -> str:
    """Return a number for the version after this one that is not taken: ``2`` after ``1``."""
    numbers = [int(each) for each in taken if each.isdigit()]
    return str(max(numbers) + 1) if numbers else f"{version.version}-2"
