"""PyTorch's implementation: a workload's training as a user of PyTorch would write it.

    /usr/bin/python3 contest.py HANDOUT_FOLDER THREADS [cpu | cuda] [eager | graph]

It makes the common first steps from the handed weights, then answers requests on stdin, as the
implementations in JavaScript do (protocol.ts). `graph` records the whole step as one CUDA graph; on cpu,
where there are none, it makes the same step without recording it.
"""

import json
import resource
import sys
import time

import torch
import torch.nn.functional as F

from blas import blas
from captured import Captured, FlatAdamW
from fixture import Fixture
from networks import build
from optimizer import Optimizer


class Training:
    def __init__(self, fixture, form):
        self.fixture = fixture
        self.device = fixture.device
        network, weights = build(fixture.model)
        weights.load(fixture.weights())
        self.network = network.to(self.device)
        generator = torch.Generator(self.device).manual_seed(0)
        self.draw = fixture.batches(generator)
        parameters = self.network.parameters()
        if form == "graph":
            optimizer = FlatAdamW(parameters, fixture.optimizer)
            self.step = Captured(self.loss, optimizer, *fixture.common()[0])
        else:
            self.optimizer = Optimizer(parameters, fixture.optimizer)
            self.step = self.eager

    def loss(self, tokens, labels):
        logits = self.network(tokens, self.fixture.answer_positions)
        return F.cross_entropy(logits.flatten(0, -2), labels.flatten())

    def eager(self, tokens, labels):
        loss = self.loss(tokens, labels)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.detach()

    def run(self, seconds):
        steps = 0
        start = time.perf_counter()
        while True:
            loss = self.step(*self.draw())
            steps += 1
            if time.perf_counter() - start >= seconds:
                self.finish()
                passed = time.perf_counter() - start
                return {"steps": steps, "seconds": passed, "loss": loss.item()}

    def finish(self):
        """Waits for what was asked of the GPU."""
        if self.device.type == "cuda":
            torch.cuda.synchronize()


def say(answer):
    print(json.dumps(answer), flush=True)


def versions(device):
    found = {"Python": sys.version.split()[0], "PyTorch": torch.__version__}
    if device.type == "cuda":
        return {**found, "CUDA": torch.version.cuda, "GPU": torch.cuda.get_device_name()}
    return {**found, "BLAS": blas()}


def main(folder, threads, kind="cpu", form="eager"):
    if kind == "cuda" and not torch.cuda.is_available():
        say({"error": "PyTorch %s finds no CUDA device here" % torch.__version__})
        return
    torch.set_num_threads(int(threads))
    device = torch.device(kind)
    training = Training(Fixture(folder, device), form)
    losses = [training.step(*batch).item() for batch in training.fixture.common()]
    count = sum(p.numel() for p in training.network.parameters())
    say({"ok": {"parameters": count, "losses": losses, "versions": versions(device)}})
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "run":
            say({"ok": training.run(request["seconds"])})
        elif request["do"] == "end":
            usage = resource.getrusage(resource.RUSAGE_SELF)
            say({"ok": {"peakMemory": 1024 * usage.ru_maxrss}})
            break


main(*sys.argv[1:])
