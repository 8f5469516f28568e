"""Makes the bundled examples: `python -m tests.examples.make_examples` writes them anew into resources/examples."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from annsim.formats.catalogue import save
from annsim.network.builders import initial_weights
from annsim.network.network import Network
from annsim.project.loading import load_for
from annsim.project.project import DataReference, Project
from annsim.settings import Settings

FOLDER = Path(__file__).parents[2] / "resources" / "examples"
STEP_COLUMN, STEP_ROW = 200.0, 120.0
GATE_SPEED = 40  # steps a second: all 80 steps of a gate can be watched in 2 s


def gate(name: str) -> Project:
    """One step neuron that learns a gate by Rosenblatt's rule."""
    network = Network(seed=1)
    x1 = network.add_neuron("input", "x1", position=(0, 0))
    x2 = network.add_neuron("input", "x2", position=(0, STEP_ROW))
    y = network.add_neuron("output", "y", activation="step", position=(STEP_COLUMN, STEP_ROW / 2))
    network.connect(x1, y, weight=-0.4)
    network.connect(x2, y, weight=-0.4)
    note = (
        f"One neuron with the step function learns {name.upper()} from its four rows by Rosenblatt's perceptron rule "
        "w ← w + rate · (t − o) · x. Every row is right within 20 epochs."
    )
    settings = {"learning_rate": 0.2, "epochs": 20, "step_gradient": "perceptron"}
    made = project(f"{name.upper()} with one step neuron", note, network, f"builtin:{name}", settings)
    made.speed = GATE_SPEED
    return made


def half_adder() -> Project:
    """Two bits added by predetermined weights and thresholds."""
    network = Network(seed=1)
    a = network.add_neuron("input", "a", position=(0, 0))
    b = network.add_neuron("input", "b", position=(0, 2 * STEP_ROW))
    total = fixed(network, "sum", 0.5, (2 * STEP_COLUMN, 0))
    carry = fixed(network, "carry", 1.5, (STEP_COLUMN * 1.2, 2 * STEP_ROW))
    for target in (total, carry):
        network.connect(a, target, 1, locked=True)
        network.connect(b, target, 1, locked=True)
    network.connect(carry, total, -2, locked=True)
    note = (
        "Nothing is learned here: weights and thresholds are predetermined and locked. The carry fires when both bits "
        "are 1 (threshold 1.5); it takes 2 away from the sum, which fires above 0.5."
    )
    return project("Half adder, predetermined", note, network, "builtin:half_adder", {})


def full_adder() -> Project:
    """Three bits added by predetermined weights and thresholds."""
    network = Network(seed=1)
    bits = [network.add_neuron("input", n, position=(0, i * STEP_ROW)) for i, n in enumerate(("a", "b", "carry_in"))]
    total = fixed(network, "sum", 0.5, (2 * STEP_COLUMN, 0.5 * STEP_ROW))
    carry = fixed(network, "carry", 1.5, (1.2 * STEP_COLUMN, 2 * STEP_ROW))
    for bit in bits:
        network.connect(bit, total, 1, locked=True)
        network.connect(bit, carry, 1, locked=True)
    network.connect(carry, total, -2, locked=True)
    note = (
        "Two step neurons add three bits: the carry fires when at least two are 1, and takes 2 away from the sum. "
        "Weights and thresholds are predetermined; a chain of such adders adds whole numbers."
    )
    return project("Full adder, predetermined", note, network, "builtin:full_adder", {})


def majority() -> Project:
    """The majority of three bits: the full adder's carry alone, on a table of one's own."""
    network = Network(seed=1)
    bits = [network.add_neuron("input", f"x{i + 1}", position=(0, i * STEP_ROW)) for i in range(3)]
    y = fixed(network, "majority", 1.5, (STEP_COLUMN, STEP_ROW))
    for bit in bits:
        network.connect(bit, y, 1, locked=True)
    note = (
        "One neuron votes: it fires when at least two of its three inputs are 1. Its threshold of 1.5 lies between one "
        "vote and two. Set it to 0.5 for OR and to 2.5 for AND."
    )
    return Project(network, title="Majority of three, predetermined", note=note)


def xor() -> Project:
    """The problem that one neuron cannot solve."""
    note = (
        "No straight line parts the rows of XOR, so one neuron cannot learn it; four hidden neurons can. "
        "From most seeds the training loss falls under 0.01 within 1,000 epochs; a start that is stuck needs New seed."
    )
    settings = {"learning_rate": 0.5, "epochs": 1000, "goal": 0.001}
    return project("XOR needs a hidden layer", note, Network.layered([2, 4, 1], seed=2), "builtin:xor", settings)


def circle() -> Project:
    """A ring around a disc."""
    note = (
        "A disc inside a ring. Six hidden neurons draw a closed border around the disc. "
        "At least 0.97 of the test rows are right after 30 epochs."
    )
    settings = {
        "loss": "binary_cross_entropy",
        "batch_size": 10,
        "optimizer": "adam",
        "learning_rate": 0.03,
        "epochs": 30,
    }
    return project("Circle", note, Network.layered([2, 6, 1], seed=1), "builtin:circle", settings)


def spiral() -> Project:
    """Two arms wound into each other."""
    note = (
        "Two arms wound into each other: the hardest of the pictures in the plane. Two hidden layers and Adam unwind "
        "them. At least 0.9 of the test rows are right after 150 epochs."
    )
    settings = {
        "loss": "binary_cross_entropy",
        "batch_size": 40,
        "optimizer": "adam",
        "learning_rate": 0.03,
        "epochs": 150,
    }
    return project("Spiral", note, Network.layered([2, 12, 12, 1], seed=1), "builtin:spiral", settings)


def irregular() -> Project:
    """A drawing that no layer diagram can hold."""
    network = Network(seed=3)
    x1 = network.add_neuron("input", "x1", position=(0, 60))
    x2 = network.add_neuron("input", "x2", position=(0, 300))
    bend = network.add_neuron(name="bend", activation="gaussian", position=(190, 0))
    ramp = network.add_neuron(name="ramp", activation="relu", position=(190, 180))
    wave = network.add_neuron(name="wave", activation="sine", position=(190, 360))
    mix = network.add_neuron(name="mix", activation="tanh", position=(380, 90))
    soft = network.add_neuron(name="soft", activation="softplus", position=(380, 290))
    y = network.add_neuron("output", "class", position=(570, 180))
    arrows = [(x1, bend), (x2, bend), (x1, ramp), (x2, ramp), (x2, wave), (x1, wave), (bend, mix), (ramp, mix)]
    arrows += [(ramp, soft), (wave, soft), (mix, soft), (x1, mix), (x2, soft), (bend, y), (mix, y), (soft, y), (x1, y)]
    for source, target in arrows:
        network.connect(source, target)
    network.apply(initial_weights(network, "glorot_uniform", 3))
    note = (
        "Five hidden neurons with five different activation functions, and arrows that skip over neurons: "
        "backpropagation works on any drawing without a cycle. At least 0.97 of the test rows are right after 40 "
        "epochs."
    )
    settings = {
        "loss": "binary_cross_entropy",
        "batch_size": 10,
        "optimizer": "adam",
        "learning_rate": 0.03,
        "epochs": 40,
    }
    return project("Irregular network", note, network, "builtin:moons,noise=10", settings)


def sine() -> Project:
    """A curve from numbers."""
    network = Network.layered([1, 8, 1], output_activation="linear", seed=1)
    network.neurons[1].name = "x"
    note = (
        "Regression: eight tanh neurons are bent into one period of the sine; the output neuron is linear. "
        "The test loss falls under 0.005 within 60 epochs."
    )
    settings = {"batch_size": 10, "optimizer": "adam", "learning_rate": 0.02, "epochs": 60}
    return project("Regression: a sine", note, network, "builtin:sine", settings)


def iris() -> Project:
    """Three kinds of flowers from four lengths."""
    network = Network.layered([4, 8, 3], output_activation="softmax", seed=1)
    note = (
        "150 irises of three kinds, measured by Edgar Anderson and published by Ronald Fisher in 1936. "
        "At least 0.9 of the test rows are right after 40 epochs, as a median over seeds 0.93 or more."
    )
    settings = {"loss": "cross_entropy", "batch_size": 10, "learning_rate": 0.1, "epochs": 40}
    return named(project("Iris", note, network, "builtin:iris", settings))


def digits() -> Project:
    """Handwritten digits of 8 x 8 pixels."""
    network = Network.layered([64, 32, 10], output_activation="softmax", seed=1)
    places = [(44.0 * (i % 8), 44.0 * (i // 8) + 500.0) for i in range(64)]
    places += [(620.0 + 110.0 * (i % 2), 84.0 * (i // 2)) for i in range(32)]
    places += [(1020.0, 100.0 * i + 200.0) for i in range(10)]
    network.set_neurons("position", list(network.neurons), places)
    note = (
        "1,797 handwritten digits of 8 x 8 pixels (Alpaydin and Kaynak, 1998). "
        "At least 0.95 of the test rows are right after 15 epochs."
    )
    settings = {
        "loss": "cross_entropy",
        "batch_size": 32,
        "optimizer": "adam",
        "learning_rate": 0.003,
        "epochs": 15,
    }
    return named(project("Handwritten digits", note, network, "builtin:digits", settings))


EXAMPLES: dict[str, Callable[[], Project]] = {
    "and": lambda: gate("and"),
    "or": lambda: gate("or"),
    "half_adder": half_adder,
    "full_adder": full_adder,
    "majority": majority,
    "xor": xor,
    "circle": circle,
    "spiral": spiral,
    "irregular": irregular,
    "sine": sine,
    "iris": iris,
    "digits": digits,
}


def project(title: str, note: str, network: Network, source: str, settings: dict[str, Any]) -> Project:
    """Return a project whose data is prepared for its network."""
    chosen = Settings.chosen(settings)
    _, reference = load_for(network, DataReference(source), chosen)
    return Project(network, chosen, reference, title=title, note=note)


def named(document: Project) -> Project:
    """Name inputs and outputs after the columns of the data."""
    assert document.data is not None
    assert document.data.preparation is not None
    network, preparation = document.network, document.data.preparation
    network.set_neurons("name", network.ids_of_role("input"), preparation.input_names)
    network.set_neurons("name", network.ids_of_role("output"), preparation.target_names)
    return document


def fixed(network: Network, name: str, threshold: float, position: tuple[float, float]) -> Any:
    """Add a locked output neuron with the step function."""
    return network.add_neuron("output", name, activation="step", threshold=threshold, locked=True, position=position)


def make() -> None:
    """Write all examples and the order in which they are listed."""
    for name, build in EXAMPLES.items():
        save(build(), FOLDER / f"{name}.annsim")
    (FOLDER / "order.txt").write_text("".join(f"{name}\n" for name in EXAMPLES), "utf-8")


if __name__ == "__main__":
    make()
