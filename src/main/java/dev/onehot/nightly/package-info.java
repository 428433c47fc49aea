/**
 * The scheduled job: the data of a date, checks before training, the gate between challenger and
 * champion, publication, retention, history, and who is told.
 */
package dev.onehot.nightly;
