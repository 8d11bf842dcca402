"""Computes every number of docs/reproductions.md a second time, from results/reproductions alone.

Nothing here is shared with the code that wrote them: medians, tests, intervals and laws are scipy's, or
written out from their definitions. Prints what differs, and how many numbers were compared.

Usage: /usr/bin/python3 recompute.py FOLDER
"""

import json
import math
import sys
import warnings
from collections import Counter, defaultdict
from itertools import permutations
from pathlib import Path

import numpy as np
from scipy import optimize, stats

LEVEL = 0.05

# The distribution of the noncentral F divides by a noncentrality near 0.
warnings.simplefilter("ignore", RuntimeWarning)


def value_of(measured):
    """A measured value and whether it happened."""
    if isinstance(measured, dict):
        return float(measured["over"]), False
    return float(measured), True


def median_of(values):
    """The ordinary median, or that of Kaplan and Meier if some values are censored."""
    if all(happened for _, happened in values) or any(value < 0 for value, _ in values):
        return float(np.median([value for value, _ in values]))
    survival = 1.0
    times = sorted({value for value, happened in values if happened})
    for i, time in enumerate(times):
        at_risk = sum(value >= time for value, _ in values)
        events = sum(happened and value == time for value, happened in values)
        survival *= 1 - events / at_risk
        if survival <= 0.5 + 1e-9:
            is_half = abs(survival - 0.5) < 1e-9
            return (time + times[i + 1]) / 2 if is_half and i + 1 < len(times) else time
    return None


def comparison(a, b):
    """1 if b is surely greater than a, -1 if it is surely less, else 0."""
    (x, seen_x), (y, seen_y) = a, b
    if seen_x and (y > x if seen_y else y >= x):
        return 1
    if seen_y and (x > y if seen_x else x >= y):
        return -1
    return 0


def score(places, strata, values):
    """Pairs within a stratum that stand as claimed, and the other way round."""
    stands, against = 0, 0
    for i in range(len(places)):
        for j in range(i + 1, len(places)):
            if strata[i] != strata[j] or places[i] == places[j]:
                continue
            way = np.sign(places[j] - places[i]) * comparison(values[i], values[j])
            stands += way > 0
            against += way < 0
    return int(stands), int(against)


def arrangements(labels):
    count = math.factorial(len(labels))
    for alike in Counter(labels).values():
        count //= math.factorial(alike)
    return count


def least_chance(design):
    """One over the number of ways in which groups can stand at runs, or at units."""
    if all("unit" in run for run in design):
        units = {run["unit"]: run["place"] for run in design}
        return 1 / arrangements(list(units.values()))
    strata = defaultdict(list)
    for run in design:
        strata[run["stratum"]].append(run["place"])
    return 1 / math.prod(arrangements(places) for places in strata.values())


def order_chance(runs, values, rng, draws=4000):
    """P(J >= observed) and whether it is exact: all permutations if they are few, else by drawing."""
    strata = [run["stratum"] for run in runs]
    places = np.array([run["place"] for run in runs], dtype=float)
    stands, against = score(places, strata, values)
    observed = stands - against
    n = len(runs)
    sign = np.array([[comparison(values[i], values[j]) for j in range(n)] for i in range(n)])
    same = np.array([[strata[i] == strata[j] for j in range(n)] for i in range(n)])
    upper = np.triu(sign * same, 1)

    def total(p):
        return int(round((np.sign(p[None, :] - p[:, None]) * upper).sum()))

    if all("unit" in run for run in runs):
        names = sorted({run["unit"] for run in runs})
        own = [next(run["place"] for run in runs if run["unit"] == name) for name in names]
        at = np.array([names.index(run["unit"]) for run in runs])
        if arrangements(own) <= 5000:
            scores = [total(np.array(each, dtype=float)[at]) for each in set(permutations(own))]
            return float(np.mean([each >= observed for each in scores])), True
        scores = [total(rng.permutation(own).astype(float)[at]) for _ in range(draws)]
        return (1 + sum(each >= observed for each in scores)) / (1 + draws), False
    # The score is a sum over strata that do not depend on each other: their distributions convolve.
    whole = Counter({0: 1.0})
    for stratum in sorted(set(strata)):
        index = np.array([i for i, each in enumerate(strata) if each == stratum])
        own = places[index]
        if len(set(own)) == 1:
            continue
        ways = arrangements(list(own))
        if ways > 50_000:
            scores = []
            for _ in range(draws):
                shuffled = places.copy()
                for each in set(strata):
                    at = [i for i, s in enumerate(strata) if s == each]
                    shuffled[at] = rng.permutation(places[at])
                scores.append(total(shuffled))
            return (1 + sum(each >= observed for each in scores)) / (1 + draws), False
        part = upper[np.ix_(index, index)]
        own_scores = Counter()
        for each in distinct(list(own)):
            p = np.array(each)
            own_scores[int(round((np.sign(p[None, :] - p[:, None]) * part).sum()))] += 1 / ways
        both = Counter()
        for a, p in whole.items():
            for b, q in own_scores.items():
                both[a + b] += p * q
        whole = both
    return sum(p for each, p in whole.items() if each >= observed), True


def distinct(labels):
    """Every different order of some labels."""
    if not labels:
        yield []
        return
    for label in sorted(set(labels)):
        rest = list(labels)
        rest.remove(label)
        for tail in distinct(rest):
            yield [label, *tail]


def power_law(points):
    """Exponent, its standard error and degrees of freedom: least squares, or maximum likelihood if censored."""
    x = np.log([x for x, _, _ in points])
    y = np.log([t for _, t, _ in points])
    seen = np.array([happened for _, _, happened in points])
    n = int(seen.sum())
    if seen.all():
        fit = stats.linregress(x, y)
        return fit.slope, fit.stderr, n - 2

    def loss(p):
        z = (y - p[0] - p[1] * x) / np.exp(p[2])
        return -np.where(seen, stats.norm.logpdf(z) - p[2], stats.norm.logsf(z)).sum()

    start = stats.linregress(x[seen], y[seen])
    best = optimize.minimize(loss, [start.intercept, start.slope, -3], method="Nelder-Mead",
                             options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 20_000})
    h, p = 1e-4, best.x
    hessian = np.empty((3, 3))
    for i in range(3):
        for j in range(3):
            def at(a, b):
                q = p.copy()
                q[i] += a * h
                q[j] += b * h
                return loss(q)
            hessian[i, j] = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h * h)
    error = math.sqrt(np.linalg.inv(hessian)[1, 1] * n / (n - 2))
    return p[1], error, n - 2


def explained(groups):
    """Omega squared and the interval of the noncentrality of F."""
    everything = np.concatenate(groups)
    k, n = len(groups), len(everything)
    between = sum(len(g) * (np.mean(g) - everything.mean()) ** 2 for g in groups)
    total = ((everything - everything.mean()) ** 2).sum()
    within = (total - between) / (n - k)
    f = between / (k - 1) / within

    def share(p):
        def gap(lam):
            cdf = stats.f.cdf(f, k - 1, n - k) if lam == 0 else stats.ncf.cdf(f, k - 1, n - k, lam)
            return cdf - p
        lam = 0 if gap(0) <= 0 else optimize.brentq(gap, 1e-9, 1e4)
        return lam / (lam + n)

    return (between - (k - 1) * within) / (total + within), [share(0.975), share(0.025)]


def share_of_half(runs, values, decay):
    """Share of the table at which the median accuracy is a half, of runs that were changed to a decay."""
    by_share = defaultdict(list)
    for run, (value, _) in zip(runs, values):
        change = dict(part.split("=") for part in run["settings"]["change"].split()[1:])
        if float(change["weight-decay"]) == decay:
            by_share[float(change["train-fraction"])].append(value)
    shares = sorted(by_share)
    medians = [float(np.median(by_share[share])) for share in shares]
    above = next(i for i, median in enumerate(medians) if median >= 0.5)
    return float(np.interp(0.5, medians[above - 1:above + 1], shares[above - 1:above + 1]))


class Check:
    """Counts comparisons and keeps what differs."""

    def __init__(self):
        self.compared = 0
        self.differing = []

    def close(self, what, ours, again, rtol=1e-4, atol=1e-9):
        self.compared += 1
        is_same = (ours is None and again is None) or (
            ours is not None and again is not None and abs(ours - again) <= atol + rtol * abs(again))
        if not is_same:
            self.differing.append(f"{what}: {ours} in the file, {again} again")

    def same(self, what, ours, again):
        self.compared += 1
        if ours != again:
            self.differing.append(f"{what}: {ours} in the file, {again} again")


def check_result(result, check, rng):
    judged = 0
    for quantity in result["quantities"]:
        name, kind = quantity["name"], quantity["kind"]
        what = f"{result['id']}, {name}"
        own = [run for run in result["runs"] if name in run["values"]]
        if kind == "order":
            places = {(run["arm"], run["name"]): run for run in quantity["design"]}
            own = [run for run in own if (run["arm"], run["name"]) in places]
        values = [value_of(run["values"][name]) for run in own]
        check.same(f"{what}, N", quantity["runs"], len(values))
        check.same(f"{what}, never", quantity["never"], sum(not happened for _, happened in values))
        agrees = None
        band = quantity["band"]
        low, high = (None, None) if band is None else (
            -math.inf if band[0] is None else band[0], math.inf if band[1] is None else band[1])
        if values and kind in ("run", "direction"):
            ends = sorted(values, key=lambda each: (not each[1], each[0]))
            for place, end in ((0, ends[0]), (1, ends[-1])):
                check.same(f"{what}, range", value_of(quantity["range"][place]), end)
        if values and kind == "run":
            numbers = [value for value, _ in values]
            ours = {"median": median_of, "mean": lambda _: float(np.mean(numbers)),
                    "greatest": lambda _: max(numbers), "least": lambda _: min(numbers),
                    }[quantity["statistic"]](values)
            check.close(f"{what}, {quantity['statistic']}", quantity["ours"], ours)
            if band is not None:
                if ours is not None:
                    agrees = low <= ours <= high
                elif np.median(numbers) >= high:
                    agrees = False
            if quantity["prediction"] is not None:
                is_log = quantity["unit"] != "share" and min(numbers) > 0
                x = np.log(numbers) if is_log else np.array(numbers)
                half = stats.t.ppf(0.975, len(x) - 1) * x.std(ddof=1) * math.sqrt(1 + 1 / len(x))
                ends = [x.mean() - half, x.mean() + half]
                for end, again in zip(quantity["prediction"], np.exp(ends) if is_log else ends):
                    check.close(f"{what}, prediction interval", end, float(again))
        if values and kind == "direction":
            check.close(f"{what}, median", quantity["ours"], median_of(values))
            rising = sum(value > 0 for value, _ in values)
            n = sum(value != 0 for value, _ in values)
            p = stats.binomtest(rising, n, 0.5, alternative="greater").pvalue if n else 1.0
            check.close(f"{what}, p", quantity["chance"]["p"], p)
            agrees = p <= LEVEL
        if kind == "order":
            check.close(f"{what}, least p", quantity["least"], least_chance(quantity["design"]))
            runs = [places[run["arm"], run["name"]] for run in own]
            if quantity["chance"] is not None:
                stands, against = score([run["place"] for run in runs],
                                        [run["stratum"] for run in runs], values)
                share = stands / (stands + against) if stands + against else None
                check.close(f"{what}, share of pairs", quantity["ours"], share)
                p, is_exact = order_chance(runs, values, rng)
                ours = quantity["chance"]["p"]
                if is_exact and quantity["chance"]["isExact"]:
                    check.close(f"{what}, p", ours, p)
                else:
                    check.close(f"{what}, p (drawn)", ours, p, rtol=0.3, atol=0.01)
                agrees = ours <= LEVEL
        if values and kind == "joint" and quantity["ours"] is not None:
            ours = quantity["ours"]
            if name.startswith("Exponent"):
                slope, error, degrees = power_law(
                    [(run["settings"]["train-fraction"], *value) for run, value in zip(own, values)])
                half = stats.t.ppf(0.975, degrees) * error
                check.close(f"{what}, exponent", ours, slope)
                check.close(f"{what}, standard error", quantity["error"], error, rtol=1e-3)
                check.same(f"{what}, degrees of freedom", quantity["degrees"], degrees)
                for end, again in zip(quantity["interval"], [slope - half, slope + half]):
                    check.close(f"{what}, interval", end, again, rtol=1e-3)
            elif name.startswith("Share of the table at which half is right"):
                decays = [float(word.strip(",")) for word in name.split() if word.strip(",.").replace(".", "").isdigit()]
                halves = [share_of_half(own, values, decay) for decay in decays]
                check.close(what, ours, halves[0] / halves[1] if len(halves) == 2 else halves[0])
            elif name.startswith("Fewest"):
                check.close(what, ours, min(run["parameters"] for run, (value, _) in zip(own, values)
                                            if value >= 0.99))
            elif name.startswith("Share of the variance"):
                axis = "parameters" if "network" in name else "lr" if "learning rate" in name else "seed"
                groups = defaultdict(list)
                for run, (value, _) in zip(own, values):
                    groups[run["settings"]["lr"] if axis == "lr" else run[axis]].append(value >= 0.99)
                share, interval = explained([np.array(g, dtype=float) for g in groups.values()])
                check.close(what, ours, share)
                for end, again in zip(quantity["interval"] or [], interval):
                    check.close(f"{what}, interval", end, again, rtol=1e-3, atol=1e-5)
            else:
                check.differing.append(f"{what}: nothing here computes it again")
            if band is not None:
                agrees = low <= ours <= high
        # A verdict says what the numbers say, and only on enough of them.
        if quantity["verdict"] in ("reproduced", "not reproduced", "published figure inconsistent"):
            judged += 1
            check.same(f"{what}, verdict", quantity["verdict"] == "reproduced", agrees)
            if quantity["least"] is not None:
                check.same(f"{what}, can be shown", quantity["least"] < LEVEL, True)
            if quantity["needs"] is not None:
                check.same(f"{what}, has its runs", len(values) >= quantity["needs"], True)
        if quantity["verdict"] == "undecidable by this design":
            check.same(f"{what}, cannot be shown", quantity["least"] >= LEVEL, True)
    check.same(f"{result['id']}, judged", result["judged"], judged)


def check_curves(result, check):
    """What can be read off a thinned curve again: the first evaluations at which validation is right."""
    for run in result["runs"]:
        curve = run["curve"]
        if not curve.get("step") or "val_acc" not in curve or run["t_grok"] is None:
            continue
        at = dict(zip(curve["step"], curve["val_acc"]))
        value = at.get(run["t_grok"])
        if value is not None:
            check.same(f"{result['id']}, {run['name']}, t_grok", value >= 0.9499, True)


def main(folder):
    check = Check()
    rng = np.random.default_rng(0)
    files = sorted(Path(folder).glob("*.json"))
    for file in files:
        result = json.loads(file.read_text())
        check_result(result, check, rng)
        check_curves(result, check)
    for line in check.differing:
        print(line)
    print(f"{check.compared} numbers of {len(files)} figures compared, {len(check.differing)} differ")
    return 1 if check.differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
