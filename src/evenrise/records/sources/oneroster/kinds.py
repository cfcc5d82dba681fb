"""The files of OneRoster CSV 1.1 and 1.2: how to know each, and its columns.

A file is known by its columns, not its name, as names come in any case and copies are
renamed. Every standard column lists the slips seen in the wild after its own name
(drafts wrote `grade`, `userId`, `agents`; demographics were keyed `userSourcedId`).
Columns of extensions (`metadata.*`, `ext_*`) are left aside. Passwords, and the
profiles that carry them, are never read.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileKind:
    """One file of the standard.

    `telling` are folded columns that only this file has together. `columns` maps the
    names used here to the folded names that mean them, the standard's own first.
    """

    name: str
    telling: frozenset[str]
    columns: dict[str, tuple[str, ...]]


def _kind(name: str, telling: str, columns: str) -> FileKind:
    """`columns` is a list of words; `a|b|c` reads b and c as a."""
    own = {
        word.split("|")[0]: tuple(word.split("|"))
        for word in f"sourcedid status datelastmodified {columns}".split()
    }  # a kind may name `sourcedid` again, with its slips
    return FileKind(name, frozenset(telling.split()), own)


KINDS: tuple[FileKind, ...] = (
    _kind("manifest", "propertyname value", "propertyname value"),
    _kind(
        "results",
        "lineitemsourcedid studentsourcedid",
        "lineitemsourcedid studentsourcedid scorestatus score scoredate comment "
        "missing",
    ),
    _kind(
        "lineItems",
        "classsourcedid duedate title",
        "title assigndate duedate classsourcedid categorysourcedid resultvaluemax",
    ),
    _kind(
        "roles",
        "usersourcedid roletype role orgsourcedid",
        "usersourcedid roletype role begindate enddate orgsourcedid",
    ),
    _kind(
        "enrollments",
        "classsourcedid usersourcedid role",
        "classsourcedid schoolsourcedid usersourcedid role primary begindate enddate",
    ),
    _kind(
        "demographics",
        "birthdate sex hispanicorlatinoethnicity",
        "sourcedid|usersourcedid birthdate sex americanindianoralaskanative asian "
        "blackorafricanamerican nativehawaiianorotherpacificislander white "
        "demographicracetwoormoreraces hispanicorlatinoethnicity",
    ),
    _kind(
        "users",
        "sourcedid givenname familyname username",
        "enableduser orgsourcedids|orgsourcedid role identifier givenname familyname "
        "preferredgivenname|prefferedgivenname preferredfamilyname|prefferedfamilyname "
        "grades|grade primaryorgsourcedid",
    ),
    _kind(
        "classes",
        "sourcedid title classtype schoolsourcedid",
        "title grades|grade coursesourcedid classcode classtype schoolsourcedid "
        "termsourcedids|termsourcedid subjects|subject",
    ),
    _kind(
        "courses",
        "sourcedid title coursecode orgsourcedid",
        "title coursecode grades|grade orgsourcedid subjects|subject "
        "schoolyearsourcedid|schoolyearid",
    ),
    _kind(
        "academicSessions",
        "sourcedid title type startdate enddate",
        "title type startdate enddate parentsourcedid schoolyear",
    ),
    _kind(
        "orgs",
        "sourcedid name type parentsourcedid",
        "name type identifier parentsourcedid|parentid",
    ),
    # Known and left aside: profiles carry passwords, the others nothing of ours.
    _kind("userProfiles", "usersourcedid profiletype credentialtype", ""),
    _kind("userResources", "usersourcedid resourcesourcedid", ""),
    _kind("classResources", "classsourcedid resourcesourcedid", ""),
    _kind("courseResources", "coursesourcedid resourcesourcedid", ""),
    _kind("resources", "sourcedid vendorresourceid", ""),
    _kind("scoreScales", "sourcedid scorescalevalue", ""),
    _kind("lineItemScoreScales", "lineitemsourcedid scorescalesourcedid", ""),
    _kind("resultScoreScales", "resultsourcedid scorescalesourcedid", ""),
    _kind("learningObjectives", "learningobjectiveid", ""),
    _kind("categories", "sourcedid status datelastmodified title", "title"),
)
READ = (
    "academicSessions",
    "orgs",
    "courses",
    "classes",
    "users",
    "roles",
    "enrollments",
    "demographics",
    "categories",
    "lineItems",
    "results",
)
BY_NAME = {kind.name: kind for kind in KINDS}


def kind_of(folded: tuple[str, ...]) -> FileKind | None:
    """The kind whose telling columns are all there; the first that fits.

    `categories` is nothing but a title, so it must also be nearly all there is: any
    other file of titles would pass for it.
    """
    have = frozenset(folded)
    demographics = BY_NAME["demographics"]
    for kind in KINDS:
        if not have >= kind.telling:
            continue
        if kind.name == "categories" and len(have) > 6:
            continue
        if kind is demographics and not have & {"sourcedid", "usersourcedid"}:
            continue
        return kind
    return None
