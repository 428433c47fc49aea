/** The trained model and its files. Usable without Spark and without Hadoop. */
package dev.onehot.model;
