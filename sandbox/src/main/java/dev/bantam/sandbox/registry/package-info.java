/**
 * A way from a sandbox without a network to the registries of build tools, and to nothing else. Inside, a {@link
 * dev.bantam.sandbox.registry.Relay} passes what comes to a port of the sandbox's own loopback on to a socket file; there
 * this program listens, as a {@link dev.bantam.sandbox.registry.RegistryProxy} that decides.
 */
package dev.bantam.sandbox.registry;
