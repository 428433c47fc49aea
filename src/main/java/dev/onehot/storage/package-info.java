/**
 * Files on any file system of Hadoop's: opening, listing, and publishing a directory whole or not
 * at all.
 */
package dev.onehot.storage;
