/** Which sandbox commands run in, and what a person does with it. */
package dev.bantam.app.sandbox;
