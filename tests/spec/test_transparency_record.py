"""The transparency record says what the scheme says, and what nobody has said yet."""

import json
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from wherewithal.allocation.cliffs import largest_cliff
from wherewithal.allocation.record import (
    NOT_YET,
    CouncilFacts,
    Record,
    facts_from,
    transparency_record,
)
from wherewithal.allocation.record.files import to_html, to_json, to_markdown
from wherewithal.allocation.record.words import FAMILY, KIND_WORDS
from wherewithal.cli import main
from wherewithal.money import pounds
from wherewithal.scheme import PACKAGED, packaged
from wherewithal.scheme.reading import HARD, grade
from wherewithal.scheme.steps import KINDS

DAY = date(2026, 11, 2)
SCHEME = packaged("standard-adult")


def record(facts: CouncilFacts | None = None) -> Record:
    return transparency_record(SCHEME, written_on=DAY, facts=facts)


def said(told: Record, heading: str) -> str:
    entries = {entry.heading: entry for part in told.parts for entry in part.entries}
    return " ".join([*entries[heading].text, *entries[heading].points])


def test_it_has_the_tiers_of_the_standard_in_order() -> None:
    assert [(part.tier, part.title.partition(": ")[2]) for part in record().parts] == [
        (1, "overview"),
        (2, "owner and responsibility"),
        (2, "description and rationale"),
        (2, "decision making process"),
        (2, "tool specification"),
        (2, "data"),
        (2, "risks, mitigations and impact assessments"),
    ]


def test_it_names_the_exact_scheme() -> None:
    assert SCHEME.hash in said(record(), "Models")
    assert (record().scheme_hash, record().version) == (SCHEME.hash, SCHEME.version)


def test_it_lists_everything_that_counts_help_from_family_too_and_nothing_else() -> None:
    entries = {e.heading: e for part in record().parts for e in part.entries}
    asked = tuple(q.ask for q in SCHEME.questions)
    assert entries["Data description"].points == (*asked, *FAMILY)
    florida = packaged("florida-ibudget-5b")
    alone = transparency_record(florida, written_on=DAY)
    entries = {e.heading: e for part in alone.parts for e in part.entries}
    assert entries["Data description"].points == tuple(q.ask for q in florida.questions)
    assert "family" not in said(alone, "Provided information")


def test_one_of_something_is_not_told_as_many() -> None:
    florida = transparency_record(packaged("florida-ibudget-5b"), written_on=DAY)
    assert "1 line that is paid. It is rounded" in said(florida, "Detailed description")
    assert "20 lines that are paid. Each line is rounded" in said(record(), "Detailed description")
    assert "At 21 questions one answer is picked" in said(record(), "Data modality")


def test_every_source_is_there_with_whether_it_was_checked() -> None:
    words = said(record(), "Where the numbers come from")
    assert all(source.text in words and source.reason in words for source in SCHEME.sources)
    assert words.count("Not checked yet.") == sum(not s.verified for s in SCHEME.sources)
    assert words.startswith("Nobody has checked any of these yet:")


def test_it_says_when_there_is_no_figure_and_how_far_one_answer_can_move_it() -> None:
    assert all(rule.because in said(record(), "Scope") for rule in SCHEME.by_hand)
    cliff = pounds(largest_cliff(SCHEME).pence)
    assert f"The most that one step can move it is {cliff} a week" in said(
        record(), "Risks and mitigations"
    )


def test_each_thing_that_is_not_said_names_the_fact_that_says_it() -> None:
    names = {field.name for field in fields(CouncilFacts)} - {"phone"}
    assert {entry.fact for entry in record().open} == names
    assert [entry.heading for entry in record().open] == list(record().unsaid)


def test_what_only_the_council_knows_is_never_made_up() -> None:
    bare = record()
    assert "Senior responsible owner" in bare.unsaid
    assert all(said(bare, heading) == NOT_YET for heading in bare.unsaid)
    facts = CouncilFacts(owner="Director of adult care", in_use_from=date(2026, 4, 1))
    told = record(facts)
    assert said(told, "Senior responsible owner") == "Director of adult care"
    assert said(told, "Phase") == "In use from 1 April 2026."
    assert set(bare.unsaid) - set(told.unsaid) == {"Senior responsible owner", "Phase"}


def test_every_kind_of_step_can_be_said_in_words() -> None:
    assert set(KINDS) <= set(KIND_WORDS)
    counted = [point for point in said_points(record()) if point.endswith((" times.", " time."))]
    assert sum(int(point.split()[-2]) for point in counted) == len(SCHEME.steps)


def said_points(told: Record) -> tuple[str, ...]:
    entries = {entry.heading: entry for part in told.parts for entry in part.entries}
    return entries["Detailed description"].points


def test_a_scheme_without_family_help_says_nothing_of_its_risks() -> None:
    florida = transparency_record(packaged("florida-ibudget-5b"), written_on=DAY)
    assert "Family may feel" not in said(florida, "Risks and mitigations")
    assert "Family may feel" in said(record(), "Risks and mitigations")


@pytest.mark.parametrize("code", PACKAGED)
def test_what_the_software_writes_for_everyone_can_be_read_at_age_eleven(code: str) -> None:
    told = transparency_record(packaged(code), written_on=DAY)
    ours = [
        sentence
        for part in told.parts
        for entry in part.entries
        if entry.origin == "software" or entry.heading in {"Scope", "Risks and mitigations"}
        for sentence in (*entry.text, *entry.points)
    ]
    assert grade(" ".join(ours)) <= HARD


def test_markdown_and_json_and_the_page_say_the_same() -> None:
    told = record(CouncilFacts(team="Care *and* <b>support</b>"))
    markdown, form, page = to_markdown(told), to_json(told), to_html(told)
    assert "Care \\*and\\* \\<b\\>support\\</b\\>" in markdown
    assert "Care *and* &lt;b&gt;support&lt;/b&gt;" in page
    assert json.loads(json.dumps(form)) == form
    for part in form["parts"]:
        for entry in part["entries"]:
            assert f"### {entry['heading']}" in markdown
    assert form["not_said_yet"] == list(told.unsaid)
    assert f"{len(told.unsaid)} things are not said yet." in markdown


def test_headings_that_nobody_read_in_the_standard_are_marked() -> None:
    markdown = to_markdown(record())
    assert "### Senior responsible owner\n" in markdown
    assert "### Phase \\*\n" in markdown


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"boss": "Someone"}, "'boss' is not a fact of a record. Use: name, website"),
        ({"team": 7}, "team: 7 can't be used. Write text."),
        ({"in_use_from": "soon"}, "in_use_from: 'soon' can't be used. Write a date"),
    ],
)
def test_a_fact_that_is_none_is_refused(facts: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        facts_from(facts)


def test_the_command_writes_it_and_names_what_is_not_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text("name: Ambleford Council\nin_use_from: 2026-04-01\n", encoding="utf-8")
    call = ["scheme", "record", "standard-adult", "--facts", str(facts), "--on", "2026-11-02"]
    assert main(call) == 0
    shown = capsys.readouterr().out
    assert "Ambleford Council" in shown
    assert "on 2 November 2026" in shown
    out = tmp_path / "record.json"
    assert main([*call, "--as", "json", "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert "Not said yet: Team (team)" in told
    assert "--facts" not in told
    assert main([*call[:3], "--out", str(out)]) == 0
    assert "Not said yet: Phase (in_use_from)" in (told := capsys.readouterr().out)
    assert "give it with --facts" in told
    assert main([*call, "--as", "json", "--out", str(out)]) == 0
    assert json.loads(out.read_text("utf-8"))["in_use_from"] == "2026-04-01"
    facts.write_text("- not a mapping\n", encoding="utf-8")
    assert main(call) == 1
    assert "has no facts in it" in capsys.readouterr().err
