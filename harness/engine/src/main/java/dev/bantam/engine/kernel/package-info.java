/** The arithmetic: weight types, products, attention, experts, and the threads that share it. Knows no model. */
package dev.bantam.engine.kernel;
