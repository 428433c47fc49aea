/** The command line: parse, wire, run one use case, map the outcome to an exit code. */
package dev.onehot.cli;
