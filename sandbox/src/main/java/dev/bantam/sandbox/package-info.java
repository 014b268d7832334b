/** Where commands run. There is one kind yet: {@link dev.bantam.sandbox.PlainProcess}, which confines nothing. */
package dev.bantam.sandbox;
