package io.toolstream.kafka;

/**
 * The word of an engine that it has taken a partition, written before it hands over a record and taken back when it gives
 * the partition up in good order. Found by the next owner, it tells that the last one ended without a word.
 *
 * @param holder the engine, by a random number
 * @param limit nothing at or beyond this offset was handed over
 * @param alone the offset of the record that runs alone, -1 for none
 */
record Take(int holder, long limit, long alone) {
    static final long NOBODY = -1;
}
