"""Which reports are one text: a signature of each, found again among any number of them.

A signature is the MinHash of a text's 4-word shingles, furniture left out; two texts are one where their shingles are
mostly the same (Jaccard similarity, estimated by the signatures). Signatures are cut in bands of three values. Texts
that share a band are compared, so that adding a report takes as long in a store of a million as in one of a thousand:
a text like nothing else shares no band with any of them. Of two texts with a similarity of 0.4, 96 in 100 share one, of
0.5 all but one in 500 (A. Broder, On the resemblance and containment of documents, 1997).
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from typing import Any

from sqlalchemy import Connection

from situate.contract import Furniture, Report
from situate.store import tables
from situate.store.asking import Asking, asking_through
from situate.store.sql import sql
from situate.store.statements import insert_or

SAME = 0.35  # of shingles: an edited republication shares 0.4 and more, two reports of one event less than 0.1
SHINGLE = 4  # words
BANDS, BAND_VALUES = 50, 3
VALUES = BANDS * BAND_VALUES
_BYTES = 4  # a value
_AT_ONCE = 500
_WORD = re.compile(r"\w+")


def signature_of(report: Report) -> bytes | None:
    """The signature of a report's own words; None where it has none."""
    words = _WORD.findall(_own_text(report).lower())
    if not words:
        return None
    shingles = {" ".join(words[i : i + SHINGLE]).encode() for i in range(max(1, len(words) - SHINGLE + 1))}
    signature = _empty().copy()
    signature.update_batch(sorted(shingles))
    found: bytes = signature.hashvalues.astype("<u4").tobytes()
    return found


def _own_text(report: Report) -> str:
    parts, at = [], 0
    for span in sorted(report.furniture, key=lambda span: span.start):
        parts.append(report.text[at : max(at, span.start)])
        at = max(at, span.end)
    return " ".join((*parts, report.text[at:]))


@cache
def _empty() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=VALUES, seed=1)


def bands_of(signature: bytes) -> list[int]:
    """The bands of a signature, each as a number that tells its place and its values."""
    size = BAND_VALUES * _BYTES
    pieces = (signature[n * size : (n + 1) * size] for n in range(BANDS))
    digests = (hashlib.blake2b(piece, digest_size=8, salt=n.to_bytes(2, "big")) for n, piece in enumerate(pieces))
    return [int.from_bytes(digest.digest(), "big", signed=True) for digest in digests]


def likeness(signature: bytes, others: list[bytes]) -> list[float]:
    """The estimated similarity of one text and others."""
    import numpy as np

    if not others:
        return []
    rows = np.frombuffer(b"".join(others), dtype="<u4").reshape(len(others), VALUES)
    found: list[float] = (rows == np.frombuffer(signature, dtype="<u4")).mean(axis=1).tolist()
    return found


def keep_text(connection: Connection, report_id: int, report: Report) -> None:
    """Keep which text a report is, and with which others it is one."""
    signature = signature_of(report)
    if signature is not None:
        keep_signature(connection, report_id, signature)


def keep_signature(connection: Connection, report_id: int, signature: bytes) -> None:
    """The same where the signature is known."""
    asked = asking_through(connection)
    digest = hashlib.sha256(signature).hexdigest()[:32]
    known = asked.tuples(sql("SELECT id, group_id FROM texts WHERE digest = ?", digest))
    text_id, group = known[0] if known else _new_text(connection, digest, signature)
    connection.execute(tables.report_texts.insert(), {"report_id": report_id, "text_id": text_id})
    _mark_copied(connection, group)


def near(asked: Asking, signature: bytes) -> list[tuple[int, int, float]]:
    """The texts that are the same as one with this signature: their numbers, their groups', and how similar."""
    shared = sql("SELECT text_id FROM text_bands WHERE band IN (?)", bands_of(signature))
    numbers = sorted({number for (number,) in asked.tuples(shared)})
    found: list[tuple[int, int, float]] = []
    for n in range(0, len(numbers), _AT_ONCE):
        query = sql("SELECT id, group_id, signature FROM texts WHERE id IN (?)", numbers[n : n + _AT_ONCE])
        rows = asked.tuples(query)
        alike = likeness(signature, [bytes(each) for _, _, each in rows])
        found += [(number, group, like) for (number, group, _), like in zip(rows, alike, strict=True) if like >= SAME]
    return found


def _new_text(connection: Connection, digest: str, signature: bytes) -> tuple[int, int]:
    """Keep a text that the store didn't have; gives its number and its group's."""
    from sqlalchemy import update

    asked = asking_through(connection)
    number = asked.number(sql("SELECT coalesce(max(id), 0) FROM texts")) + 1
    groups = {group for _, group, _ in near(asked, signature)}
    group = min(groups, default=number)
    texts = tables.texts
    if len(groups) > 1:  # this one shows that they are all one text
        connection.execute(update(texts).where(texts.c.group_id.in_(groups - {group})).values(group_id=group))
    row = {"id": number, "digest": digest, "signature": signature, "group_id": group}
    connection.execute(texts.insert(), row)
    rows = [{"band": band, "text_id": number} for band in sorted(set(bands_of(signature)))]
    connection.execute(tables.text_bands.insert(), rows)
    return number, group


def _mark_copied(connection: Connection, group: int) -> None:
    """Note the reports of a group of more than one, so that they are found without a look at all the others."""
    of_group = "report_texts JOIN texts ON texts.id = report_texts.text_id WHERE texts.group_id = ?"
    new = "report_id NOT IN (SELECT report_id FROM copied)"
    asked = asking_through(connection)
    if asked.number(sql(f"SELECT count(*) FROM (SELECT 1 FROM {of_group} LIMIT 2) found", group)) > 1:
        rows = asked.rows(sql(f"SELECT report_id FROM {of_group} AND {new}", group))
        connection.execute(insert_or(connection, tables.copied, None), rows)


def keep_all(connection: Connection) -> None:
    """Keep the texts of all reports that a store has from before texts were kept."""
    asked = asking_through(connection)
    todo = "SELECT id FROM reports WHERE id NOT IN (SELECT report_id FROM report_texts) AND id > ? ORDER BY id LIMIT ?"
    last = 0
    while numbers := [number for (number,) in asked.tuples(sql(todo, last, _AT_ONCE))]:
        last = numbers[-1]
        for report_id, text, furniture in asked.tuples(
            sql("SELECT id, text, furniture FROM reports WHERE id IN (?) ORDER BY id", numbers)
        ):
            spans = tuple(Furniture(**span) for span in json.loads(furniture))
            keep_text(connection, report_id, Report("", text, furniture=spans))
