/** What every command needs: how the program was started, its options, settings and places, and words for people. */
package dev.bantam.app.setup;
