import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JOURNEY = """
import pytest

@pytest.mark.browser
def test_journey():
    raise AssertionError("there is no browser to run this in")

def test_other():
    pass
"""


def test_without_a_browser_its_journeys_are_skipped_aloud_and_the_summary_comes_last(tmp_path: Path) -> None:
    (tmp_path / "test_journey.py").write_text(JOURNEY)
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.browserless", "-c", "pyproject.toml", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "HEALTHAID_NO_BROWSER": "there is no chromium here"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout
    assert "1 browser journeys were SKIPPED: there is no chromium here" in answer.stdout
    assert "1 passed, 1 skipped" in answer.stdout.splitlines()[-1]
