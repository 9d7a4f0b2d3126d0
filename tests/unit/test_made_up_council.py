"""The made-up council: the same to the byte, adding up, and made of nobody real."""

import csv
import hashlib
import json
import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from nhs_number import is_valid  # type: ignore[attr-defined]  # it leaves the name unexported

from wherewithal import cli
from wherewithal.allocation.cases import read_cases
from wherewithal.council import (
    TABLES,
    Council,
    Injustices,
    Request,
    make_council,
    write,
)
from wherewithal.council.draws import Draws
from wherewithal.council.figures import Figure
from wherewithal.council.nhs_numbers import AVAILABLE, check_digits, made_up_numbers
from wherewithal.council.people import draw_folk
from wherewithal.scheme import OUTCOMES, packaged

ON = date(2026, 11, 2)


@cache
def council(people: int = 3000, seed: int = 7) -> Council:
    return make_council(Request(people, seed, ON), packaged("standard-adult"))


def fingerprint(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    scheme = packaged("standard-adult")
    for name in ("one", "two"):
        write(make_council(Request(400, 7, ON), scheme), tmp_path / name)
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "two")
    assert len(fingerprint(tmp_path / "one")) == len(TABLES) + 1


def test_another_seed_makes_other_people() -> None:
    one, other = council(400, 1).tables["people"], council(400, 2).tables["people"]
    assert not np.array_equal(one["family_name"], other["family_name"])
    assert set(one["nhs_number"]) != set(other["nhs_number"])


def test_a_bigger_council_begins_with_the_smaller_one() -> None:
    smaller, bigger = council(400).tables, council(3000).tables
    for name in [name for name in TABLES if name != "cases"]:
        columns = bigger[name]
        key = "id" if name == "people" else "person_id"
        first = columns[key] <= 400
        for column, values in smaller[name].items():
            if not (name == "supporters" and column == "id"):
                assert values.tolist() == columns[column][first].tolist(), (name, column)


def test_a_bigger_councils_cases_begin_with_the_smaller_ones() -> None:
    smaller, bigger = council(400).tables["cases"], council(3000).tables["cases"]
    for column, values in smaller.items():
        assert values.tolist() == bigger[column][: values.size].tolist(), column


def test_files_are_plain_csv_with_a_manifest(tmp_path: Path) -> None:
    write(council(400), tmp_path)
    manifest = json.loads((tmp_path / "council.json").read_text(encoding="utf-8"))
    assert manifest["seed"] == 7
    assert manifest["on"] == "2026-11-02"
    assert manifest["injustices"] == {"older": "0.80", "carer": "0.88"}
    for name in TABLES:
        assert len(rows(tmp_path, name)) == manifest["rows"][name]
        assert b"\r" not in (tmp_path / f"{name}.csv").read_bytes()
    first = rows(tmp_path, "people")[0]
    assert first["lives_alone"] in ("true", "false")
    assert date.fromisoformat(first["date_of_birth"]) < ON
    started = {row["started_on"] for row in rows(tmp_path, "plans")}
    assert "" in started
    assert "NaT" not in started


def test_nhs_numbers_are_valid_different_and_kept_for_tests() -> None:
    numbers = council().tables["people"]["nhs_number"].tolist()
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("999") for number in numbers)
    assert all(is_valid(number) for number in numbers)


def test_check_digits_agree_with_the_nhs_number_library() -> None:
    """943 476 5919 is the data dictionary's example; the rest reach every check digit, 10 too."""
    nines = [943476591, *range(999000000, 999000060)]
    for nine, check in zip(nines, check_digits(np.array(nines)).tolist(), strict=True):
        valid = [digit for digit in range(10) if is_valid(f"{nine}{digit}")]
        assert valid == ([] if check == 10 else [check])


def test_the_test_range_never_repeats_and_says_when_it_is_used_up() -> None:
    numbers = made_up_numbers(AVAILABLE, seed=3)
    assert len(set(numbers)) == AVAILABLE
    with pytest.raises(ValueError, match="Ask for fewer"):
        made_up_numbers(AVAILABLE + 1, seed=3)


def test_nobody_could_be_rung_or_written_to() -> None:
    people = council().tables["people"]
    assert all(re.fullmatch(r"(07700 900|01632 960)\d{3}", phone) for phone in people["phone"])
    assert all(re.fullmatch(r"ZZ\d \d[A-Z]{2}", postcode) for postcode in people["postcode"])
    emails = [email for email in people["email"] if email]
    assert emails
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+\.\d+@example\.org", email) for email in emails)
    assert len(set(emails)) == len(emails)


def test_references_are_unique_and_practitioners_share_out_the_people() -> None:
    people = council().tables["people"]
    assert people["reference"][0] == "WW000001"
    assert len(set(people["reference"].tolist())) == 3000
    assert np.bincount(people["practitioner"]).max() == 50
    assert np.all(people["team"] == people["practitioner"] // 8)


def test_ages_are_those_of_the_day_also_on_a_leap_day() -> None:
    for on in (ON, date(2028, 2, 29), date(2027, 2, 28), date(2027, 12, 31)):
        folk = draw_folk(Draws(5, 4000), on)
        for born, age in zip(folk.date_of_birth.astype(object), folk.age.tolist(), strict=True):
            had = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
            assert had == age
            assert 18 <= age <= 101


def test_the_lines_of_a_plan_add_up_to_its_cost() -> None:
    plans, lines = council().tables["plans"], council().tables["plan_lines"]
    total = np.zeros(3001, dtype=np.int64)
    np.add.at(total, lines["person_id"], lines["weekly_pence"])
    assert np.array_equal(total[plans["person_id"]], plans["weekly_cost_pence"])
    assert lines["weekly_pence"].min() > 0


def test_each_line_is_its_quantity_times_its_price() -> None:
    lines = council().tables["plan_lines"]
    for quantity, price, weekly in zip(
        lines["quantity_per_week"], lines["unit_price_pence"], lines["weekly_pence"], strict=True
    ):
        assert Decimal(quantity) * int(price) == int(weekly)


def test_lines_name_an_outcome_of_the_act_a_unit_and_a_holding() -> None:
    lines = council().tables["plan_lines"]
    assert set(lines["need_code"]) <= {*OUTCOMES, "C8"}
    assert set(lines["unit"]) <= {"hour", "session", "night", "week"}
    holdings = {
        "direct_payment",
        "council_managed",
        "individual_service_fund",
        "third_party",
        "trust",
    }
    assert set(lines["holding"]) == holdings


@pytest.mark.parametrize(
    ("delivery", "holdings"),
    [
        ("direct_payment", {"direct_payment"}),
        ("part_direct_payment", {"direct_payment", "council_managed"}),
        ("council_commissioned", {"council_managed"}),
    ],
)
def test_holdings_agree_with_how_the_budget_reaches_the_person(
    delivery: str, holdings: set[str]
) -> None:
    plans, lines = council().tables["plans"], council().tables["plan_lines"]
    for person in plans["person_id"][plans["delivery"] == delivery]:
        assert set(lines["holding"][lines["person_id"] == person]) == holdings


def test_payments_are_four_weekly_net_and_follow_the_lines() -> None:
    payments, lines = council().tables["payments"], council().tables["plan_lines"]
    direct = lines["holding"] == "direct_payment"
    weekly = np.zeros(3001, dtype=np.int64)
    np.add.at(weekly, lines["person_id"][direct], lines["weekly_pence"][direct])
    assert np.array_equal(payments["gross_pence"], 4 * weekly[payments["person_id"]])
    assert np.all(payments["net_pence"] > 0)
    net = payments["gross_pence"] - payments["contribution_pence"]
    assert np.array_equal(payments["net_pence"], net)
    assert np.all(payments["period_end"] - payments["period_start"] == np.timedelta64(28, "D"))
    assert np.bincount(payments["person_id"]).max() == 13


def test_payments_run_on_without_a_gap_from_the_start_to_the_day() -> None:
    payments, plans = council().tables["payments"], council().tables["plans"]
    started = dict(zip(plans["person_id"].tolist(), plans["started_on"].tolist(), strict=True))
    for person in set(payments["person_id"].tolist()):
        mine = payments["person_id"] == person
        starts, ends = payments["period_start"][mine], payments["period_end"][mine]
        assert np.array_equal(starts[1:], ends[:-1])
        assert starts[-1].astype(object) <= ON < ends[-1].astype(object)
        assert (starts[0].astype(object) - started[person]) % timedelta(days=28) == timedelta(0)


def test_events_go_forward_along_the_road_to_the_stage_reached() -> None:
    tables = council().tables
    order = ["contact", "assessment_started", "assessment_completed", "eligibility_decided"]
    order += ["indicative_given", "plan_agreed", "budget_signed_off", "first_payment"]
    last = {"contact": 0, "assessment": 1, "eligible": 4, "plan_drafted": 4, "awaiting_sign_off": 5}
    events: dict[int, list[tuple[date, str]]] = {}
    for person, on, kind in zip(*tables["events"].values(), strict=True):
        events.setdefault(int(person), []).append((on.astype(object), kind))
    for person, stage in enumerate(tables["people"]["stage"], 1):
        steps = [(on, kind) for on, kind in events[person] if kind in order]
        assert [kind for _, kind in steps] == order[: len(steps)]
        assert len(steps) - 1 == last[stage] if stage in last else len(steps) in (7, 8)
        assert all(on <= ON for on, kind in events[person] if kind != "review_due")
        assert [kind for _, kind in events[person]].count("review_due") == (stage == "live")


def test_every_question_is_answered_by_those_past_assessment_and_none_at_first_contact() -> None:
    tables = council().tables
    scheme = packaged("standard-adult")
    asked = np.bincount(tables["answers"]["person_id"], minlength=3001)[1:]
    stage, adult = tables["people"]["stage"], tables["people"]["kind"] == "adult"
    past = ~np.isin(stage, ["contact", "assessment"])
    assert set(asked[adult & past].tolist()) == {len(scheme.questions)}
    assert set(asked[(stage == "contact") | ~adult].tolist()) == {0}
    under_way = asked[adult & (stage == "assessment")]
    assert under_way.min() < len(scheme.questions) // 2 < under_way.max()


def test_every_answer_is_one_the_scheme_allows() -> None:
    answers = council().tables["answers"]
    questions = {question.code: question for question in packaged("standard-adult").questions}
    columns = (answers["question"], answers["option"], answers["help_percent"])
    seen: dict[str, set[str]] = {}
    for code, option, share in zip(*columns, strict=True):
        seen.setdefault(code, set()).add(option)
        assert 0 <= share <= 100
        assert share == 0 or questions[code].helpable
    for code, options in seen.items():
        question = questions[code]
        extra = {"n/a"} if question.may_not_apply else set()
        if question.kind == "one":
            assert options <= {option.code for option in question.options} | extra
        else:
            numbers = {int(option) for option in options - extra}
            assert question.least <= min(numbers) <= max(numbers) <= question.most


def test_family_help_is_recorded_only_for_those_with_a_carer() -> None:
    tables = council().tables
    supporters = tables["supporters"]
    with_carer = set(supporters["person_id"][supporters["is_carer"]].tolist())
    helped = set(tables["answers"]["person_id"][tables["answers"]["help_percent"] > 0].tolist())
    assert helped
    assert helped <= with_carer


def test_cases_are_adults_supported_at_home_with_every_answer_and_an_agreed_plan() -> None:
    tables, cases = council().tables, council().tables["cases"]
    people = tables["people"]
    planned = np.isin(people["id"], tables["plans"]["person_id"])
    home = people["accommodation_status"] != "Registered care home"
    wanted = planned & home & (people["kind"] == "adult")
    assert cases["id"].tolist() == people["reference"][wanted].tolist()
    for question in packaged("standard-adult").questions:
        assert "" not in cases[question.code]


def test_cases_read_as_the_file_of_answers_that_can_be_fitted(tmp_path: Path) -> None:
    write(council(), tmp_path)
    cases = read_cases(packaged("standard-adult"), tmp_path / "cases.csv")
    cost = {f"WW{row['person_id']:0>6}": row for row in rows(tmp_path, "plans")}
    assert cases.agreed is not None
    for person, agreed in zip(cases.ids, cases.agreed.tolist(), strict=True):
        assert agreed == int(cost[person]["weekly_cost_pence"])
    assert cases.groups["age_band"].labels[-1] == "85+"
    assert cases.groups["ethnicity"].labels == ("Asian", "Black", "Mixed", "Other", "White")
    assert 0 < (cases.groups["ethnicity"].codes == -1).sum() < len(cases.ids) / 10
    carer = cases.groups["has_carer"]
    helped = np.sum([c for n, c in cases.columns.items() if n.endswith(".help")], axis=0) > 0
    assert carer.labels == ("no", "yes")
    assert set(carer.codes[helped].tolist()) == {1}
    said = cases.columns["carer_willing"]
    assert set(said[carer.codes == 0].tolist()) == {-1}
    assert set(said[carer.codes == 1].tolist()) == {-1, 0, 1}


def test_nobody_pays_more_than_their_budget() -> None:
    finances, plans = council().tables["finances"], council().tables["plans"]
    cost = dict(zip(plans["person_id"].tolist(), plans["weekly_cost_pence"].tolist(), strict=True))
    for person, pays in zip(finances["person_id"], finances["contribution_pence"], strict=True):
        assert 0 <= pays <= cost[int(person)]


@pytest.mark.parametrize(
    ("people", "seed", "mend"), [(0, 1, "Ask for 1 or more"), (10, -1, "whole number from 0 up")]
)
def test_a_request_that_cannot_be_met_says_what_to_do(people: int, seed: int, mend: str) -> None:
    request = Request(people, seed, ON)
    with pytest.raises(ValueError, match=mend):
        make_council(request, packaged("standard-adult"))


def test_an_injustice_beyond_reason_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'older' is 5\. Use one from 0\.1 to 2"):
        Injustices(older=Decimal(5))


def test_a_figure_without_its_source_is_refused() -> None:
    with pytest.raises(ValueError, match="has no source"):
        Figure("x", 1, unit="share", year="2024", source="", verified=False, note="none")


def test_the_command_writes_a_council(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "made"
    status = cli.main(["council", "make", "--people", "60", "--seed", "4", "--out", str(out)])
    assert status == 0
    assert "60 made-up people" in capsys.readouterr().out
    write(council(60, 4), tmp_path / "direct")
    assert fingerprint(out) == fingerprint(tmp_path / "direct")


def test_the_command_says_what_to_mend(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["council", "make", "--people", "0", "--out", str(tmp_path)])
    assert status == 1
    assert "Ask for 1 or more" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["council", "make", "--on", "tomorrow", "--out", str(tmp_path)])
    assert "Write it like 2026-11-02" in capsys.readouterr().err
