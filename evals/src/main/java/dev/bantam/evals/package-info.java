/** Measurements of the program from the outside, as its users meet it: processes, events and requests. */
package dev.bantam.evals;
