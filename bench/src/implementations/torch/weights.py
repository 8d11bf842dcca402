"""Where our weights lie in a PyTorch module. Our matrices are [in, out], PyTorch's [out, in]."""

import torch


class Weights:
    def __init__(self):
        self.places = {}

    def put(self, name, view):
        self.places[name] = view

    def table(self, name, embedding):
        self.put(name, embedding.weight.data)

    def norm(self, name, norm):
        self.put(name + ".gain", norm.weight.data)
        if getattr(norm, "bias", None) is not None:
            self.put(name + ".bias", norm.bias.data)

    def linear(self, name, linear):
        self.joined([name], linear)

    def joined(self, names, linear):
        """Several of our linear maps as one, side by side."""
        self.split(names, linear.weight, linear.bias)

    def attention(self, name, attention):
        """nn.MultiheadAttention."""
        parts = [name + "." + part for part in ("query", "key", "value")]
        self.split(parts, attention.in_proj_weight, attention.in_proj_bias)
        self.linear(name + ".output", attention.out_proj)

    def split(self, names, weight, bias):
        for name, part in zip(names, weight.data.chunk(len(names))):
            self.put(name + ".weight", part.t())
        if bias is not None:
            for name, part in zip(names, bias.data.chunk(len(names))):
                self.put(name + ".bias", part)

    def load(self, values):
        """Copies weights, by our names, to their places; every place gets its own and no other."""
        if values.keys() != self.places.keys():
            different = sorted(values.keys() ^ self.places.keys())
            raise ValueError("weights without a place, or places without weights: %s" % different)
        for name, place in self.places.items():
            if place.shape != values[name].shape:
                raise ValueError("%s is %s, not %s" % (name, place.shape, values[name].shape))
            with torch.no_grad():
                place.copy_(values[name])
