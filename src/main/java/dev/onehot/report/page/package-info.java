/**
 * report.html: one page with pictures, without Spark, Hadoop and AWT. The library uPlot draws the
 * charts in the browser; everything else is plain HTML.
 */
package dev.onehot.report.page;
