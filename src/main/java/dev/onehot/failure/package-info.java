/**
 * What went wrong, in one line for the user: bad settings and bad input. Every room may use it; it
 * uses none.
 */
package dev.onehot.failure;
