"""``lumbar try``: small experiments on comfort measures and a warm-up, with or without by the draw of a lot."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from lumbar.cli.say import console

if TYPE_CHECKING:
    from lumbar.contributors.experiment import Experiment

trial = typer.Typer(no_args_is_help=True, help="Try heat, massage or a warm-up on yourself, by the draw of a lot.")

Kind = Annotated[str, typer.Argument(help="try-warm-up, try-heat, try-cold, try-massage or try-foam-rolling.")]
#: A note of the diary says how sore it is now for so long; an engineering rule.
_FRESH = timedelta(hours=18)


@trial.command(name="list")
def list_() -> None:
    """List what can be tried, and how far each is."""
    from lumbar.contributors.notebook import saved
    from lumbar.knowledge.library import library
    from lumbar.knowledge.saying import say

    begun = {each.kind: each for each in saved()}
    for name in library().trials:
        held = begun.get(name)
        done = "" if held is None else f"  ({len(held.differences_score)} pairs done)"
        console.print(f"{name}: {say(f'trial.{name}').text}{done}", markup=False)


@trial.command(name="next")
def next_(
    kind: Kind,
    felt: Annotated[int | None, typer.Option(min=0, max=10, help="How sore it is now, 0 to 10.")] = None,
    hours: Annotated[int, typer.Option(min=0, max=96, help="Hours since the session that it belongs to.")] = 0,
) -> None:
    """Draw the next trial of a kind: with or without; nothing while your plan is locked."""
    from lumbar.dossier import plan_state
    from lumbar.plan.lock import lock
    from lumbar.store.store import DEFAULT_NAME, Store
    from lumbar.symptoms import journal
    from lumbar.symptoms.diary import latest_episode

    now = datetime.now().astimezone()
    with Store() as store:
        is_locked = lock(plan_state(store.known(DEFAULT_NAME), now)) is not None
    episode = latest_episode(journal.saved())
    last = episode.last
    if felt is None and last is not None and now - last.at <= _FRESH:
        felt = last.felt
    experiment = _begun(kind)
    offer = experiment.offer(now, episode.answers if last is not None else {}, felt, is_locked=is_locked)
    if offer.arm is not None:
        _keep(experiment.with_round(now - timedelta(hours=hours)))
    for said in offer.said:
        console.print(said.text, markup=False)


@trial.command()
def note(kind: Kind, score: Annotated[int, typer.Argument(min=0, max=10, help="How sore, 0 to 10.")]) -> None:
    """Note how sore it was after the trial that is open."""
    _keep(_begun(kind).with_note(datetime.now().astimezone(), score))
    result(kind)


@trial.command()
def skip(kind: Kind) -> None:
    """Leave the open trial out; the other of its pair no longer counts either."""
    _keep(_begun(kind).without_note())
    result(kind)


@trial.command()
def result(kind: Kind) -> None:
    """Say what came out so far: less sore, more, no difference that people notice, or cannot tell."""
    for said in _begun(kind).result.said:
        console.print(said.text, markup=False)


def _begun(kind: str) -> "Experiment":
    """Return the experiment of a kind that is kept, or a new one with its order drawn by lot."""
    import numpy as np

    from lumbar.contributors.experiment import begin
    from lumbar.contributors.notebook import saved

    held = next((each for each in saved() if each.kind == kind), None)
    return held or begin(kind, np.random.default_rng())


def _keep(experiment: "Experiment") -> None:
    from lumbar.contributors.notebook import save, saved

    save([*(each for each in saved() if each.kind != experiment.kind), experiment])
