/** Which session is meant, where its data lie, and what a person does with sessions. */
package dev.bantam.app.sessions;
