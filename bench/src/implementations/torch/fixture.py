"""What the implementation gets: the network, its first weights, the first batches, the examples."""

import json
import os

import numpy as np
import torch


class Fixture:
    def __init__(self, folder, device):
        self.folder = folder
        self.device = device
        with open(os.path.join(folder, "fixture.json")) as file:
            data = json.load(file)
        self.model = data["model"]
        self.optimizer = data["optimizer"]
        self.batch = data["batch"]
        self.length = data["length"]
        self.answer_positions = selection(data["answerPositions"])
        self.check_steps = data["checkSteps"]
        self.parameters = data["parameters"]

    def array(self, name, kind):
        numbers = np.fromfile(os.path.join(self.folder, name), dtype=kind)
        return torch.from_numpy(numbers)

    def weights(self):
        """The first weights by our names, in our layout: a matrix is [in, out]."""
        numbers = self.array("weights.f32", np.float32)
        return {
            p["name"]: numbers[p["start"] : p["start"] + int(np.prod(p["shape"]))].view(p["shape"])
            for p in self.parameters
        }

    def examples(self, name):
        tokens = self.array(name + "-tokens.i32", np.int32).long().view(-1, self.length)
        labels = self.array(name + "-labels.i32", np.int32).long().view(len(tokens), -1)
        return self.inputs(tokens).to(self.device), labels.to(self.device)

    def inputs(self, tokens):
        """Token ids, or for a network on one-hot inputs the inputs themselves, made once."""
        if self.model["kind"] == "mlp" and self.model["input"]["kind"] == "one-hot":
            hot = torch.zeros(len(tokens), self.model["vocabulary"])
            return hot.scatter_add_(1, tokens, torch.ones(tokens.shape))
        return tokens

    def common(self):
        """The batches of the common first steps."""
        tokens, labels = self.examples("check")
        if self.batch["mode"] == "full":
            return [(tokens, labels)] * self.check_steps
        return list(zip(tokens.split(self.batch["size"]), labels.split(self.batch["size"])))

    def batches(self, generator):
        """A function that draws the next batch."""
        size = self.batch["size"]
        if self.batch["mode"] == "stream":
            return lambda: sums(size, (self.length - 3) // 3, generator)
        tokens, labels = self.examples("train")
        if self.batch["mode"] == "full":
            return lambda: (tokens, labels)

        def epochs():
            while True:
                order = torch.randperm(len(tokens), generator=generator, device=self.device)
                yield from order.split(size)

        def independent():
            while True:
                yield torch.randint(
                    len(tokens), (size,), generator=generator, device=self.device
                )

        chosen = epochs() if self.batch["mode"] == "epoch" else independent()

        def draw():
            rows = next(chosen)
            return tokens[rows], labels[rows]

        return draw


def selection(answer_positions):
    """Positions at which answers are read: a slice where they follow each other, as a list of them
    would be sent to the device at every step."""
    first = answer_positions[0]
    if answer_positions == list(range(first, first + len(answer_positions))):
        return slice(first, first + len(answer_positions))
    return answer_positions


def sums(size, digits, generator):
    """Addition: `AAA+BBB=` and the sum's digits, least significant first, with up to `digits` digits."""
    plus, equals, eos = 10, 11, 13
    on = {"device": generator.device}
    powers = 10 ** torch.arange(digits, dtype=torch.int64, **on)
    most = 10.0 ** torch.randint(1, digits + 1, (size, 1), generator=generator, **on)
    operands = torch.rand(size, 2, dtype=torch.float64, generator=generator, **on) * most
    operands = operands.floor().long()  # [size, 2]
    written = operands[:, :, None] // powers.flip(0) % 10  # [size, 2, digits]
    total = operands.sum(1)[:, None]
    answer = total // torch.cat([powers, powers[-1:] * 10]) % 10  # [size, digits + 1]
    column = torch.ones(size, 1, dtype=torch.int64, **on)
    tokens = [written[:, 0], column * plus, written[:, 1], column * equals, answer]
    return torch.cat(tokens, 1), torch.cat([answer, column * eos], 1)
