package io.toolstream.cli;

import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Ports to listen on; 0 is any that is free. */
public final class PortConverter implements ITypeConverter<Integer> {
    private static final int HIGHEST = 65_535;

    @Override
    public Integer convert(String text) {
        OptionalInt port = number(text);
        if (port.isEmpty() || port.getAsInt() < 0 || port.getAsInt() > HIGHEST) {
            throw new TypeConversionException("'" + text + "' is no port: 0 to " + HIGHEST + " expected");
        }
        return port.getAsInt();
    }

    private static OptionalInt number(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
