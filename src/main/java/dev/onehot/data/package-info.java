/**
 * Sources of rows, whatever their format: the fixed global grid of blocks, the order of rows in it,
 * the rows held back for validation, and the profile of what was read. Each format is a package of
 * its own below this one.
 */
package dev.onehot.data;
