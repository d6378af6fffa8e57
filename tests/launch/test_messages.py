import gettext
from pathlib import Path

import pytest

from healthaid.messages_catalogue import Catalogues, Problem

PO = "locale/zh_Hans/LC_MESSAGES/django.po"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "healthaid").mkdir()
    (tmp_path / "households").mkdir()
    (tmp_path / "templates/households").mkdir(parents=True)
    (tmp_path / "templates/components").mkdir()
    (tmp_path / "households/models.py").write_text(
        'label = _("Household")\nlate = ngettext("%(n)s day", "%(n)s days", 2)\n'
    )
    (tmp_path / "templates/households/list.html").write_text(
        '{% load i18n %}\n  <p>{% translate "Find" %}</p>\n {% blocktranslate with n=total %}{{ n }} people{% endblocktranslate %}\n'
    )
    (tmp_path / "templates/components/pager.html").write_text(
        '{% load i18n %}{% translate "Next" context "page" %}'
    )
    return tmp_path


@pytest.fixture
def catalogues(project: Path) -> Catalogues:
    apps = {"healthaid": project / "healthaid", "households": project / "households"}
    return Catalogues(project, apps, fallback="healthaid")


def translate(project: Path, text: str, chinese: str) -> None:
    path = project / "households" / PO
    path.write_text(
        path.read_text().replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{chinese}"')
    )


def kinds(catalogues: Catalogues) -> dict[str, str]:
    return {problem.text: problem.kind for problem in catalogues.problems(catalogues.texts())}


def merge_all(catalogues: Catalogues) -> None:
    for app in catalogues.apps:
        catalogues.merge(app, catalogues.texts(), prune=False)


def test_texts_belong_to_the_app_of_their_module_or_template_folder(catalogues: Catalogues) -> None:
    assert {(text.app, str(text.id)) for text in catalogues.texts()} == {
        ("households", "Household"),
        ("households", "('%(n)s day', '%(n)s days')"),
        ("households", "Find"),
        ("households", "%(n)s people"),
        ("healthaid", "Next"),
    }


def test_check_names_an_entry_that_is_missing(catalogues: Catalogues) -> None:
    assert Problem("households", "missing", "Household", "households/models.py:1") in catalogues.problems(
        catalogues.texts()
    )


def test_check_names_an_entry_without_translation_after_a_merge(
    catalogues: Catalogues, project: Path
) -> None:
    merge_all(catalogues)
    translate(project, "Find", "查找")
    assert kinds(catalogues) == {
        "Household": "empty",
        "%(n)s day": "empty",
        "%(n)s people": "empty",
        "Next": "empty",
    }


def test_check_refuses_a_lost_placeholder(catalogues: Catalogues, project: Path) -> None:
    merge_all(catalogues)
    translate(project, "%(n)s people", "若干人")
    assert kinds(catalogues)["%(n)s people"] == "placeholders differ"


def test_check_names_an_entry_that_no_source_uses(catalogues: Catalogues, project: Path) -> None:
    merge_all(catalogues)
    (project / "households/models.py").write_text("")
    assert kinds(catalogues)["Household"] == "obsolete"
    catalogues.merge("households", catalogues.texts(), prune=True)
    assert "Household" not in kinds(catalogues)


def test_check_refuses_two_ways_of_saying_one_text(catalogues: Catalogues, project: Path) -> None:
    (project / "healthaid/views.py").write_text('heading = _("Find")\n')
    merge_all(catalogues)
    translate(project, "Find", "查找")
    other = project / "healthaid" / PO
    other.write_text(other.read_text().replace('msgid "Find"\nmsgstr ""', 'msgid "Find"\nmsgstr "搜索"'))
    differing = [
        problem.app for problem in catalogues.problems(catalogues.texts()) if problem.kind == "differs"
    ]
    assert differing == ["healthaid", "households"]


def test_check_names_a_fuzzy_entry(catalogues: Catalogues, project: Path) -> None:
    merge_all(catalogues)
    translate(project, "Find", "查找")
    path = project / "households" / PO
    path.write_text(path.read_text().replace('msgid "Find"', '#, fuzzy\nmsgid "Find"'))
    assert kinds(catalogues)["Find"] == "fuzzy"


def test_merge_keeps_the_translated_one_of_two_entries(catalogues: Catalogues, project: Path) -> None:
    merge_all(catalogues)
    with (project / "households" / PO).open("a") as catalogue:
        catalogue.write('\nmsgid "Find"\nmsgstr "查找"\n')
    merge_all(catalogues)
    assert (project / "households" / PO).read_text().count('msgid "Find"\nmsgstr "查找"') == 1


def test_merge_twice_changes_nothing(catalogues: Catalogues, project: Path) -> None:
    merge_all(catalogues)
    before = (project / "households" / PO).read_bytes()
    merge_all(catalogues)
    assert (project / "households" / PO).read_bytes() == before


def test_compile_writes_what_gettext_reads_and_only_when_older(catalogues: Catalogues, project: Path) -> None:
    merge_all(catalogues)
    translate(project, "Find", "查找")
    assert catalogues.compile("households")
    assert not catalogues.compile("households")
    with (project / "households" / PO).with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Find") == "查找"
