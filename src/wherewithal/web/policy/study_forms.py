"""What can be chosen when a study is asked for: few choices, each with a good default.

Thresholds and sample sizes are chosen from lists, not typed: somebody who could compare at any
threshold they liked could find one person between two of them.
"""

from collections.abc import Sequence
from typing import Any

from wherewithal.web.govuk.forms import ConfirmField, Form, RadioField, SelectField, WordsField
from wherewithal.web.policy.models import SchemeVersion, Study

SAMPLES = [("1000", "1,000 samples, as is usual"), ("200", "200 samples, for a first look")]
THRESHOLDS = [
    ("10%", "by more than 10%"), ("20%", "by more than 20%"), ("50%", "by more than half"),
    ("£20", "by more than £20"), ("£50", "by more than £50"),
]  # fmt: skip
PERCENTILES = [
    ("none", "The average: half of the difference above, half below"),
    ("50", "Enough for 50 in 100 people"),
    ("65", "Enough for 65 in 100 people"),
    ("80", "Enough for 80 in 100 people"),
]
FAIR = [
    ("none", "No condition: fit as near as can be"),
    ("2", "No group more than 2 points above the whole"),
    ("5", "No group more than 5 points above the whole"),
    ("10", "No group more than 10 points above the whole"),
]


class StudyForm(Form):
    """The choices of one kind of study; ``options`` gives them as they are kept."""

    def __init__(self, *args: Any, others: Sequence[SchemeVersion] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(version.pk): version for version in others}

    def beside(self) -> SchemeVersion | None:
        """Return the version that was chosen to stand beside, if any."""
        return self.others.get(str(self.cleaned_data.get("beside", "")))

    def options(self) -> dict[str, Any]:
        """Return what was chosen, as JSON values."""
        return {}


class _Beside(StudyForm):
    needed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(pk, str(version)) for pk, version in self.others.items()]
        self.fields["beside"] = SelectField(
            "Compare it with", choices, required=self.needed,
            initial=choices[0][0] if choices else None,
            missing="Choose a version to compare it with", called="the version",
        )  # fmt: skip
        self.order_fields(["beside"])


class CheckForm(_Beside):
    """Which version to tell the differences from, where there is one."""

    needed = False


class AuditForm(StudyForm):
    """How many samples intervals rest on."""

    samples = RadioField(
        "How sure should the intervals be?", SAMPLES, initial="1000", called="how many samples"
    )

    def options(self) -> dict[str, Any]:
        """Return the number of samples."""
        return {"samples": int(self.cleaned_data["samples"])}


class SimulateForm(_Beside):
    """Which version people have now, and how large a fall has to be looked at."""

    threshold = RadioField(
        "Somebody should look at each person whose figure falls", THRESHOLDS, initial="20%",
        hint="Managers see these people by reference. You see how many they are.",
        missing="Choose how large a fall has to be looked at",
    )  # fmt: skip

    def options(self) -> dict[str, Any]:
        """Return the threshold."""
        return {"threshold": self.cleaned_data["threshold"]}


class FitForm(StudyForm):
    """How much of what was agreed figures should cover, and how far groups may be apart."""

    percentile = RadioField(
        "How much should figures cover?", PERCENTILES, initial="none",
        hint="A figure covers a plan where the plan costs no more than it.",
        called="how much figures should cover",
    )  # fmt: skip
    fair = RadioField(
        "How far may groups be apart?", FAIR, initial="none",
        hint="Points are people in 100 whose figure falls short of their plan.",
        called="how far groups may be apart",
    )  # fmt: skip
    samples = RadioField(
        "How sure should the intervals be?", SAMPLES, initial="200", called="how many samples"
    )

    def options(self) -> dict[str, Any]:
        """Return percentile, condition and number of samples; ``None`` is not asked for."""
        chosen = self.cleaned_data
        return {
            "percentile": _number(chosen["percentile"]),
            "fair_within": _number(chosen["fair"]),
            "samples": int(chosen["samples"]),
        }


def _number(text: str) -> int | None:
    return None if text == "none" else int(text)


FORMS: dict[str, type[StudyForm]] = {
    Study.Kind.CHECK: CheckForm,
    Study.Kind.FIT: FitForm,
    Study.Kind.AUDIT: AuditForm,
    Study.Kind.SIMULATE: SimulateForm,
}


class ApproveReportForm(Form):
    """Somebody has read an equality report, and says why the scheme may be used."""

    read = ConfirmField(
        "The report", statement="I have read the whole report, and what it found",
        called="that you have read the report",
    )  # fmt: skip
    note = WordsField(
        "Why may this scheme be used, with what the report found in mind?", rows=5, limit=2000,
        hint="Anyone who reads about this version can read it. Say what will be done about what"
        " was found.",
        missing="Say why this scheme may be used",
    )  # fmt: skip
