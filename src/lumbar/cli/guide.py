"""``lumbar ask`` and ``lumbar guide``: questions answered from cards, the guide's claims judged."""

import json
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print it for machines.")]

guide = typer.Typer(
    no_args_is_help=True, help="The questions that Lumbar answers, and the popular guide's claims."
)


def ask(
    question: Annotated[list[str], typer.Argument(help="In your own words; quotation marks are not needed.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Ask in plain words: the answer, how sure it is, and from which sources.

    A question that names a warning sign is not answered: the check comes first. Nothing leaves this machine.
    """
    from lumbar.cli import guide_page
    from lumbar.errors import AnswersError
    from lumbar.guide.ask import ask as find
    from lumbar.symptoms.keeping import kept

    try:
        region = kept().region
    except AnswersError:
        region = None  # the check itself says what is wrong with its file
    found = find(" ".join(question), region)
    if as_json:
        typer.echo(json.dumps(guide_page.as_record(found), indent=1, ensure_ascii=False))
    else:
        guide_page.show(found)


@guide.command(name="list")
def list_() -> None:
    """List every question that Lumbar answers, topic by topic."""
    from lumbar.cli import guide_page

    guide_page.show_questions()


@guide.command()
def show(
    answer: Annotated[str, typer.Argument(help="The id of an answer, as `lumbar guide list` gives it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show one answer by its id."""
    from lumbar.cli import guide_page
    from lumbar.guide.answers import answers
    from lumbar.knowledge.spelling import nearest

    if answer not in answers():
        typer.echo(f"No answer is called {answer!r}{nearest(answer, answers())}. Try: lumbar guide list", err=True)
        raise typer.Exit(2)
    if as_json:
        typer.echo(json.dumps(guide_page.answer_record(answers()[answer]), indent=1, ensure_ascii=False))
    else:
        guide_page.show_answer(answers()[answer])


@guide.command()
def claims(*, as_json: AsJson = False) -> None:
    """Say what the popular advice gets right: every claim with verdict, why, and sources."""
    from lumbar.cli import guide_page
    from lumbar.guide.claims import judged_claims

    if as_json:
        records = [guide_page.claim_record(claim) for claim in judged_claims()]
        typer.echo(json.dumps(records, indent=1, ensure_ascii=False))
    else:
        guide_page.show_claims(judged_claims())
