"""The words of companies' own: known by the contract, by texts and controls, or by nobody."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

import audits.law
from audits.contract import door, schema
from audits.contract.schema import SCHEMA
from audits.errors import Unusable
from audits.law.opening import open_export
from audits.texts.text import FOLDER
from audits.workspace import Workspace
from docs import vocabulary

from ..conftest import WORKSPACE
from .test_door import export_of, values

# Compared with words, and without a list: any code of ISO 3166-2, any recipient, any domain; the controls fold capitals.
OPEN = {("accounts", "region"), ("trackers", "vendor"), ("sites", "domain")}
COUNTRIES = Path(audits.law.__file__).with_name("facts") / "countries.csv"
TEXT = FOLDER / "jivochat.toml"


# Lists of names and places, not of words that a company has for something.
NAMES = {
    "addresses",
    "sites",
    "company_domains",
    "legal_bases",
    "named_countries",
    "operating_countries",
    "exporters",
    "places",
    "regions",
}


def test_every_column_that_a_control_compares_with_words_has_a_list_of_them() -> None:
    listed = {(t.name, c.name) for t in WORKSPACE.contract.values() for c in t.columns if c.values or c.known_by}
    assert set(vocabulary.compared(WORKSPACE)) - listed == OPEN


def test_every_word_that_a_control_looks_for_is_known() -> None:
    own = schema.worded(schema.read(), {})
    for (table, name), words in vocabulary.compared(WORKSPACE).items():
        column = own[table].column(name)
        assert column
        if column.vocabulary and not words.lists:
            assert words.fixed <= set(column.values)


def test_every_word_of_a_list_is_known() -> None:
    for promise in WORKSPACE.promises.values():
        for name, parameter in promise.control.parameters.items():
            assert parameter.of or parameter.type != "words" or name in NAMES


@pytest.mark.parametrize(
    ("table", "key", "column", "written", "meant"),
    [
        ("requests", "request_id", "channel", "E-Mail", "email"),
        ("requests", "request_id", "channel", " Phone ", "phone"),
        ("requests", "request_id", "channel", "pigeon", None),
        ("requests", "request_id", "format", "JSON", "json"),
        ("requests", "request_id", "format", "application/json", "json"),
        ("requests", "request_id", "denial_ground", "Legal Claims", "legal_claims"),
        ("requests", "request_id", "denial_ground", "because", None),
        ("disclosures", "disclosure_id", "ground", "legal-obligation", "legal_obligation"),
        ("disclosures", "disclosure_id", "purpose", "RECIPIENT MARKETING", "recipient_marketing"),
        ("disclosures", "disclosure_id", "purpose", "E-mail delivery", "email_delivery"),
        ("processing_activities", "activity_id", "purpose", "A", "a"),
        ("processing_activities", "activity_id", "data_class", "IP address", "ip"),
        ("holdings", "holding_id", "hold_ground", "TAX", "tax"),
        ("processors", "recipient_id", "allowed_purposes", "[hosting, support]", ["hosting", "support"]),
        ("processors", "recipient_id", "allowed_purposes", "[Hosting, E-Mail Delivery]", ["hosting", "email_delivery"]),
        ("processors", "recipient_id", "allowed_purposes", "[hosting, wizardry]", None),
        ("processors", "recipient_id", "allowed_purposes", "[]", []),
        ("accounts", "account_id", "country", "Saint Martin (French part)", "MF"),
        ("accounts", "account_id", "country", "Bosnia and Herzegovina", "BA"),
        ("accounts", "account_id", "country", "Iran, Islamic Republic of", "IR"),
        ("accounts", "account_id", "country", "Cote d'Ivoire", "CI"),
        ("accounts", "account_id", "country", "HONG KONG", "HK"),
        ("accounts", "account_id", "country", "Österreich", "AT"),
        ("accounts", "account_id", "country", "Oesterreich", "AT"),
        ("accounts", "account_id", "country", "Česko", "CZ"),
        *(("accounts", "account_id", "country", of_two, None) for of_two in ("Congo", "Korea", "Saint Martin", "Virgin Islands")),
    ],
)  # fmt: skip
def test_words_are_folded_to_those_that_are_known(
    tmp_path: Path, table: str, key: str, column: str, written: str, meant: Any
) -> None:
    with export_of(tmp_path, **{table: f'{key},{column}\nk,"{written}"\n'}) as export:
        assert values(export, table, column) == [meant]
        assert export.sources[table].spots == ({column: 1} if meant is None else {})


def test_a_text_makes_words_of_its_own_known(tmp_path: Path) -> None:
    text = TEXT.read_text(encoding="utf-8").replace('ground = ["courtesy"', 'ground = ["whim", "courtesy"')
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with export_of(tmp_path / "export", requests='request_id,denial_ground\nk,"Whim"\n') as export:
        assert values(export, "requests", "denial_ground") == [None]
    with open_export(Workspace(texts=[tmp_path / "own.toml"]).contract, tmp_path / "export") as export:
        assert values(export, "requests", "denial_ground") == ["whim"]


def test_a_vocabulary_that_the_contract_has_not_is_refused(tmp_path: Path) -> None:
    text = TEXT.read_text(encoding="utf-8").replace('ground = ["courtesy"', 'grounds = ["courtesy"')
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Unusable, match=r"jivochat: vocabulary\.grounds: .*ground"):
        _ = Workspace(texts=[tmp_path / "own.toml"]).contract


def test_spellings_stand_once_and_in_order_and_as_they_are_looked_for() -> None:
    with door.SPELLINGS.open(encoding="utf-8", newline="") as file:
        rows = [(row["of"], row["written"], row["meant"]) for row in csv.DictReader(file)]
    assert [(of, written) for of, written, _ in rows] == sorted({(of, written) for of, written, _ in rows})
    countries = {line[:2] for line in COUNTRIES.read_text(encoding="utf-8").splitlines()[1:]}
    for of, written, meant in rows:
        assert written == door.folded_word(written)
        # The code itself is read before any spelling is.
        assert of != "country" or (meant in countries and written.upper() not in countries)


def test_words_stand_once_and_in_order() -> None:
    rows = schema.WORDS.read_text(encoding="utf-8").splitlines()[1:]
    keys = [tuple(row.split(",")[:2]) for row in rows]
    assert keys == sorted(set(keys))
    named = {c.vocabulary for table in schema.read().values() for c in table.columns if c.vocabulary}
    assert {of for of, _ in keys} == named - {"table"}
    assert SCHEMA.exists()
