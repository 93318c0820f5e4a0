"""Writes ridge_golden.json: NumPy's solution of ridge regression on standardized inputs, for tests/training/readout_test.ts."""
import json
import pathlib

import numpy as np

rng = np.random.default_rng(5)
rows, width, count = 40, 6, 3
x = rng.normal(size=(rows, width)).astype(np.float32) * np.array([1, 10, 0.1, 1, 1, 1], np.float32) + 3
x[:, 4] = 2  # an input that does not vary
y = rng.normal(size=(rows, count)) + x[:, :count]
new = rng.normal(size=(4, width)).astype(np.float32) + 3
mean, deviation = x.astype(float).mean(0), x.astype(float).std(0)
deviation[deviation == 0] = 1
z = (x - mean) / deviation
weights = np.linalg.solve(z.T @ z + 0.01 * rows * np.eye(width), z.T @ (y - y.mean(0)))
predicted = ((new - mean) / deviation) @ weights + y.mean(0)
golden = {"inputs": x.tolist(), "outputs": y.tolist(), "unseen": new.tolist(), "predicted": predicted.tolist()}
pathlib.Path(__file__).with_name("ridge_golden.json").write_text(json.dumps(golden) + "\n")
