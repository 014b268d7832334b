package dev.bantam.ext.web;

import java.net.URI;

/**
 * A page as the model reads it.
 *
 * @param url where it was found in the end
 * @param title empty when it has none
 * @param cut whether it was larger than the limit
 */
record Page(URI url, String title, String text, boolean cut) {}
