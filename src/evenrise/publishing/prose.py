"""What every review says about itself: what to know first, method, how to follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evenrise.findings.finding import Kind, Review
from evenrise.publishing import numbers
from evenrise.publishing.languages import Words
from evenrise.publishing.story import Pair
from evenrise.vocabulary.text import Text


SHARED_BY = 3  # findings: a caveat that so many carry is said once, first


def shared_caveats(review: Review) -> tuple[Text, ...]:
    """Caveats that most findings carry, in the order they are first met."""
    carriers = [
        *(one.caveats for one in review.main if one.kind is not Kind.DATA_QUALITY),
        *(one.caveats for one in review.sections),
    ]
    counted = Counter(text for caveats in carriers for text in caveats)
    most = max(SHARED_BY, len(carriers) / 2)
    return tuple(text for text, times in counted.items() if times >= most)


def first_things(
    review: Review, shared: Sequence[Text], words: Words
) -> tuple[Pair, ...]:
    """What a reader should know before the first number."""
    say = words.say
    things = []
    if review.sources:
        count = len(review.sources)
        things.append(
            Pair(
                say("Where the numbers come from."),
                words.plural(
                    "One file, named under Sources; every table says which of its"
                    " records it was read from.",
                    "{count} files, named under Sources; every table says which of"
                    " their records it was read from.",
                    count,
                    count=numbers.count(count, words.language),
                ),
            )
        )
    if review.questions:
        count = len(review.questions)
        things.append(
            Pair(
                say("Some numbers are in question."),
                words.plural(
                    "One question about the data is open; what it touches is set aside"
                    " until somebody answers it.",
                    "{count} questions about the data are open; what they touch is set"
                    " aside until somebody answers them.",
                    count,
                    count=numbers.count(count, words.language),
                ),
            )
        )
    limit = review.facts.rule.largest_hidden
    things.append(
        Pair(
            say("Small numbers are hidden."),
            say(
                "Counts of {limit} or fewer students, and any number that would give"
                " them away, are hatched in pictures and named as hidden in tables."
                " Numbers that an agency published stand as it printed them.",
                limit=limit,
            ),
        )
    )
    told = [
        say(
            "A gap is a difference in what the district has given its students so far."
            " It says nothing about what they can do."
        ),
        *(words.pick(text) for text in shared),
    ]
    things.append(Pair(say("This holds for every finding."), " ".join(told)))
    return tuple(things)


def method_notes(review: Review, words: Words) -> tuple[Pair, ...]:
    """How the numbers were worked out, in plain words."""
    say = words.say
    limit = review.facts.rule.largest_hidden
    return (
        Pair(
            say("Who is compared with whom"),
            say(
                "A group is compared with all other students of the same family of"
                " groups, unless a sentence says otherwise. Groups of different"
                " families overlap, so their counts are never added."
            ),
        ),
        Pair(
            say("Rates and their intervals"),
            say(
                "Rates carry a 95% interval by Wilson's method, differences by"
                " Newcombe's. The interval is the range of rates that would leave"
                " these counts unsurprising; it is wide where students are few."
            ),
        ),
        Pair(
            say("Clear, unclear, too few to say"),
            say(
                "Many comparisons are made at once, so some would look clear by"
                " chance. A difference is called clear only when it stays so after"
                " the procedure of Benjamini and Hochberg, which holds false alarms"
                " to one in twenty."
            ),
        ),
        Pair(
            say("Order"),
            say(
                "Findings are ordered by how clear they are and by how many students"
                " they concern. Students, groups and schools are never ranked."
            ),
        ),
        Pair(
            say("Gaps that narrow"),
            say(
                "A gap that closes because the higher group fell is never called"
                " progress: each change says which group rose and which fell."
            ),
        ),
        Pair(
            say("What is hidden"),
            say(
                "Counts of {limit} or fewer are hidden, and so is any further number"
                " that would reveal them by subtraction. Rates of nobody or everybody"
                " are told as a bound. Pictures, tables, slides and the CSV file hide"
                " the same cells.",
                limit=limit,
            ),
        ),
    )


def follow_a_number(review: Review, words: Words) -> tuple[str, ...]:
    """How a reader gets from any number to its file and row."""
    say = words.say
    steps = [
        say(
            "Under each table, the source line names the file and the records in it"
            " that the numbers were read from."
        ),
        say(
            "facts.csv, beside this page, holds every number of the review: look for"
            " the indicator, the school year, the organization and the group. Its last"
            " columns name the source file and the snapshot."
        ),
        say(
            "findings.json holds every finding with its evidence; import.json tells how"
            " each file was read, what was matched and what was refused, by file, line"
            " and column."
        ),
    ]
    if review.snapshot:
        steps.append(
            say(
                "The snapshot of this review is {name}; its manifest holds the SHA-256"
                " of each file.",
                name=review.snapshot,
            )
        )
    return tuple(steps)
