/**
 * One use case each, callable from Java without a command line: its steps, the run's id, what it
 * claims and publishes, and the verdict on it.
 */
package dev.onehot.job;
