package io.toolstream.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.RawJson;
import org.junit.jupiter.api.Test;

final class ContentTextTest {
    @Test
    void of_everyKindOfContent_namesWhatIsNotText() {
        RawJson result = RawJson.ofText("""
                {"content": [
                  {"type": "text", "text": "one"},
                  {"type": "image", "mimeType": "image/png", "data": "QUJDRA=="},
                  {"type": "resource_link", "uri": "file:///a"},
                  {"type": "resource", "resource": {"uri": "file:///b", "text": "inside"}},
                  {"type": "resource", "resource": {"uri": "file:///c", "blob": "AA=="}},
                  {"type": "hologram"}
                ]}""");

        assertThat(ContentText.of(result)).isEqualTo("""
                        one
                        [image image/png, 4 bytes]
                        [link file:///a]
                        inside
                        [resource file:///c]
                        [hologram]""");
    }

    @Test
    void of_structuredContentOnly_showsIt() {
        assertThat(ContentText.of(RawJson.ofText("{\"structuredContent\":{\"n\":1.0}}")))
                .contains("\"n\": 1.0");
    }

    @Test
    void of_hostileText_isMadeSafe() {
        assertThat(ContentText.of(RawJson.ofText("{\"content\":[{\"type\":\"text\",\"text\":\"\\u001b[2J\"}]}")))
                .isEqualTo("\\e[2J");
    }
}
