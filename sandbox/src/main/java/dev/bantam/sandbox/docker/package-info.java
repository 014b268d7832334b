/**
 * Commands in a container of an engine that speaks Docker's interface. {@link dev.bantam.sandbox.docker.Engine} finds
 * and asks the engine, {@link dev.bantam.sandbox.docker.DockerSandbox} holds one container for a session.
 */
package dev.bantam.sandbox.docker;
