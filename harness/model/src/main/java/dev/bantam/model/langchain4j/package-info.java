/**
 * This engine for programs that use LangChain4j: {@link dev.bantam.model.langchain4j.EngineChatModel} is a chat model of
 * theirs, over a model file in the program's own process or over any of our chat models. The one package whose types are
 * LangChain4j's; the others only write requests with it.
 */
package dev.bantam.model.langchain4j;
