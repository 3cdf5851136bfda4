package io.toolstream.worker.reply;

/** What became of a reply. */
sealed interface Delivery {
    /** The broker has it. */
    record Delivered() implements Delivery {}

    /** The call named no place where a reply may go. */
    record Nowhere() implements Delivery {}

    /** The broker will never take it. */
    record Undeliverable(String why, boolean isTooLarge) implements Delivery {}
}
