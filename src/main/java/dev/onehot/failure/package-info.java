/**
 * What went wrong, in one line for the user: bad settings, bad input and the like. Every room may
 * use it; it uses none.
 */
package dev.onehot.failure;
