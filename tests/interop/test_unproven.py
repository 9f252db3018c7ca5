"""What a file does not prove is refused with the way out, or asked: no other network is shown."""

import gzip
import io
import json
import tarfile
import warnings

import numpy as np
import pytest
import torch
from torch.nn.utils import parametrizations

from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.loading import load
from rnnviz.interop.questions import Answers
from rnnviz.interop.refusals import CheckpointError
from rnnviz.recording.recording import trace
from tests.interop.checkpoint_files import of_npz, of_safetensors, of_torch

X = np.random.default_rng(0).standard_normal((5, 3))


class Parts(torch.nn.Module):
    """Modules by name, in this order."""

    def __init__(self, **modules):
        super().__init__()
        for name, module in modules.items():
            self.add_module(name, module)


def lstm(inputs=3, hidden=4, **options):
    return torch.nn.LSTM(inputs, hidden, **options)


def linear(inputs=4, outputs=2, **options):
    return torch.nn.Linear(inputs, outputs, **options)


def state(**modules):
    return Parts(**modules).state_dict()


def normalised_cell():
    norms = {f"layernorm_{name}": torch.nn.LayerNorm(n) for name, n in {"i": 16, "c": 4}.items()}
    cell = Parts(**norms)
    cell.weight_ih, cell.weight_hh = (
        torch.nn.Parameter(torch.ones(16, columns)) for columns in (3, 4)
    )
    return cell


def with_arrays(prefix="lstm.", **arrays):
    return {
        **state(lstm=lstm()),
        **{f"{prefix}{n}": torch.ones(shape) for n, shape in arrays.items()},
    }


def script():
    stream = io.BytesIO()
    with warnings.catch_warnings(action="ignore"):
        torch.jit.save(torch.jit.script(lstm()), stream)
    return stream.getvalue()


def quantised():
    engine = torch.backends.quantized.engine
    torch.backends.quantized.engine = "fbgemm"
    try:
        with warnings.catch_warnings(action="ignore"):
            model = torch.ao.quantization.quantize_dynamic(Parts(lstm=lstm(), fc=linear()))
            return of_torch(model.state_dict())
    finally:
        torch.backends.quantized.engine = engine


def tarred():
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("model.pt"), io.BytesIO())
    return stream.getvalue()


def npy():
    stream = io.BytesIO()
    np.save(stream, np.ones(3))
    return stream.getvalue()


def one_bias():
    found = with_arrays()
    return {n: a for n, a in found.items() if "bias" not in n} | {"lstm.bias": torch.ones(16)}


def gru_with_one_bias():
    found = state(gru=torch.nn.GRU(3, 4))
    return {n: a for n, a in found.items() if "bias" not in n} | {"gru.bias": torch.ones(12)}


def orthogonal():
    module = torch.nn.RNN(3, 4)
    return of_torch(state(rnn=parametrizations.orthogonal(module, "weight_hh_l0")))


WHOLE = of_torch(state(lstm=lstm()))
REFUSED = {
    "a cell with norms": (
        of_torch(state(cell=normalised_cell())),
        r"its cell has normalisation inside \(cell.layernorm_i.weight, .*\)",
    ),
    "the same, by itself": (of_torch(normalised_cell().state_dict()), "normalisation inside"),
    "a matrix inside": (
        of_torch(with_arrays(weight_zh=(4, 4))),
        "it holds lstm.weight_zh among its recurrent weights, so it is another cell",
    ),
    "a module inside": (
        of_torch(state(fc=linear()) | with_arrays(**{"gate.weight": (4, 3)})),
        "it holds lstm.gate.weight among its recurrent weights",
    ),
    "peepholes of two gates": (
        of_torch(with_arrays(weight_ci=4, weight_cf=4)),
        "it holds lstm.weight_ci, lstm.weight_cf among its",
    ),
    "peepholes that are matrices": (
        of_torch(with_arrays(weight_ci=(4, 4), weight_cf=(4, 4), weight_co=(4, 4))),
        "another cell",
    ),
    "three biases": (of_torch(with_arrays(bias=16)), "it holds lstm.bias among"),
    "a GRU with one bias": (of_torch(gru_with_one_bias()), "is one bias where a GRU has two"),
    "orthogonal": (orthogonal(), "in parts whose rule the file does not tell .*parametrize.remove"),
    "TorchScript": (script(), r"TorchScript program: .*torch.jit.load\(path\).state_dict\(\)"),
    "quantised": (quantised(), "its weights are quantised, .* before it is quantised"),
    "integers of 8 bits": (
        of_torch({n: (99 * a).to(torch.int8) for n, a in state(lstm=lstm()).items()}),
        "its weights are quantised",
    ),
    "integers without a sign": (
        of_torch({n: torch.ones(16, 4, dtype=torch.uint16) for n in ("weight_ih", "weight_hh")}),
        "no plain arrays of numbers: weight_ih is of torch.uint16",
    ),
    "a module and a loss": (
        of_torch({"model": lstm(), "loss": torch.tensor(0.5)}),
        r"no recurrent layer but perhaps in torch.nn.modules.rnn.LSTM, .* safe to open: save",
    ),
    "packed": (gzip.compress(WHOLE), "it is packed: unpack it"),
    "in a tar archive": (tarred(), "it is packed: unpack it"),
    "one array": (npy(), r"it is a single array: .*np.savez"),
    "an index": (json.dumps({"weight_map": {}}).encode(), "it is text"),
    "a web page": (b"<!DOCTYPE html><html>", "it is a web page"),
    "a pointer": (b"version https://git-lfs.github.com/spec/v1\n", "run git lfs pull"),
    "a pickle": (b"\x80\x04}.", "it is a pickle, which is not safe to open"),
    "no checkpoint": (b"once upon a time", "it is no file of weights: .pt, "),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_network_that_can_be_shown_is_refused_by_its_name(what):
    data, says = REFUSED[what]
    with pytest.raises(CheckpointError, match=says) as refused:
        load_bytes("model", data)
    assert refused.value.question is None
    assert len(str(refused.value)) < 280


def test_a_part_of_a_model_is_refused_by_its_file_s_name(tmp_path):
    path = tmp_path / "model-00001-of-00002.safetensors"
    path.write_bytes(of_safetensors(state(lstm=lstm())))
    with pytest.raises(CheckpointError, match="it is part 1 of 2 of a model"):
        load(path)
    whole = path.rename(tmp_path / "model-00001-of-00001.safetensors")
    assert load(whole).hidden == 4


def test_weights_without_biases_are_said_to_have_none():
    network = load_bytes("m.pt", of_torch(state(lstm=lstm(bias=False))))
    assert [*map(str, network.notes)] == [
        "the recurrent layers have no biases in the file: they are 0"
    ]


def test_one_bias_of_an_lstm_is_used():
    network = load_bytes("m.pt", of_torch(one_bias()))
    assert (network.layers[0].params["b_f"] == 1).all()
    assert [*map(str, network.notes)] == ["lstm.bias is taken as the only bias of the gates"]


ASKED = {
    "one in front": (state(inp=linear(4, 4), lstm=lstm(4)), "inp.weight stands in front"),
    "a norm between": (
        state(lstm=lstm(), bn=torch.nn.BatchNorm1d(4), fc=linear()),
        "bn.weight may stand between h and fc.weight",
    ),
    "a norm declared late": (
        state(lstm=lstm(), fc=linear(), norm=torch.nn.LayerNorm(4)),
        "norm.weight may stand between",
    ),
    "a norm over time": (
        state(lstm=lstm(), bn=torch.nn.BatchNorm1d(9), fc=linear()),
        "bn.weight may stand between",
    ),
    "a convolution between": (
        state(lstm=lstm(), conv=torch.nn.Conv1d(4, 4, 3), fc=linear()),
        "conv.weight may stand between",
    ),
    "attention between": (
        state(lstm=lstm(), attention=torch.nn.MultiheadAttention(4, 2), fc=linear()),
        "can read h",
    ),
    "attention declared late": (
        state(lstm=lstm(), fc=linear(), attention=torch.nn.Bilinear(4, 4, 1)),
        "attention.weight may stand between",
    ),
    "attention's scores": (state(lstm=lstm(), attn=linear(4, 1)), "may be an attention's"),
    "two heads": (state(lstm=lstm(), a=linear(), b=linear(4, 3)), "a.weight, b.weight can read h"),
    "apart in the file": ({"lstm": lstm().state_dict(), "fc": linear().state_dict()}, "apart"),
}


@pytest.mark.parametrize("what", ASKED)
def test_a_readout_that_something_may_stand_before_is_asked(what):
    saved, says = ASKED[what]
    data = of_torch(saved)
    with pytest.raises(CheckpointError, match=says) as asked:
        load_bytes("m.pt", data)
    assert asked.value.question.about == "readout"
    *fitting, none = asked.value.question.choices
    assert none.name == "none"
    assert load_bytes("m.pt", data, Answers(readout="none")).readout is None
    for choice in fitting:
        assert (
            load_bytes("m.pt", data, Answers(readout=choice.name)).readout.W.shape == choice.shape
        )


UNASKED = {
    "one behind": (state(lstm=lstm(), fc=linear()), "fc"),
    "one of one output": (state(lstm=lstm(), fc=linear(4, 1)), "fc"),
    "a norm in front": (state(bn=torch.nn.BatchNorm1d(4), lstm=lstm(), fc=linear()), "fc"),
    "an embedding of its size": (
        state(embedding=torch.nn.Embedding(9, 4), lstm=lstm(4), fc=linear()),
        "fc",
    ),
    "only an embedding": (state(embedding=torch.nn.Embedding(9, 4), lstm=lstm(4)), None),
    "an embedding declared late": (
        state(lstm=lstm(3), fc=linear(), embedding=torch.nn.Embedding(9, 3)),
        "fc",
    ),
    "weights of a loss": (state(lstm=lstm(), fc=linear(), loss=torch.nn.CrossEntropyLoss()), "fc"),
    "a head of two matrices": (state(lstm=lstm(), a=linear(4, 5), b=linear(5, 2)), None),
    "one that cannot read h": (state(lstm=lstm(), a=linear(5, 4)), None),
}


@pytest.mark.parametrize("what", UNASKED)
def test_a_readout_that_is_proven_is_taken_and_one_that_there_is_not_is_not(what):
    saved, name = UNASKED[what]
    network = load_bytes("m.pt", of_torch(saved))
    if name is None:
        assert network.readout is None
    else:
        np.testing.assert_array_equal(network.readout.W, saved[f"{name}.weight"].numpy())


def test_of_two_that_fit_the_one_behind_is_taken_and_the_note_says_why():
    saved = state(inp=linear(4, 4), lstm=lstm(4), fc=linear())
    network = load_bytes("m.pt", of_torch(saved))
    np.testing.assert_array_equal(network.readout.W, saved["fc.weight"].numpy())
    assert str(network.notes[1]) == (
        "fc.weight is taken as the readout: inp.weight can read h too, but stands in front"
    )


def test_order_is_no_evidence_where_a_file_sorts_its_arrays():
    saved = state(inp=linear(4, 4), lstm=lstm(4))
    with pytest.raises(CheckpointError, match=r"inp.weight fits in front and behind"):
        load_bytes("m.safetensors", of_safetensors(saved))
    for between in (torch.nn.BatchNorm1d(9), torch.nn.Conv1d(4, 4, 3)):
        saved = state(lstm=lstm(), between=between, fc=linear())
        with pytest.raises(CheckpointError, match=r"between.* may stand between"):
            load_bytes("m.safetensors", of_safetensors(saved))
    for saved in (
        state(lstm=lstm(), fc=linear()),
        state(inp=linear(9, 3), lstm=lstm(), fc=linear()),
    ):
        network = load_bytes("m.safetensors", of_safetensors(saved))
        np.testing.assert_array_equal(network.readout.W, saved["fc.weight"].numpy())


def test_a_table_that_h_could_read_is_no_readout_without_being_asked():
    saved = state(lstm=lstm(4), words=torch.nn.Embedding(9, 4))
    for write in (of_torch, of_safetensors):
        with pytest.raises(CheckpointError, match=r"words.weight may be a table"):
            load_bytes("m", write(saved))


def test_of_two_modules_the_lower_s_h_is_not_read_by_the_head():
    saved = state(lstm1=lstm(), lstm2=lstm(4), fc=linear())
    data = of_torch(saved)
    assert load_bytes("m.pt", data, Answers(name="lstm1")).readout is None
    upper = load_bytes("m.pt", data, Answers(name="lstm2"))
    np.testing.assert_array_equal(upper.readout.W, saved["fc.weight"].numpy())


def test_averaged_weights_beside_the_model_s_are_asked():
    model = Parts(lstm=lstm(), fc=linear())
    averaged = {n: a + 1 for n, a in model.state_dict().items()}
    data = of_torch({"model": model.state_dict(), "ema": averaged})
    with pytest.raises(CheckpointError, match=r"several networks, .*: model.lstm .* and ema.lstm"):
        load_bytes("m.pt", data)
    one, other = (load_bytes("m.pt", data, Answers(name=f"{n}.lstm")) for n in ("model", "ema"))
    np.testing.assert_array_equal(other.readout.W, one.readout.W + 1)
    x = torch.from_numpy(X).float()
    wanted = model.fc(model.lstm(x)[0]).detach().numpy()
    np.testing.assert_allclose(trace(one, X).prediction, wanted, atol=1e-6)


def test_a_list_of_cells_called_as_ours_is_torch_s():
    saved = state(layers=torch.nn.ModuleList([torch.nn.GRUCell(3, 4), torch.nn.GRUCell(4, 4)]))
    assert len(load_bytes("m.npz", of_npz(saved), Answers(name="layers")).layers) == 2
