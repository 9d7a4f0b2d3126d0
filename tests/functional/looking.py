"""One person at one browser, who checks every page they come to."""

from collections import Counter
from dataclasses import dataclass
from re import Pattern

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

AXE = Axe()


@dataclass(slots=True)
class Visit:
    """A browser window. Every page reached is checked: axe, headings, links, no sideways scroll.

    Axe itself is a script, so where ``scripts`` are off the rest of the checks must do.
    """

    page: Page
    scripts: bool = True

    def open(self, address: str) -> "Visit":
        """Go to an address and check what is there."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status < 400, f"{address} answered {answer.status}"
        return self.check()

    def follow(self, link: str | Pattern[str]) -> "Visit":
        """Follow the link with exactly these words, as a screen reader would read them."""
        return self.go_by(self.page.get_by_role("link", name=link, exact=True))

    def press(self, button: str) -> "Visit":
        """Press the button with these words and check the page it leads to."""
        return self.go_by(self.page.get_by_role("button", name=button))

    def go_by(self, place: Locator) -> "Visit":
        """Press the first of these, wait for the page it leads to, and check that page.

        A page that is looked at while it is being left has nothing on it.
        """
        with self.page.expect_navigation(wait_until="load"):
            place.first.click()
        return self.check()

    def write(self, label: str, text: str) -> "Visit":
        """Write into the field with this label."""
        self.page.get_by_label(label, exact=True).fill(text)
        return self

    def choose(self, label: str, within: str = "") -> "Visit":
        """Choose the radio button or box with this label, within the named group if given."""
        place = self.page.get_by_role("group", name=within) if within else self.page
        place.get_by_label(label, exact=True).first.check()
        return self

    def sees(self, *words: str) -> "Visit":
        """Expect words on the page."""
        for each in words:
            expect(self.page.locator("body")).to_contain_text(each)
        return self

    def check(self) -> "Visit":
        """Hold the page to what every page must be."""
        place = f"{self.page.url} ({self.page.title()})"
        if self.scripts:
            found = AXE.run(self.page, options={"resultTypes": ["violations"]})
            assert found.violations_count == 0, f"{place}\n{found.generate_report()}"
        expect(self.page.locator("h1"), f"{place} needs exactly one h1").to_have_count(1)
        links = self.page.locator("main a").evaluate_all(
            "links => links.map(a => [a.innerText.trim() || a.textContent.trim(), a.href])"
        )
        texts = Counter(text for text, _ in {(text, href) for text, href in links})
        twice = [text for text, times in texts.items() if times > 1]
        assert not twice, f"{place}: these links read the same but lead apart: {twice}"
        width = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1], f"{place} scrolls sideways: {width[0]} in {width[1]}"
        return self
