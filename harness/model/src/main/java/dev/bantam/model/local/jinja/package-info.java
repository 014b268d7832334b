/**
 * The part of the Jinja language that chat templates use, rendered as Python's jinja2 does with {@code trim_blocks}, {@code
 * lstrip_blocks} and loop controls switched on: the way in which models' own templates are meant to be rendered. {@link
 * dev.bantam.model.local.jinja.Template} is the whole of it.
 *
 * <p>Values are {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@code null} for none, {@code List} and
 * {@code Map} of these, and a few that only templates make. A template that uses something else fails with its line; it
 * never renders something other than was asked.
 */
package dev.bantam.model.local.jinja;
