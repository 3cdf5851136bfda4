package io.toolstream.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.core.exc.StreamConstraintsException;

class SyntaxFaultTest {
    @Test
    void of_namesThatCollide_isAFaultOfTheText() {
        JsonFault fault = SyntaxFault.of(new StreamConstraintsException("Spurious"), JsonSpan.of(new byte[] {'{'}), "");

        assertThat(fault.kind()).isEqualTo(JsonFault.Kind.TOO_MANY_TOKENS);
        assertThat(fault.message()).contains("names that hash alike");
    }
}
