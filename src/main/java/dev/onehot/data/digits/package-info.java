/**
 * Handwritten-like digits out of nothing but a seed and a row number, so that training needs no
 * download. Java only: no Spark, no fonts, no files.
 */
package dev.onehot.data.digits;
