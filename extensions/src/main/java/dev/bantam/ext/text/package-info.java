/**
 * What extensions share: texts kept as resources, JSON to show and to keep, files written as a whole, what was said already
 * and which words it holds. No extension lives here.
 */
package dev.bantam.ext.text;
