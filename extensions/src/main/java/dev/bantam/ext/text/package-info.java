/** What extensions need to speak to a model: texts kept as resources, and JSON to show it. No extension lives here. */
package dev.bantam.ext.text;
