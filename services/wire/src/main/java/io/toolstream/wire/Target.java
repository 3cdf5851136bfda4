package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** The tool a call asks for, as the caller wrote it; without a server, {@code tool} may name both (see the catalogue). */
public record Target(@Nullable String server, String tool) {}
