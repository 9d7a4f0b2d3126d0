"""Run a study on the caseload: read, work out, write the report, saying how far it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from wherewithal.allocation.cases import Cases
from wherewithal.calibration.fit import Asked, fit
from wherewithal.calibration.report import report as fit_report
from wherewithal.dates import long_date
from wherewithal.equity.audit import Settings, audit
from wherewithal.equity.report import report as audit_report
from wherewithal.equity.yardstick import was_fitted
from wherewithal.reports import Report, to_csv, to_html, to_xlsx
from wherewithal.reports.report import tables_of
from wherewithal.scheme import Scheme, read_scheme
from wherewithal.scheme.document.write import write_scheme
from wherewithal.simulation import (
    compare,
    people_to_look_at,
    population_of,
    read_threshold,
    report_on,
)
from wherewithal.web.insight.caseload import Caseload, cases_of, read_caseload
from wherewithal.web.insight.checking import check_report, report_on_nobody
from wherewithal.web.insight.earlier import compared_before, refuse_too_near
from wherewithal.web.insight.suppression import SMALLEST_IN_REPORTS
from wherewithal.web.policy.models import SchemeVersion, Study
from wherewithal.web.policy.studies import Found, tell_progress

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""A file in a zip carries a time; the same tables give the same bytes."""


class Stopped(Exception):
    """Somebody stopped the study, so nobody waits for it any more."""


@dataclass(frozen=True, slots=True)
class Work:
    """A study under way: what was asked, the scheme it is about, and the day it is made on."""

    study: Study
    scheme: Scheme
    on: date

    def tell(self, percent: int, doing: str) -> None:
        """Say how far the work is.

        Raises:
            Stopped: somebody stopped it.
        """
        if not tell_progress(study=self.study, percent=percent, doing=doing):
            raise Stopped

    def caseload(self, *, or_nobody: bool = False) -> Caseload:
        """Read everybody with a finished assessment under a scheme of this code.

        Raises:
            ValueError: there is nobody, and that will not do.
        """
        self.tell(5, "Reading the caseload")
        found = read_caseload(self.scheme.code, self.on)
        if not found.people and not or_nobody:
            raise ValueError(
                f"Nobody has a finished assessment under “{self.scheme.title}” yet. Make this"
                " study once people have been assessed."
            )
        return found

    def cases(self, caseload: Caseload, scheme: Scheme | None = None) -> Cases:
        """Return the caseload as cases of this scheme or another, under this study's marks."""
        return cases_of(caseload, scheme or self.scheme, study=self.study.pk, on=self.on)

    @property
    def source(self) -> str:
        """Return what the cases are called."""
        return f"the caseload on {long_date(self.on)}"


def run(study: Study, on: date) -> Found:
    """Do what a study asks for, on the caseload as it stands ``on`` a day.

    Raises:
        Stopped: somebody stopped it.
        ValueError: it can't be done with these people or options; the message says why and what
            to do.
    """
    scheme = read_scheme(study.document, name=str(study.scheme))
    return RUNS[study.kind](Work(study, scheme, on))


def _check(work: Work) -> Found:
    caseload = work.caseload()
    work.tell(40, "Trying the scheme on everybody’s answers")
    beside = _beside(work)
    report = check_report(
        work.scheme, work.cases(caseload), beside, on=work.on, smallest=SMALLEST_IN_REPORTS
    )
    return _written(work, report)


def _audit(work: Work) -> Found:
    caseload = work.caseload(or_nobody=True)
    if not caseload.people:
        return _written(work, report_on_nobody(work.scheme, on=work.on))
    work.tell(25, "Holding everybody’s figure beside their plan")
    samples = int(work.study.options.get("samples", 1000))
    settings = Settings(bootstraps=samples, smallest=SMALLEST_IN_REPORTS)
    cases, yardstick = work.cases(caseload), _yardstick(work)
    if yardstick is not None:
        need = work.cases(caseload, yardstick)
        cases = replace(cases, columns={**need.columns, **cases.columns})
    found = audit(work.scheme, cases, settings=settings, yardstick=yardstick)
    return _written(work, audit_report(found, on=work.on, source=work.source))


def _yardstick(work: Work) -> Scheme | None:
    """Return the scheme in force to measure need by, where this one was fitted to the plans."""
    if not was_fitted(work.scheme):
        return None
    try:
        version = SchemeVersion.objects.live(work.on, work.scheme.code)
    except SchemeVersion.DoesNotExist:
        return None
    yardstick = read_scheme(version.document, name=str(version))
    alike = {question.code: question for question in work.scheme.questions}
    same = all(alike.get(question.code) == question for question in yardstick.questions)
    return yardstick if same and not was_fitted(yardstick) else None


def _simulate(work: Work) -> Found:
    beside, caseload = _beside(work), work.caseload()
    if beside is None:
        raise ValueError("There is no scheme to compare with. Choose one, and ask again.")
    work.tell(35, "Working out both schemes for everybody")
    now, then = work.cases(caseload, beside), work.cases(caseload)
    comparison = compare(beside, work.scheme, population_of(now, then.columns))
    work.tell(50, "Looking at comparisons made before")
    refuse_too_near(
        (beside, work.scheme), compared_before(work.study), partial(work.cases, caseload),
        smallest=SMALLEST_IN_REPORTS,
    )  # fmt: skip
    threshold = read_threshold(str(work.study.options.get("threshold", "20%")))
    work.tell(60, "Counting who gains and who loses")
    report = report_on(
        comparison, threshold, smallest=SMALLEST_IN_REPORTS, on=work.on, source=work.source
    )
    falls: tuple[dict[str, object], ...] = tuple(
        {"mark": p.id, "now": p.now, "then": p.then, "percent": p.percent, "what": p.what}
        for p in people_to_look_at(comparison, threshold)
    )
    return _written(work, report, falls=falls)


def _fit(work: Work) -> Found:
    caseload, options = work.caseload(), work.study.options
    work.tell(25, "Fitting amounts to what was agreed")
    fair = options.get("fair_within")
    asked = Asked(
        percentile=options.get("percentile"),
        fair_within=None if fair is None else fair / 100,
        bootstraps=int(options.get("samples", 1000)),
        fewest=SMALLEST_IN_REPORTS,
    )
    made = fit(work.scheme, work.cases(caseload), asked, on=work.on, named=work.source)
    document = write_scheme(made.scheme, comments=made.comments)
    return _written(work, fit_report(made, on=work.on, source=work.source), fitted=document)


def _beside(work: Work) -> Scheme | None:
    version = work.study.beside
    return None if version is None else read_scheme(version.document, name=str(version))


def _written(
    work: Work, report: Report, *, fitted: str = "", falls: tuple[dict[str, object], ...] = ()
) -> Found:
    work.tell(90, "Writing the report")
    return Found(
        first=report.lead,
        facts=report.facts,
        report=to_html(report),
        workbook=to_xlsx(report),
        tables=zipped(report),
        fitted=fitted,
        falls=falls,
    )


def zipped(report: Report) -> bytes:
    """Return every table of a report as CSV, numbered in order, in one zip file."""
    tables = [table for section in report.sections for table in tables_of(section)]
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as file:
        for number, table in enumerate(tables, start=1):
            words = "".join(sign if sign.isalnum() else "-" for sign in table.title.lower())
            name = "-".join(filter(None, words.split("-")))[:60]
            entry = ZipInfo(f"{number:02d}-{name}.csv", FIRST_DAY)
            file.writestr(entry, to_csv(table).encode("utf-8-sig"), ZIP_DEFLATED)
    return whole.getvalue()


RUNS: dict[str, Callable[[Work], Found]] = {
    Study.Kind.CHECK: _check,
    Study.Kind.FIT: _fit,
    Study.Kind.AUDIT: _audit,
    Study.Kind.SIMULATE: _simulate,
}
