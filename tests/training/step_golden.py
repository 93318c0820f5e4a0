"""Writes step_golden.json: losses, gradients and batch statistics of a tiny trunk under each objective, by PyTorch's
autograd, for tests/training/step_graph_test.ts. Needs PyTorch; run it with python3."""
import json
import math
import pathlib

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)
SIDE, WIDTHS, BATCH = 16, (4, 8), 4
CLASSES, EMBEDDING, VOCABULARY = 4, 6, 5


class Block(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        if stride == 2:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, width, 1, 2, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        skip = self.downsample(x) if hasattr(self, "downsample") else x
        x = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(x)) + skip)


class Trunk(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, WIDTHS[0], 3, 2, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(WIDTHS[0])
        self.layer1 = nn.Sequential(Block(WIDTHS[0], WIDTHS[0], 1))
        self.layer2 = nn.Sequential(Block(WIDTHS[0], WIDTHS[1], 2))

    def forward(self, x):
        return self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x))))).mean((2, 3))


def rounded(tensor):
    return tensor.float().double()


def heads(name):
    width = WIDTHS[1]
    shapes = {
        "vision": {"fc.weight": (CLASSES, width), "fc.bias": (CLASSES,)},
        "language": {"projection.weight": (EMBEDDING, width), "projection.bias": (EMBEDDING,)},
        "contrastive": {
            "projection.weight": (64, width), "text.embedding.weight": (VOCABULARY, 128),
            "text.hidden.weight": (128, 128), "text.hidden.bias": (128,), "text.projection.weight": (64, 128),
            "logit_scale": (),
        },
    }[name]
    made = {key: rounded(torch.randn(shape) * 0.2).requires_grad_() for key, shape in shapes.items()}
    if "logit_scale" in made:
        made["logit_scale"] = torch.tensor(rounded(torch.tensor(math.log(1 / 0.07))).item()).requires_grad_()
    return made


def loss_of(name, features, head, target):
    if name == "vision":
        return F.cross_entropy(F.linear(features, head["fc.weight"], head["fc.bias"]), target.argmax(1))
    if name == "language":
        predicted = F.linear(features, head["projection.weight"], head["projection.bias"])
        return 1 - (F.normalize(predicted) * target).sum(1).mean()
    image = F.normalize(features @ head["projection.weight"].T)
    hidden = F.relu(F.linear(target @ head["text.embedding.weight"], head["text.hidden.weight"], head["text.hidden.bias"]))
    text = F.normalize(hidden @ head["text.projection.weight"].T)
    logits = image @ text.T * head["logit_scale"].clamp(max=math.log(100)).exp()
    own = torch.arange(len(logits))
    return (F.cross_entropy(logits, own) + F.cross_entropy(logits.T, own)) / 2


def listed(tensor):
    return {"shape": list(tensor.shape), "data": [float(f"{v:.9g}") for v in tensor.detach().flatten().tolist()]}


trunk = Trunk()
for parameter in trunk.parameters():
    parameter.data = rounded(parameter.data + 0.1 * torch.randn_like(parameter))
images = rounded(torch.randn(BATCH, 3, SIDE, SIDE))
golden = {"images": listed(images), "trunk": {n: listed(p) for n, p in trunk.named_parameters()}, "objectives": {}}
for name in ("vision", "language", "contrastive"):
    head = heads(name)
    if name == "vision":
        target = F.one_hot(torch.tensor([1, 0, 3, 1]), CLASSES).double()
    elif name == "language":
        target = rounded(F.normalize(torch.randn(BATCH, EMBEDDING)))
    else:
        target = rounded(torch.rand(BATCH, VOCABULARY))
    for module in trunk.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = 1.0  # so that the running statistics are the batch's own
    trunk.zero_grad()
    loss = loss_of(name, trunk(images), head, target)
    loss.backward()
    golden["objectives"][name] = {
        "target": listed(target),
        "head": {key: listed(value) for key, value in head.items()},
        "loss": loss.item(),
        "gradients": {**{n: listed(p.grad) for n, p in trunk.named_parameters()},
                      **{key: listed(value.grad) for key, value in head.items() if name != "contrastive" or value.numel() < 1500}},
        "statistics": {n: listed(b) for n, b in trunk.named_buffers() if "running" in n},
    }
pathlib.Path(__file__).with_name("step_golden.json").write_text(json.dumps(golden) + "\n")
