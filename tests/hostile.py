"""What people, programs and attackers do to a file or an address: strategies that spoil something valid.

Each strategy starts from a valid input, so that what comes out is nearly right: that is where readers break.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Final

from hypothesis import strategies as st

NUMBERS: Final = [
    "1e999", "-1e999", "1e-999", "nan", "NaN", ".nan", "inf", "-inf", ".inf", "-0", "0x1F", "0b1", "0o17", "1_000",
    "١٢٣", "²", "½", "\uff11\uff12", "+5", "--5", "1.2.3", "1,5", "1 000", "1\u00a0000", "1\u202f000", "9" * 30,
    "9" * 5000, "0." + "3" * 400, "1e5", "1E400", "12:30:45", "190:20:30",
]  # fmt: skip
DATES: Final = [
    "2022-02-30", "0000-01-01", "9999-12-31", "10000-01-01", "2022-13-01", "2022-1-1", "22-01-01", "2022-03-31T25:00",
    "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43 +99:99", "31/03/2022", "2019-2015", "2019-12-31-01",
]  # fmt: skip
TEXTS: Final = [
    "", " ", "\u00a0", "\u200b", "\u202e", "\u2066x\u2069", "\ufeff", "\ufffe", "\u2028", "\u0085", "\x0b", "\x0c",
    "\x1b[31m", "\x7f", "é", "e\u0301", "ﬁ", "İ", "ß", "👩\u200d👩\u200d👧", "\U0001d7d9", "\U0010ffff",
    "<script>alert(1)</script>", "<b>", "&amp;", "{0}", "{message}", "%s", "%(x)s", "$x", "=1+1", "=cmd|' /C calc'!A0",
    "@SUM(1)", "'=1", "../../etc/passwd", "\\", "null", "None", "true", "oui", "VRAI", "~", "QC", "DRCNEQ", "01", "1",
    "2410", "9999", "z" * 5000, "é" * 3000, "a\nb", "a\r\nb", "a\tb",
]  # fmt: skip
SIGNS: Final = [
    '"', '""', '"""', "'", ",", ";", "\t", "\n", "\r", "\r\n", "\n\n\n", ":", ": ", "- ", "{", "}", "[", "]", "|", ">",
    "#", "%", "&a ", "*a", "!x ", "!!python/object/apply:os.system ['true']", "!!binary x", "---\n", "...\n", "? ",
    "<<: ", "=: ", "@", "`", "\\u0000", "\\x",
]  # fmt: skip
# Bytes that no text in UTF-8 holds, or that no text should hold.
RAW: Final = [
    b"\0", b"\xff", b"\xfe\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe9", b"\xef\xbb\xbf", b"\x1a",
]  # fmt: skip
# Whole documents known to exhaust or to fool a parser.
DOCUMENTS: Final = [
    b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (n, n, *[n - 1] * 8) for n in range(98, 112)),
    b"".join(b" " * n + b"a:\n" for n in range(400)), b"- " * 5000, b"[" * 3000, b"{a: " * 5000, b"? " * 3000,
    b"a:\n" * 3000, b"&a [*a]", b"a: &a {b: *a}", b"&a a: *a", b"!!python/object:os.system x", b"!!set {a, b}",
    b"!!map [1]", b"%YAML 9.9\n---\na: 1", b"%TAG ! tag:x,2000:\n---\n!x a", b"a: 1\n---\na: 2", b"<<: {a: 1}",
    b"<<: [1]", b"=: 1", b"? [a]\n: b", b"? {a: 1}\n: b", b"1: 2\ntrue: 3\nnull: 4\n2001-01-01: 5",
    b"map_classes: {taux: [.inf]}", b"", b"\n" * 5000, b"#" * 5000, b'"', b"'", b"\xef\xbb\xbf" * 3, b"\xff\xfe",
    "é".encode("utf-16"), "é".encode("utf-32"), b"PK\x03\x04", b"\x1f\x8b", b"null", b"[]", b"{}", b"0",
    b'"' + b"x\n" * 3000, b"x" * 200_000 + b'\n"' + b"y" * 150_000, b"," * 5000, b"a,b\n" * 3000, b'"",' * 3000,
    b"-" * 5000, b"a: |\n" + b" x\n" * 3000, b"a: 0" + b"1" * 5000, b"a: 1" + b"0" * 5000,
    b"a: 1:" + b"1:" * 3000 + b"1", b"a: 9999999999-01-01",
]  # fmt: skip

Change = Callable[[bytes], bytes]
_PIECES = st.one_of(
    st.sampled_from([*NUMBERS, *DATES, *TEXTS, *SIGNS]).map(lambda text: text.encode("utf-8", "replace")),
    st.sampled_from(RAW),
    st.binary(max_size=6),
    st.text(max_size=6).map(lambda text: text.encode("utf-8", "replace")),
)
_PLACE = st.floats(0, 1)


def _at(raw: bytes, place: float) -> int:
    return min(int(place * len(raw)), len(raw))


def _replace(raw: bytes, place: float, length: int, piece: bytes) -> bytes:
    at = _at(raw, place)
    return raw[:at] + piece + raw[at + length :]


def _flip(raw: bytes, place: float, bit: int) -> bytes:
    at = min(_at(raw, place), len(raw) - 1)
    return raw if not raw else raw[:at] + bytes([raw[at] ^ (1 << bit)]) + raw[at + 1 :]


def _cut(raw: bytes, one: float, other: float, keep: bool) -> bytes:
    first, last = sorted((_at(raw, one), _at(raw, other)))
    return raw[first:last] if keep else raw[:first] + raw[last:]


def _lines(raw: bytes, one: float, other: float, kind: str) -> bytes:
    lines = raw.split(b"\n")
    i, j = (min(int(place * len(lines)), len(lines) - 1) for place in (one, other))
    if kind == "swap":
        lines[i], lines[j] = lines[j], lines[i]
    elif kind == "repeat":
        lines.insert(i, lines[j])
    elif kind == "drop":
        del lines[i]
    elif kind == "many":
        lines[i:i] = [lines[j]] * 300
    elif kind == "indent":
        lines[i] = b"  " + lines[i]
    elif kind == "dedent":
        lines[i] = lines[i].lstrip()
    return b"\n".join(lines)


def _columns(raw: bytes, one: int, other: int, kind: str) -> bytes:
    """The same change on every line of a table; a comma inside a cell cuts it, as a careless program would."""
    rows = [line.split(b",") for line in raw.split(b"\n")]
    for row in rows:
        i, j = one % len(row), other % len(row)
        if kind == "swap":
            row[i], row[j] = row[j], row[i]
        elif kind == "drop":
            del row[i]
        elif kind == "repeat":
            row.insert(i, row[j])
        elif kind == "empty":
            row[i] = b""
    return b"\n".join(b",".join(row) for row in rows)


def _token(raw: bytes, pattern: re.Pattern[bytes], place: float, piece: str) -> bytes:
    """One number, one word or one field of the input becomes something hostile."""
    found = list(pattern.finditer(raw))
    if not found:
        return raw
    match = found[min(int(place * len(found)), len(found) - 1)]
    return raw[: match.start()] + piece.encode("utf-8", "replace") + raw[match.end() :]


def _encoded(raw: bytes, how: str) -> bytes:
    text = raw.decode("utf-8", "replace")
    if how == "bom":
        return b"\xef\xbb\xbf" + raw
    if how in ("\r\n", "\r", "\u2028", ";", "\t"):
        return (text.replace(",", how) if how in ";\t" else text.replace("\n", how)).encode("utf-8", "replace")
    return text.encode(how, "replace")


_NUMBER = re.compile(rb"\d+(?:[.,]\d+)?")
_WORD = re.compile(rb"[^\W\d]{2,}")
_CELL = re.compile(rb"(?<=,)[^,\n]*(?=[,\n])|(?<=: )[^\n]+")

CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.tuples(_PLACE, st.integers(0, 12), _PIECES).map(lambda a: lambda raw: _replace(raw, *a)),
    st.tuples(_PLACE, st.integers(0, 7)).map(lambda a: lambda raw: _flip(raw, *a)),
    st.tuples(_PLACE, _PLACE, st.booleans()).map(lambda a: lambda raw: _cut(raw, *a)),
    st.tuples(_PLACE, _PLACE, st.sampled_from(["swap", "repeat", "drop", "many", "indent", "dedent"])).map(
        lambda a: lambda raw: _lines(raw, *a)
    ),
    st.tuples(st.integers(0, 12), st.integers(0, 12), st.sampled_from(["swap", "drop", "repeat", "empty"])).map(
        lambda a: lambda raw: _columns(raw, *a)
    ),
    st.tuples(_PLACE, st.sampled_from([*NUMBERS, *DATES])).map(lambda a: lambda raw: _token(raw, _NUMBER, *a)),
    st.tuples(_PLACE, st.sampled_from([*TEXTS, *NUMBERS])).map(lambda a: lambda raw: _token(raw, _WORD, *a)),
    st.tuples(_PLACE, st.sampled_from([*TEXTS, *NUMBERS, *DATES, *SIGNS])).map(
        lambda a: lambda raw: _token(raw, _CELL, *a)
    ),
    st.sampled_from(["bom", "\r\n", "\r", "\u2028", ";", "\t", "latin-1", "cp1252", "utf-16", "utf-32"]).map(
        lambda how: lambda raw: _encoded(raw, how)
    ),
)


def spoiled(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """A valid file to which one to four things happened; now and then a document known to harm, or any bytes."""

    def apply(seed: bytes, changes: list[Change]) -> bytes:
        for change in changes:
            seed = change(seed)[:400_000]
        return seed

    nearly = st.builds(apply, st.sampled_from(list(seeds)), st.lists(CHANGES, min_size=1, max_size=4))
    return st.one_of(nearly, nearly, nearly, nearly, st.sampled_from(DOCUMENTS), st.binary(max_size=400))


def _repacked(raw: bytes, part: int, changes: list[Change]) -> bytes:
    """The workbook with one of its parts changed, packed again: the zip is sound, what it holds is not."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for n, name in enumerate(sorted(old.namelist())):
            content = old.read(name)
            for change in changes if n == part % len(old.namelist()) else ():
                content = change(content)[:400_000]
            new.writestr(name, content)
    return out.getvalue()


def spoiled_workbook(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """A workbook whose bytes, or one of whose parts, were changed."""
    changes = st.lists(CHANGES, min_size=1, max_size=3)
    inside = st.builds(_repacked, st.sampled_from(list(seeds)), st.integers(0, 30), changes)
    return st.one_of(inside, inside, inside, spoiled(seeds))


def spoiled_text(seeds: Sequence[str]) -> st.SearchStrategy[str]:
    """A value of an address: one that is right, one that is nearly right, or anything a person may type."""
    nearly = st.builds(
        lambda seed, change: change(seed.encode())[:8000].decode("utf-8", "replace"),
        st.sampled_from(list(seeds)),
        CHANGES,
    )
    return st.one_of(
        st.sampled_from(list(seeds)), nearly, nearly, st.sampled_from([*TEXTS, *NUMBERS, *DATES]), st.text(max_size=40)
    )
