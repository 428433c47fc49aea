package dev.onehot.cli;

import picocli.CommandLine.Command;

/** {@code models}: commands about the versions of a registry. */
@Command(
    name = "models",
    description = "Reads and changes a registry: its versions, and which is the champion.",
    footer = {"Example", "  ./submit.sh models list --registry models/digits"})
final class ModelsCommand {}
