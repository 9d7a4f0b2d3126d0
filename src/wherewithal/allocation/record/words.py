"""The words of a transparency record, from the scheme's own numbers, for anyone to read."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from wherewithal.allocation.cliffs import largest_cliff
from wherewithal.dates import long_date
from wherewithal.money import ROUNDINGS, pounds
from wherewithal.scheme import ByHand, Scheme
from wherewithal.scheme import steps as kinds

Text = tuple[str, ...]

KIND_WORDS: Mapping[str, str] = {
    "choice": "an amount for each answer",
    "number": "a number that you give",
    "count": "how many of some answers you gave",
    "pick": "a sum of its own for each group",
    "sum": "amounts added up",
    "square": "an amount times itself",
    "product": "amounts times each other",
    "highest": "the highest of some amounts",
    "lowest": "the lowest of some amounts",
    "after-help": "what is left once family help is taken away",
    "cost": "time, times the price of an hour",
    "limit": "an amount kept within limits, for a stated reason",
    "bands": "a set amount for the band that a number falls in",
    "curve": "an amount read off straight lines",
    "round": "an amount that is rounded",
}
ROUNDED: Mapping[str, str] = {
    "half-up": "to the nearest penny, and half a penny goes up",
    "half-even": "to the nearest penny, and half a penny goes to the even penny",
    "down": "down to a whole penny",
    "up": "up to a whole penny",
}
BENEFIT: Text = (
    "Everyone is asked the same. The same answers give the same figure, whoever works it out.",
    "All of it is open. Anyone can see each number and check each sum.",
)
PROCESS: Text = (
    "First we talk about your life, and what you need help with. Then a worker decides if there "
    "are needs that we must meet. What family does plays no part in that.",
    "Then this tool works out a first figure. You make a plan with it. What the plan costs is what "
    "counts. A person looks at the plan and signs it off.",
)
SEEN = (
    "You see what each answer added, what was taken away, what an hour costs, and where each "
    "number comes from. If the figure moved, you see why, to the penny."
)
HUMANS: Text = (
    "The tool decides nothing by itself. A person decides if there are needs. A person agrees the "
    "plan. The plan may cost more or less than the figure.",
    "A person goes through each large fall with the one whose figure it is.",
)
MAINTENANCE: Text = (
    "A version in use is never changed. A change makes a new version, with a new mark. One person "
    "writes it and another one must agree to it.",
)
DATA: Text = ("This is all that counts. Nothing else about you plays a part.",)
FAMILY: Text = (
    "How much of this need your family or friends meet, at each question that asks for it.",
    "Whether your carers have told us that they want to help, and can.",
)
SENSITIVE: Text = (
    "Answers are about health and daily life. By law they need great care. The list above shows "
    "all that is used. If age, sex or where you live is not in it, it plays no part.",
)
COMPLETE: Text = (
    "An answer that is missing is never counted as nothing. There is no figure until it is given, "
    "or until the support is costed by hand.",
    "To find out if the figures are fair to each group, the council must test them on its own "
    "people.",
)
COLLECTION: Text = (
    "You give the answers, alone, with someone you trust, or in a talk with a worker. Who gave "
    "each answer is kept with it.",
)
CLEANING: Text = ("None. An answer that does not fit the question is refused, not changed.",)
RISKS: Text = ("What could go wrong, and what is done about it:",)


def description(scheme: Scheme) -> Text:
    """Say what the tool is for, in the scheme's own summary and what is true of every scheme."""
    return (
        scheme.summary.strip(),
        f"The figure is for one {scheme.per}. It is a first figure, to plan with. It can go up or "
        "down. It does not decide what anyone gets.",
    )


def detail(scheme: Scheme) -> Text:
    """Say how much is in a scheme, and how a figure comes about."""
    questions, steps = (
        _many(len(listed), word)
        for listed, word in ((scheme.questions, "question"), (scheme.steps, "step"))
    )
    paid = (
        f"1 line that is paid. It is rounded {ROUNDED[scheme.rounding]}. That is the figure."
        if len(scheme.lines) == 1
        else f"{len(scheme.lines)} lines that are paid. Each line is rounded "
        f"{ROUNDED[scheme.rounding]}. The lines are added up. That is the figure."
    )
    be = "is" if len(scheme.questions) == 1 else "are"
    return (f"There {be} {questions}, {steps} and {paid}", "These kinds of step are used:")


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _asks_of_family(scheme: Scheme) -> bool:
    return any(question.helpable for question in scheme.questions)


def provided(scheme: Scheme) -> Text:
    """Say what someone is shown beside the figure."""
    also = ", and what it would be if family did nothing" if _asks_of_family(scheme) else ""
    return (f"You and your worker see the figure{also}.", SEEN)


def kinds_used(scheme: Scheme) -> Text:
    """Name each kind of step, in words, and how many there are of it."""
    counts = Counter(kinds.NAMES[type(step)] for step in scheme.steps)
    return tuple(
        f"{said[0].upper()}{said[1:]}: {counts[kind]} {'time' if counts[kind] == 1 else 'times'}."
        for kind, said in KIND_WORDS.items()
        if counts[kind]
    )


def scope(scheme: Scheme) -> Text:
    """Say what a scheme is not for, and when it gives no figure."""
    ends = (
        "It looks at one person at a time. It can't see how much money the council has, nor what "
        "others get. So it can't lower your figure to save money.",
        "It does not decide who has needs that we must meet. It does not set the budget.",
    )
    when = "It gives no figure, and a person costs the support by hand, when this is so:"
    return (*ends, when) if scheme.by_hand else ends


def by_hand(scheme: Scheme) -> Text:
    """Name every case in which a scheme gives no figure."""
    return tuple(_by_hand(scheme, rule) for rule in scheme.by_hand)


def _by_hand(scheme: Scheme, rule: ByHand) -> str:
    if rule.total_above is None:
        return rule.because
    above = pounds(ROUNDINGS["half-up"](rule.total_above * 100), symbol=scheme.symbol)
    return f"The figure comes to more than {above} a {scheme.per}. {rule.because}"


def appeals(name: str, phone: str, email: str) -> Text:
    """Say what someone can do who thinks the figure is wrong."""
    reach = " or ".join(filter(None, (phone and f"ring {phone}", email and f"write to {email}")))
    first = f"Tell us. You can {reach}." if reach else "Tell us."
    return (
        f"{first} Say what you think is wrong. Someone can help you do this.",
        "Ask us to look again. Someone who had no part in it will go through it with you.",
        f"If you are still not happy, complain to {name or 'the council'}. After that you can go "
        "to the Local Government and Social Care Ombudsman. It is free.",
    )


def architecture(scheme: Scheme) -> Text:
    """Say what sort of tool it is."""
    return (
        "It is a sum with set rules. It does not learn from the people it is used on, and it does "
        "not guess. The same answers always give the same figure.",
        "Sums are exact. Pennies are rounded at each line, and nowhere else out of sight.",
    )


def model(scheme: Scheme) -> Text:
    """Name the version and the mark of a scheme."""
    return (
        f"One set of rules: {scheme.title}, version {scheme.version}.",
        f"Its mark is {scheme.hash}. If one number were changed, the mark would change.",
    )


def checked(scheme: Scheme) -> Text:
    """Say how many sources were checked, and how many were not."""
    open_ones = [source for source in scheme.sources if not source.verified]
    if not open_ones:
        return ("Someone has checked each of these:",)
    if len(open_ones) == len(scheme.sources):
        return ("Nobody has checked any of these yet:",)
    return (
        f"There are {len(scheme.sources)} sources. "
        f"Nobody has checked {len(open_ones)} of them yet:",
    )


def sources(scheme: Scheme) -> Text:
    """Name every source, its date, and whether it was checked."""
    return tuple(
        f"{source.text}, {long_date(source.date)}. "
        f"{'Checked.' if source.verified else 'Not checked yet.'} {source.reason}".strip()
        for source in scheme.sources
    )


def modality(scheme: Scheme) -> Text:
    """Say in which ways questions are answered."""
    ways = {
        "one": "one answer is picked from a list",
        "several": "all answers that are true are ticked",
        "number": "the answer is a whole number",
    }
    asked = Counter(question.kind for question in scheme.questions)
    rows = [
        f"At {_many(asked[kind], 'question')} {said}." for kind, said in ways.items() if asked[kind]
    ]
    shares = ("The share of a need that family meets is a whole number of percent.",)
    return (*rows, *(shares if _asks_of_family(scheme) else ()))


def asked(scheme: Scheme) -> Text:
    """List all that counts: each question, and what is asked about help from family."""
    return (*(each.ask for each in scheme.questions), *(FAMILY if _asks_of_family(scheme) else ()))


def quantities(scheme: Scheme) -> Text:
    """Say how many questions and answers to pick there are."""
    options = sum(len(question.options) for question in scheme.questions)
    picks = f", with {options} answers to pick from" if options else ""
    shares = sum(question.helpable for question in scheme.questions)
    help_ = f" Family help is asked for at {shares} of them." if shares else ""
    be = "is" if len(scheme.questions) == 1 else "are"
    many = _many(len(scheme.questions), "question")
    return (f"There {be} {many}{picks}.{help_} That is all, for each person.",)


@lru_cache(maxsize=16)
def risks(scheme: Scheme) -> Text:
    """Name each risk with what is done about it."""
    return tuple(_risks(scheme))


def _risks(scheme: Scheme) -> Iterator[str]:
    yield (
        "The figure may be too low for your needs. It is not a limit. If it does not meet your "
        "needs, the plan may cost more."
    )
    if any(isinstance(step, kinds.AfterHelp) for step in scheme.steps):
        yield (
            "Family may feel they have to help. Their help counts only where they told us that "
            "they want to, and can. The figure without it is always shown."
        )
    yield (
        "A number may be wrong or old. Each one has a source and a date, and says if it was "
        "checked."
    )
    if scheme.by_hand:
        yield "Some lives do not fit a sum. Then there is no figure, and a person costs it by hand."
    cliff = largest_cliff(scheme)
    if cliff.question:
        ask = scheme.question(cliff.question).ask
        money = pounds(abs(cliff.pence), symbol=scheme.symbol)
        yield (
            f"One answer can move a figure a lot. The most that one step can move it is {money} a "
            f"{scheme.per}, at “{ask}”. You can see what the answers next to yours would do."
        )
    yield (
        "It may be unfair to a group of people. Before it is used, it must be tested for this on "
        "the council’s own people. What was found belongs under the heading above."
    )
