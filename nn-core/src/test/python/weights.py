"""Writes the files of src/test/resources/org/nn4j/weights.

Run from nn-core with Debian 12's python3-torch 1.13 and python3-numpy 1.24:
/usr/bin/python3 src/test/python/weights.py
"""

import io
import json
import pathlib
import struct

import numpy as np
import torch
from torch import nn

OUT = pathlib.Path("src/test/resources/org/nn4j/weights")
OUT.mkdir(parents=True, exist_ok=True)
torch.manual_seed(1)


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(4, 5)
        self.batch_norm = nn.BatchNorm1d(5)
        self.fc2 = nn.Linear(5, 5)
        self.layer_norm = nn.LayerNorm(5)
        self.fc3 = nn.Linear(5, 3)

    def forward(self, x):
        x = torch.relu(self.batch_norm(self.fc1(x)))
        return self.fc3(torch.relu(self.layer_norm(self.fc2(x))))


model = Mlp()
optimizer = torch.optim.Adam(model.parameters(), 0.05)
for _ in range(20):
    x = torch.randn(16, 4) * 2 + 1
    loss = ((model(x) - x[:, :3]) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
model.eval()
state = model.state_dict()
x = torch.randn(6, 4).double()


def outputs(of_type):
    """The outputs in float64 of the parameters rounded to a type."""
    other = Mlp()
    other.load_state_dict({k: v.to(of_type) for k, v in state.items()})
    return other.double().eval()(x).detach().numpy()


# The outputs of all files below.
np.savez(
    OUT / "expected.npz",
    x=x.numpy(),
    float32=outputs(torch.float32),
    float16=outputs(torch.float16),
    bfloat16=outputs(torch.bfloat16),
)

# state_dicts of PyTorch
torch.save(state, OUT / "mlp.pt")
for name in ["float16", "bfloat16", "float64"]:
    rounded = {k: v.to(getattr(torch, name)) for k, v in state.items()}
    torch.save(rounded, OUT / f"{name}.pt")
torch.save(state, OUT / "protocol-4.pt", pickle_protocol=4)
torch.save(
    {
        "epoch": 3,
        "loss": 0.25,
        "model": state,
        "optimizer": optimizer.state_dict(),
        "name": "mlp",
        "done": True,
    },
    OUT / "checkpoint.pt",
)

numbers = torch.arange(24, dtype=torch.float32)
matrix = numbers.reshape(4, 6)
cycle = [torch.tensor([7.0])]
cycle.append(cycle)
torch.save(
    {
        "matrix": matrix,
        "transposed": matrix.t(),
        "column": matrix[:, 2],
        "block": matrix[1:3, 1:6:2],
        "permuted": numbers.reshape(2, 3, 4).permute(2, 0, 1),
        "scalar": torch.tensor(2.5),
        "empty": torch.zeros(0, 3),
        "parameter": nn.Parameter(torch.tensor([1.0, 2.0])),
        "nested": ({"a": torch.tensor([3.0])}, [torch.tensor([4.0])], None, -5, 2**40, 1.5),
        "cycle": cycle,
        "int64": torch.tensor([2**60, -1]),
        "int32": torch.tensor([2**30, -1], dtype=torch.int32),
        "int16": torch.tensor([2**14, -1], dtype=torch.int16),
        "int8": torch.tensor([2**6, -1], dtype=torch.int8),
        "uint8": torch.tensor([200, 1], dtype=torch.uint8),
        "bool": torch.tensor([True, False]),
    },
    OUT / "views.pt",
)
torch.save(torch.tensor([1.0, 2.0]), OUT / "lone.pt")

# files of PyTorch that are refused
torch.save({"a": torch.zeros(1)}, OUT / "before-1.6.pt", _use_new_zipfile_serialization=False)
torch.save(nn.Linear(2, 1), OUT / "module.pt")
torch.save({"a": torch.ones(1).expand(3)}, OUT / "expanded.pt")
torch.save({"a": torch.zeros(1, dtype=torch.complex64)}, OUT / "complex.pt")
torch.jit.script(nn.Linear(2, 1)).save(OUT / "script.pt")


# safetensors, in the order of names as the safetensors library writes them
def safetensors(file, tensors):
    header, data = {}, b""
    for name, (dtype, array) in sorted(tensors.items()):
        content = array.tobytes()
        offsets = [len(data), len(data) + len(content)]
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": offsets}
        data += content
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    (OUT / file).write_bytes(struct.pack("<Q", len(text)) + text + data)


def half_of_bits(array):
    """bfloat16: the upper half of a float that has zeros in the lower."""
    return (array.view(np.uint32) >> 16).astype(np.uint16)


def written(name, dtype):
    values = state[name].float()
    return {
        "F64": lambda: values.double().numpy(),
        "F32": values.numpy,
        "F16": lambda: values.half().numpy(),
        "BF16": lambda: half_of_bits(values.bfloat16().float().numpy()),
    }[dtype]()


names = [name for name in state if not name.endswith("num_batches_tracked")]
for file, dtype in [("mlp", "F32"), ("float16", "F16"), ("bfloat16", "BF16"), ("float64", "F64")]:
    safetensors(f"{file}.safetensors", {name: (dtype, written(name, dtype)) for name in names})

# weights as Keras names and orders them
keras = {}
for module, layer in [
    ("fc1", "dense"),
    ("batch_norm", "batch_normalization"),
    ("fc2", "dense_1"),
    ("layer_norm", "layer_normalization"),
    ("fc3", "dense_2"),
]:
    parts = {"weight": "kernel", "bias": "bias"}
    if "norm" in module:
        parts = {"weight": "gamma", "bias": "beta"}
    if module == "batch_norm":
        parts.update({"running_mean": "moving_mean", "running_var": "moving_variance"})
    for ours, theirs in parts.items():
        keras[f"{layer}/{theirs}"] = state[f"{module}.{ours}"].numpy().T
np.savez(OUT / "keras.npz", **keras)
np.savez_compressed(OUT / "keras-2.npz", **{f"{name}:0": array for name, array in keras.items()})
np.savez_compressed(OUT / "in-order.npz", *keras.values())

# arrays of NumPy
matrix = np.arange(6).reshape(2, 3)
with open(OUT / "arrays.npz", "wb") as file:
    np.savez(
        file,
        little=matrix.astype("<f4"),
        big=matrix.astype(">f4"),
        half=matrix.astype("<f2"),
        big_half=matrix.astype(">f2"),
        double=matrix.astype("<f8"),
        fortran=np.asfortranarray(matrix.astype("<f4")),
        fortran_cube=np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)),
        scalar=np.float32(2.5),
        vector=np.array([1.5, -2]),
        empty=np.zeros((0, 3), "<f4"),
        int8=np.array([-1, 2], "i1"),
        int16=np.array([-1, 2], ">i2"),
        int32=np.array([-1, 2], "<i4"),
        int64=np.array([-1, 2**60], ">i8"),
        uint8=np.array([200, 2], "u1"),
        uint16=np.array([60000, 2], "<u2"),
        uint32=np.array([4 * 10**9, 2], "<u4"),
        uint64=np.array([2**62, 2], "<u8"),
        uint64_large=np.array([2**63], "<u8"),
        boolean=np.array([True, False]),
        complex=np.array([1j], "<c8"),
        text=np.array(["a", "bc"]),
        objects=np.array([{}, None], object),
    )
for version in [(2, 0), (3, 0)]:
    content = io.BytesIO()
    np.lib.format.write_array(content, matrix.astype("<f4"), version)
    (OUT / f"version-{version[0]}.npy").write_bytes(content.getvalue())
np.save(OUT / "records.npy", np.zeros(2, [("a", "<f4"), ("b", "<i4")]))
