/**
 * What extensions need to speak to a model: texts kept as resources, JSON to show it, what was said already, and which
 * words it holds. No extension lives here.
 */
package dev.bantam.ext.text;
