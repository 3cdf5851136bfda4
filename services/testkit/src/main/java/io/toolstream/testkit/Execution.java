package io.toolstream.testkit;

import java.util.OptionalLong;

/**
 * One run of a tool, as the journal has it.
 *
 * @param id the JSON-RPC id, as JSON text
 * @param key what {@code _meta} names as the idempotency key; empty if nothing
 * @param argumentsDigest SHA-256 of the arguments as they came, in hexadecimal
 * @param endMillis absent if the process ended first
 */
public record Execution(
        String id, String key, String tool, String argumentsDigest, long startMillis, OptionalLong endMillis) {}
