/**
 * Handwritten-like digits, computed from a seed and a row number alone, so that training needs no
 * download. Drawing is Java only: no Spark, no fonts, no files.
 */
package dev.onehot.data.digits;
