"""The pages to learn from, in reading order, and the ways to hold the money."""

from dataclasses import dataclass

PAGES = (
    ("start:what", "What is a personal budget?"),
    ("start:who", "Who can have one?"),
    ("start:ways", "Ways to hold the money"),
    ("start:figure", "How we work out the figure"),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to hold the money: who it suits, what the person does, what the council does."""

    code: str
    name: str
    short: str
    good_for: str
    you: tuple[str, ...]
    we: tuple[str, ...]


WAYS = (
    Way(
        "direct-payment",
        "Direct payment",
        "We pay the money to you. You buy the support.",
        "you want the most say. You pick who helps you, and when.",
        (
            "Open an account just for this money, or use a card we give you.",
            "Find and pay the people who help you.",
            "Keep a note of what you spend.",
        ),
        (
            "Pay you on time.",
            "Help you set it up, and help you hire someone if you want to.",
            "Check how it goes with a light touch.",
        ),
    ),
    Way(
        "council-managed",
        "Managed by the council",
        "We hold the money. We buy the support you choose.",
        "you want a say in your support, but no bills and no paperwork.",
        (
            "Tell us what you want, and from whom.",
            "Tell us when it does not go well.",
        ),
        (
            "Find and pay for your support.",
            "Show you what it costs and what is left.",
            "Change it with you when you need us to.",
        ),
    ),
    Way(
        "isf",
        "Individual service fund",
        "A care provider you pick holds the money, just for you.",
        "you trust one provider, and want to plan each week with them.",
        (
            "Pick the provider.",
            "Agree with them how to use the money, and change it when you like.",
        ),
        (
            "Pay the provider.",
            "Check that they spend it on you, in the way you want.",
        ),
    ),
    Way(
        "third-party",
        "Someone you choose",
        "A person or a group you trust holds the money for you.",
        "you want the choice of a direct payment, but someone else to run it.",
        (
            "Say who you trust. It can be family, a friend or a group.",
            "Tell them what you want.",
        ),
        (
            "Make sure they know what to do.",
            "Pay them on time, and check that it works for you.",
        ),
    ),
    Way(
        "trust",
        "A trust",
        "A small group of people looks after the money by law.",
        "you need a lot of support for a long time, and want people who know you well.",
        (
            "Meet with your group as much as you can and want to.",
            "Tell them what a good life is for you.",
        ),
        (
            "Pay the trust.",
            "Check each year that it works for you.",
        ),
    ),
)
MIXED = (
    "You can mix them. We could run your home care while you hold the money for days out. You can"
    " start with one way and change later."
)
