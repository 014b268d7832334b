package dev.bantam.model.server;

/**
 * One piece of a stream: the data of a server-sent event, a line of JSON, or a whole JSON body.
 *
 * @param event the event's name; empty where there is none
 */
public record Frame(String event, String data) {}
