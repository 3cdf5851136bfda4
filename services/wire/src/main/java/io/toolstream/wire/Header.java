package io.toolstream.wire;

/** One record header: a name and its bytes, which belong to this header from here on and are not to be changed. */
public record Header(String name, byte[] value) {}
