"""How much of a text that people wrote is proposed from the words of its policy: kinds, controls and numbers.

    python benchmarks/proposals.py policy.txt audits/texts/jivochat.toml
    … --show                                            what is wrong and what is missing, by clause

The text's clauses are met by the fingerprints of their sentences. A kind is right where a sentence of the clause was proposed to
be of it; a control where one was proposed for a sentence of the clause; a number where its control was proposed with it. Wrong is
what was proposed for a sentence and stands under no clause of it; missing what stands under a clause and was proposed for none of
its sentences. Attestations are counted with the kinds, which they follow from.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audits.texts.propose import proposed
from audits.texts.text import Clause, Text, read

ATTESTED = "clause_is_attested"
Said = tuple[str, str, Any]  # what (kind, control, number), whose clause, and what is said


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("policy", type=Path)
    arguments.add_argument("truth", type=Path)
    arguments.add_argument("--show", action="store_true")
    given = arguments.parse_args()
    truth, made = read(given.truth), proposal(given.policy)
    print("what     right  wrong  missing  precision  recall")
    for what in ("kind", "control", "number"):
        right, missing = ([s for s in some if s[0] == what] for some in told(truth, by_sentence(made)))
        agreed, wrong = ([s for s in some if s[0] == what] for some in told(made, by_sentence(truth)))
        print(f"{what:8} {len(right):5}  {len(wrong):5}  {len(missing):7}  {share(agreed, wrong):>9}  {share(right, missing):>6}")
        for word, some in (("wrong", wrong), ("missing", missing)) if given.show else ():
            for _, clause, said in some:
                print(f"    {word:8} {clause}: {said}")


def proposal(policy: Path) -> Text:
    """What is proposed from a policy, as it is read back."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "policy.toml"
        file.write_text(proposed(policy.read_text(encoding="utf-8"), "Somebody", "proposed"), encoding="utf-8")
        return read(file)


def said_by(text: Text, clause: Clause) -> Iterator[tuple[str, Any]]:
    """What a clause says: its kind, its controls, their numbers."""
    promises = {promise.id: promise for promise in text.promises}
    yield "kind", clause.kind
    for promise in (promises[name] for name in clause.promises if promises[name].use != ATTESTED):
        yield "control", promise.use
        for name, value in promise.values.items():
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                yield "number", (promise.use, name, value)


def by_sentence(text: Text) -> dict[str, set[tuple[str, Any]]]:
    """What is said of each sentence, by its fingerprint."""
    found: dict[str, set[tuple[str, Any]]] = defaultdict(set)
    for clause in text.clauses:
        for source in clause.sources:
            found[source].update(said_by(text, clause))
    return found


def told(text: Text, other: dict[str, set[tuple[str, Any]]]) -> tuple[list[Said], list[Said]]:
    """What a text's clauses say: what is also said of one of their sentences by another text, and what is not."""
    found: dict[bool, list[Said]] = {True: [], False: []}
    for clause in text.clauses:
        there = set().union(*(other.get(source, set()) for source in clause.sources))
        for what, said in dict.fromkeys(said_by(text, clause)):
            found[(what, said) in there].append((what, clause.id, said))
    return found[True], found[False]


def share(these: list[Said], others: list[Said]) -> str:
    return f"{len(these) / (len(these) + len(others)):.0%}" if these or others else "–"


if __name__ == "__main__":
    main()
