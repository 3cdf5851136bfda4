package io.toolstream.runtime.meter;

/**
 * What a scraper is given.
 *
 * @param type as HTTP names the format
 */
public record Scrape(String type, String text) {
    static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /** The format that has exemplars. */
    static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
}
