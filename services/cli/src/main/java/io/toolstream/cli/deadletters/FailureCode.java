package io.toolstream.cli.deadletters;

import io.toolstream.settings.source.DidYouMean;
import io.toolstream.wire.ErrorCode;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A code that calls fail with, as it stands on the wire; one that is none is refused: it would silently mean no letter. */
public final class FailureCode implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        if (ErrorCode.ofText(text).isPresent()) {
            return text;
        }
        String hint = DidYouMean.hint(
                Arrays.stream(ErrorCode.values()).map(ErrorCode::text).toList(), text);
        throw new TypeConversionException("no call fails with the code '" + text + "'" + hint);
    }
}
