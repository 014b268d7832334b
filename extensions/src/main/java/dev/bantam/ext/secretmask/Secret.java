package dev.bantam.ext.secretmask;

/**
 * A secret that was found in a text.
 *
 * @param kind kebab-case; tells the model what it is
 */
record Secret(String kind, String value) {}
