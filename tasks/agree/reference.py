#!/usr/bin/env python3
"""Means, variances, Welch t and p of every unit of a ResNet of torchvision's, for `deno task agree` and `deno task bench`.

Activations come from PyTorch's forward hooks, images through Pillow, t and p from SciPy; moments are kept in float64
(Welford's update). Needs torch, torchvision, scipy and Pillow.

  python3 tasks/agree/reference.py --images DIR --out FILE.npz [--architecture resnet50]
    [--weights FILE.pth] [--save-weights FILE.pth] [--device cuda]

DIR holds a folder of images per condition, with a folder per category inside it where there are categories; fLoc's
folders are pooled into domains. Files that are the same, byte for byte, count once. Without --weights the network has
random ones, of which --save-weights keeps a file for the other side. On a GPU, moments stay there until the last image.
"""
import argparse
import hashlib
import itertools
from pathlib import Path

import numpy as np
import torch
import torchvision
from PIL import Image
from scipy import stats

POOLED = {
    "faces": ("adult", "child"),
    "bodies": ("body", "limb"),
    "places": ("house", "corridor"),
    "words": ("word", "number"),
    "objects": ("car", "instrument"),
}
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff")
CONDITION_OF = {folder: name for name, folders in POOLED.items() for folder in folders}
# Convolutions on a GPU in float32 too, not in the shorter numbers that PyTorch takes by default.
torch.backends.cudnn.allow_tf32 = False
RECIPE = torchvision.models.ResNet50_Weights.IMAGENET1K_V1.transforms()


class Moments:
    """Mean and sum of squared deviations of every unit over one condition's images."""

    def __init__(self):
        self.n, self.mean, self.m2 = 0, 0.0, 0.0

    def add(self, x):
        self.n += 1
        step = x - self.mean
        self.mean = self.mean + step / self.n
        self.m2 = self.m2 + step * (x - self.mean)


def make_network(architecture, weights, save):
    torch.manual_seed(0)
    network = getattr(torchvision.models, architecture)()
    if weights:
        network.load_state_dict(torch.load(weights, map_location="cpu"))
    else:
        for module in network.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                torch.nn.init.uniform_(module.running_var, 0.8, 1.2)
                torch.nn.init.normal_(module.running_mean, 0, 0.1)
    if save:
        torch.save(network.state_dict(), save)
    return network.eval()


def categories(images):
    """Each category's condition and distinct files, in the order of names."""
    seen = set()
    for folder in sorted(path for path in images.iterdir() if path.is_dir()):
        within = sorted(path for path in folder.iterdir() if path.is_dir())
        for category in within or [folder]:
            files = []
            for path in sorted(category.iterdir()):
                if path.suffix.lower() not in SUFFIXES:
                    continue
                digest = hashlib.sha256(path.read_bytes()).digest()
                if digest not in seen:
                    files.append(path)
                seen.add(digest)
            yield CONDITION_OF.get(folder.name, folder.name), files


def float64(activations):
    """One image's activations: an array on the processor, a tensor on a GPU."""
    values = activations.flatten().double()
    return values.numpy() if values.device.type == "cpu" else values


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--architecture", choices=("resnet18", "resnet34", "resnet50", "resnet101"), default="resnet50")
    parser.add_argument("--weights")
    parser.add_argument("--save-weights")
    parser.add_argument("--per-folder", type=int)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    options = parser.parse_args()
    network = make_network(options.architecture, options.weights, options.save_weights).to(options.device)
    layers = {"relu": network.relu, "avgpool": network.avgpool}
    for stage in range(1, 5):
        for index, block in enumerate(getattr(network, f"layer{stage}")):
            layers[f"layer{stage}.{index}"] = block
    seen = {}
    for name, module in layers.items():
        module.register_forward_hook(lambda _m, _i, out, name=name: seen.__setitem__(name, float64(out)))
    moments = {}
    for condition, files in categories(options.images):
        for path in files[: options.per_folder]:
            with torch.inference_mode():
                network(RECIPE(Image.open(path).convert("RGB")).unsqueeze(0).to(options.device))
            for name in layers:
                moments.setdefault((name, condition), Moments()).add(seen[name])
    for group in moments.values():
        if torch.is_tensor(group.mean):
            group.mean, group.m2 = group.mean.cpu().numpy(), group.m2.cpu().numpy()
    conditions = sorted({condition for _, condition in moments})
    arrays = {}
    for name in layers:
        groups = {condition: moments[name, condition] for condition in conditions}
        for condition, group in groups.items():
            arrays[f"{name}/{condition}/mean"] = group.mean.astype(np.float32)
            arrays[f"{name}/{condition}/var"] = (group.m2 / (group.n - 1)).astype(np.float32)
        for (first, a), (second, b) in itertools.combinations(groups.items(), 2):
            spread = [np.sqrt(group.m2 / (group.n - 1)) for group in (a, b)]
            test = stats.ttest_ind_from_stats(a.mean, spread[0], a.n, b.mean, spread[1], b.n, equal_var=False)
            arrays[f"{name}/{first}>{second}/t"] = test.statistic.astype(np.float32)
            arrays[f"{name}/{first}>{second}/p"] = test.pvalue
    np.savez(options.out, **arrays)


main()
