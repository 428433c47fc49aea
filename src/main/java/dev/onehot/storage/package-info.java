/**
 * Files on whatever Hadoop's FileSystem reaches: opening, listing, and publishing a directory whole
 * or not at all.
 */
package dev.onehot.storage;
