"""A training step of PyTorch by size, for Sizes: lines "784-32-10 batch samples seconds" in, microseconds a step out."""
import sys
import time

import torch
from torch import nn

built = {}


def training(widths, batch, samples):
    """The network, its optimizer, and its data as tensors; each batch is an index_select of the shuffled order."""
    layers = []
    for a, b in zip(widths, widths[1:]):
        layers += [nn.Linear(a, b), nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    x = torch.rand(samples, widths[0]) * 2 - 1
    y = torch.randint(widths[-1], (samples,))
    return model, torch.optim.Adam(model.parameters(), lr=1e-3), nn.CrossEntropyLoss(), x, y


def epoch(model, optimizer, loss, x, y, batch):
    start = time.perf_counter()
    for rows in torch.randperm(len(x)).split(batch):
        optimizer.zero_grad(set_to_none=True)
        loss(model(x[rows]), y[rows]).backward()
        optimizer.step()
    return (time.perf_counter() - start) * 1e6 * batch / len(x)


for line in sys.stdin:
    name, batch, samples, seconds = line.split()
    if (name, batch) not in built:
        built.clear()
        built[name, batch] = training([int(w) for w in name.split("-")], int(batch), int(samples))
    fastest, end = float("inf"), time.perf_counter() + float(seconds)
    while fastest == float("inf") or time.perf_counter() < end:
        fastest = min(fastest, epoch(*built[name, batch], int(batch)))
    print(fastest, flush=True)
