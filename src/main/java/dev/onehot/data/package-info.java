/**
 * Files into blocks of rows: formats, the fixed global grid, the rows held back for validation, and
 * the profile of what was read.
 */
package dev.onehot.data;
