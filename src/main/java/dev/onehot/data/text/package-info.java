/**
 * Files of text, raw and gzip, cut into ranges of bytes that are read in parallel, line by line.
 */
package dev.onehot.data.text;
