/** The command line: parse, call one use case of {@code job}, map the outcome to an exit code. */
package dev.onehot.cli;
