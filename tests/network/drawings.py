"""Random drawings for property tests, and a dump that shows every bit of a network."""

from hypothesis import strategies as st

from annsim.functions.activation import ACTIVATIONS
from annsim.functions.output import OUTPUTS
from annsim.network.edits import Add
from annsim.network.grouping import removing
from annsim.network.groups import GroupValues
from annsim.network.network import Network
from annsim.network.notes import NARROWEST, WIDEST, NoteValues

ELEMENTWISE = tuple(name for name, function in ACTIVATIONS.items() if not function.joint)
SMOOTH = tuple(name for name in ELEMENTWISE if not ACTIVATIONS[name].kinks)
numbers = st.integers(-16, 16).map(lambda n: n / 8)
ids = st.integers(1, 5)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
titles = st.sampled_from(["Group 1", "encoder ψ", 'a "b"'])
widths = st.floats(NARROWEST, WIDEST)
new_notes = st.builds(NoteValues, ids, texts, st.tuples(numbers, numbers), widths)
new_groups = st.builds(GroupValues, ids, titles, st.booleans())


def dump(network):
    """Return the whole drawing: everything in it, counters, orders of iteration, floats as their bits."""
    return (
        network.seed,
        network.counters,
        [
            (
                n.id,
                n.name,
                n.role,
                n.activation,
                n.bias.hex(),
                n.threshold.hex(),
                n.output,
                n.locked,
                n.position,
                n.group,
            )
            for n in network.neurons.values()
        ],
        [(c.id, c.source, c.target, c.weight.hex(), c.locked) for c in network.connections.values()],
        [(column.dtype, column.tobytes()) for column in network.store.block.columns()],
        {name: network.neuron_id_of(name) for name in (n.name for n in network.neurons.values())},
        [
            (i, n.id, n.text, [x.hex() for x in (*n.position, n.width)], type(n.position))
            for i, n in network.notes.items()
        ],
        [(i, g.id, g.title, g.is_folded) for i, g in network.groups.items()],
    )


def without_notes(network):
    """Return a copy without notes and groups."""
    bare = network.copy()
    bare.apply(removing(bare, notes=bare.notes, groups=bare.groups))
    return bare


@st.composite
def drawings(draw, activations=ELEMENTWISE, outputs=tuple(OUTPUTS), softmax=False, values=numbers, most=4, notes=False):
    """Draw any acyclic network: ids out of order, isolated neurons, skips, several components, outputs that go on.

    With `notes` it has notes and groups, some of them without neurons.
    """
    counts = {role: draw(st.integers(1, most - 1)) for role in ("input", "output")}
    counts["hidden"] = draw(st.integers(0, most))
    roles = draw(st.permutations([role for role, count in counts.items() for _ in range(count)]))
    network = Network(seed=draw(st.integers(0, 2**63 - 1)))
    for role in roles:
        functions = (*activations, "softmax") if softmax and role == "output" else activations
        network.add_neuron(
            role,
            activation="linear" if role == "input" else draw(st.sampled_from(functions)),
            bias=draw(values),
            threshold=draw(values),
            output=draw(st.sampled_from(outputs)),
            locked=draw(st.booleans()),
        )
    neurons = list(network.neurons.values())
    inputs = [n for n in neurons if n.role == "input"]
    order = inputs + draw(st.permutations([n for n in neurons if n.role != "input"]))
    pairs = [
        (source, target)
        for place, target in enumerate(order)
        for source in order[:place]
        if target.role != "input" and source.activation != "softmax"
    ]
    for source, target in draw(st.permutations(pairs)):
        if draw(st.booleans()):
            network.connect(source, target, draw(values), locked=draw(st.booleans()))
    if notes:
        network.apply(Add(notes=draw(several(new_notes)), groups=draw(several(new_groups))))
        groups = st.lists(st.sampled_from([0, *network.groups]), min_size=len(neurons), max_size=len(neurons))
        network.set_neurons("group", neurons, draw(groups))
    return network


def several(things):
    """Draw up to three things of different ids, in any order."""
    return st.lists(things, max_size=3, unique_by=lambda thing: thing.id).map(tuple)
