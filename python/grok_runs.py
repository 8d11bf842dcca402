"""Reads what grok writes: runs, sweeps and checkpoints, as NumPy arrays.

    import grok_runs
    run = grok_runs.Run("runs/mlx-div-seed0")
    run.columns["val_acc"]                     # an array, NaN where there is no value
    run.checkpoint().parameters["unembedding.weight"]
    grok_runs.Sweep("runs/sweeps/decay").columns["t_grok"]

One file with no dependency but NumPy. frame() needs pandas, and torch() PyTorch; neither is loaded
otherwise. What is read is never changed, and a run may go on meanwhile.

On the command line it says what is in a folder: python3 grok_runs.py runs/mlx-div-seed0
"""

import hashlib
import json
import struct
import sys
from pathlib import Path

import numpy as np

__all__ = ["Checkpoint", "FormatError", "Run", "Sweep", "read_safetensors"]


class FormatError(ValueError):
    """A file or folder is not what it should be; the message says which and why."""


# By their names in safetensors; BF16, which NumPy lacks, becomes float32.
_DTYPES = {
    "F64": "<f8",
    "F32": "<f4",
    "F16": "<f2",
    "I64": "<i8",
    "I32": "<i4",
    "I16": "<i2",
    "I8": "<i1",
    "U8": "<u1",
    "BOOL": "?",
}


def read_safetensors(path):
    """Reads a safetensors file: its tensors by name, and its metadata by name (texts)."""
    return _decode_safetensors(Path(path).read_bytes(), path)


def _decode_safetensors(raw, path):
    if len(raw) < 8:
        raise FormatError(f"{path} is no safetensors file: it has {len(raw)} bytes.")
    (length,) = struct.unpack("<Q", raw[:8])
    data = memoryview(raw)[8 + length :]
    try:
        header = json.loads(raw[8 : 8 + length])
        metadata = header.pop("__metadata__", {})
        tensors = {name: _tensor(entry, data) for name, entry in header.items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise FormatError(f"{path} is no whole safetensors file: {error}.") from error
    return tensors, metadata


def _tensor(entry, data):
    begin, end = entry["data_offsets"]
    if not 0 <= begin <= end <= len(data):
        raise ValueError("a tensor lies outside of it")
    if entry["dtype"] == "BF16":
        words = np.frombuffer(data[begin:end], dtype="<u2").astype("<u4") << 16
        return words.view("<f4").reshape(entry["shape"])
    return np.frombuffer(data[begin:end], dtype=_DTYPES[entry["dtype"]]).reshape(entry["shape"])


class Checkpoint:
    """A run's checkpoint: its step, the parameters, and the optimizer's state, arrays by name.

    A weight is [in, out], the transpose of PyTorch's.
    """

    def __init__(self, path):
        self.path = Path(path)
        raw = self.path.read_bytes()
        tensors, metadata = _decode_safetensors(raw, self.path)
        if metadata.get("format") != "grok-checkpoint-1":
            raise FormatError(f"{self.path} is no checkpoint of grok.")
        _check_digest(raw, metadata.get("sha256", ""), self.path)
        self.step = int(metadata["step"])
        self.progress = json.loads(metadata["progress"])
        self.parameters = _part(tensors, "parameters/")
        self.optimizer = _part(tensors, "optimizer/")

    def torch(self):
        """The parameters as PyTorch's tensors, copies that can be written."""
        torch = _needed("torch", "torch()")
        return {name: torch.from_numpy(array.copy()) for name, array in self.parameters.items()}

    def __repr__(self):
        return f"Checkpoint({str(self.path)!r}, step={self.step})"


def _check_digest(raw, digest, path):
    """The digest is that of the whole file with zeros in its place."""
    unsealed = raw.replace(digest.encode(), b"0" * 64, 1)
    if len(digest) != 64 or hashlib.sha256(unsealed).hexdigest() != digest:
        raise FormatError(f"{path} does not have the digest that it names: it was damaged.")


def _part(tensors, prefix):
    return {name[len(prefix) :]: t for name, t in tensors.items() if name.startswith(prefix)}


class Run:
    """A run's folder, finished or not.

    config    what was asked for, as config.json has it
    records   the evaluations, a dict each, as metrics.jsonl has them; null is None
    columns   the same by column, as arrays; NaN where there is no value
    summary   how it ended, as summary.json has it; None while the run has not ended
    analysis  what grok analyze measured, a dict for each checkpoint
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        config = _read_json(self.folder / "config.json")
        if config is None:
            raise FormatError(f"{self.folder} is no run: it has no config.json.")
        self.config = config
        self.name = self.folder.resolve().name
        self.summary = _read_json(self.folder / "summary.json")
        self.records = _read_lines(self.folder / "metrics.jsonl")
        self.analysis = _read_lines(self.folder / "analysis.jsonl")

    @property
    def columns(self):
        return _columns(self.records)

    @property
    def checkpoints(self):
        """The paths of the checkpoints by their steps, in order."""
        paths = sorted((self.folder / "checkpoints").glob("step-*.safetensors"))
        return {int(path.stem[len("step-") :]): path for path in paths}

    def checkpoint(self, step=None):
        """Reads the checkpoint of a step; the last one by default."""
        paths = self.checkpoints
        if not paths:
            raise FormatError(f"{self.folder} has no checkpoint.")
        step = max(paths) if step is None else step
        if step not in paths:
            steps = ", ".join(map(str, paths))
            raise FormatError(f"{self.folder} has no checkpoint of step {step}; there are {steps}.")
        return Checkpoint(paths[step])

    def frame(self):
        """The evaluations as a pandas DataFrame, a row each."""
        return _needed("pandas", "frame()").DataFrame(self.columns)

    def __repr__(self):
        return f"Run({str(self.folder)!r}, evaluations={len(self.records)})"


class Sweep:
    """A sweep's folder, finished or not.

    axes     the flags that vary
    runs     how each run stands, a dict each, as sweep.json has them
    columns  a value for each run by column: run, what varies, state, t_mem, t_grok, final_val_acc, …
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        state = _read_json(self.folder / "sweep.json")
        if state is None:
            raise FormatError(f"{self.folder} is no sweep: it has no sweep.json.")
        self.title = state["title"]
        self.axes = state["axes"]
        self.runs = state["runs"]

    @property
    def columns(self):
        rows = []
        for run in self.runs:
            named = {("run" if key == "name" else key): run[key] for key in run}
            row = {"run": named.pop("run"), **named.pop("settings"), **named}
            last = self._last(run)
            final = {f"final_{key}": last[key] for key in last if key not in _TOLD}
            rows.append({**row, **final})
        return _columns(rows)

    def open(self, name):
        """Opens a run by its name."""
        return Run(self.folder / "runs" / name)

    def __iter__(self):
        """The runs that have begun, with what varies: for settings, run in sweep."""
        for run in self.runs:
            if (self.folder / "runs" / run["name"] / "config.json").exists():
                yield run["settings"], self.open(run["name"])

    def frame(self):
        """The runs as a pandas DataFrame, a row each."""
        return _needed("pandas", "frame()").DataFrame(self.columns)

    def _last(self, run):
        lines = _read_lines(self.folder / "runs" / run["name"] / "metrics.jsonl")
        return lines[-1] if lines else {}

    def __repr__(self):
        return f"Sweep({str(self.folder)!r}, runs={len(self.runs)})"


# Columns of an evaluation that a sweep has by themselves.
_TOLD = ("step", "epoch", "elapsed_sec")


def _columns(rows):
    """Rows by column: arrays of numbers, or of objects where a column has texts or lists."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: _column([row.get(name) for row in rows]) for name in names}


def _column(values):
    numbers = [np.nan if value is None else value for value in values]
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in numbers):
        return np.array(numbers, dtype=np.float64 if None in values else None)
    return np.array(values, dtype=object)


def _read_json(path):
    """A file of JSON; None if it is not there."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise FormatError(f"{path} cannot be read: {error}.") from error


def _read_lines(path):
    """Lines of JSON, without one at the end that a crash, or a writer at this moment, has cut off."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    records = []
    for number, line in enumerate(lines, 1):
        try:
            records.append(json.loads(line))
        except ValueError as error:
            if number == len(lines):
                break
            raise FormatError(f"Line {number} of {path} is not a record: {error}.") from error
    return records


def _needed(module, user):
    try:
        return __import__(module)
    except ImportError as error:
        raise ImportError(f"{user} needs {module}: pip install {module}") from error


def _describe(folder):
    if (Path(folder) / "sweep.json").exists():
        sweep = Sweep(folder)
        states = [run["state"] for run in sweep.runs]
        counts = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
        return f"{sweep!r}: {', '.join(sweep.axes) or 'nothing'} varies; {counts}"
    run = Run(folder)
    status = "not ended" if run.summary is None else run.summary["status"]
    return f"{run!r}: {status}; checkpoints at {', '.join(map(str, run.checkpoints)) or 'no step'}"


def _main(folders):
    if not folders:
        sys.exit("Give folders of runs or sweeps: python3 grok_runs.py runs/mlx-div-seed0")
    for folder in folders:
        try:
            print(_describe(folder))
        except FormatError as error:
            sys.exit(str(error))


if __name__ == "__main__":
    _main(sys.argv[1:])
