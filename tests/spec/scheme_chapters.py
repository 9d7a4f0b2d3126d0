"""The chapters of the scheme language: how each step is written, answers in, value out.

The tests try every row, and the reference manual is generated from these same chapters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from textwrap import dedent, indent

from wherewithal.allocation import Answers
from wherewithal.allocation.answers import read_answer
from wherewithal.scheme import Scheme, read_scheme

Row = tuple[Mapping[str, str], str]
"""Answers as files write them (with ``wash.help`` and ``carer``), and the value that comes out."""

HEAD = """
scheme: manual
version: "1"
title: A scheme for the manual
money: {currency: GBP, per: week, rounding: half-up}
source: here
sources:
  here: {text: Made up, date: 2026-04-01, status: unverified, reason: it is a test}
sections:
  all: {title: Everything}
"""
DAY = "day: {label: Day, hourly: 24.10, source: here}"
WASH = """
wash:
  section: all
  ask: Do you need help to wash?
  family-can-help: yes
  options:
    none: {label: No help}
    some: {label: Some help}
    lots: {label: Lots of help}
"""
UNHELPED = WASH.replace("  family-can-help: yes\n", "")
POINTED = """
wash:
  section: all
  ask: Do you need help to wash?
  adds: {unit: points, source: here}
  options:
    none: {points: 0, label: No help}
    some: {points: 4, label: Some help}
    lots: {points: 10, label: Lots of help}
"""
HOME = """
home:
  section: all
  ask: Where do you live?
  order: none
  options:
    alone: {label: On my own}
    family: {label: With family}
    shared: {label: In shared housing}
"""
SCORE = """
score:
  section: all
  ask: How hard is an ordinary day, from 0 to 10?
  kind: number
  from: 0
  to: 10
  unit: points
"""
ILL = """
ill:
  section: all
  ask: Which of these do you live with?
  kind: several
  options:
    epilepsy: {label: Epilepsy, says: you live with epilepsy}
    stroke: {label: A stroke, says: you have had a stroke}
    pain: {label: Pain every day, says: you have pain every day}
"""
FALLS = """
falls:
  section: all
  ask: How often do you fall?
  options:
    never: {label: Never}
    often: {label: Often}
    always: {label: Every day}
"""
AGE = """
age:
  section: all
  ask: How old are you?
  kind: number
  from: 18
  to: 110
  unit: years
"""
TIME = (
    "time: {kind: choice, question: wash, amounts: {none: 0, some: 60, lots: 210}, "
    "unit: minutes, source: here}"
)
MONEY = "paid: {kind: sum, of: [%s], unit: money}"


@dataclass(frozen=True, slots=True, eq=False)
class Chapter:
    """One worked example: ``shown`` are the steps it is about, ``around`` what they stand on."""

    kind: str
    title: str
    words: str
    questions: tuple[str, ...]
    shown: str
    step: str
    rows: tuple[Row, ...]
    around: str = ""
    pays: str = ""
    prices: str = ""
    by_price: tuple[tuple[str, ...], ...] = ()


CHAPTERS = (
    Chapter(
        "choice", "One answer, one amount",
        "Each option of a question stands for an amount: minutes, points, or money.",
        (UNHELPED,),
        """
        time:
          kind: choice
          question: wash
          amounts: {none: 0, some: 60, lots: 210}
          unit: minutes
          source: here
        """,
        "time", (({"wash": "none"}, "0"), ({"wash": "some"}, "60"), ({"wash": "lots"}, "210")),
        pays="cost: {kind: cost, of: time, price: day}", prices=DAY,
    ),
    Chapter(
        "choice", "Points beside each answer",
        "`adds: {unit: points}` is the short way to write a choice of points: the question `wash` "
        "makes the step `wash.points`. Other steps say what points come to.",
        (POINTED,), POINTED, "wash.points",
        (({"wash": "none"}, "0"), ({"wash": "some"}, "4"), ({"wash": "lots"}, "10")),
        pays=MONEY % "wash.points",
    ),
    Chapter(
        "choice", "Tick all that apply",
        "Where a question is of `kind: several`, the amounts of the ticked options are added. "
        "“None of these” is an answer too, written `none`.",
        (ILL,),
        "health: {kind: choice, question: ill, amounts: {epilepsy: 4, stroke: 2.5, pain: 3}, "
        "unit: points, source: here}",
        "health",
        (({"ill": "none"}, "0"), ({"ill": "stroke"}, "2.5"), ({"ill": "epilepsy;pain"}, "7"),
         ({"ill": "epilepsy;stroke;pain"}, "9.5")),
        pays=MONEY % "health",
    ),
    Chapter(
        "number", "A number as it is given",
        "A question of `kind: number` makes this step by itself. Other steps read it by the "
        "question’s code.",
        (SCORE,), SCORE, "score", (({"score": "0"}, "0"), ({"score": "7"}, "7")),
        pays=MONEY % "score",
    ),
    Chapter(
        "count", "How much is true of a person",
        "A score counts how many of the named answers were given. Of a question with one answer, "
        "all that stand for at least as much need must be named. Each tick counts.",
        (FALLS, ILL, AGE),
        """
        risks:
          kind: count
          of: {falls: [often, always], ill: [epilepsy, stroke], age: {at-least: 85}}
          unit: points
          source: here
        """,
        "risks",
        (({"falls": "never", "ill": "pain", "age": "84"}, "0"),
         ({"falls": "often", "ill": "none", "age": "85"}, "2"),
         ({"falls": "always", "ill": "epilepsy;stroke", "age": "90"}, "4")),
        pays=MONEY % "risks",
    ),
    Chapter(
        "pick", "A rule for each reference group",
        "The step named for the answer is the one that counts. The groups are no order of need: "
        "their question has `order: none`.",
        (HOME, SCORE),
        """
        by-home:
          kind: pick
          question: home
          of: {alone: on-own, family: shares, shared: shares}
        on-own: {kind: sum, of: {score: 3}, plus: 10, unit: points, source: here}
        shares: {kind: sum, of: {score: 2}, unit: points, source: here}
        """,
        "by-home",
        (({"home": "alone", "score": "4"}, "22"), ({"home": "family", "score": "4"}, "8"),
         ({"home": "shared", "score": "10"}, "20")),
        pays=MONEY % "by-home",
    ),
    Chapter(
        "sum", "Weights and a constant",
        "Terms are added, each times its weight. A plain list adds them as they are.",
        (SCORE, AGE), "need: {kind: sum, of: {score: 2.5, age: 0.1}, plus: 1, unit: points, "
        "source: here}",
        "need", (({"score": "0", "age": "20"}, "3"), ({"score": "10", "age": "85"}, "34.5")),
        pays=MONEY % "need",
    ),
    Chapter(
        "square", "A value times itself", "Some published systems add a squared term.",
        (SCORE,), "squared: {kind: square, of: score, unit: points}", "squared",
        (({"score": "0"}, "0"), ({"score": "4"}, "16"), ({"score": "10"}, "100")),
        pays=MONEY % "squared",
    ),
    Chapter(
        "product", "An interaction term",
        "Two answers multiplied: what the one adds depends on the other.",
        (SCORE, FALLS),
        """
        unsafe: {kind: product, of: [score, risk], unit: points}
        risk:
          kind: choice
          question: falls
          amounts: {never: 0, often: 0.5, always: 2}
          unit: points
          source: here
        """,
        "unsafe",
        (({"score": "6", "falls": "never"}, "0"), ({"score": "6", "falls": "often"}, "3"),
         ({"score": "6", "falls": "always"}, "12")),
        pays=MONEY % "unsafe",
    ),
    Chapter(
        "product", "An area factor",
        "A factor for a group, times money. The hours stay what they are; they cost more.",
        (UNHELPED,
         """
         area:
           section: all
           ask: Which part of the county do you live in?
           order: none
           options:
             town: {label: The town}
             hills: {label: The hills}
         """),
        """
        local: {kind: product, of: [cost, dearer], unit: money}
        dearer:
          kind: choice
          question: area
          amounts: {town: 1, hills: 1.12}
          unit: factor
          source: here
        """,
        "local",
        (({"wash": "lots", "area": "town"}, "84.35"),
         ({"wash": "lots", "area": "hills"}, "94.472")),
        around=f"{TIME}\ncost: {{kind: cost, of: time, price: day}}", prices=DAY,
        by_price=(("day", "210", "84.35"), ("day", "210", "94.47")),
    ),
    Chapter(
        "highest", "The highest of two scores",
        "Germany’s care grades count the higher of two modules, behaviour and thinking, and not "
        "both. Steps of one unit are compared; the largest value counts.",
        (SCORE,
         """
         alone:
           section: all
           ask: How often do you need somebody with you, from 0 to 10?
           kind: number
           from: 0
           to: 10
           unit: points
         """),
        "mind: {kind: highest, of: [score, alone]}", "mind",
        (({"score": "3", "alone": "8"}, "8"), ({"score": "8", "alone": "3"}, "8"),
         ({"score": "5", "alone": "5"}, "5")),
        pays=MONEY % "mind",
    ),
    Chapter(
        "lowest", "One amount capped by another",
        "The smallest value counts: here what the support costs, but no more than the amount for "
        "where a person lives. Hours are told only where it is certain that they were paid.",
        (UNHELPED, HOME),
        """
        capped: {kind: lowest, of: [cost, cap]}
        cap:
          kind: choice
          question: home
          amounts: {alone: 70, family: 30, shared: 24.10}
          unit: money
          source: here
        """,
        "capped",
        (({"wash": "some", "home": "alone"}, "24.1"), ({"wash": "lots", "home": "alone"}, "70"),
         ({"wash": "lots", "home": "family"}, "30"), ({"wash": "some", "home": "shared"}, "24.1")),
        around=f"{TIME}\ncost: {{kind: cost, of: time, price: day}}", prices=DAY,
        by_price=(("day", "60", "24.10"), (), (), ()),
    ),
    Chapter(
        "after-help", "What family does is taken away",
        "`wash.help` is the percentage of this need that family meets. It counts only where the "
        "carer is both willing and able. “No” to either gives all of the need back.",
        (WASH,), "kept: {kind: after-help, of: time, question: wash}", "kept",
        (({"wash": "lots", "wash.help": "0", "carer": "yes"}, "210"),
         ({"wash": "lots", "wash.help": "50", "carer": "yes"}, "105"),
         ({"wash": "lots", "wash.help": "100", "carer": "yes"}, "0"),
         ({"wash": "lots", "wash.help": "50", "carer": "no"}, "210")),
        around=TIME, pays="cost: {kind: cost, of: kept, price: day}", prices=DAY,
    ),
    Chapter(
        "after-help", "Shares still to be funded, as a table",
        "Many systems multiply each domain by the share that is still to be funded. From each "
        "percentage of help on, the share beside it is funded.",
        (WASH,),
        """
        kept:
          kind: after-help
          of: time
          question: wash
          still-funded: [[0, 1], [25, 0.8], [50, 0.5], [75, 0.25], [100, 0]]
          source: here
        """,
        "kept",
        (({"wash": "lots", "wash.help": "24", "carer": "yes"}, "210"),
         ({"wash": "lots", "wash.help": "25", "carer": "yes"}, "168"),
         ({"wash": "lots", "wash.help": "60", "carer": "yes"}, "105"),
         ({"wash": "lots", "wash.help": "100", "carer": "yes"}, "0"),
         ({"wash": "lots", "wash.help": "100", "carer": "no"}, "210")),
        around=TIME, pays="cost: {kind: cost, of: kept, price: day}", prices=DAY,
    ),
    Chapter(
        "cost", "Minutes at the price of an hour",
        "Pounds are minutes ÷ 60 × the price. They are rounded to the penny only where they are "
        "paid.",
        (UNHELPED,), "cost: {kind: cost, of: time, price: day}", "cost",
        (({"wash": "none"}, "0"), ({"wash": "some"}, "24.1"), ({"wash": "lots"}, "84.35")),
        around=TIME, prices=DAY,
        by_price=(("day", "0", "0"), ("day", "60", "24.10"), ("day", "210", "84.35")),
    ),
    Chapter(
        "cost", "Hours by time of day, from a rate card",
        "One price may have a rate for each time of day. Each rate is used by its own step. A "
        "question can pick the rate card, and the lines are added.",
        (UNHELPED,
         """
         nights:
           section: all
           ask: Do you need help at night?
           options:
             no-help: {label: "No"}
             every: {label: Every night}
         """),
        """
        washing: {kind: cost, of: time, price: home-care.day}
        turning: {kind: cost, of: night-time, price: home-care.night}
        home-care: {kind: sum, of: [washing, turning]}
        """,
        "home-care",
        (({"wash": "lots", "nights": "no-help"}, "84.35"),
         ({"wash": "some", "nights": "every"}, "74.71")),
        around=TIME + "\nnight-time: {kind: choice, question: nights, amounts: "
        "{no-help: 0, every: 105}, unit: minutes, source: here}",
        prices="home-care: {label: Home care, hourly: {day: 24.10, night: 28.92}, source: here}",
        by_price=(("home-care.day", "210", "84.35", "home-care.night", "0", "0"),
                  ("home-care.day", "60", "24.10", "home-care.night", "105", "50.61")),
    ),
    Chapter(
        "limit", "A floor and a cap, with the reason",
        "The reason stands in the person’s explanation. Where a limit is reached, no hours are "
        "told, for nobody can say which of them were left out.",
        (UNHELPED,),
        """
        capped:
          kind: limit
          of: cost
          least: 10
          most: 50
          reason: the council pays no more than this without looking at it again
          source: here
        """,
        "capped", (({"wash": "none"}, "10"), ({"wash": "some"}, "24.1"), ({"wash": "lots"}, "50")),
        around=f"{TIME}\ncost: {{kind: cost, of: time, price: day}}", prices=DAY,
        by_price=((), ("day", "60", "24.10"), ()),
    ),
    Chapter(
        "bands", "Points to pounds in bands",
        "From each start up to, but not including, the next. No gap, no overlap.",
        (SCORE,),
        """
        budget:
          kind: bands
          of: score
          bands:
            - {from: 0, below: 3, amount: 0}
            - {from: 3, below: 7, amount: 80}
            - {from: 7, amount: 240}
          unit: money
          source: here
        """,
        "budget",
        (({"score": "2"}, "0"), ({"score": "3"}, "80"), ({"score": "6"}, "80"),
         ({"score": "7"}, "240")),
    ),
    Chapter(
        "curve", "Points to pounds on straight lines",
        "Straight lines join the knots, so that one point more is never a leap.",
        (SCORE,),
        "budget: {kind: curve, of: score, knots: [[0, 0], [4, 60], [10, 300]], unit: money, "
        "source: here}",
        "budget",
        (({"score": "0"}, "0"), ({"score": "2"}, "30"), ({"score": "4"}, "60"),
         ({"score": "7"}, "180")),
    ),
    Chapter(
        "round", "A rounding that is declared",
        "Nothing is rounded unless a step says so, by name, except that each line is paid in "
        "whole pence.",
        (UNHELPED,),
        "rounded: {kind: round, label: To the quarter of an hour, of: time, to: 15, "
        "rounding: up}",
        "rounded", (({"wash": "none"}, "0"), ({"wash": "some"}, "60"), ({"wash": "lots"}, "210")),
        around=TIME.replace("210", "200"), pays="cost: {kind: cost, of: rounded, price: day}",
        prices=DAY,
    ),
)  # fmt: skip


def text_of(chapter: Chapter) -> str:
    """Return the document of the whole small scheme that a chapter's steps stand in."""
    parts = [HEAD, _under("prices", chapter.prices)]
    parts.append(_under("questions", "".join(map(dedent, chapter.questions))))
    shown = "" if chapter.shown in chapter.questions else dedent(chapter.shown)
    parts.append(_under("steps", f"{shown}\n{chapter.around}\n{chapter.pays}"))
    paid = chapter.pays.partition(":")[0] or chapter.step
    parts.append(_under("lines", f"all: {{label: All of it, of: {paid}}}"))
    return "\n".join(parts)


@cache
def scheme_of(chapter: Chapter) -> Scheme:
    """Return the whole small scheme that a chapter's steps stand in."""
    return read_scheme(text_of(chapter), name=chapter.title)


def _under(key: str, text: str) -> str:
    return f"{key}:\n{indent(dedent(text).strip(), '  ')}\n" if text.strip() else ""


def answers_of(chapter: Chapter, row: Mapping[str, str]) -> Answers:
    """Return the answers of a row."""
    questions = {question.code: question for question in scheme_of(chapter).questions}
    values = {c: read_answer(questions[c], text) for c, text in row.items() if c in questions}
    shares = {c.removesuffix(".help"): int(n) for c, n in row.items() if c.endswith(".help")}
    agreed = {"yes": True, "no": False}.get(row.get("carer", ""))
    return Answers(values, shares, agreed, agreed)
