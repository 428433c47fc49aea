package dev.onehot.cli;

import dev.onehot.report.Console;
import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param results stdout: what a script would read
 * @param console stderr: what a person watches
 */
record CommandOutput(PrintStream results, Console console) {}
