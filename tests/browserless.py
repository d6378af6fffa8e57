"""Where there is no browser, its journeys are skipped, and the end of the report says so."""

import os

import pytest

WHY = os.environ.get("HEALTHAID_NO_BROWSER", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if WHY and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=f"no browser: {WHY}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = terminalreporter.stats.get("skipped", [])
    count = sum("no browser: " in str(report.longrepr) for report in reports)
    if count:
        terminalreporter.section("BROWSER JOURNEYS NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(f"{count} browser journeys were SKIPPED: {WHY}", red=True)
        terminalreporter.line(
            "Nothing above says that the pages work. Debian: apt-get install chromium fonts-noto-cjk libatomic1"
        )
