/**
 * Gets model files from Hugging Face, when the user asks for it and never else. {@link dev.bantam.model.hub.Hub} speaks
 * its API, {@link dev.bantam.model.hub.Variants} chooses among a repository's files, {@link
 * dev.bantam.model.hub.Download} brings one file here whole, however often the connection breaks.
 */
package dev.bantam.model.hub;
