"""Loads a run of preset nanda into PyTorch, and holds its answers against the run's own.

    npx -y pnpm@12 example to-pytorch && /usr/bin/python3 examples/pytorch/load_run.py runs/to-pytorch
"""

import json
import struct
import sys
from pathlib import Path

import torch
from torch.nn.functional import linear, relu, softmax

run = Path(sys.argv[1])


def load(path):
    """The safetensors format: 8 bytes of the header's length, the header as JSON, then the tensors."""
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header, data = json.loads(raw[8 : 8 + length]), bytearray(raw[8 + length :])
    return {
        name: torch.frombuffer(data[begin:end], dtype=torch.float32).reshape(entry["shape"])
        for name, entry in header.items()
        if name.startswith("parameters/")
        for begin, end in [entry["data_offsets"]]
    }


def forward(weights, heads, tokens):
    """The transformer of Nanda et al. 2023; a weight of ours is [in, out]."""
    w = {name.removeprefix("parameters/"): tensor for name, tensor in weights.items()}
    dense = lambda x, name: linear(x, w[name + ".weight"].T, w.get(name + ".bias"))
    batch, length = tokens.shape
    x = w["tokenEmbedding"][tokens] + w["positionEmbedding"][:length]  # [batch, length, width]
    layers = 1 + max(int(name.split(".")[1]) for name in w if name.startswith("layers."))
    for layer in range(layers):
        name = f"layers.{layer}."
        split = lambda y: y.reshape(batch, length, heads, -1).transpose(1, 2)
        q, k, v = (split(dense(x, f"{name}attention.{part}")) for part in ("query", "key", "value"))
        scores = q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5  # [batch, heads, length, length]
        later = torch.ones(length, length).triu(1).bool()
        mixed = softmax(scores.masked_fill(later, float("-inf")), -1) @ v
        x = x + dense(mixed.transpose(1, 2).reshape(batch, length, -1), name + "attention.output")
        x = x + dense(relu(dense(x, name + "feedForward.in")), name + "feedForward.out")
    return dense(x[:, -1], "unembedding")  # read at "="


model = json.loads((run / "config.json").read_text())["model"]
answers = json.loads((run / "answers.json").read_text())
weights = load(max((run / "checkpoints").glob("*.safetensors")))
tokens = torch.tensor(answers["tokens"]).reshape(-1, answers["length"])
logits = forward(weights, model["heads"], tokens)
difference = (logits - torch.tensor(answers["logits"]).reshape(logits.shape)).abs().max().item()
print(f"{len(tokens)} examples; largest difference of a logit: {difference:.1e}")
sys.exit(0 if difference < 1e-4 else 1)
