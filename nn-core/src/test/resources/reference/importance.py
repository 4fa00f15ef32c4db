"""Writes importance.json: permutation importance by scikit-learn 1.2.1 for PermutationImportanceTest.

/usr/bin/python3 importance.py > importance.json
"""

import json

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.inspection import permutation_importance
from sklearn.metrics import accuracy_score, make_scorer, mean_absolute_error

REPEATS = 3000
rng = np.random.default_rng(4)
x = np.round(rng.normal(size=(40, 3)), 4)
x[:, 2] = np.round(0.7 * x[:, 0] + 0.3 * x[:, 2], 4)
weights = np.array([1.5, -0.6, 0.0])


class Linear(BaseEstimator):
    """The outputs of the network of the test: one linear neuron."""

    def fit(self, x, y):
        return self

    def predict(self, x):
        return x @ weights + 0.2


class Above(Linear):
    """Its class: whether a sigmoid of the same neuron is above one half."""

    def predict(self, x):
        return (super().predict(x) > 0).astype(int)


def case(name, model, y, scorer):
    found = permutation_importance(model, x, y, scoring=scorer, n_repeats=REPEATS, random_state=1)
    return {
        "name": name,
        "x": x.tolist(),
        "weights": weights.tolist(),
        "y": np.round(y, 6).tolist(),
        "mean": found.importances_mean.tolist(),
        "deviation": found.importances_std.tolist(),
    }


noisy = np.round(x @ weights + 0.2 + rng.normal(size=40) * 0.3, 4)
print(
    json.dumps(
        [
            case("error", Linear(), noisy, make_scorer(mean_absolute_error, greater_is_better=False)),
            case("accuracy", Above(), (noisy > 0).astype(int), make_scorer(accuracy_score)),
        ]
    )
)
