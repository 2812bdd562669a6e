"""The tools of `make` themselves: messages, the account of what was not run."""

from __future__ import annotations

import gettext
import io

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from scripts import messages, run_tests

TEMPLATE = """{% load i18n %}
<p>
      {% translate "Read more" %} {% translate "Open" context "verb" %}
  {% blocktranslate count n=items|length trimmed %}
    {{ n }} article
  {% plural %}
    {{ n }} articles
  {% endblocktranslate %}
 <a title="{{ _('Share') }}">{% include "x.html" with label=_("Next") %}</a>
      (unbalanced [ text
{% blocktranslate with who=name %}By {{ who }}, 100%{% endblocktranslate %}
"""
HEAD = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {messages.SIX_FORMS}\\n"\n\n'


def catalogue(body: str):
    return read_po(io.BytesIO((HEAD + body).encode()), locale="ar", domain="django")


def test_extract_reads_every_kind_of_message_of_a_template(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(TEMPLATE, "utf-8")
    found = {(context, message): line for line, message, _comments, context in messages.extract_file(path)}
    assert set(found) == {
        (None, "Read more"),
        ("verb", "Open"),
        (None, ("%(n)s article", "%(n)s articles")),
        (None, "Share"),
        (None, "Next"),
        (None, "By %(who)s, 100%%"),
    }
    assert found[(None, "Read more")] == 3


def test_extract_reads_python_with_context_and_plural(tmp_path):
    path = tmp_path / "a.py"
    lines = [
        "a = _('One'",
        "      ' sentence')",
        "b = pgettext_lazy('noun', 'State')",
        "c = ngettext('%(n)s day', '%(n)s days', n)",
        "d = npgettext('part', '%(n)s piece', '%(n)s pieces', n)",
    ]
    path.write_text("\n".join(lines), "utf-8")
    found = {(context, message) for _line, message, _comments, context in messages.extract_file(path)}
    assert found == {
        (None, "One sentence"),
        ("noun", "State"),
        (None, ("%(n)s day", "%(n)s days")),
        ("part", ("%(n)s piece", "%(n)s pieces")),
    }


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('msgid "By %(who)s"\nmsgstr "بقلم"\n', "placeholders differ"),
        ('#, fuzzy\nmsgid "Yes"\nmsgstr "نعم"\n', "fuzzy"),
        ('msgid "a"\nmsgid_plural "b"\n' + "".join(f'msgstr[{n}] "x"\n' for n in range(5)), "not translated"),
        (
            'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\n'
            + "".join(f'msgstr[{n}] "{"يوم" if n == 4 else "%(n)s"}"\n' for n in range(6)),
            "placeholders of form 4",
        ),
    ],
)
def test_a_faulty_translation_is_seen(body, fault):
    catalog = catalogue(body)
    (message,) = [message for message in catalog if message.id]
    assert any(fault in found for found in messages.faults_of(message, catalog.num_plurals))


def test_the_first_three_forms_may_leave_the_number_out():
    forms = ["لا أيام", "يوم واحد", "يومان", "%(n)s أيام", "%(n)s يومًا", "%(n)s يوم"]
    body = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\n' + "".join(
        f'msgstr[{number}] "{form}"\n' for number, form in enumerate(forms)
    )
    catalog = catalogue(body)
    (message,) = [message for message in catalog if message.id]
    assert messages.faults_of(message, catalog.num_plurals) == []
    stream = io.BytesIO()
    write_mo(stream, catalog)
    stream.seek(0)
    compiled = gettext.GNUTranslations(stream)
    chosen = [compiled.ngettext("%(n)s day", "%(n)s days", n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111)]
    assert [forms.index(text) for text in chosen] == [0, 1, 2, 3, 3, 4, 4, 5, 5, 3, 4]


def test_update_keeps_translations_and_words_of_the_framework(tmp_path, monkeypatch, capsys):
    folder = tmp_path / "hiwar" / "locale" / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (tmp_path / "hiwar" / "a.py").write_text("a = _('Save')\nb = _('New one')\n", "utf-8")
    entries = [
        'msgid "Save"\nmsgstr "حفظ"\n',
        '# framework: state of a page in lists\nmsgid "Live"\nmsgstr "منشور"\n',
        'msgid "Gone"\nmsgstr "زال"\n',
    ]
    (folder / "django.po").write_text(HEAD + "\n".join(entries), "utf-8")
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "LOCALES", tmp_path / "hiwar" / "locale")
    for _again in range(2):
        assert messages.update() == 0
        catalog = messages.read(folder / "django.po", "ar")
        assert {message.id: message.string for message in catalog if message.id} == {
            "Save": "حفظ",
            "New one": "",
            "Live": "منشور",
        }
        assert catalog.num_plurals == 6
    assert messages.check() == 1
    assert "New one" in capsys.readouterr().out
    assert messages.compile_all() == 0
    with (folder / "django.mo").open("rb") as stream:
        assert gettext.GNUTranslations(stream).gettext("Live") == "منشور"


def run_of(name: str, ran: set[str], skipped: dict[str, str]) -> run_tests.Pass:
    return run_tests.Pass(name, [], {}, ran=ran, skipped=skipped)


def test_a_test_that_ran_on_one_database_was_run():
    passes = [
        run_of("sqlite", {"a"}, {"b": "PostgreSQL only", "c": "no ffmpeg"}),
        run_of("pg", {"a", "b"}, {"c": "no"}),
    ]
    assert set(run_tests.never_run(passes)) == {"c"}


def test_only_what_the_table_names_may_stay_unrun():
    table = "<!-- may-stay-unrun:begin -->\n| `tests.media*::test_c` | no tool |\n<!-- may-stay-unrun:end -->"
    excuses = run_tests.may_stay_unrun(table)
    assert excuses == [("tests.media*::test_c", "no tool")]
    unrun = {"tests.media.test_a::test_c": "", "tests.items::test_d": ""}
    assert run_tests.unexcused(unrun, excuses) == ["tests.items::test_d"]


def test_a_missing_part_fails_only_where_all_is_required(monkeypatch, capsys):
    passes = [run_of("sqlite", {"a"}, {})]
    monkeypatch.delenv("REQUIRE_ALL", raising=False)
    assert run_tests.report(passes, {"part:postgresql": "not named"}) == 0
    monkeypatch.setenv("REQUIRE_ALL", "1")
    assert run_tests.report(passes, {"part:postgresql": "not named"}) == 1
    assert "part:postgresql" in capsys.readouterr().out


def test_no_test_at_all_is_no_success(capsys):
    assert run_tests.report([run_of("sqlite", set(), {})], {}) == 2
