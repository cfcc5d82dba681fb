"""The tables of a page store, and how they are named in SQL.

Words are stored once and named by small integers, so that half a million facts stay
small. Facts stand in the order of indicator, year, group and organization: a page that
lists all schools reads neighbours.
"""

from __future__ import annotations

from evenrise.statistics.small_numbers import HiddenBecause
from evenrise.vocabulary.facts import Status


FORMAT = 1  # of the file; a reader refuses a newer one

STATUSES = tuple(Status)
HIDDEN = tuple(HiddenBecause)

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE indicator (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, info TEXT NOT NULL,
    latest INTEGER NOT NULL, years TEXT NOT NULL, largest_gap TEXT, answer TEXT);
CREATE TABLE organization (
    id INTEGER PRIMARY KEY, level TEXT NOT NULL, organization_id TEXT NOT NULL,
    name TEXT NOT NULL, district_id TEXT, kind TEXT, students INTEGER);
CREATE TABLE member (
    id INTEGER PRIMARY KEY, family TEXT NOT NULL, code TEXT NOT NULL,
    label TEXT NOT NULL, students TEXT NOT NULL, pair INTEGER NOT NULL);
CREATE TABLE door (
    id INTEGER PRIMARY KEY, version INTEGER NOT NULL, authority TEXT NOT NULL,
    origin TEXT NOT NULL);
CREATE TABLE file (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE fact (
    id INTEGER PRIMARY KEY, indicator INTEGER NOT NULL, school_year INTEGER NOT NULL,
    member INTEGER NOT NULL, organization INTEGER NOT NULL,
    numerator REAL, denominator REAL, value REAL, lower REAL, upper REAL,
    status INTEGER NOT NULL, hidden INTEGER, in_question INTEGER NOT NULL,
    door INTEGER NOT NULL, file INTEGER, row INTEGER,
    other_x REAL, other_n REAL, difference REAL, low REAL, high REAL,
    concerned REAL, certainty INTEGER, adjusted_p REAL, mirrored INTEGER);
CREATE TABLE share (
    organization INTEGER NOT NULL, member INTEGER NOT NULL, students INTEGER,
    share REAL, PRIMARY KEY (organization, member)) WITHOUT ROWID;
CREATE TABLE alike (
    organization INTEGER NOT NULL, place INTEGER NOT NULL, other INTEGER NOT NULL,
    told TEXT NOT NULL, PRIMARY KEY (organization, place)) WITHOUT ROWID;
CREATE TABLE change (
    id INTEGER PRIMARY KEY, indicator INTEGER NOT NULL, member INTEGER NOT NULL,
    before INTEGER NOT NULL, after INTEGER NOT NULL, whole INTEGER NOT NULL,
    told TEXT NOT NULL);
CREATE TABLE finding (
    place INTEGER PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, indicator TEXT,
    organization_id TEXT NOT NULL, asked INTEGER NOT NULL, line TEXT NOT NULL,
    told TEXT NOT NULL, plain TEXT NOT NULL);
CREATE TABLE section (
    place INTEGER PRIMARY KEY, indicator TEXT NOT NULL, told TEXT NOT NULL);
CREATE TABLE picture (
    owner TEXT NOT NULL, language TEXT NOT NULL, width TEXT NOT NULL,
    svg TEXT NOT NULL, PRIMARY KEY (owner, language, width)) WITHOUT ROWID;
"""

INDEXES = """
CREATE UNIQUE INDEX fact_by_indicator
    ON fact (indicator, school_year, member, organization);
CREATE UNIQUE INDEX fact_by_organization
    ON fact (organization, indicator, member, school_year);
CREATE UNIQUE INDEX finding_by_key ON finding (key);
CREATE INDEX finding_by_organization ON finding (organization_id, indicator);
CREATE INDEX finding_by_indicator ON finding (indicator);
CREATE UNIQUE INDEX section_by_indicator ON section (indicator);
CREATE INDEX change_by_indicator ON change (indicator, member);
"""
