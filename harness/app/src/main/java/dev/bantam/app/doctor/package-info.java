/** What {@code bantam doctor} finds. */
package dev.bantam.app.doctor;
