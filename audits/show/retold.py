"""Sentences that results hold, told again for a reader: in their language, days as they are written, and nothing of the machine.

Results speak no language of their own: what they say in words was made of these messages. A sentence that is of none of them
stands as it is.
"""

from __future__ import annotations

import re
from datetime import date

from audits.show import wording
from audits.words import mark, number, plural, say

# As results hold it: as a reader reads it. A place named like a day holds one, as 2026-10-31; one named like a number a number.
_MESSAGES = {
    # The export, as it is opened.
    "1 file of the export is not read: {names}": mark("1 file of the export is not read: {names}"),
    "{n} files of the export are not read: {names}": mark("{n} files of the export are not read: {names}"),
    "1 table of another schema is not read: {names}": mark("1 table of another schema is not read: {names}"),
    "{n} tables of other schemas are not read: {names}": mark("{n} tables of other schemas are not read: {names}"),
    "export_info states no time zone; days are counted in UTC": mark("The export states no time zone; days are counted in UTC"),
    "export_info.exported_at is written without its offset; it is read in {zone}": mark(
        "When the export was made is written without its offset; it is read in {zone}"
    ),
    "{table}: 1 word was written otherwise than in the contract, and read as one of its own": mark(
        "{table}: 1 word was written otherwise than in the contract, and read as one of its own"
    ),
    "{table}: {n} words were written otherwise than in the contract, and read as one of its own": mark(
        "{table}: {n} words were written otherwise than in the contract, and read as one of its own"
    ),
    "{column} was not read: the contract has no such column; is it {near}?": mark(
        "{column} was not read: the contract has no such column; is it {near}?"
    ),
    "the records are the sample, those of a company that there is not; none is of {company}": mark(
        "The records are the sample, those of a company that there is not; none is of {company}"
    ),
    "{promise} is judged with {value}; what is promised is {stated}": mark(
        "{promise} is judged with {value}; what is promised is {stated}"
    ),
    "{text}: {n} of its clauses and promises were proposed by their words, and nobody has confirmed them": mark(
        "{text}: {n} of its clauses and promises were proposed by their words, and nobody has confirmed them"
    ),
    # Why something is not assessed, or cannot be told.
    "the export has no table {table}": mark("the export has no table {table}"),
    "the export has no column {column}": mark("the export has no column {column}"),
    "the text names no {what}": mark("the text names no {what}"),
    "no control": mark("no control"),
    "no owner named": mark("no owner named"),
    "the population is not whole: {why}": mark("the population is not whole: {why}"),
    "looked up: {how}": mark("looked up: {how}"),
    "the record breaks the export contract (see data quality)": mark("the record breaks the export contract (see data quality)"),
    "an instant is written without its offset, so its day cannot be told": mark(
        "an instant is written without its offset, so its day cannot be told"
    ),
    "a value that it rests on cannot be read, or is a word that nobody knows, and could turn it": mark(
        "a value that it rests on cannot be read, or is a word that nobody knows, and could turn it"
    ),
    "an instant is written as a day, and the time of that day could turn it": mark(
        "an instant is written as a day, and the time of that day could turn it"
    ),
    "what it names is not in the export, or cannot be read, and could turn it": mark(
        "what it names is not in the export, or cannot be read, and could turn it"
    ),
    "a row of before the first instant that its table is complete for could turn it": mark(
        "a row of before the first instant that its table is complete for could turn it"
    ),
    "the request, or the account, was taken up again, and what it ended by before is not recorded": mark(
        "the request, or the account, was taken up again, and what it ended by before is not recorded"
    ),
    "a name that nobody knows is nearly one that could turn it": mark(
        "a name that nobody knows is nearly one that could turn it"
    ),
    "it became part of a request that is not there, had ended, or is another person's or for something else,"
    " or what was told of one of several that are one could turn it": mark(
        "it became part of a request that is not there, had ended, or is another person's or for something else,"
        " or what was told of one of several that are one could turn it"
    ),
    "a cell is empty that could turn it": mark("a cell is empty that could turn it"),
    "a column that could turn it is not in the export": mark("a column that could turn it is not in the export"),
    "a row that does not say whose it is could turn as many records, or this one": mark(
        "a row that does not say whose it is could turn as many records, or this one"
    ),
    "where the person lives is not recorded, so that the text may or may not protect them": mark(
        "where the person lives is not recorded, so that the text may or may not protect them"
    ),
    # Whether every record is there.
    "{test} of {table}: {detail}": mark("{test} of {table}: {detail}"),
    "exported {day}, {n} days before as_of; the period ends {day_of_end}": mark(
        "exported on {day}, {n} days before the day of judgement; the period ends on {day_of_end}"
    ),
    "when it was made cannot be read": mark("when it was made cannot be read"),
    "complete from {day_from} to {day_to}, asked for {day_first} to {day_last}": mark(
        "complete from {day_from} to {day_to}, asked for {day_first} to {day_last}"
    ),
    "what it is complete for cannot be read, asked for {day_first} to {day_last}": mark(
        "what it is complete for cannot be read, asked for {day_first} to {day_last}"
    ),
    "not tested: the export does not state what it is complete for, asked for {day_first} to {day_last}": mark(
        "not tested: the export does not state what it is complete for, asked for {day_first} to {day_last}"
    ),
    "{n} requests received at {n_places} addresses, {n_tickets} ticketed, {n_exported} in the export": mark(
        "{n} requests received at {n_places} addresses, {n_tickets} ticketed, {n_exported} in the export"
    ),
    "{n} counts missing": mark("{n} counts missing"),
    "first difference at another address in {month}": mark("first difference at another address in {month}"),
    "first difference at {address} in {month}": mark("first difference at {address} in {month}"),
    "the published address {address} has no intake count in the period": mark(
        "of the published address {address} nothing says what arrived in the period"
    ),
    "{n} numbers from {first} to {last}, {n_missing} missing": mark("{n} numbers from {first} to {last}, {n_missing} missing"),
    "{n} requests without one": mark("{n} requests without one"),
    "{n} rows stated, {n_found} found": mark("{n} rows stated, {n_found} found"),
    "the rows stated cannot be read, {n_found} found": mark("the rows stated cannot be read, {n_found} found"),
    "not tested: the export does not state its rows, {n_found} found": mark(
        "not tested: the export does not state its rows, {n_found} found"
    ),
    "unreadable rows stated, the table is missing": mark("the rows stated cannot be read, and the table is missing"),
    "{n} rows stated, the table is missing": mark("{n} rows stated, the table is missing"),
    "{n} of its rows name no table of the contract": mark("{n} of its rows name no table that is known"),
    "not tested: the export does not state when it was made": mark("not tested: the export does not state when it was made"),
    "not tested: the export does not state its control totals": mark("not tested: the export does not state its control totals"),
    "not tested: the export does not state numbered requests": mark("not tested: the export does not state numbered requests"),
    "not tested: the export does not state what arrived at each published address": mark(
        "not tested: the export does not state what arrived at each published address"
    ),
    # The contract's rules, where they are words.
    "{column} is given": mark("{column} is given"),
    "{column} is not later than the export": mark("{column} is not later than the export"),
    "{column} is written with its offset from UTC": mark("{column} is written with its offset from UTC"),
    "{column} can be read as {kind}": mark("{column} can be read as {kind}"),
    "{column} is of the words of {vocabulary} that the contract or a text knows": mark(
        "{column} is of the words of {vocabulary} that the contract or a text knows"
    ),
    "{column} is one of {words}": mark("{column} is one of {words}"),
    "PRIMARY KEY({columns})": mark("{columns}: no two rows have the same"),
    # Facts of law.
    "{what} ends {day}": mark("{what} ends on {day}"),
    "in force since {day}": mark("in force since {day}"),
    "in the EEA since {day}": mark("in the EEA since {day}"),
    "in the EEA since {day} until {day_last}": mark("in the EEA from {day} to {day_last}"),
}
# The types of the contract, as a reader calls them.
_TYPES = {
    "timestamp with time zone": mark("an instant with its offset from UTC"),
    "date": mark("a day"),
    "bigint": mark("a whole number"),
    "integer": mark("a whole number"),
    "double": mark("a number"),
    "boolean": mark("yes or no"),
    "varchar[]": mark("a list of words"),
    "varchar": mark("a word"),
}
# Reasons that many controls give in the same words: each says its own in its head.
_SHARED = (
    mark("an instant lies after the instant of judgement"),
    mark("the disclosure lies after the instant of judgement"),
    mark("the day of receipt is not recorded"),
    mark("it started after the instant of judgement"),
    mark("the day of the disclosure is not recorded"),
    mark("received too long ago for the calendar"),
    mark("answered before it was received"),
    mark("not answered as far as the export reaches, which is not up to its last day"),
    mark("withdrawn by the person by its last day"),
    mark("withdrawn by the person after its last day, unanswered till then"),
    mark("the instant of becoming aware is not recorded"),
    mark("its purpose is not recorded"),
    mark("when it was refused is not recorded"),
    mark("it was refused after the instant of judgement"),
    mark("only a part of it was fulfilled, and which is not recorded"),
    mark("it was closed after the instant of judgement"),
    mark("not told as far as the export reaches, which is not up to the end of the time"),
    mark("on another ground"),
    mark("no consent is on record"),
    mark("the consent is another person's"),
    mark("the consent is to be written to, not to this"),
    mark("whose the consent is, or what for, is not recorded, or in words that cannot be compared"),
    mark("consent was given after it had started"),
    mark("the consent had been withdrawn before it started"),
    mark("when it started, or when consent was given, is not recorded"),
    mark("a parent asked, and for which child is not recorded"),
    mark("told before becoming aware"),
    mark("what became of it, or when, is not recorded"),
    mark("answered by the end of its last day"),
    mark("answered after its last day"),
    mark("not answered, and its last day has passed"),
    mark("not answered, and its last day has not passed"),
)
# What can stand in a place, by how its name begins; anything else in others.
_KINDS = {"day": r"\d{4}-\d\d-\d\d|\(not stated\)", "n": r"\d+", "table": r"\w+", "column": r"[\w.]+", "test": r"\w+"}


def _pattern(message: str) -> re.Pattern[str]:
    """What matches every sentence that is made of a message."""
    parts = re.split(r"\{(\w+)\}", message)
    places = [f"(?P<{part}>{_KINDS.get(part.partition('_')[0], '.+?')})" for part in parts[1::2]]
    words = list(map(re.escape, parts[::2]))
    return re.compile("".join(word + place for word, place in zip(words, [*places, ""], strict=True)), re.DOTALL)


_PATTERNS = {message: _pattern(message) for message in _MESSAGES}
_NUMBER, _MONTH, _DAY = re.compile(r"\d+"), re.compile(r"(\d{4})-(\d\d)"), re.compile(r"\b\d{4}-\d\d-\d\d\b")


def again(sentence: str) -> str:
    """A sentence of the results for a reader; of several, put together by semicolons, each."""
    if sentence in _SHARED:
        return say(sentence)
    for message, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(sentence):
            return say(_MESSAGES[message], **{name: _told(name, value) for name, value in found.groupdict().items()})
    parts = sentence.split("; ")
    return "; ".join(map(again, parts)) if len(parts) > 1 else sentence


def _told(place: str, value: str) -> str:
    """What stands in a place: a day, a number, or words that may be a sentence themselves."""
    if place.startswith("day"):
        try:
            return wording.day(date.fromisoformat(value))
        except ValueError:
            return wording.group(value)
    if _NUMBER.fullmatch(value):
        return number(int(value))
    if found := _MONTH.fullmatch(value):
        return wording.month_in_full(date(int(found[1]), int(found[2]), 1))
    if place in ("test", "kind"):
        return say(_TYPES[value]) if value in _TYPES else wording.word(value)
    return again(value) if place in ("why", "detail") else wording.mechanism(value) if place == "what" else value


def source(written: str) -> str:
    """A source of law with its days written out."""
    return _DAY.sub(lambda day: _told("day", day[0]), written)


def rule(written: str) -> str:
    """A rule of law's tables: 1 month for 1 months, 10 working days for 10 working_days, Swiss-US … for swiss_dpf."""
    amount, _, unit = str(written).partition(" ")
    if amount.isdecimal() and unit in ("months", "calendar_days", "working_days", "hours"):
        n = int(amount)
        return {
            "months": plural("{n} month", "{n} months", n),
            "calendar_days": plural("{n} day", "{n} days", n),
            "working_days": plural("{n} working day", "{n} working days", n),
            "hours": plural("{n} hour", "{n} hours", n),
        }[unit]
    return wording.mechanism(written) if written in wording.MECHANISMS else again(wording.word(written))
