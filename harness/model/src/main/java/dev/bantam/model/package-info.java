/**
 * Chat models: those on servers, scripts, and how a user names them.
 *
 * <p>{@link dev.bantam.model.ModelRef} reads the name, {@link dev.bantam.model.RemoteModels} opens what is not in this
 * process, {@link dev.bantam.model.discovery.Discovery} finds what runs or lies on this machine. LangChain4j is named
 * in this module only; {@link dev.bantam.model.remote} says where it is used and where not.
 */
package dev.bantam.model;
