/** Model architectures: which kernels run in which order on which tensors. */
package dev.bantam.engine.arch;
