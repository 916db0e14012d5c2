"""A text proposed from the words of a policy: every sentence somewhere, numbers as they are said, all of it marked as proposed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.controls.promise import promises
from audits.errors import Unusable
from audits.texts.compare import published, sections, sentence_fingerprint, sentences
from audits.texts.limits import ages, limits
from audits.texts.propose import foreign, proposed, still_proposed
from audits.texts.recognisers import recognisers
from audits.texts.text import Text, read
from audits.workspace import Workspace
from benchmarks import proposals

from ..cli.test_cli import audits
from ..conftest import WORKSPACE

POLICIES = Path(__file__).parent / "policies"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proposed")


def made(folder: Path, policy: str) -> Text:
    """What is proposed from a policy, read back, its promises too."""
    file = folder / "policy.toml"
    file.write_text(proposed(policy, "Nordlicht GmbH", "nordlicht"), encoding="utf-8")
    text = read(file)
    assert len(promises([text], WORKSPACE.catalogue)) == len(text.promises)
    return text


def said(text: Text, duty: str) -> tuple[str, dict[str, dict[str, Any]]]:
    """Kind and promises, with their values, of the clause with such a duty."""
    clause = next(c for c in text.clauses if duty in c.duty)
    return clause.kind, {p.use: p.values for p in text.promises if p.id in clause.promises}


# Sentences


@pytest.mark.parametrize(
    ("policy", "found"),
    [
        ("We keep logs, e.g. Apache's, for a week. They are deleted then.", 2),
        ("Acme Inc. We sell nothing.", 2),
        ("We, Acme Inc. Berlin, keep it.", 1),
        ("Processing rests on Art. 6 GDPR. No. 4 applies.", 2),
        ("Trailmate takes part in the EU-U.S. Data Privacy Framework.", 1),
        ("Your data, z. B. Ihre Anschrift, bleibt hier. Wir löschen sie.", 2),
        ("1. We answer every letter.\n2. We burn none.", 2),
        ("Your rights\n\n• Ask us for a copy\n• Have it corrected\n- Have it erased", 3),
        ("Storage\nServer logs: 90 days\nInvoices: ten years (by law)", 1),
        ("We never sell your data\n\nYour rights", 1),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(policy: str, found: int) -> None:
    assert len(sentences(policy)) == found, sentences(policy)


def test_a_list_is_no_heading_and_its_bullets_no_part_of_it() -> None:
    assert sections("What we collect\n• Your name\n• Your address") == [
        ("What we collect", "Your name"),
        ("What we collect", "Your address"),
    ]


def test_lines_broken_at_a_fixed_width_are_put_together() -> None:
    broken = """Your rights

We answer each request about your personal data within thirty
(30) days, and tell you of it by the means that you have asked
us to use. You may complain to the authority at any time.

Security and the like
"""
    whole = "Your rights\n\n" + " ".join(broken.splitlines()[2:5]) + "\n\nSecurity and the like"
    assert sections(broken) == sections(whole)
    assert len(sentences(broken)) == 2


def test_lines_of_a_text_that_was_never_broken_stay_apart() -> None:
    long = (
        "We process what you tell us when you open an account with us, and what you tell us later on, for as long as you have it. "
        * 2
    )
    policy = f"{long}\n- Device information and technical data for the platform's upkeep\nHow we use your information\n{long}"
    assert [heading for heading, _ in sections(policy)][-1] == "How we use your information"


# Numbers


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("We answer within 21 days.", 21),
        ("Requests are handled within thirty (30) days; data may be kept.", 30),
        ("never, under no circumstances, no later than forty-five days", 45),
        ("within two weeks of receipt", 14),
        ("within a fortnight", 14),
        ("binnen einundzwanzig Tagen", 21),
        ("binnen neunundneunzig Tagen", 99),
        ("innerhalb von dreißig Tagen", 30),
        ("binnen hundert Tagen", 100),
        ("spätestens nach zwei Wochen", 14),
        ("binnen eines Tages", 1),
        ("14 Tage im Voraus", 14),
        ("14 Tage, bevor er beginnt", 14),
        ("Ninety days after you leave, it is gone", 90),
        ("spätestens innerhalb von vierzehn Tagen", 14),
        ("on the next day", 1),
        ("on the next working day", None),
        ("within 14-30 days", 30),
        ("within one month", None),
        ("within a month", None),
        ("binnen einem Monat", None),
        ("within 48 hours", None),
        ("within two business days", None),
        ("within 36 hours", None),
        ("within thirty (60) days", None),
    ],
)
def test_a_limit_is_read_in_figures_and_in_words(sentence: str, days: int | None) -> None:
    (limit,) = limits(sentence)
    assert limit.sets
    assert limit.counted_in("days") == days


@pytest.mark.parametrize("sentence", ["kept for 90 days", "in the past 12 months", "the last 30 days", "every 365 days"])
def test_a_length_of_time_is_no_limit(sentence: str) -> None:
    assert [limit.sets for limit in limits(sentence)] == [False]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("children under the age of 13", [13]),
        ("nobody under sixteen", [16]),
        ("at least 18 years old", [18]),
        ("unter 16 Jahren", [16]),
        ("under 13 (under 16 in the EEA)", [13, 16]),
        ("over 200 partners", []),
    ],
)
def test_an_age_is_read(sentence: str, found: list[int]) -> None:
    assert ages(sentence) == found


# Proposals


@pytest.mark.parametrize(
    ("sentence", "kind", "use", "values"),
    [
        ("We answer your request within 21 days.", "measured", "request_handled_in_time", {"days": 21}),
        ("We will respond to requests within forty-five (45) days.", "measured", "request_handled_in_time", {"days": 45}),
        ("Subject access requests are answered within 14 days.", "measured", "subject_access_answered_in_time", {"days": 14}),
        ("Opt-outs from our newsletter take effect within 48 hours.", "measured", "opt_out_honoured", {"grace_hours": 48}),
        ("Unsubscribing takes effect within 48 hours.", "measured", "opt_out_honoured", {"grace_hours": 48}),
        ("Unsubscribing takes effect within two weeks.", "measured", "opt_out_honoured", {"grace_days": 14}),
        ("Unsubscribing takes effect within two days.", "measured", "opt_out_honoured", {"grace_days": 2}),
        ("We acknowledge every request within forty-eight hours.", "measured", "first_reply_in_hours", {"hours": 48}),
        ("We acknowledge requests within 48 hours and answer in two weeks.", "measured", "first_reply_in_hours", {"hours": 48}),
        (
            "We acknowledge your request within 3 business days.",
            "measured",
            "first_reply_in_working_days",
            {"working_days": 3},
        ),
        ("Wir bestätigen den Eingang Ihrer Anfrage binnen 48 Stunden.", "measured", "first_reply_in_hours", {"hours": 48}),
        ("We acknowledge receipt of your request.", "measured", "request_acknowledged", {}),
        ("Under the CCPA we confirm receipt within ten business days.", "measured", "request_acknowledged", {}),
        ("We notify the ICO within seventy-two hours.", "measured", "authority_notified_in_time", {"hours": 72}),
        ("Wir melden Datenpannen binnen 72 Stunden dem BfDI.", "measured", "authority_notified_in_time", {"hours": 72}),
        ("Server-Logs werden nach 90 Tagen gelöscht.", "measured", "data_kept_no_longer_than_needed", {}),
        (
            "Kundenkonten werden nach 24 Monaten Inaktivität gelöscht.",
            "measured",
            "data_kept_no_longer_than_needed",
            {},
        ),
        (
            "Wir kündigen neue Unterauftragsverarbeiter 14 Tage im Voraus an.",
            "measured",
            "subprocessor_announced_in_advance",
            {"days": 14},
        ),
        (
            "Wir informieren Sie 14 Tage bevor wir einen neuen Dienstleister einsetzen.",
            "measured",
            "subprocessor_announced_in_advance",
            {"kinds": ["processor", "subprocessor"], "days": 14},
        ),
        ("Newsletter werden nur mit Ihrer Einwilligung versandt.", "measured", "marketing_message_had_opt_in", {}),
        ("Opt-outs are processed within ten days.", "measured", "opt_out_honoured", {"grace_days": 10}),
        ("Niemand unter achtzehn Jahren darf ein Konto haben.", "measured", "no_account_under_age", {"years": 18}),
        (
            "We tell the Data Protection Commission of a breach within 48 hours.",
            "measured",
            "authority_notified_in_time",
            {"hours": 48},
        ),
        ("Kinder unter 16 Jahren dürfen kein Konto anlegen.", "measured", "no_account_under_age", {"years": 16}),
        ("Wir beantworten Anfragen binnen einundzwanzig Tagen.", "measured", "request_handled_in_time", {"days": 21}),
        ("Alle Daten bleiben in der EU.", "measured", "data_stored_in_region", {}),
        (
            "We respond to complaints within a fortnight.",
            "attested",
            "clause_is_attested",
            {"clause": "preamble.respond-complaints-within-fortnight"},
        ),
        ("We report a breach to the authority within 72 hours.", "measured", "authority_notified_in_time", {"hours": 72}),
        ("We do not knowingly collect data of children under 13.", "measured", "no_account_under_age", {"years": 13}),
        (
            "We have signed the Standard Contractual Clauses for transfers outside the EU.",
            "measured",
            "transfer_has_valid_mechanism",
            {},
        ),
        ("We are certified under the EU-US Privacy Shield.", "in_part", "no_reliance_on_invalid_framework", {}),
        ("Data we no longer need is deleted or anonymised.", "measured", "data_kept_no_longer_than_needed", {}),
        ("Copies in backups are overwritten.", "in_part", "backup_copy_isolated", {}),
        ("Our sub-processors act on our instructions only.", "measured", "disclosure_follows_instruction", {}),
        ("Wir beantworten jede Anfrage innerhalb von 21 Tagen.", "measured", "request_handled_in_time", {"days": 21}),
        ("You get a first reply within two business days.", "measured", "first_reply_in_working_days", {"working_days": 2}),
        (
            "Sie erhalten eine erste Antwort binnen drei Werktagen.",
            "measured",
            "first_reply_in_working_days",
            {"working_days": 3},
        ),
        ("We send you a first response within 48 hours.", "measured", "first_reply_in_hours", {"hours": 48}),
        ("Sie können Ihre Einwilligung jederzeit widerrufen.", "measured", "no_processing_after_withdrawal", {}),
        ("Every request is confirmed on the next working day.", "measured", "first_reply_in_working_days", {"working_days": 1}),
        ("We tell the authority within 48 hours where data was leaked.", "measured", "authority_notified_in_time", {"hours": 48}),
        ("When you close your account, we delete your data within 14 days.", "measured", "data_kept_no_longer_than_needed", {}),
        (
            "We tell you at least 30 days before we bring in a new processor.",
            "measured",
            "subprocessor_announced_in_advance",
            {"kinds": ["processor", "subprocessor"], "days": 30},
        ),
        ("We announce new sub-processors 14 days in advance.", "measured", "subprocessor_announced_in_advance", {"days": 14}),
        ("Orders are kept for ten years.", "measured", "data_kept_no_longer_than_needed", {}),
        ("Your data never leave the European Union.", "measured", "data_stored_in_region", {}),
        ("We set cookies only after you have said yes.", "measured", "cookie_consent_recorded", {"by_use": False}),
        ("By staying on the site you agree to cookies.", "measured", "cookie_consent_recorded", {}),
        (
            "Children may only take part with the consent of a parent.",
            "attested",
            "clause_is_attested",
            {"clause": "preamble.children-only-take-part-consent"},
        ),
        (
            "Our staff follow a course every year.",
            "attested",
            "clause_is_attested",
            {"clause": "preamble.staff-follow-course-every-year"},
        ),
        ("We repair it within 7 days.", "attested", "clause_is_attested", {"clause": "preamble.repair-within-7-days"}),
        ("You must comply with the GDPR.", "others", "subscriber_duty_evidenced", {"duty": "gdpr"}),
        (
            "We train our staff, and will go on training it.",
            "attested",
            "clause_is_attested",
            {"clause": "preamble.train-staff-go-training"},
        ),
    ],
)
def test_words_propose_a_kind_a_control_and_a_number(
    tmp_path: Path, sentence: str, kind: str, use: str, values: dict[str, Any]
) -> None:
    found, promised = said(made(tmp_path, sentence), sentence)
    assert found == kind
    assert promised[use] == values


@pytest.mark.parametrize(
    ("limit", "check"),
    [
        ("within one month", "1 month is no number of days, which request_handled_in_time counts"),
        ("within two business days", "2 working days is no number of days, which request_handled_in_time counts"),
        ("within 48 hours", "48 hours is no number of days, which request_handled_in_time counts"),
        ("within thirty (60) days", "two numbers of days is no number of days, which request_handled_in_time counts"),
        ("in due course", "request_handled_in_time could measure it, with a number"),
    ],
)
def test_a_number_that_cannot_be_counted_is_not_made_up(tmp_path: Path, limit: str, check: str) -> None:
    """The control's own thirty days are nobody's promise here."""
    text = made(tmp_path, f"We answer your request {limit}.")
    assert "request_handled_in_time" not in {p.use for p in text.promises}
    assert f"# check: {check}" in (tmp_path / "policy.toml").read_text()


@pytest.mark.parametrize(
    ("sentence", "barred"),
    [
        ("We acknowledge every request within forty-eight hours.", "request_acknowledged"),
        ("We acknowledge your request within 3 business days.", "request_acknowledged"),
        ("We confirm receipt of your request within five days.", "request_acknowledged"),
        ("California residents: we confirm receipt within ten business days.", "first_reply_in_working_days"),
        ("All data stays in the EU.", "transfer_destination_operated_in"),
        ("All data stays in the EU.", "transfer_destination_known"),
        ("Our favicon.ico holds nothing; we inform you of breaches within 48 hours.", "authority_notified_in_time"),
        ("All data stays in the EU.", "transfer_destination_matches_register"),
    ],
)
def test_what_a_sentence_does_not_say_is_not_proposed(tmp_path: Path, sentence: str, barred: str) -> None:
    assert barred not in {p.use for p in made(tmp_path, sentence).promises}


def test_the_heading_says_whom_a_confirmation_is_promised(tmp_path: Path) -> None:
    text = made(tmp_path, "California privacy rights\n\nWe acknowledge your request within ten business days.")
    assert {p.use for p in text.promises} == {"request_acknowledged"}


def test_several_limits_are_said_each_with_its_unit(tmp_path: Path) -> None:
    made(tmp_path, "Unsubscribing takes effect within 48 hours, or within two weeks by post.")
    assert "# check: the sentence sets several limits: 48 hours, 14 days" in (tmp_path / "policy.toml").read_text()


def test_an_authority_is_told_of_breaches_under_their_heading(tmp_path: Path) -> None:
    text = made(tmp_path, "Data breaches\n\nWe inform the CNIL without delay.")
    assert {p.use for p in text.promises} == {"authority_notified_in_time", "breach_is_recorded"}


GERMAN = """Datenschutzerklärung

Wir melden Datenpannen der Aufsichtsbehörde binnen 72 Stunden.
Über jeden neuen Auftragsverarbeiter informieren wir Sie 14 Tage im Voraus.
Unsere Mitarbeiter werden jedes Jahr geschult.
Der Himmel ist blau.
"""


def test_what_is_proposed_of_a_german_policy_is_said_in_german(tmp_path: Path) -> None:
    text = made(tmp_path, GERMAN)
    assert (text.language, text.title) == ("de", "Datenschutzerklärung")
    assert {p.use: (p.title, p.short) for p in text.promises if p.title} == {
        "authority_notified_in_time": (
            "Die Behörde erfährt von einer Datenpanne binnen {hours} Stunden",
            "Behörde binnen {hours} Stunden unterrichtet",
        ),
        "subprocessor_announced_in_advance": (
            "Auftragsverarbeiter werden {days} Tage vor ihrem Einsatz angekündigt",
            "Auftragsverarbeiter {days} Tage vorher angekündigt",
        ),
        "clause_is_attested": (
            "Es wird mit Nachweis bestätigt, dass dies eingehalten wird: Unsere Mitarbeiter werden jedes Jahr geschult.",
            "Zu bestätigen: Mitarbeiter jedes Jahr geschult",
        ),
    }
    assert {c.section for c in text.clauses} == {"Einleitung"}
    assert "In diesen Sätzen wurde keine Pflicht erkannt" in {c.duty for c in text.clauses}


@pytest.mark.parametrize(
    ("policy", "seems"),
    [
        ("Nous répondons à vos demandes dans un délai de 21 jours. Vos données sont conservées pendant deux ans.", "French"),
        ("Respondemos a sus solicitudes en un plazo de 30 días y no vendemos los datos de los usuarios.", "Spanish"),
        ("Wij beantwoorden uw verzoek binnen 21 dagen en verkopen uw gegevens niet aan anderen.", "Dutch"),
        ("Rispondiamo alle richieste entro 30 giorni e non vendiamo i dati degli utenti della nostra azienda.", "Italian"),
        ("We answer your request within 21 days.", ""),
        ("Wir beantworten Ihre Anfrage binnen 21 Tagen.", ""),
        ("漢字。", ""),
    ],
)
def test_small_words_tell_a_language_that_is_not_understood(policy: str, seems: str) -> None:
    assert foreign(policy) == seems


@pytest.mark.parametrize("name", ["shop", "app", "invoices", "hotel", "clinic"])
def test_a_policy_that_is_understood_is_of_no_other_language(name: str) -> None:
    assert foreign((POLICIES / f"{name}.txt").read_text()) == ""


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (
            "Nous répondons à vos demandes dans les 21 jours.",
            "no duty was recognised: policies in English and German are understood, and this one seems to be in French; "
            "write its clauses by `audits new clause`",
        ),
        (
            "The sky is blue.",
            "no duty was recognised: policies in English and German are understood; write its clauses by `audits new clause`",
        ),
        ("We answer your request within 21 days.", ""),
    ],
)
def test_init_says_where_no_duty_was_recognised(tmp_path: Path, policy: str, said: str) -> None:
    file = tmp_path / "policy.txt"
    file.write_text(policy)
    result = audits("init", tmp_path / "acme", "--policy", file)
    assert result.exit_code == 0
    assert result.stderr == (f"note: {file}: {said}\n" if said else "")


def test_a_number_belongs_to_its_part_of_the_sentence(tmp_path: Path) -> None:
    """The seventy-two hours are those of a breach, not of an inquiry."""
    duty = "Your obligations are (i) to notify us of a breach within 72 hours; (ii) to respond to any inquiries by the Company."
    _, promised = said(made(tmp_path, duty), duty)
    assert promised["subscriber_breach_notified_in_time"] == {"hours": 72}
    assert promised["inquiry_answered"] == {}


def test_the_hours_of_a_breach_are_the_authoritys_where_people_are_told_too(tmp_path: Path) -> None:
    duty = "If data are leaked, we tell the authority within 48 hours and you without delay."
    _, promised = said(made(tmp_path, duty), duty)
    assert promised == {
        "authority_notified_in_time": {"hours": 48},
        "breach_is_recorded": {},
        "people_informed_of_high_risk_breach": {},
    }


@pytest.mark.parametrize(
    ("limit", "title"), [(" within 48 hours", "The authority is informed of a breach within {hours} hours"), ("", None)]
)
def test_hours_that_the_policy_gives_stand_in_the_promises_title(tmp_path: Path, limit: str, title: str | None) -> None:
    text = made(tmp_path, f"We report a breach to the authority{limit}.")
    assert [p.title for p in text.promises if p.use == "authority_notified_in_time"] == [title]


def test_a_country_or_union_that_data_does_not_leave_is_named(tmp_path: Path) -> None:
    lists = made(tmp_path, "Your data never leave the European Union.").lists
    assert len(lists["named_countries"]) == 27
    assert "NL" in lists["named_countries"]


def test_a_control_with_two_numbers_is_promised_twice(tmp_path: Path) -> None:
    text = made(tmp_path, "We answer your request within 21 days.\n\nIn California we answer your request within 45 days.")
    assert {p.id: p.values for p in text.promises if p.use == "request_handled_in_time"} == {
        "request_handled_in_time": {"days": 21},
        "request_handled_in_time_45": {"days": 45},
    }


def test_a_sentence_without_a_number_means_the_one_that_the_policy_gives(tmp_path: Path) -> None:
    text = made(tmp_path, "Upon request we tell you what data we hold.\n\nWe answer each request within 21 days.")
    assert said(text, "Upon request")[1]["request_handled_in_time"] == {"days": 21}


def test_what_needs_a_list_that_the_policy_does_not_give_is_named_and_not_promised(tmp_path: Path) -> None:
    text = made(tmp_path, "This policy covers our websites.\n\nWe use your data only for the following purposes: fun.")
    assert not {p.use for p in text.promises} & {"site_serves_current_policy", "processing_purpose_permitted"}
    file = (tmp_path / "policy.toml").read_text()
    assert "# site_serves_current_policy could measure it, once [lists] names sites" in file
    assert "processing_purpose_permitted could measure it, once [lists] names processing_purposes" in file


def test_lists_are_what_the_policy_names(tmp_path: Path) -> None:
    text = made(
        tmp_path,
        "This policy covers the websites nordlicht.example and nordlicht.shop.\n\nYour data is stored on servers in Germany and is"
        " transferred to Switzerland, never to the moon.\n\nWrite to Privacy@nordlicht.example.",
    )
    assert text.lists == {"sites": ("nordlicht.example", "nordlicht.shop"), "named_countries": ("CH", "DE")}
    assert text.addresses == ("privacy@nordlicht.example",)


def test_where_people_live_is_not_where_data_goes(tmp_path: Path) -> None:
    text = made(tmp_path, "If you visit us from the EU, your data may be transferred to the United States.")
    assert text.lists["named_countries"] == ("US",)


def test_headings_are_sections_and_the_title_is_none(tmp_path: Path) -> None:
    text = made(
        tmp_path, "Privacy policy of Nordlicht\n\nWe will be fair.\n\n2. YOUR RIGHTS:\n\nYou may ask us to delete your data."
    )
    assert text.title == "Privacy policy of Nordlicht"
    assert [c.section for c in text.clauses] == ["Preamble", "YOUR RIGHTS"]
    assert [c.id for c in text.clauses] == ["preamble.fair", "rights.ask-delete-data"]


def test_a_number_that_no_promise_holds_is_said(tmp_path: Path) -> None:
    made(tmp_path, "Accounts are deleted after 24 months of inactivity.")
    assert (
        "# check: no promise holds 24 months; the export's retention_schedule has to say so"
        in (tmp_path / "policy.toml").read_text()
    )


def test_what_states_no_duty_is_named(tmp_path: Path) -> None:
    text = made(tmp_path, "Cookies are text files.\n\nThe sky is blue.\n\nWe answer requests within 21 days.")
    notice = next(c for c in text.clauses if c.kind == "notice")
    assert len(notice.sources) == 2
    assert "# “The sky is blue.”" in (tmp_path / "policy.toml").read_text()


@pytest.mark.parametrize("policy", ["", " \n\t\n", "\ufeff", "Privacy policy", "Your rights\n\nContact"])
def test_a_policy_without_a_sentence_is_refused_in_one_line(policy: str) -> None:
    with pytest.raises(Unusable, match=r"^the policy holds no sentence: give the plain text of the whole policy$"):
        proposed(policy, "Nordlicht GmbH", "nordlicht")


def test_a_file_that_is_no_utf_8_is_named_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "policy.txt"
    file.write_bytes("Wir löschen alles.".encode("latin-1"))
    with pytest.raises(Unusable, match=r"policy\.txt: cannot be read: it is no UTF-8 text$"):
        published(file)
    file.write_bytes("\ufeffWir löschen alles.".encode())
    assert published(file) == "Wir löschen alles."


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("<!DOCTYPE html>\n<html><body>We delete it.</body></html>", "a web page"),
        ("\ufeff\n<html lang=en>We delete it.", "a web page"),
        ("<h1>Privacy</h1>\n<p>We answer requests within 21 days.</p>", "a web page"),
        ('<?xml version="1.0"?><policy>We delete it.</policy>', "XML"),
        (r"{\rtf1\ansi We delete it.}", "a document of a word processor"),
        ("%PDF-1.7\nWe delete it.", "a PDF"),
    ],
)
def test_what_is_no_plain_text_is_refused_in_one_line(tmp_path: Path, content: str, what: str) -> None:
    file = tmp_path / "policy.html"
    file.write_text(content)
    result = audits("init", tmp_path / "acme", "--policy", file)
    assert result.exit_code == 2
    assert result.output.splitlines() == [
        f"audits: {file}: is {what}, not its plain text: open it, and save or copy what it says as a .txt file"
    ]
    assert not (tmp_path / "acme").exists()


@pytest.mark.parametrize("content", ["We keep it < 3 days, and > 2.", "Write to <privacy@acme.example>.", "<Acme> deletes it."])
def test_brackets_alone_make_no_web_page(tmp_path: Path, content: str) -> None:
    file = tmp_path / "policy.txt"
    file.write_text(content)
    assert published(file) == content


PIECES = st.sampled_from(
    [
        *(sentence for name in ("shop", "app", "invoices") for sentence in sentences((POLICIES / f"{name}.txt").read_text())),
        *(
            "Your rights",
            "DATA\x0bTRANSFER",
            "• an item",
            "- {days} of \x7f \x00 [[clauses]]",
            '"""',
            "\u2028We delete it.",
            "# id = 1",
        ),
        *(
            "We'll delete it in 3.000.000 days.",
            "ÄÖÜ ß",
            "漢字。",
            "(a) this; (b) that",
            "within hours",
            "We say \\u0041 'and' \"more\".",
        ),
    ]
)


@settings(max_examples=60, deadline=None)
@given(policy=st.lists(PIECES | st.text(max_size=40), max_size=12).map("\n\n".join))
def test_every_sentence_stands_in_one_clause_and_the_file_is_readable(folder: Path, policy: str) -> None:
    policy = policy.encode("utf-8", "ignore").decode()
    wanted = {sentence_fingerprint(s) for s in sentences(policy)}
    if not wanted:
        with pytest.raises(Unusable):
            proposed(policy, "x", "x")
        return
    text = made(folder, policy)
    assert Counter(f for c in text.clauses for f in c.sources) == Counter(wanted)
    assert all(c.proposed for c in text.clauses)
    assert all(p.proposed for p in text.promises)
    assert {p for c in text.clauses for p in c.promises} == {p.id for p in text.promises}


def test_what_is_proposed_is_a_text_to_be_audited(tmp_path: Path) -> None:
    text = made(tmp_path, (POLICIES / "shop.txt").read_text())
    assert len(Workspace(texts=[tmp_path / "policy.toml"]).promises) == len(text.promises) > 50


@pytest.mark.parametrize(
    ("name", "controls"), [("shop", 0.95), ("app", 0.95), ("invoices", 0.85), ("hotel", 0.9), ("clinic", 0.95)]
)
def test_what_is_proposed_is_mostly_what_a_person_reads(name: str, controls: float) -> None:
    truth, made = read(POLICIES / f"{name}.toml"), proposals.proposal(POLICIES / f"{name}.txt")
    agreed, wrong = proposals.told(made, proposals.by_sentence(truth))
    assert len(agreed) / len(agreed + wrong) > controls


# Recognisers and the catalogue


def test_recognisers_propose_controls_that_there_are() -> None:
    known = recognisers()
    used = {use for r in known.recognisers for use in r.use}
    assert used <= WORKSPACE.catalogue.keys()
    assert {*known.numbers, *known.needs} <= WORKSPACE.catalogue.keys()


def test_recognisers_know_the_numbers_and_lists_of_controls() -> None:
    """A number that is the control's own, and in its title, is none that a policy gave."""
    known = recognisers()
    for use in {use for r in known.recognisers for use in r.use}:
        control = WORKSPACE.catalogue[use]
        lists = [name for name, p in control.parameters.items() if p.is_needed and p.type == "words"]
        assert list(known.needs.get(use, ())) == lists, use
        numbers = known.numbers.get(use, {})
        assert numbers.keys() <= control.parameters.keys(), use
        for name, need in numbers.items():
            assert name.endswith(control.parameters[name].unit.replace(" ", "_"))
            assert (need == "needed") == (f"{{{name}}}" in control.title) or use == "removal_by_mail_recognised"


# What is still proposed


def test_what_nobody_has_read_is_listed_until_the_mark_is_taken_away(tmp_path: Path) -> None:
    text = made(tmp_path, "We answer your request within 21 days.")
    (line,) = still_proposed(text)
    assert line.startswith(
        "preamble.answer-request-within-21-days: We answer your request within 21 days. [request_handled_in_time days = 21"
    )
    file = tmp_path / "policy.toml"
    file.write_text(file.read_text().replace("proposed = true\n", ""))
    assert still_proposed(read(file)) == []


def test_a_promise_is_listed_by_itself_once_its_clause_was_read(tmp_path: Path) -> None:
    made(tmp_path, "We answer your request within 21 days.")
    file = tmp_path / "policy.toml"
    above, clause = file.read_text().split("[[clauses]]")
    file.write_text(above + "[[clauses]]" + clause.replace("proposed = true\n", ""))
    assert [line.partition(":")[0] for line in still_proposed(read(file))] == [p.id for p in read(file).promises]


def test_policy_check_lists_what_is_still_proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = tmp_path / "policy.txt"
    policy.write_text("We answer your request within 21 days.")
    monkeypatch.chdir(tmp_path)
    assert audits("init", "acme", "--policy", policy).exit_code == 0
    monkeypatch.chdir("acme")
    result = audits("policy", "check", policy)
    assert result.exit_code == 0
    first, *_, last = result.output.splitlines()
    assert first.startswith("proposed preamble.answer-request-within-21-days: We answer")
    assert last == "1 still proposed: read each, then take its `proposed = true` away"


@pytest.mark.parametrize("mark", ['"yes"', "1"])
def test_the_mark_is_true_or_false(tmp_path: Path, mark: str) -> None:
    made(tmp_path, "We answer your request within 21 days.")
    file = tmp_path / "policy.toml"
    file.write_text(file.read_text().replace("proposed = true", f"proposed = {mark}"))
    with pytest.raises(Unusable, match=r"^policy\.toml: (promise|clause) [\w.-]+: proposed: must be true or false$"):
        read(file)
