"""torch.optim.AdamW with the workload's schedule, clipping and bias correction."""

import math

import torch


class Optimizer:
    def __init__(self, parameters, config):
        if config["kind"] != "adamw":
            raise ValueError("optimizer %s: only adamw is written here" % config["kind"])
        self.parameters = list(parameters)
        self.config = config
        self.betas = config["beta1"], config["beta2"]
        self.decay = config["decay"]["rate"]
        self.most = [f["maxNorm"] for f in config["filters"] if f["kind"] == "clip"]
        # On a GPU the update of all parameters is one kernel where it is asked for.
        form = {"fused": True} if self.parameters[0].is_cuda else {}
        self.inner = torch.optim.AdamW(
            self.parameters,
            lr=0.0,
            betas=self.betas,
            eps=config["eps"],
            weight_decay=self.decay,
            **form
        )
        self.steps = 0

    def zero_grad(self):
        self.inner.zero_grad(set_to_none=True)

    def step(self):
        for most in self.most:
            torch.nn.utils.clip_grad_norm_(self.parameters, most)
        rate = self.config["learningRate"] * factor(self.config["schedule"], self.steps)
        self.steps += 1
        group = self.inner.param_groups[0]
        group["lr"], group["weight_decay"] = rate, self.decay
        if not self.config["biasCorrection"]:
            # torch always corrects: m̂/√v̂ is m/√v times this, which the rate takes back.
            first, second = (1 - beta**self.steps for beta in self.betas)
            group["lr"] = rate * first / math.sqrt(second)
            group["weight_decay"] = self.decay * math.sqrt(second) / first
        self.inner.step()


def factor(schedule, step):
    """The share of the learning rate at a step, counted from 0."""
    t = step + schedule.get("offset", 0)
    if schedule["kind"] == "constant":
        return 1.0
    if schedule["kind"] == "linearWarmup":
        return 1.0 if schedule["steps"] == 0 else min(t / schedule["steps"], 1.0)
    warm, total, final = schedule["warmupSteps"], schedule["totalSteps"], schedule["final"]
    if t < warm:
        return t / warm
    if t >= total:
        return final
    return final + (1 - final) / 2 * (1 + math.cos(math.pi * (t - warm) / (total - warm)))
