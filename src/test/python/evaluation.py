"""Prints scikit-learn's figures for a model and a folder of raw or gzip IDX files, as JSON."""

import gzip
import json
import pathlib
import sys

import numpy as np
from sklearn.metrics import classification_report, confusion_matrix, log_loss, top_k_accuracy_score


def idx(folder, name):
    path = folder / name
    content = (
        path.read_bytes()
        if path.exists()
        else gzip.decompress(path.with_name(name + ".gz").read_bytes())
    )
    dimensions = content[3]
    shape = np.frombuffer(content, ">i4", dimensions, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


model = pathlib.Path(sys.argv[1])
folder = pathlib.Path(sys.argv[2])
description = json.loads((model / "model.json").read_text())
images = idx(folder, "t10k-images-idx3-ubyte")
labels = idx(folder, "t10k-labels-idx1-ubyte")
features = images.reshape(len(images), -1) * description["featureScale"]
logits = features @ np.load(model / "W1.npy")
if description["bias"]:
    logits += np.load(model / "b1.npy")
activations = {"relu": lambda z: np.maximum(z, 0), "identity": lambda z: z}[
    description["activation"]
](logits)
exponentials = np.exp(activations - activations.max(axis=1, keepdims=True))
probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
predicted = activations.argmax(axis=1)
classes = list(range(description["classes"]))
json.dump(
    {
        "report": classification_report(labels, predicted, output_dict=True, zero_division=0),
        "logLoss": log_loss(labels, probabilities, labels=classes),
        "confusion": confusion_matrix(labels, predicted, labels=classes).tolist(),
        "top2": top_k_accuracy_score(labels, probabilities, k=2, labels=classes),
    },
    sys.stdout,
)
