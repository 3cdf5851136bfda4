package io.toolstream.settings.schema;

/**
 * One way in which a value breaks its schema; never holds the value itself.
 *
 * @param pointer JSON pointer to it, empty for the root
 */
public record Violation(String pointer, String message) {}
