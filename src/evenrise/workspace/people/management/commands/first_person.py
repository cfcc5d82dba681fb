"""`evenrise manage --store STORE first_person`: lets a new district begin.

Asks for the address and the name, and either sets a password that is typed in or
prints a link, good for one password, to be handed to the person.
"""

from __future__ import annotations

import getpass
import sys
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.people.actions.first_person import (
    add_first_person,
    refuse_a_second,
)
from evenrise.workspace.people.models import Person


class Command(BaseCommand):
    """Makes the first administrator of a district."""

    help = "Make the first administrator of a district, who then adds everybody else."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said instead of typed."""
        parser.add_argument("--email", help="their address; asked for when not given")
        parser.add_argument("--name", help="their name; asked for when not given")
        parser.add_argument(
            "--link",
            action="store_true",
            help="print a link with which they choose their own password, once",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, make, and say what comes next.

        Raises:
            CommandError: one sentence, when it cannot be; nothing changed then.
        """
        del args
        try:
            refuse_a_second()
            email = options["email"] or self._ask("Email: ")
            name = options["name"] or self._ask("Name: ")
            password = None if options["link"] else self._password()
            person = add_first_person(email=email, name=name, password=password)
        except InputProblem as problem:
            raise CommandError(str(problem), returncode=3) from problem
        self.stdout.write(f"{person.name} administers this district from now on.")
        if options["link"]:
            self.stdout.write(f"Choose a password here, once:\n{link_for(person)}")

    def _ask(self, question: str) -> str:
        self.stdout.write(question, ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip()

    def _password(self) -> str:
        """Typed twice at a terminal, without an echo; else the next line."""
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        password = getpass.getpass("Password (12 letters or more): ")
        if password != getpass.getpass("The same again: "):
            raise InputProblem("The two are not the same; nothing changed.")
        return password


def link_for(person: Person) -> str:
    """Where the person chooses a password; it works until it was used, for three days.

    The address begins with the first name under which people reach the workspace.
    """
    token = default_token_generator.make_token(person)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": token},
    )
    host = settings.ALLOWED_HOSTS[0]
    if settings.HTTPS:
        return f"https://{host}{path}"
    return f"http://{host}:{settings.PORT}{path}"
