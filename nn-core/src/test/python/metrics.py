"""Writes metrics.json: values of scikit-learn 1.2.1 for MetricReferenceTest.

python3 metrics.py > metrics.json
"""

import json
import sys
import warnings

import numpy as np
from sklearn import metrics as m
from sklearn.calibration import calibration_curve

warnings.filterwarnings("ignore")
rng = np.random.default_rng(1)
cases = []


def add(metric, predictions, targets, function, case, **settings):
    """One case; a value that is not a number or is refused is written as a text."""
    try:
        value = float(function())
        value = value if np.isfinite(value) else str(value)
    except ValueError as e:
        value = "refused: " + str(e)
    predictions, targets = np.asarray(predictions, float), np.asarray(targets, float)
    data = {
        "case": case,
        "predictions": predictions.reshape(len(predictions), -1).tolist(),
        "targets": targets.reshape(len(targets), -1).tolist(),
    }
    if not cases or any(cases[-1][key] != data[key] for key in data):
        cases.append({**data, "values": []})
    cases[-1]["values"].append({"metric": metric, **settings, "value": value})


def one_hot(classes, count):
    return np.eye(count)[classes]


def ece(p, events, bins):
    """From calibration_curve, which omits empty bins and does not return counts."""
    shares, means = calibration_curve(events, p, n_bins=bins)
    ids = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], p)
    counts = np.bincount(ids, minlength=bins)
    return np.sum(counts[counts > 0] * np.abs(shares - means)) / len(p)


def binary(name, y, p):
    add("rocAuc", p, y, lambda: m.roc_auc_score(y, p), case=name)
    add("averagePrecision", p, y, lambda: m.average_precision_score(y, p), case=name)
    add("logLoss", p, y, lambda: m.log_loss(y, p, labels=[0, 1]), case=name)
    add("brierScore", p, y, lambda: m.brier_score_loss(y, p, pos_label=1), case=name)
    for bins in (5, 15):
        add("calibrationError", p, y, lambda: ece(p, y, bins), case=name, bins=bins)
    classes = (p > 0.5).astype(int)
    add("cohensKappa", p, y, lambda: m.cohen_kappa_score(y, classes, labels=[0, 1]), case=name)
    add("mcc", p, y, lambda: m.matthews_corrcoef(y, classes), case=name)
    add("balancedAccuracy", p, y, lambda: m.balanced_accuracy_score(y, classes), case=name)
    precision, recall, _ = m.precision_recall_curve(y, p)
    for beta in (0.5, 1, 2):
        f = (1 + beta**2) * precision * recall / np.maximum(beta**2 * precision + recall, 1e-300)
        if y.any():
            add("fBeta", p, y, lambda: f.max(), case=name, beta=beta)
    for least in (0.3, 0.8, 1):
        if y.any():
            best = precision[:-1][recall[:-1] >= least].max()
            add("precisionAtRecall", p, y, lambda: best, case=name, recall=least)
    cuts = [np.inf, *p]
    for fp, fn in ((1, 1), (1, 10), (7, 2)):
        if y.any():
            costs = [fp * np.sum((p >= c) & (y == 0)) + fn * np.sum((p < c) & (y == 1)) for c in cuts]
            add("cost", p, y, lambda: min(costs), case=name, fp=fp, fn=fn)


def classes(name, y, p):
    k = p.shape[1]
    t = one_hot(y, k)
    for average in ("macro", "weighted", "micro"):
        add("rocAuc", p, t, lambda: m.roc_auc_score(t, p, average=average), case=name, average=average)
        ap = lambda: m.average_precision_score(t, p, average=average)
        add("averagePrecision", p, t, ap, case=name, average=average)
    if len(set(y)) == k:
        for average in ("macro", "weighted"):
            auc = lambda: m.roc_auc_score(y, p, multi_class="ovr", average=average)
            add("rocAuc", p, t, auc, case=name, average=average)
    add("logLoss", p, t, lambda: m.log_loss(y, p, labels=range(k)), case=name)
    add("brierScore", p, t, lambda: np.mean(np.sum((p - t) ** 2, axis=1)), case=name)
    guess = p.argmax(axis=1)
    add("cohensKappa", p, t, lambda: m.cohen_kappa_score(y, guess, labels=range(k)), case=name)
    add("mcc", p, t, lambda: m.matthews_corrcoef(y, guess), case=name)
    add("balancedAccuracy", p, t, lambda: m.balanced_accuracy_score(y, guess), case=name)
    add("calibrationError", p, t, lambda: ece(p.max(axis=1), guess == y, 10), case=name, bins=10)


def regression(name, y, a):
    add("mape", a, y, lambda: m.mean_absolute_percentage_error(y, a), case=name)
    add("explainedVariance", a, y, lambda: m.explained_variance_score(y, a), case=name)
    add("rSquared", a, y, lambda: m.r2_score(y, a), case=name)


n = 40
y = rng.integers(0, 2, n)
binary("without ties", y, rng.random(n))
binary("ties", y, np.round(rng.random(n), 1))
binary("many ties", y, rng.integers(0, 3, n) / 4)
binary("all the same score", y, np.full(n, 0.5))
binary("perfect", y, np.where(y == 1, 0.8, 0.3))
binary("the wrong way round", y, np.where(y == 1, 0.25, 0.75))
binary("certain", np.array([0, 1, 1, 0]), np.array([0.0, 1.0, 0.0, 1.0]))
binary("class 0 alone", np.zeros(6, int), np.array([0.1, 0.6, 0.6, 0.3, 0.9, 0.5]))
binary("class 1 alone", np.ones(6, int), np.array([0.1, 0.6, 0.6, 0.3, 0.9, 0.5]))
binary("class 1 alone, none predicted", np.ones(3, int), np.array([0.1, 0.2, 0.3]))
binary("one sample", np.array([1]), np.array([0.7]))

softmax = lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
y = rng.integers(0, 4, n)
classes("four classes", y, softmax(rng.normal(size=(n, 4)) + one_hot(y, 4)))
tied = rng.integers(1, 4, (n, 4)).astype(float)
classes("four classes, ties", y, tied / tied.sum(axis=1, keepdims=True))
classes("a class without a sample", np.minimum(y, 2), softmax(rng.normal(size=(n, 4))))
classes("one class alone", np.full(5, 2), softmax(rng.normal(size=(5, 3))))
labels = rng.integers(0, 2, (n, 3))
scores = np.round(rng.random((n, 3)), 1)
for average in ("macro", "weighted", "micro"):
    auc = lambda: m.roc_auc_score(labels, scores, average=average)
    add("rocAuc", scores, labels, auc, case="labels", average=average)
    ap = lambda: m.average_precision_score(labels, scores, average=average)
    add("averagePrecision", scores, labels, ap, case="labels", average=average)

y = rng.normal(size=(n, 2))
regression("two outputs", y, y + rng.normal(size=(n, 2)) + [0.5, -2])
regression("far from zero", y + 1e4, y + 1e4 + rng.normal(size=(n, 2)))
regression("perfect", y, y)
regression("a constant error", y, y + 3)
regression("equal targets, predicted", np.full((4, 1), 5.0), np.full((4, 1), 5.0))
regression("equal targets, not predicted", np.full((4, 1), 5.0), rng.normal(size=(4, 1)))
regression("targets of zero", np.array([[0.0], [1], [2]]), np.array([[0.5], [1], [2]]))
regression("one sample", np.array([[2.0]]), np.array([[3.0]]))

print("[")
print(",\n".join(json.dumps(case) for case in cases))
print("]")
print(len(cases), "cases", file=sys.stderr)
