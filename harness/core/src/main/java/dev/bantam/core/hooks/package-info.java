/** Extensions found and chosen, and their hooks asked: the one place that knows how several answers merge. */
package dev.bantam.core.hooks;
