/**
 * Files on any file system of Hadoop's: opening, listing, publishing a directory whole or not at
 * all, and letting one run at a time use it.
 */
package dev.onehot.storage;
