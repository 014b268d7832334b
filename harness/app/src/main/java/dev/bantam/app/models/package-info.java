/** Which model is meant, and what a person does with models. */
package dev.bantam.app.models;
