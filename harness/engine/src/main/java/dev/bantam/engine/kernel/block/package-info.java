/** How each quantised weight type packs its blocks: one class a type, after ggml's definitions. */
package dev.bantam.engine.kernel.block;
