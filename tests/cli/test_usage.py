# ruff: noqa: E501 (a call and what it says stand on one line)
"""Wrong use: exit code 2 and one line that names the place, the reason and what helps."""

import pytest


@pytest.fixture
def files(done, tmp_path):
    done("new", "2-4-1", "-o", "a.annsim")
    (tmp_path / "garbage.bin").write_bytes(bytes(range(256)))
    (tmp_path / "text.csv").write_text("a,b,y\n1,2,0\n1,two,1\n")


@pytest.mark.parametrize(
    ("call", "line"),
    [
        # commands, options, arguments
        ("trian", "annsim: no such command 'trian'. Did you mean 'train'?"),
        ("zzz", "annsim: no such command 'zzz'. There are: "),
        ("--bogus", "annsim: no such option --bogus. See annsim --help."),
        ("train a.annsim --bogus 1", "annsim train: no such option --bogus. See annsim train --help."),
        ("train a.annsim --lerning-rate 1", "annsim train: no such option --lerning-rate. Did you mean '--learning-rate'?"),
        ("info a.annsim --jsn", "annsim info: no such option --jsn. Did you mean '--json'?"),
        ("train", "annsim train: missing argument 'F'. See annsim train --help."),
        ("new 2-1", "annsim new: missing option '-o' / '--output'."),
        ("run a.annsim", "annsim run: missing option '--data'."),
        ("explain a.annsim", "annsim explain: missing option '--row'."),
        ("export a.annsim", "annsim export: missing option '-o' / '--output'."),
        ("import a.annsim", "annsim import: missing option '-o' / '--output'."),
        ("info a.annsim b.annsim", "annsim info: got unexpected extra argument"),
        ("examples xor -o", "annsim: option '-o' requires an argument."),
        ("explain a.annsim --row one", "annsim explain: invalid value for '--row'"),
        # names and numbers
        ("new 2-x-1 -o b", "annsim: LAYERS: '2-x-1' is no list of layers. Write numbers of neurons"),
        ("new 2 -o b", "annsim: layers of 2 neurons make no network."),
        ("new 2-0-1 -o b", "annsim: layers of 2-0-1 neurons make no network."),
        ("new 999999-1 -o b", "annsim: 1,000,000 neurons and 999,999 connections are too many."),
        ("new 2-1 -o b --seed -1", "annsim: --seed: must lie between 0 and 9,223,372,036,854,775,807, not -1."),
        ("new 2-2-1 -o b --activation sigmod", "no activation function is called 'sigmod'. Did you mean 'sigmoid'?"),
        ("new 2-2-1 -o b --activation softmax", "softmax is for output neurons only"),
        ("new 2-2-1 -o b --output-activation foo", "no activation function is called 'foo'. There are: step, "),
        ("train a.annsim --data builtin:xor --epochs 0", "annsim: --epochs: must lie between 1 and 1,000,000,000, not 0."),
        ("train a.annsim --data builtin:xor --epochs x", "annsim: --epochs: must be a whole number, not 'x'."),
        ("train a.annsim --data builtin:xor --learning-rate nan", "annsim: --learning-rate: must be above 0, not nan."),
        ("train a.annsim --data builtin:xor --optimizer adm", "annsim: --optimizer: 'adm' is no optimizer. Did you mean 'adam'?"),
        ("train a.annsim --data builtin:xor --loss foo", "annsim: --loss: 'foo' is no loss. There are: half_squared_error"),
        ("train a.annsim --data builtin:xor --engine gpu", "annsim: --engine: 'gpu' is no engine. There are: auto"),
        ("train a.annsim --data builtin:xor --momentum 0.5", "annsim: --momentum: the optimizer 'plain' has no momentum."),
        ("train a.annsim --data builtin:xor --optimizer rprop", "annsim: --optimizer: rprop needs all 4 training rows"),
        ("train a.annsim --data builtin:xor --seed 9223372036854775808", "annsim: --seed: must lie between 0 and"),
        ("train a.annsim --data builtin:xor --test-share 1", "annsim: --test-share: must be in [0, 1), not 1."),
        ("train a.annsim --data builtin:xor --scaling foo", "scaling: cannot be 'foo'. There are: none, standard, minmax."),
        ("explain a.annsim --data builtin:xor --row 4", "there is no row 4. Rows count from 0 to 3."),
        ("explain a.annsim --data builtin:xor --row -1", "there is no row -1. Rows count from 0 to 3."),
        # data
        ("train a.annsim", "annsim: data: there is none in the call and none in the project. Name a file or a set with --data."),
        ("evaluate a.annsim", "annsim: data: there is none in the call and none in the project."),
        ("explain a.annsim --row 0", "annsim: data: there is none in the call and none in the project."),
        ("train a.annsim --data builtin:xr", "no built-in data set is called 'xr'. Did you mean 'xor'?"),
        ("train a.annsim --data builtin:iris", "has 2 input neurons, and the data has 4 input columns"),
        ("train a.annsim --data no.csv", "no.csv: there is no such file."),
        ("train a.annsim --data txt.csv", "txt.csv: there is no such file. Did you mean 'text.csv'?"),
        ("train a.annsim --data text.csv --targets z", "there is no column 'z'"),
        ("run a.annsim --data text.csv", "text.csv: column 'b' holds texts"),
        ("run a.annsim --data builtin:iris", "has 2 input neurons, and the data has"),
        ("data builtin:spirl", "no built-in data set is called 'spirl'. Did you mean 'spiral'?"),
        ("data builtin:spiral,noize=1", "noise"),
        ("data .", "annsim: ."),
        # files
        ("info no.annsim", "annsim: no.annsim: there is no such file. Did you mean 'a.annsim'?"),
        ("info .", "annsim: .: is a folder."),
        ("info garbage.bin", "annsim: garbage.bin: is no annsim project. Use 'annsim import' for other formats."),
        ("import garbage.bin -o b", "annsim: garbage.bin: is of no format that annsim reads. It reads NumPy archive"),
        ("export a.annsim -o b.onnx", "annsim: b.onnx: no format has the ending '.onnx'. There are: .npz, .json, .csv, .annsim."),
        ("export a.annsim -o b", "annsim: b: no format has the ending 'b'. There are: .npz, .json, .csv, .annsim."),
        ("export a.annsim -o b.npz --to jsn", "annsim: no format is called 'jsn'. There are: npz, json, csv, annsim."),
        ("examples xr", "annsim: no example is called 'xr'. Did you mean 'xor'?"),
        ("train a.annsim --data builtin:xor --history a.annsim", "annsim: --history a.annsim: is the project itself."),
    ],
)  # fmt: skip
def test_wrong_use(files, refused, tmp_path, call, line):
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert line in refused(*call.split())
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "call",
    [
        "new 2-1 -o no/b.annsim",
        "export a.annsim -o no/b.npz",
        "import a.annsim -o no/b.annsim",
        "examples xor -o no/b.annsim",
        "run a.annsim --data builtin:xor -o no/b.csv",
        "train a.annsim --data builtin:xor --epochs 1 -o no/b.annsim",
        "train a.annsim --data builtin:xor --epochs 1 --history no/b.csv",
    ],
)
def test_a_file_that_cannot_be_written(files, refused, call):
    line = refused(*call.split(), code=1)
    assert line.startswith("annsim: no/b.")
    assert "cannot be written: No such file or directory" in line


@pytest.mark.parametrize(
    "command",
    ["new", "train", "run", "evaluate", "explain", "check", "info", "export", "import", "data", "examples"],
)
def test_every_command_has_help(done, command):
    assert f"Usage: annsim {command}" in done(command, "--help")


def test_every_setting_is_an_option(done):
    options = (
        "method batch-size epochs optimizer learning-rate momentum weight-decay loss l1 l2 schedule decay decay-epochs "
        "step-gradient seed shuffle no-shuffle init goal patience test-share engine precision threads record-every "
        "data targets scaling history json"
    )
    said = done("train", "--help")
    assert [name for name in options.split() if f"--{name}" not in said] == []


def test_version(done):
    assert done("--version").startswith("annsim 0.")
