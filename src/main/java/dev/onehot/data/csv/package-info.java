/** CSV: text with a row on each line and a delimiter between columns, as RFC 4180 describes it. */
package dev.onehot.data.csv;
