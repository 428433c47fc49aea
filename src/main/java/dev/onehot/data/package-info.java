/**
 * Sources of rows in any format: the fixed global grid of blocks, the order of rows in it, the rows
 * held back for validation, and the profile of the rows. Each format has its own package below this
 * one.
 */
package dev.onehot.data;
