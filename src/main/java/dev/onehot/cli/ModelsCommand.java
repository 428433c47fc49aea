package dev.onehot.cli;

import picocli.CommandLine.Command;

/** {@code models}: commands about models that are there. */
@Command(name = "models", description = "Checks model directories.")
final class ModelsCommand {}
