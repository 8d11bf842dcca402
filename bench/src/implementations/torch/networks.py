"""The workloads' networks in PyTorch. They work on whole sequences, [batch, time, width].

Written for speed within what is usual. Of the forms that were tried (one matrix for q, k and v or
three, rotary positions by complex numbers or by sines and cosines, batched products or broadcast
ones, PyTorch's encoder layers or their parts) each network has the fastest; logits are computed only
where answers are read.
"""

import inspect
import math

import torch
import torch.nn.functional as F
from torch import nn

from weights import Weights


def build(model):
    """The network of a config of @grok/models, and where our weights lie in it."""
    weights = Weights()
    if model["kind"] == "mlp":
        kind = EmbeddingMlp if model["input"]["kind"] == "embedding" else OneHotMlp
    elif model["positions"]["kind"] == "rotary":
        kind = RotaryTransformer
    elif model["norm"]["position"] == "post":
        kind = PostNormTransformer
    else:
        kind = TiedTransformer
    return kind(model, weights), weights


class EmbeddingMlp(nn.Module):
    def __init__(self, model, weights):
        super().__init__()
        width, hidden = model["input"]["width"], model["width"]
        self.embedding = nn.Embedding(model["vocabulary"], width)
        sizes = [model["slots"] * width] + [hidden] * (model["depth"] - 1) + [model["classes"]]
        layers = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        between = [part for layer in layers for part in (nn.ReLU(), layer)][1:]
        self.layers = nn.Sequential(*between)
        weights.table("embedding", self.embedding)
        for i, layer in enumerate(layers):
            weights.linear("layers.%d" % i, layer)

    def forward(self, tokens, _answer_positions):
        return self.layers(self.embedding(tokens).flatten(1))  # [batch, classes]


class OneHotMlp(nn.Module):
    def __init__(self, model, weights):
        super().__init__()
        self.scale = model["width"] ** -model["alpha"]
        self.into = nn.Linear(model["vocabulary"], model["width"])
        self.out = nn.Linear(model["width"], model["classes"])
        weights.linear("layers.0", self.into)
        weights.linear("layers.1", self.out)

    def forward(self, hot, _answer_positions):
        hidden = self.into(hot)  # [batch, width]
        if self.scale != 1:
            hidden = hidden * self.scale
        return self.out(F.relu(hidden))  # [batch, classes]


class RMSNorm(nn.Module):
    def __init__(self, width, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.eps) * self.weight


class RotaryBlock(nn.Module):
    """Pre-norm attention with rotary positions, then SwiGLU."""

    def __init__(self, model, weights, name):
        super().__init__()
        width, hidden = model["dModel"], model["feedForward"]["hidden"]
        eps = model["norm"]["eps"]
        self.heads = model["heads"]
        self.attention_norm, self.feed_norm = RMSNorm(width, eps), RMSNorm(width, eps)
        parts = ("query", "key", "value", "output")
        self.projections = nn.ModuleList(nn.Linear(width, width, bias=False) for _ in parts)
        self.gate = nn.Linear(width, hidden, bias=False)
        self.up = nn.Linear(width, hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)
        weights.norm(name + ".attentionNorm", self.attention_norm)
        for part, projection in zip(parts, self.projections):
            weights.linear(name + ".attention." + part, projection)
        weights.norm(name + ".feedForwardNorm", self.feed_norm)
        weights.linear(name + ".feedForward.gate", self.gate)
        weights.linear(name + ".feedForward.in", self.up)
        weights.linear(name + ".feedForward.out", self.down)

    def forward(self, x, turn, future):
        size, time, width = x.shape
        normed = self.attention_norm(x)
        *projections, output = self.projections
        q, k, v = (p(normed).view(size, time, self.heads, -1).transpose(1, 2) for p in projections)
        q, k = rotate(q, turn), rotate(k, turn)  # [batch, heads, time, head width]
        scores = q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5 + future
        mixed = torch.softmax(scores, -1) @ v
        x = x + output(mixed.transpose(1, 2).reshape(size, time, width))
        normed = self.feed_norm(x)
        return x + self.down(F.silu(self.gate(normed)) * self.up(normed))


def rotate(x, turn):
    """Turns the pairs (2i, 2i + 1) of the last axis: they are complex numbers, and so is the turn."""
    pairs = torch.view_as_complex(x.reshape(*x.shape[:-1], -1, 2).contiguous())
    return torch.view_as_real(pairs * turn).flatten(-2)


class RotaryTransformer(nn.Module):
    """W0."""

    def __init__(self, model, weights):
        super().__init__()
        width, time = model["dModel"], model["context"]
        self.embedding = nn.Embedding(model["vocabulary"], width)
        weights.table("tokenEmbedding", self.embedding)
        self.blocks = nn.ModuleList(
            RotaryBlock(model, weights, "layers.%d" % i) for i in range(model["layers"])
        )
        self.norm = RMSNorm(width, model["norm"]["eps"])
        self.head = nn.Linear(width, model["classes"], bias=False)
        weights.norm("finalNorm", self.norm)
        weights.linear("unembedding", self.head)
        head_width = width // model["heads"]
        frequency = model["positions"]["base"] ** (-torch.arange(0, head_width, 2) / head_width)
        angle = torch.arange(time)[:, None] * frequency
        self.register_buffer("turn", torch.polar(torch.ones_like(angle), angle))
        self.register_buffer("future", torch.full((time, time), -math.inf).triu(1))

    def forward(self, tokens, answer_positions):
        x = self.embedding(tokens)  # [batch, time, width]
        time = x.shape[1]
        for block in self.blocks:
            x = block(x, self.turn[:time], self.future[:time, :time])
        return self.head(self.norm(x[:, answer_positions]))  # [batch, answer_positions, classes]


class PostNormTransformer(nn.Module):
    """W1: PyTorch's own encoder, whose attention is its fused one."""

    def __init__(self, model, weights):
        super().__init__()
        width = model["dModel"]
        self.tokens = nn.Embedding(model["vocabulary"], width)
        self.positions = nn.Embedding(model["context"], width)
        layer = nn.TransformerEncoderLayer(
            width,
            model["heads"],
            model["feedForward"]["hidden"],
            dropout=0.0,
            activation=model["feedForward"]["activation"],
            layer_norm_eps=model["norm"]["eps"],
            batch_first=True,
        )
        self.encoder = nn.TransformerEncoder(layer, model["layers"])
        self.head = nn.Linear(width, model["classes"], bias=False)
        mask = nn.Transformer.generate_square_subsequent_mask(model["context"])
        self.register_buffer("mask", mask)
        # Newer versions look at the mask at each step, which waits for a GPU, unless they are told.
        takes = inspect.signature(self.encoder.forward).parameters
        self.told = {"is_causal": True} if "is_causal" in takes else {}
        weights.table("tokenEmbedding", self.tokens)
        weights.table("positionEmbedding", self.positions)
        for i, block in enumerate(self.encoder.layers):
            name = "layers.%d" % i
            weights.attention(name + ".attention", block.self_attn)
            weights.norm(name + ".attentionNorm", block.norm1)
            weights.linear(name + ".feedForward.in", block.linear1)
            weights.linear(name + ".feedForward.out", block.linear2)
            weights.norm(name + ".feedForwardNorm", block.norm2)
        weights.linear("unembedding", self.head)

    def forward(self, tokens, answer_positions):
        time = tokens.shape[1]
        x = self.tokens(tokens) + self.positions.weight[:time]  # [batch, time, width]
        x = self.encoder(x, self.mask[:time, :time], **self.told)
        return self.head(x[:, answer_positions])  # [batch, answer_positions, classes]


class TiedBlock(nn.Module):
    """Pre-norm attention of one head, then a feed-forward with GELU."""

    def __init__(self, model, weights, name):
        super().__init__()
        if model["heads"] != 1:
            raise ValueError("%d heads: one is written here" % model["heads"])
        width, hidden = model["dModel"], model["feedForward"]["hidden"]
        eps = model["norm"]["eps"]
        self.attention_norm = nn.LayerNorm(width, eps)
        self.feed_norm = nn.LayerNorm(width, eps)
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.output = nn.Linear(width, width, bias=False)
        self.up = nn.Linear(width, hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)
        weights.norm(name + ".attentionNorm", self.attention_norm)
        weights.joined([name + ".attention." + part for part in ("query", "key", "value")], self.qkv)
        weights.linear(name + ".attention.output", self.output)
        weights.norm(name + ".feedForwardNorm", self.feed_norm)
        weights.linear(name + ".feedForward.in", self.up)
        weights.linear(name + ".feedForward.out", self.down)

    def forward(self, x, future):
        q, k, v = self.qkv(self.attention_norm(x)).chunk(3, -1)  # [batch, time, width]
        scores = torch.baddbmm(future, q, k.transpose(1, 2), alpha=q.shape[-1] ** -0.5)
        x = x + self.output(torch.bmm(torch.softmax(scores, -1), v))
        return x + self.down(F.gelu(self.up(self.feed_norm(x)), approximate="tanh"))


class TiedTransformer(nn.Module):
    """W4: logits through the token embedding."""

    def __init__(self, model, weights):
        super().__init__()
        width, time = model["dModel"], model["context"]
        self.tokens = nn.Embedding(model["vocabulary"], width)
        self.positions = nn.Embedding(time, width)
        weights.table("tokenEmbedding", self.tokens)
        weights.table("positionEmbedding", self.positions)
        self.blocks = nn.ModuleList(
            TiedBlock(model, weights, "layers.%d" % i) for i in range(model["layers"])
        )
        self.norm = nn.LayerNorm(width, model["norm"]["eps"])
        weights.norm("finalNorm", self.norm)
        self.register_buffer("future", torch.full((time, time), -math.inf).triu(1))

    def forward(self, tokens, answer_positions):
        time = tokens.shape[1]
        x = self.tokens(tokens) + self.positions.weight[:time]  # [batch, time, width]
        for block in self.blocks:
            x = block(x, self.future[:time, :time])
        return F.linear(self.norm(x[:, answer_positions]), self.tokens.weight)  # [batch, answer_positions, classes]
