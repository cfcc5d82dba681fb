"""A hundred broken inputs: what each is, and a word its sentence must hold.

Each case replaces one file of a good folder (or adds one). `stops` says that the
import must refuse to write anything; else the rest is kept and the case is told.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.unit.records.district import ATTENDANCE, ENROLLMENTS, SCHOOLS, STUDENTS


@dataclass(frozen=True)
class Broken:
    """One broken file."""

    what: str
    name: str
    content: Callable[[], bytes]
    says: str
    stops: bool = False


def _text(content: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: content.encode(encoding)


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def _nested(depth: int) -> bytes:
    content = _zip(**{"incidents.csv": b"a,b\n"})
    for _ in range(depth):
        content = _zip(**{"inner.zip": content})
    return content


def _bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    zeros = b"0,0\n" * 2**18
    return b"".join([*(packer.compress(zeros) for _ in range(60)), packer.flush()])


def _locked() -> bytes:
    raw = bytearray(_zip(**{"a.csv": b"x,y\n1,2\n"}))
    raw[6] |= 1
    place = raw.index(b"PK\x01\x02")
    raw[place + 8] |= 1
    return bytes(raw)


def _flipped() -> bytes:
    raw = bytearray(_zip(**{"a.csv": b"x,y\n" + b"1,2\n" * 500}))
    raw[45] ^= 0xFF
    return bytes(raw)


def _xlsx(rows: list[list[object]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_GZ = gzip.compress(STUDENTS.encode() * 50)
_LONG = 200_000_000

# Files that cannot be read at all, or are no tables.
FILES = [
    Broken("empty", "incidents.csv", lambda: b"", "is empty"),
    Broken("only a BOM", "incidents.csv", lambda: b"\xef\xbb\xbf", "empty"),
    Broken("only blank lines", "incidents.csv", lambda: b"\n\n\n", "empty"),
    Broken("only spaces", "incidents.csv", lambda: b"   \n  \n", "empty"),
    Broken("only commas", "incidents.csv", lambda: b",,,\n,,,\n", "empty"),
    Broken("zero bytes", "x.csv", lambda: b"\0" * 500, "zero bytes"),
    Broken("random bytes", "x.csv", lambda: bytes(range(256)) * 9, "zero bytes"),
    Broken("a PDF", "x.csv", lambda: b"%PDF-1.7\n...", "PDF"),
    Broken("a picture", "x.csv", lambda: b"\x89PNG\r\n\x1a\n", "picture"),
    Broken("a photo", "x.jpg", lambda: b"\xff\xd8\xff\xe0 JFIF", "picture"),
    Broken("a web page", "x.csv", _text("<!DOCTYPE html><p>No"), "web page"),
    Broken("XML", "x.xml", _text('<?xml version="1.0"?><a/>'), "XML"),
    Broken("JSON", "x.json", _text('{"students": []}'), "JSON"),
    Broken("a JSON list", "x.csv", _text('[{"id": 1}]'), "JSON"),
    Broken("Parquet", "x.parquet", lambda: b"PAR1....PAR1", "Parquet"),
    Broken("a database", "x.db", lambda: b"SQLite format 3\0", "database"),
    Broken("7z", "x.7z", lambda: b"7z\xbc\xaf\x27\x1c", "7z"),
    Broken("RAR", "x.rar", lambda: b"Rar!\x1a\x07", "RAR"),
    Broken("bz2", "x.bz2", lambda: b"BZh91AY&SY", "bz2"),
    Broken("xz", "x.xz", lambda: b"\xfd7zXZ\0", "xz"),
    Broken("zstd", "x.zst", lambda: b"\x28\xb5\x2f\xfd\0", "zstd"),
    Broken("RTF", "x.rtf", _text("{\\rtf1 hello}"), "text document"),
    Broken("prose", "x.txt", _text("Dear colleague,\nsee attached.\n"), "recognised"),
    Broken("another table", "x.csv", _text("a,b\n1,2\n"), "not recognised"),
    Broken(
        "a table without its key",
        "staff.csv",
        _text("given_name,family_name,gender,hired_on\nAna,Ruiz,F,2020-08-01\n"),
        "without staff_id",
    ),
    Broken("one long word", "x.csv", lambda: b"a" * 700_000, "longer than"),
    Broken("a line of 200 MB", "x.csv", lambda: b"a" * _LONG, "longer than"),
    Broken("20,000 columns", "x.csv", _text(",".join(["c"] * 20_000)), "columns"),
    Broken("half a UTF-16", "x.csv", lambda: b"\xff\xfea\0,\0b", "utf-16"),
    Broken("odd UTF-16", "x.csv", lambda: "a,b\n".encode("utf-16") + b"\0", "utf-16"),
    Broken("broken UTF-32", "x.csv", lambda: b"\xff\xfe\0\0abcdefg", "utf-32"),
    Broken("an empty zip", "x.zip", _zip, "nothing in it"),
    Broken("half a zip", "x.zip", lambda: _zip(a=b"x,y\n" * 99)[:60], "damaged zip"),
    Broken("a zip's start", "x.zip", lambda: b"PK\x03\x04", "damaged zip"),
    Broken("a locked zip", "x.zip", _locked, "password"),
    Broken("a flipped byte in a zip", "x.zip", _flipped, "damaged inside"),
    Broken("zips in zips", "x.zip", lambda: _nested(6), "too many zips"),
    Broken("a zip bomb", "x.zip", lambda: _zip(b=b"0,0\n" * 15_000_000), "unpacks to"),
    Broken("a gz bomb", "x.csv.gz", _bomb, "unpacks to"),
    Broken("half a gz", "x.csv.gz", lambda: _GZ[: len(_GZ) // 2], "cut off"),
    Broken("a gz's start", "x.csv.gz", lambda: b"\x1f\x8b", "cut off"),
    Broken("gz with a false sum", "x.gz", lambda: _GZ[:-8] + b"\0" * 8, "cut off"),
    Broken("an empty gz", "x.csv.gz", lambda: gzip.compress(b""), "is empty"),
    Broken("half an xlsx", "x.xlsx", lambda: _xlsx([[1, 2]])[:900], "damaged"),
    Broken("an empty xlsx", "x.xlsx", lambda: _xlsx([]), "nothing in it"),
    Broken("an xlsx of numbers", "x.xlsx", lambda: _xlsx([[1, 2], [3, 4]]), "recogn"),
    Broken("no workbook inside", "x.xlsx", lambda: _zip(xl__a=b"1"), "damaged work"),
    Broken("a false xls", "x.xls", lambda: b"\xd0\xcf\x11\xe0" * 99, "damaged work"),
    Broken(
        "a zip that climbs", "x.zip", lambda: _zip(**{"..__..__a.csv": b""}), "empty"
    ),
]


def _student(row: str) -> Callable[[], bytes]:
    return _text(STUDENTS + row + "\n")


def _day(row: str) -> Callable[[], bytes]:
    return _text(ATTENDANCE + row + "\n")


def _stay(row: str) -> Callable[[], bytes]:
    return _text(ENROLLMENTS + row + "\n")


_AT = "attendance.csv"
_ST = "students.csv"
_EN = "enrollments.csv"
_BIRTH = "student_id,birth_date\nS1,{}\nS2,2011-01-01\nS3,2012-01-01\n"


def _long_line() -> bytes:
    return (
        ATTENDANCE + "S1,001,2025-08-25,present,," + "x" * 3_000_000 + "\n"
    ).encode()


# Rows that are refused, one by one; the rest is kept.
ROWS = [
    Broken("the year 20226", _AT, _day("S1,001,20226-01-05,present,,"), "year"),
    Broken("the year 0205", _AT, _day("S1,001,0205-01-05,present,,"), "year"),
    Broken("two-digit year", _AT, _day("S1,001,1/5/26,present,,"), "year"),
    Broken("30 February", _AT, _day("S1,001,2026-02-30,present,,"), "not a date"),
    Broken("month 13", _AT, _day("S1,001,13/13/2025,present,,"), "not a date"),
    Broken("a word for a date", _AT, _day("S1,001,yesterday,present,,"), "not a date"),
    Broken("infinity", _AT, _day("S1,001,infinity,present,,"), "year"),
    Broken("a serial number", _AT, _day("S1,001,45915,present,,"), "not a date"),
    Broken("no date", _AT, _day("S1,001,,present,,"), "is blank"),
    Broken("no student", _AT, _day(",001,2025-08-25,present,,"), "is blank"),
    Broken("blank student", _AT, _day("  ,001,2025-08-25,present,,"), "is blank"),
    Broken("no school", _AT, _day("S1,,2025-08-25,present,,"), "is blank"),
    Broken("unknown status", _AT, _day("S1,001,2025-08-25,asleep,,"), "not one of"),
    Broken("portion of 7", _AT, _day("S1,001,2025-08-25,absent,7,"), "above 1"),
    Broken("portion of -1", _AT, _day("S1,001,2025-08-25,absent,-1,"), "below 0"),
    Broken("portion of nan", _AT, _day("S1,001,2025-08-25,absent,nan,"), "number"),
    Broken("portion a word", _AT, _day("S1,001,2025-08-25,absent,half,"), "number"),
    Broken("a repeated day", _AT, _day("S1,001,2025-08-18,absent,,"), "repeats"),
    Broken("too few cells", _AT, _day("S1,001"), "cells where the header"),
    Broken("too many cells", _AT, _day("S1,001,2025-08-25,present,,,x"), "more cells"),
    Broken("cut off", _AT, _text(ATTENDANCE + "S1,00"), "cells where the header"),
    Broken("open quote", _AT, _day('"S1,001,2025-08-25,present,,'), "quotation mark"),
    Broken("quote inside", _AT, _day('"S"1,001,2025-08-25,present,,'), "quotation"),
    Broken("a formula", _AT, _day("S1,001,=NOW(),present,,"), "not a date"),
    Broken("a long line", _AT, _long_line, "longer than"),
    Broken("no student id", _ST, _student(",F,N,"), "is blank"),
    Broken("a repeated student", _ST, _student("S1,F,N,"), "repeats the student_id"),
    Broken("hispanic maybe", _ST, _student("S4,F,maybe,"), "neither Y nor N"),
    Broken("birth in 20226", _ST, _text(_BIRTH.format("20226-01-05")), "year"),
    Broken("birth in 1066", _ST, _text(_BIRTH.format("1066-10-14")), "year"),
    Broken("birth a word", _ST, _text(_BIRTH.format("spring")), "not a date"),
    Broken("grade 13", _EN, _stay("S1,001,2026,13,2025-08-18,"), "not a grade"),
    Broken("grade PK", _EN, _stay("S1,001,2026,PK,2025-08-18,"), "not a grade"),
    Broken("year 20226", _EN, _stay("S1,001,20226,05,2025-08-19,"), "school year"),
    Broken("year 2025-27", _EN, _stay("S1,001,2025-27,05,2025-08-19,"), "school year"),
    Broken("year 2.5", _EN, _stay("S1,001,2.5,05,2025-08-19,"), "school year"),
    Broken("left on never", _EN, _stay("S1,001,2026,05,2025-08-19,never"), "date"),
    Broken("a repeated stay", _EN, _stay("S1,001,2026,05,2025-08-18,"), "repeats"),
    Broken("a school twice", "schools.csv", _text(SCHOOLS + "001,Ash,k8\n"), "repeats"),
    Broken(
        "level castle", "schools.csv", _text(SCHOOLS + "003,Ash,castle\n"), "one of"
    ),
    Broken("a nameless school", "schools.csv", _text(SCHOOLS + "003,,k8\n"), "blank"),
]


# A required file that cannot be used: nothing is written.
STOPS = [
    Broken("students: no id column", _ST, _text("gender,race\nF,white\n"), _ST, True),
    Broken("students: empty", _ST, lambda: b"", "is empty", True),
    Broken("students: a PDF", _ST, lambda: b"%PDF-1.7", "PDF", True),
    Broken("students: every row bad", _ST, _text('student_id\n""\n'), _ST, True),
    Broken("students: wrong delimiter", _ST, _text("student_id~x\nS1~F\n"), _ST, True),
    Broken("students: zero bytes", _ST, lambda: b"\0\0\0", "zero bytes", True),
    Broken("students: half UTF-16", _ST, lambda: b"\xff\xfea", "utf-16", True),
    Broken("schools: no header", "schools.csv", _text("1,Oak,high\n"), "schools", True),
    Broken("schools: JSON", "schools.csv", _text("{}"), "JSON", True),
    Broken("stays: no grade column", _EN, _text("student_id,school_id,school_year,"
           "entered_on\nS1,001,2026,2025-08-18\n"), "grade", True),
    Broken("stays: all dates bad", _EN, _text("student_id,school_id,school_year,grade,"
           "entered_on\nS1,001,2026,05,soon\n"), "not a date", True),
]  # fmt: skip
ALL = [*FILES, *ROWS, *STOPS]
