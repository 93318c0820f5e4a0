"""Writes adam_golden.json: five steps of torch.optim.AdamW on a matrix and a vector, in float64."""
import json, os, torch

torch.set_default_dtype(torch.float64)
matrix = torch.tensor([[0.5, -1.0, 2.0], [0.25, 0.75, -0.125]], requires_grad=True)
vector = torch.tensor([1.0, -0.5], requires_grad=True)
rates = [0.01, 0.02, 0.015, 0.01, 0.002]
optimizer = torch.optim.AdamW(
    [{"params": [matrix], "weight_decay": 0.01}, {"params": [vector], "weight_decay": 0.0}],
    betas=(0.9, 0.99), eps=1e-8)
steps = []
for i, rate in enumerate(rates):
    for group in optimizer.param_groups:
        group["lr"] = rate
    matrix.grad = torch.tensor([[0.1, -0.2, 0.3], [1.5, -0.01, 0.0]]) * (1 + i) - 0.05 * i
    vector.grad = torch.tensor([0.7, -0.3]) / (1 + i)
    gradients = [matrix.grad.flatten().tolist(), vector.grad.tolist()]
    optimizer.step()
    steps.append({"rate": rate, "gradients": gradients,
                  "matrix": matrix.detach().flatten().tolist(), "vector": vector.detach().tolist()})
start = {"matrix": [0.5, -1.0, 2.0, 0.25, 0.75, -0.125], "vector": [1.0, -0.5]}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "adam_golden.json")
with open(path, "w") as file:
    json.dump({"start": start, "steps": steps}, file, indent=1)
    file.write("\n")
