package io.toolstream.wire;

/** Which member of which batch a call is: {@code index} counts from 0, {@code size} is the number of members. */
public record BatchPosition(String id, int index, int size) {}
