package io.toolstream.kafka;

/** A record that was in flight, alone, when an engine ended without a word: at so many such ends it was in flight. */
record Culprit(long offset, int crashes) {}
