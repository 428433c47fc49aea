/**
 * The use cases, callable from Java without a command line: the steps of each job, the run's id,
 * the directories it claims and publishes, and its verdict.
 */
package dev.onehot.job;
