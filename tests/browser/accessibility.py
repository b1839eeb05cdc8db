"""What axe-core finds on a page: faults that keep people with other eyes, ears or hands out."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, within: str) -> list[str]:
    """The faults within what a selector finds, a line each: the rule, and the first such node."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(
        """async ([within, rules]) => {
          const options = { runOnly: rules, resultTypes: ["violations"] };
          const { violations } = await axe.run({ include: [[within]] }, options);
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
        }""",
        [within, RULES],
    )
