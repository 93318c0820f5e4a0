"""Writes replicates_golden.json: variances over images by NumPy, Student's intervals and p values by SciPy."""
import json, os
import numpy as np
from scipy import stats

rng = np.random.default_rng(7)


def parts(splits, deletions):
    count, blocks = deletions.shape
    deviations = deletions - deletions.mean(axis=1, keepdims=True)
    factor = (blocks - 1) / blocks
    jackknife = factor * np.sum(deviations.mean(axis=0) ** 2)
    excess = factor * np.sum(deviations.var(axis=0, ddof=1)) / count
    between = splits.var(ddof=1) / count
    return {"jackknife": jackknife, "excess": excess, "between": between,
            "image": max(jackknife - excess / 2, jackknife / 2) + between, "difference": jackknife + between}


cases = []
for count, blocks, shared in [(2, 4, 1.0), (3, 6, 0.5), (10, 10, 0.1), (5, 10, 0.0)]:
    splits = rng.normal(size=count)
    deletions = splits[:, None] + shared * rng.normal(size=(1, blocks)) + 0.2 * rng.normal(size=(count, blocks))
    cases.append({"blocks": blocks, "splits": splits.tolist(), "deletions": deletions.ravel().tolist(),
                  **parts(splits, deletions)})

student = []
for value, variance, df, level in [(0.3, 0.01, 9, 0.95), (-2, 1.5, 5, 0.9), (0, 0.2, 3.7, 0.99), (4, 1e-4, 1, 0.95), (1, 0.3, 1e6, 0.95)]:
    low, high = stats.t.interval(level, df, loc=value, scale=np.sqrt(variance))
    student.append({"value": value, "variance": variance, "df": df, "level": level, "interval": [low, high],
                    "p": 2 * stats.t.sf(abs(value) / np.sqrt(variance), df)})

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "replicates_golden.json")
with open(path, "w") as file:
    json.dump({"cases": cases, "student": student}, file, indent=2)
    file.write("\n")
