package dev.onehot.storage;

/**
 * The file of a directory that says that all others are there.
 *
 * @param name its name
 * @param content its bytes
 */
record LastFile(String name, byte[] content) {}
