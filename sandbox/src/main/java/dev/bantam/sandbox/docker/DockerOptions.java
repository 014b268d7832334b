package dev.bantam.sandbox.docker;

import java.nio.file.Path;

/**
 * What a container is made of, beside what holds for every kind of sandbox.
 *
 * @param image a name that the engine knows, such as {@code debian:trixie-slim}
 * @param processors at most so many at a time; 0 for all that there are
 * @param control a folder of this machine that the engine can see; every session has one of its own in it
 */
public record DockerOptions(String image, double processors, Path control) {}
