"""Trains the network of OnnxTransfer with PyTorch 1.13: train_mlp.py IMAGES LABELS FILE.onnx

IMAGES and LABELS are IDX files, such as those that SyntheticDigits.write makes.
"""

import sys

import numpy
import torch
from torch import nn

pixels = torch.tensor(numpy.fromfile(sys.argv[1], numpy.uint8)[16:].reshape(-1, 784) / 255, dtype=torch.float32)
labels = torch.tensor(numpy.fromfile(sys.argv[2], numpy.uint8)[8:], dtype=torch.int64)
torch.manual_seed(1)
model = nn.Sequential(nn.Linear(784, 16), nn.ReLU(), nn.Linear(16, 10))
optimizer = torch.optim.SGD(model.parameters(), 0.1)
for batch in range(0, len(pixels), 20):
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(pixels[batch : batch + 20]), labels[batch : batch + 20])
    loss.backward()
    optimizer.step()
torch.onnx.export(
    model,
    pixels[:1],
    sys.argv[3],
    opset_version=13,
    input_names=["pixels"],
    output_names=["logits"],
    dynamic_axes={"pixels": {0: "batch"}, "logits": {0: "batch"}},
)
