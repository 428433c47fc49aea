/** Output for people: progress, warnings, the metrics of a run and its summary. */
package dev.onehot.report;
