package io.toolstream.cli.deadletters;

import io.toolstream.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people say it: {@code 2h} (ago), {@code 2026-03-01T10:02:00Z}, or without a zone in that of the machine. */
public final class PointInTime implements ITypeConverter<Instant> {
    private final InstantSource clock;

    public PointInTime() {
        this(InstantSource.system());
    }

    PointInTime(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String text) {
        Optional<Duration> ago = Durations.parse(text);
        if (ago.isPresent()) {
            return clock.instant().minus(ago.get());
        }
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no time: 2h (ago), 2026-03-01T10:02 or 2026-03-01T10:02:00Z expected");
        }
    }
}
