"""Trains a small MLP on addition mod 11 in PyTorch, and writes its weights as a safetensors file.

    /usr/bin/python3 examples/pytorch/make_checkpoint.py examples/pytorch/mlp.safetensors

examples/from-pytorch.ts goes on with it. The file holds the weights under PyTorch's names, and what
PyTorch answers to all pairs, for comparison.
"""

import json
import struct
import sys

import torch

P, STEPS = 11, 200


def save(path, tensors):
    """The safetensors format: 8 bytes of the header's length, the header as JSON, then the tensors."""
    header, data = {}, b""
    for name, tensor in tensors.items():
        raw = tensor.detach().contiguous().numpy().astype("<f4").tobytes()
        offsets = [len(data), len(data) + len(raw)]
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": offsets}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


class Mlp(torch.nn.Module):
    def __init__(self, width=32, embedding=16):
        super().__init__()
        self.embedding = torch.nn.Embedding(P, embedding)
        sizes = [2 * embedding, width, width, P]
        self.layers = torch.nn.ModuleList(
            torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])
        )

    def forward(self, pairs):
        x = self.embedding(pairs).flatten(1)
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


torch.manual_seed(0)
pairs = torch.cartesian_prod(torch.arange(P), torch.arange(P))
sums = pairs.sum(1) % P
trained = torch.randperm(P * P)[: int(0.8 * P * P)]
model = Mlp()
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=1)
for _ in range(STEPS):
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(model(pairs[trained]), sums[trained]).backward()
    optimizer.step()
save(sys.argv[1], {**model.state_dict(), "answers": model(pairs)})
