/** The trained model and its files. This package needs neither Spark nor Hadoop. */
package dev.onehot.model;
