package dev.onehot.cli;

import picocli.CommandLine.Command;

/** {@code models}: commands about models that are there. */
@Command(
    name = "models",
    description = "Checks model directories.",
    footer = {"Example", "  ./submit.sh models verify models/mnist"})
final class ModelsCommand {}
