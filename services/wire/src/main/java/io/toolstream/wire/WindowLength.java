package io.toolstream.wire;

import java.time.Duration;

/** How long a window of the metrics topic is. Windows begin at multiples of their length since 1970. */
public enum WindowLength {
    TEN_SECONDS("10s", Duration.ofSeconds(10)),
    MINUTE("1m", Duration.ofMinutes(1)),
    FIVE_MINUTES("5m", Duration.ofMinutes(5));

    private final String text;
    private final Duration length;

    WindowLength(String text, Duration length) {
        this.text = text;
        this.length = length;
    }

    /** The word on the wire. */
    public String text() {
        return text;
    }

    public long millis() {
        return length.toMillis();
    }

    /** When the window began that this moment falls into, epoch ms. */
    public long startOf(long epochMillis) {
        return Math.floorDiv(epochMillis, millis()) * millis();
    }
}
