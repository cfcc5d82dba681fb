"""Addresses of flags, rules, cards and conditions."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from evenrise.workspace.supports.views import flag_cards, flag_rules, flags


urlpatterns: list[URLPattern | URLResolver] = [
    path("this-week", flags.flags, name="flags"),
    path("this-week.csv", flags.flags_file, name="flags_file"),
    path("this-week/by-school", flags.flags_by_school, name="flags_by_school"),
    path("flags/<int:key>/answer", flags.flag_answer, name="flag_answer"),
    path(
        "flag-answers/<int:key>/undo", flags.flag_answer_back, name="flag_answer_back"
    ),
    path("early-warning/rules", flag_rules.rules_of_flags, name="rules_of_flags"),
    path("early-warning/rules/choose", flag_rules.choose_rule, name="choose_rule"),
    path(
        "early-warning/how-well",
        flag_cards.early_warning_cards,
        name="early_warning_cards",
    ),
    path("early-warning/conditions", flag_cards.conditions, name="conditions"),
]
