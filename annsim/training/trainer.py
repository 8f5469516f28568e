"""Training in one call."""

from dataclasses import replace
from typing import Any

from annsim.data.dataset import Dataset
from annsim.errors import DataError
from annsim.network.network import Network
from annsim.settings import Settings, shows_settings
from annsim.training.run import Run
from annsim.training.session import Session


@shows_settings
def train(network: Network, dataset: Dataset, settings: Settings | None = None, **values: Any) -> Run:
    """Train a network by backpropagation; its weights and biases change in place.

    Parameters
    ----------
    network : goes on from its present weights unless `init` names a rule for initial weights.
    dataset : its columns are matched to the neurons by name, else by position.
    settings : base for what `values` does not say; the defaults without it.
    **values : any training setting, such as method="sgd", batch_size=1, learning_rate=0.3, epochs=500, seed=1.

    Returns
    -------
    Run
        With `history`, `stopped_by`, `epochs`, `steps`, `training_loss`, `test_loss`, `accuracy`, `message`. Where
        numbers ceased to be finite, `stopped_by` is "not_finite" and earlier weights are put back.

    Raises
    ------
    SettingsError
        For an unknown or contradictory setting.
    DataError
        Where the data does not fit the network.
    """
    _check_dataset(dataset)
    chosen = Settings.chosen(values, settings)
    if chosen.epochs is None:
        chosen = replace(chosen, epochs=Settings().epochs)
    dataset = split_as_chosen(dataset, chosen)
    session = Session(network, dataset, chosen)
    for _ in session:
        pass
    run = session.finish()
    network.apply(session.edit())
    network.trained_on = dataset, run
    return run


def _check_dataset(dataset: object) -> None:
    if not isinstance(dataset, Dataset):
        kind = type(dataset).__name__
        raise DataError(f"a training needs a Dataset, not {kind}", hint="Make one: annsim.Dataset(inputs, targets).")


def split_as_chosen(dataset: Dataset, settings: Settings) -> Dataset:
    """Return the dataset, split again where the settings name a share of test rows."""
    if settings.test_share is None:
        return dataset
    return dataset.split_again(settings.test_share, settings.seed)
