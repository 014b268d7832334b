package dev.bantam.api;

/** A model's whole reply to one request. */
public record Reply(Message.Assistant message, Usage usage) {}
