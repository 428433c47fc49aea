/**
 * Failures that a user can mend, such as bad settings or bad input, each with a message of one line
 * and an exit code. Every package may use this one; it uses none.
 */
package dev.onehot.failure;
