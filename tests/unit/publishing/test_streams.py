"""Streams whose end could be misread are made plain, and nothing else is touched."""

from __future__ import annotations

import io
import zlib

import page
import pypdf
import pytest

from evenrise.publishing.documents.streams import settle_streams


def document(*streams: bytes) -> bytes:
    """A small document with these content streams and a classic table."""
    parts, offsets = [b"%PDF-1.7\n"], []

    def add(body: bytes) -> None:
        offsets.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (len(offsets), body))

    add(b"<</Type/Catalog/Pages 2 0 R>>")
    kids = b" ".join(b"%d 0 R" % (3 + 2 * place) for place in range(len(streams)))
    add(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(streams), kids))
    for place, stream in enumerate(streams):
        add(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents %d 0 R>>"
            % (4 + 2 * place)
        )
        add(
            b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream"
            % (len(stream), stream)
        )
    table = sum(map(len, parts))
    rows = b"".join(b"%010d 00000 n\r\n" % offset for offset in offsets)
    count = len(offsets) + 1
    return b"".join(parts) + (
        b"xref\n0 %d\n0000000000 65535 f\r\n%strailer\n<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF" % (count, rows, count, table)
    )


def ending_in_return(size: int, *, level: int = 6) -> bytes:
    """Compressed content of about this size that ends in a carriage return."""
    for turn in range(10_000):
        content = b"%05d" % turn + b"~" * (turn % 89) + b"q Q " * size
        packed = zlib.compress(content[: size * 4], level)
        if packed.endswith(b"\r"):
            return packed
    pytest.fail("no such stream found")


def length_errors(pdf: bytes) -> int:
    report = page.validate_pdf_bytes(pdf, profile="2b")
    return sum("LENGTH" in failure.rule_id for failure in report.failures)


def test_a_plain_document_is_returned_as_it_is():
    pdf = document(zlib.compress(b"q Q"))
    assert settle_streams(pdf) is pdf


def test_an_ambiguous_end_is_settled_and_every_offset_follows():
    contents = [ending_in_return(5), zlib.compress(b"1 0 0 RG"), ending_in_return(99)]
    pdf = document(*contents)
    assert length_errors(pdf) > 0
    settled = settle_streams(pdf)
    assert length_errors(settled) == 0
    read = pypdf.PdfReader(io.BytesIO(settled), strict=True)
    assert [one.get_contents().get_data() for one in read.pages] == [
        zlib.decompress(content) for content in contents
    ]


def test_a_length_may_gain_a_digit():
    stored = ending_in_return(22, level=0)  # not compressed: 88 bytes and 11 around
    assert len(stored) == 99
    settled = settle_streams(document(stored, zlib.compress(b"q Q")))
    assert b"/Length 100/" in settled
    assert length_errors(settled) == 0
    read = pypdf.PdfReader(io.BytesIO(settled), strict=True)
    assert read.pages[0].get_contents().get_data() == zlib.decompress(stored)
    assert read.pages[1].get_contents().get_data() == b"q Q"


def test_a_document_without_a_classic_table_is_not_guessed_at():
    with pytest.raises(ValueError, match="classic table"):
        settle_streams(b"stream\nx\r\nendstream")
