package io.toolstream.cli.metrics;

import io.toolstream.wire.WindowLength;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Lengths of windows as the metrics topic writes them. */
final class WindowLengthConverter implements ITypeConverter<WindowLength> {
    @Override
    public WindowLength convert(String text) {
        return Arrays.stream(WindowLength.values())
                .filter(length -> length.text().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new TypeConversionException("'" + text + "' is no length of a window: 10s, 1m or 5m expected"));
    }
}
