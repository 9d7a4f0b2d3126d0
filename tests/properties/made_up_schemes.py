"""Made-up schemes of every kind of step, and made-up people, for any property to be tried on."""

from datetime import date
from fractions import Fraction
from itertools import accumulate

from hypothesis import HealthCheck, reject, settings
from hypothesis import strategies as st

from wherewithal.allocation import (
    NO_FIGURE,
    STATUSES,
    Answer,
    Answers,
    Explanation,
    Missing,
    columns_of,
    evaluate,
    explain,
)
from wherewithal.money import ROUNDINGS
from wherewithal.scheme import (
    ByHand,
    Condition,
    Line,
    Option,
    Price,
    Question,
    Scheme,
    SchemeMistakes,
    Section,
    Source,
)
from wherewithal.scheme.graph import Reach, in_order, reaches
from wherewithal.scheme.steps import (
    AfterHelp,
    Band,
    Bands,
    Choice,
    Cost,
    Count,
    Curve,
    Highest,
    Limit,
    Lowest,
    Number,
    Pick,
    Product,
    Round,
    Square,
    Step,
    Sum,
    Term,
    inputs,
)

QUICK = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
SOURCE = Source("here", "Made up for a test", date(2026, 4, 1), "unverified", "It is a test")
FINE = st.builds(Fraction, st.integers(0, 400), st.sampled_from([1, 2, 4, 7, 10, 25]))
TIMES = ("day", "day.evening")
ROOM = 2**20
"""Steps that multiply are only laid on values smaller than this, so that nothing is refused."""


class Bench:
    """A scheme in the making: what has been laid so far, and how far each value can reach."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.questions: list[Question] = []
        self.steps: list[Step] = []
        rate = st.builds(Fraction, st.integers(1, 9999))
        self.prices = [Price(code, code, draw(rate) / 100, "here") for code in TIMES]

    def known(self) -> dict[str, Reach]:
        asked = {question.code: question for question in self.questions}
        ordered = in_order(self.steps, [step.code for step in self.steps])
        return reaches(ordered, asked, {price.code: price.hourly for price in self.prices})

    def unit(self, code: str) -> str:
        step = next(step for step in self.steps if step.code == code)
        if isinstance(step, Cost):
            return "money"
        return getattr(step, "unit", "") or self.unit(inputs(step)[0])

    def ask(self) -> None:
        code = f"q{len(self.questions)}"
        rising = self.draw(st.booleans())
        if self.draw(st.integers(0, 3)) == 0:
            most = self.draw(st.integers(1, 40))
            least = self.draw(st.integers(0, most - 1))
            self.questions.append(
                Question(
                    code, "all", "How much?", kind="number", least=least, most=most, rising=rising
                )
            )
            self.steps.append(Number(code, code, "minutes"))
            return
        kind = self.draw(st.sampled_from(["one", "one", "several"]))
        amounts = self.draw(st.lists(FINE, min_size=2, max_size=5 if kind == "one" else 8))
        amounts = sorted(amounts) if rising and kind == "one" else amounts
        options = tuple(Option(f"o{place}", f"Option {place}") for place in range(len(amounts)))
        helpable, absent = self.draw(st.booleans()), self.draw(st.booleans())
        question = Question(
            code, "all", "Which?", kind=kind, options=options, helpable=helpable, rising=rising,
            may_not_apply=absent,
        )  # fmt: skip
        self.questions.append(question)
        by_option = {option.code: each for option, each in zip(options, amounts, strict=True)}
        self.steps.append(Choice(f"{code}.a", code, code, by_option, "minutes", "here"))
        if helpable:
            self.steps.append(self._after_help(code))

    def _after_help(self, code: str) -> Step:
        if self.draw(st.booleans()):
            counted = self.draw(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3, 4)]))
            return AfterHelp(f"{code}.k", code, f"{code}.a", code, counted, (), "here")
        starts = sorted(self.draw(st.sets(st.integers(1, 100), max_size=5)))
        hundredths = st.integers(0, 100)
        shares = self.draw(st.lists(hundredths, min_size=len(starts), max_size=len(starts)))
        falling = [Fraction(each, 100) for each in sorted(shares, reverse=True)]
        rows = zip(map(Fraction, [0, *starts]), [Fraction(1), *falling], strict=True)
        return AfterHelp(f"{code}.k", code, f"{code}.a", code, Fraction(1), tuple(rows), "here")

    def lay(self) -> None:
        code = f"s{len(self.steps)}"
        known = self.known()
        of = self.draw(st.sampled_from(sorted(known)))
        reach = known[of]
        small = reach.peak < ROOM
        makers = {
            "round": lambda: self._round(code, of),
            "limit": lambda: self._limit(code, of),
            "bands": lambda: self._bands(code, of, reach),
            "sum": lambda: self._sum(code, of, known),
            "count": lambda: self._count(code),
        }
        if others := [c for c in sorted(known) if c != of and self.unit(c) == self.unit(of)]:
            makers["highest"] = lambda: Highest(code, code, self._several(of, others))
            makers["lowest"] = lambda: Lowest(code, code, self._several(of, others))
        if groups := [q for q in self.questions if q.kind == "one" and not q.rising]:
            makers["pick"] = lambda: self._pick(code, groups, known)
        if small:
            makers |= {
                "square": lambda: Square(code, code, of, self.unit(of)),
                "product": lambda: self._product(code, of, known),
                "curve": lambda: self._curve(code, of, reach),
            }
        rare = [kind for kind in ("pick", "square") if kind in makers]
        self.steps.append(makers[self.draw(st.sampled_from([*sorted(makers), *rare, *rare]))]())

    def _count(self, code: str) -> Step:
        asked = self.draw(
            st.lists(st.sampled_from(self.questions), min_size=1, max_size=3, unique=True)
        )
        return Count(code, code, tuple([self.condition(each) for each in asked]), "minutes", "here")

    def condition(self, question: Question) -> Condition:
        if question.kind == "number":
            least = self.draw(st.integers(question.least, question.most))
            return Condition(question.code, at_least=least)
        codes = [option.code for option in question.options]
        if question.rising and question.kind == "one":
            first = self.draw(st.integers(0, len(codes) - 1))
            return Condition(question.code, tuple(codes[first:]))
        some = self.draw(st.sets(st.sampled_from(codes), min_size=1))
        return Condition(question.code, tuple(sorted(some)))

    def _pick(self, code: str, groups: list[Question], known: dict[str, Reach]) -> Step:
        group = self.draw(st.sampled_from(groups))
        step = st.sampled_from(sorted(known))
        return Pick(code, code, group.code, {o.code: self.draw(step) for o in group.options})

    def _several(self, of: str, others: list[str]) -> tuple[str, ...]:
        more = st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True)
        return (of, *self.draw(more))

    def _round(self, code: str, of: str) -> Step:
        to = self.draw(
            st.sampled_from([Fraction(1), Fraction(1, 100), Fraction(15), Fraction(5, 2)])
        )
        return Round(code, code, of, to, self.draw(st.sampled_from(sorted(ROUNDINGS))))

    def _limit(self, code: str, of: str) -> Step:
        least, more = self.draw(FINE), self.draw(FINE)
        ends = self.draw(st.sampled_from([(least, None), (None, more), (least, least + more)]))
        return Limit(code, code, of, *ends, "the test says so", "here")

    def _heights(self, count: int) -> list[Fraction]:
        return list(accumulate(self.draw(st.lists(FINE, min_size=count, max_size=count))))

    def _starts(self, reach: Reach) -> list[Fraction]:
        apart = [Fraction(1, 2), Fraction(1), Fraction(2), Fraction(15)]
        steps = self.draw(st.lists(st.sampled_from(apart), max_size=5))
        return list(accumulate(steps, initial=reach.lo))

    def _bands(self, code: str, of: str, reach: Reach) -> Step:
        starts = self._starts(reach)
        ends = [*starts[1:], None]
        heights = self._heights(len(starts))
        bands = tuple(map(Band, starts, ends, heights))
        return Bands(code, code, of, bands, self.unit(of), "here")

    def _curve(self, code: str, of: str, reach: Reach) -> Step:
        across = [*self._starts(reach), max(reach.hi, reach.lo) + 100]
        across = sorted({min(each, across[-1]) for each in across})
        knots = tuple(zip(across, self._heights(len(across)), strict=True))
        return Curve(code, code, of, knots, self.unit(of), "here")

    def _product(self, code: str, of: str, known: dict[str, Reach]) -> Step:
        other = self.draw(
            st.sampled_from([each for each in sorted(known) if known[each].peak < ROOM])
        )
        return Product(code, code, (of, other), self.unit(of))

    def _sum(self, code: str, of: str, known: dict[str, Reach]) -> Step:
        codes = self.draw(st.lists(st.sampled_from(sorted(known)), max_size=3))
        terms = [Term(each, self.draw(FINE) / 10) for each in dict.fromkeys([of, *codes])]
        plus = self.draw(FINE)
        still = [each for each in sorted(known) if not known[each].rising and known[each].lo >= 0]
        if still and self.draw(st.sampled_from([True, False])):
            less = self.draw(st.sampled_from(still))
            terms, plus = [*terms, Term(less, Fraction(-1))], plus + known[less].hi
        return Sum(code, code, tuple(terms), plus, self.unit(of), "here")

    def join(self) -> None:
        """Add everything that nothing reads up to one amount, and keep that within a limit."""
        read = {code for step in self.steps for code in inputs(step)}
        terms = tuple([Term(step.code) for step in self.steps if step.code not in read])
        self.steps.append(Sum("joined", "joined", terms, Fraction(0), "minutes", "here"))
        self.steps.append(self._limit("kept", "joined"))

    def pay(self) -> tuple[Line, ...]:
        read = {code for step in self.steps for code in inputs(step)}
        lines: list[Line] = []
        for step in list(self.steps):
            if step.code in read:
                continue
            code = step.code
            if self.unit(code) != "money":
                code = f"c{len(lines)}"
                price = self.draw(st.sampled_from(TIMES))
                self.steps.append(Cost(code, code, step.code, price))
            lines.append(Line(f"l{len(lines)}", f"Line {len(lines)}", code))
        return tuple(lines)

    def used(self) -> tuple[Price, ...]:
        paid = {step.price for step in self.steps if isinstance(step, Cost)}
        return tuple(price for price in self.prices if price.code in paid)


@st.composite
def schemes(draw: st.DrawFn, *, joined: bool = False) -> Scheme:
    """Make a scheme up; ``joined`` ones have many questions, all of which one line rests on."""
    bench = Bench(draw)
    for _ in range(draw(st.integers(4, 8) if joined else st.integers(1, 4))):
        bench.ask()
    for _ in range(draw(st.integers(0, 7))):
        bench.lay()
    if joined:
        bench.join()
    lines = bench.pay()
    rules = []
    if draw(st.booleans()):
        above = draw(st.builds(Fraction, st.integers(0, 5000)))
        rules.append(ByHand("it is a lot", total_above=above, source="here"))
    if draw(st.booleans()):
        asked = draw(st.sampled_from(bench.questions))
        condition = bench.condition(asked)
        rules.append(ByHand("it is unlike the others", when=(condition,), source="here"))
    try:
        return Scheme(
            "made-up", "1", "Made up", "", "GBP", "week", draw(st.sampled_from(sorted(ROUNDINGS))),
            SOURCE, (SOURCE,), (Section("all", "All"),), bench.used(), tuple(bench.questions),
            tuple(bench.steps), lines, tuple(rules),
        )  # fmt: skip
    except SchemeMistakes as mistakes:
        if all("too large" in mistake.mend for mistake in mistakes.mistakes):
            reject()
        raise


@st.composite
def people(draw: st.DrawFn, scheme: Scheme, *, gaps: bool = True) -> Answers:
    values: dict[str, Answer] = {}
    shares: dict[str, int] = {}
    for question in scheme.questions:
        if question.kind == "number":
            values[question.code] = draw(st.integers(question.least, question.most))
        elif question.kind == "several":
            codes = [option.code for option in question.options]
            values[question.code] = draw(st.frozensets(st.sampled_from(codes)))
        else:
            values[question.code] = draw(st.sampled_from([o.code for o in question.options]))
        if question.may_not_apply and draw(st.integers(0, 3)) == 0:
            values[question.code] = Missing.NOT_APPLICABLE
        if gaps and draw(st.integers(0, 12)) == 0:
            kinds = [Missing.NOT_ANSWERED, Missing.DECLINED, Missing.UNKNOWN]
            values[question.code] = draw(st.sampled_from(kinds))
        if question.helpable:
            shares[question.code] = draw(st.integers(0, 100))
    agreed = st.sampled_from([True, True, False, None])
    return Answers(values, shares, draw(agreed), draw(agreed))


def paid(told: Explanation) -> int:
    return sum(line.pence for line in told.lines)


def next_answer(question: Question, answer: object) -> Answer | None:
    """Return the answer with one step more need, ``None`` where there is none."""
    if isinstance(answer, Missing):
        return None
    if isinstance(answer, int):
        return answer + 1 if answer < question.most else None
    codes = [option.code for option in question.options]
    if isinstance(answer, frozenset):
        unticked = [code for code in codes if code not in answer]
        return answer | {unticked[0]} if unticked else None
    place = codes.index(str(answer)) + 1
    return codes[place] if place < len(codes) else None


def hold_equal(scheme: Scheme, crowd: list[Answers]) -> list[Explanation]:
    told = [explain(scheme, person) for person in crowd]
    out = evaluate(scheme, columns_of(scheme, crowd))
    for row, each in enumerate(told):
        assert STATUSES[out["status"][row]] == each.outcome
        assert out["total"][row] == (NO_FIGURE if each.total is None else each.total)
        full = NO_FIGURE if each.total_without_help is None else each.total_without_help
        assert out["total_without_help"][row] == full
        by_code = {line.code: line for line in each.lines}
        for line in scheme.lines:
            found = by_code.get(line.code)
            pence = NO_FIGURE if found is None else found.pence
            pence_full = NO_FIGURE if found is None else found.pence_without_help
            assert out[f"line.{line.code}"][row] == pence
            assert out[f"line.{line.code}.without_help"][row] == pence_full
    return told
