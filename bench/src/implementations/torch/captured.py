"""A training step that is the same work on the same memory each time, so that a CUDA graph can hold it."""

import torch

from optimizer import factor

# Steps that the table of rates is made for; later ones take its last row.
TABLE = 1 << 17


class FlatAdamW:
    """AdamW with clipping on all parameters as one vector; a row of a table on the device has what
    changes from step to step."""

    def __init__(self, parameters, config):
        if config["kind"] != "adamw":
            raise ValueError("optimizer %s: only adamw is written here" % config["kind"])
        self.config = config
        self.most = [f["maxNorm"] for f in config["filters"] if f["kind"] == "clip"]
        parameters = list(parameters)
        self.values = torch.cat([p.detach().flatten() for p in parameters])
        self.gradients, self.m, self.v = (torch.zeros_like(self.values) for _ in range(3))
        self.at = torch.zeros(1, dtype=torch.int64, device=self.values.device)
        self.table = rows(config, TABLE).to(self.values.device)  # [steps, 4]
        start = 0
        for p in parameters:
            end = start + p.numel()
            p.data = self.values[start:end].view_as(p)
            p.grad = self.gradients[start:end].view_as(p)
            start = end

    @property
    def state(self):
        return [self.values, self.m, self.v, self.at]

    @torch.no_grad()
    def step(self):
        rate, kept, first, second = self.table.index_select(0, self.at)[0].unbind()
        g, config = self.gradients, self.config
        for most in self.most:
            g.mul_((most / (g.norm() + 1e-6)).clamp(max=1.0))
        self.m.mul_(config["beta1"]).add_(g, alpha=1 - config["beta1"])
        self.v.mul_(config["beta2"]).addcmul_(g, g, value=1 - config["beta2"])
        sizes = (self.v * second).sqrt_().add_(config["eps"])
        self.values.mul_(kept).sub_((self.m * (rate * first)).div_(sizes))
        self.at.add_(1).clamp_(max=TABLE - 1)


def rows(config, steps):
    """Per step: the learning rate, what decay leaves, and what m and v are multiplied with."""
    beta1, beta2, decay = config["beta1"], config["beta2"], config["decay"]["rate"]
    result = torch.ones(steps, 4, dtype=torch.float64)
    shares = [factor(config["schedule"], step) for step in range(steps)]
    result[:, 0] = config["learningRate"] * torch.tensor(shares, dtype=torch.float64)
    result[:, 1] = 1 - result[:, 0] * decay
    if config["biasCorrection"]:
        count = torch.arange(1, steps + 1, dtype=torch.float64)
        result[:, 2] = 1 / (1 - beta1**count)
        result[:, 3] = 1 / (1 - beta2**count)
    return result.float()


class Captured:
    """Forward, backward and update as one CUDA graph; on cpu as the same calls, one by one."""

    def __init__(self, loss_of, optimizer, tokens, labels):
        self.loss_of = loss_of
        self.optimizer = optimizer
        self.tokens, self.labels = tokens.clone(), labels.clone()
        self.loss = torch.zeros((), device=tokens.device)
        self.replay = self.capture() if tokens.device.type == "cuda" else self.work

    def __call__(self, tokens, labels):
        self.tokens.copy_(tokens)
        self.labels.copy_(labels)
        self.replay()
        return self.loss

    def work(self):
        self.optimizer.gradients.zero_()
        loss = self.loss_of(self.tokens, self.labels)
        loss.backward()
        self.optimizer.step()
        self.loss.copy_(loss.detach())

    def capture(self):
        """Records the step, after some on a stream of their own, whose effects are taken back."""
        before = [each.clone() for each in self.optimizer.state]
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(3):
                self.work()
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self.work()
        for each, old in zip(self.optimizer.state, before):
            each.copy_(old)
        return graph.replay
