"""Packs models that PyTorch 1.13 exports: pack_torch.py FILE.zip

Each folder has the model for opsets 9, 13 and 17, an input, and the output that PyTorch computes for it.
"""

import io
import sys
import warnings
import zipfile

import torch
from onnx import numpy_helper
from torch import nn

warnings.filterwarnings("ignore")
torch.manual_seed(1)


class Scaled(nn.Module):
    """Numbers are scaled before the first layer."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor([10.0, -3.0, 0.5, 100.0]))
        self.register_buffer("std", torch.tensor([2.0, 0.5, 0.25, 50.0]))
        self.layer = nn.Linear(4, 3)

    def forward(self, x):
        return torch.tanh(self.layer((x - self.mean) / self.std))


class View(nn.Module):
    """Pixels are viewed as rows, whatever the size of the batch."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(12, 5)

    def forward(self, x):
        return torch.relu(self.layer((x / 255.0).view(x.size(0), -1)))


class Squeezed(nn.Module):
    """One number for each sample, without an axis of its own."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 1)

    def forward(self, x):
        return torch.sigmoid(self.layer(x)).squeeze(-1)


class Reshaped(nn.Module):
    """Pixels are reshaped to rows by a product of sizes."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(12, 5)

    def forward(self, x):
        return torch.relu(self.layer(x.reshape(x.shape[0], x.shape[1] * x.shape[2])))


class ExpOfLogSoftmax(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 3)

    def forward(self, x):
        return torch.exp(torch.log_softmax(self.layer(x), dim=1))


def rows(*layers):
    return nn.Sequential(*layers), torch.randn(3, 4)


def activation(layer):
    return rows(nn.Linear(4, 6), layer, nn.Linear(6, 2))


MODELS = {
    "linear": rows(nn.Linear(4, 3)),
    "linear_no_bias": rows(nn.Linear(4, 3, bias=False), nn.ReLU(), nn.Linear(3, 2, bias=False)),
    "batch_norm": rows(nn.Linear(4, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 5), nn.BatchNorm1d(5)),
    "layer_norm": rows(nn.LayerNorm(4), nn.Linear(4, 5), nn.LayerNorm(5, eps=1e-3), nn.ReLU(), nn.Linear(5, 2)),
    "layer_norm_plain": rows(nn.Linear(4, 5), nn.LayerNorm(5, elementwise_affine=False), nn.Tanh()),
    "gelu": activation(nn.GELU()),
    "silu": activation(nn.SiLU()),
    "leaky_relu": activation(nn.LeakyReLU(0.2)),
    "elu": activation(nn.ELU(0.7)),
    "softplus": activation(nn.Softplus()),
    "sigmoid": activation(nn.Sigmoid()),
    "prelu": activation(nn.PReLU()),
    "softmax": rows(nn.Linear(4, 3), nn.Softmax(dim=1)),
    "exp_of_log_softmax": (ExpOfLogSoftmax(), torch.randn(3, 4)),
    "dropout": rows(nn.Linear(4, 6), nn.Dropout(0.5), nn.ReLU(), nn.Linear(6, 2)),
    "flatten": (nn.Sequential(nn.Flatten(), nn.Linear(12, 5), nn.ReLU()), torch.randn(2, 3, 4)),
    "view": (View(), 255 * torch.rand(2, 3, 4)),
    "reshaped": (Reshaped(), torch.randn(2, 3, 4)),
    "layer_norm_of_samples": (
        nn.Sequential(nn.LayerNorm([3, 4]), nn.Flatten(), nn.Linear(12, 2)),
        torch.randn(2, 3, 4),
    ),
    "scaled": (Scaled(), torch.tensor([[11.0, -2.0, 0.0, 90.0], [9.0, -3.5, 1.0, 150.0]])),
    "squeezed": (Squeezed(), torch.randn(3, 4)),
    "three_dimensions": (
        nn.Sequential(nn.Linear(4, 6), nn.LayerNorm(6), nn.GELU(), nn.Linear(6, 2, bias=False), nn.Softmax(dim=-1)),
        torch.randn(2, 3, 4),
    ),
    "double": (nn.Sequential(nn.Linear(4, 6), nn.GELU(), nn.Linear(6, 2)).double(), torch.randn(3, 4).double()),
    # refused
    "log_softmax": rows(nn.Linear(4, 3), nn.LogSoftmax(dim=1)),
    "hard_sigmoid": activation(nn.Hardsigmoid()),
    "hard_swish": activation(nn.Hardswish()),
    "relu6": activation(nn.ReLU6()),
    "selu": activation(nn.SELU()),
    "convolution": (nn.Sequential(nn.Conv1d(3, 2, 2), nn.Flatten(), nn.Linear(6, 2)), torch.randn(2, 3, 4)),
}


def tensor(values):
    return numpy_helper.from_array(values.detach().numpy()).SerializeToString()


def exported(model, x, opset, **settings):
    content = io.BytesIO()
    torch.onnx.export(
        model,
        x,
        content,
        opset_version=opset,
        input_names=["x"],
        output_names=["y"],
        dynamic_axes={"x": {0: "batch"}, "y": {0: "batch"}},
        **settings,
    )
    return content.getvalue()


with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:

    def write(name, content):
        entry = zipfile.ZipInfo(name)  # always the same time
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, content)

    for name, (model, x) in MODELS.items():
        for layer in model.modules():
            if isinstance(layer, nn.BatchNorm1d):
                layer.running_mean.normal_()
                layer.running_var.uniform_(0.5, 2)
        model.eval()
        write(f"{name}/input.pb", tensor(x))
        write(f"{name}/output.pb", tensor(model(x)))
        for opset in (9, 13, 17):
            if name == "layer_norm_plain" and opset == 17:
                continue  # PyTorch 1.13 fails
            write(f"{name}/opset{opset}.onnx", exported(model, x, opset))
        settings = {"do_constant_folding": False, "keep_initializers_as_inputs": True}
        write(f"{name}/unfolded.onnx", exported(model, x, 13, **settings))
    model, x = MODELS["batch_norm"]
    write("training/training.onnx", exported(model, x, 13, training=torch.onnx.TrainingMode.TRAINING))
