/** From a tool call that a model wrote to a result that it can act on. */
package dev.bantam.core.dispatch;
