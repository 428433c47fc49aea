/** What people look at: progress, warnings, the metrics of a run and its verdict. */
package dev.onehot.report;
