package dev.onehot.cli;

import dev.onehot.report.Console;
import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param results stdout, for results that a script reads
 * @param console stderr, for lines that a person watches
 */
record CommandOutput(PrintStream results, Console console) {}
