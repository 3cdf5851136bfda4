package io.toolstream.mcp.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.DroppedTool;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.ToolDefinition;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ToolPageReaderTest {
    private static Optional<ToolPage> read(String result) {
        return new ToolPageReader(64).read(JsonSlice.ofText(result));
    }

    @Test
    void page_keepsEntriesVerbatimAndHintsUnspecified() {
        String entry = "{ \"name\":\"read\",\"description\":\"Reads\", \"x-new\":[1.0],"
                + "\"inputSchema\": {\"type\":\"object\",\"$defs\":{}},"
                + "\"annotations\":{\"readOnlyHint\":true,\"idempotentHint\":\"yes\"}}";

        ToolPage page = read("{\"tools\":[" + entry + "],\"nextCursor\":\"\"}").orElseThrow();

        assertThat(page.nextCursor()).isEmpty();
        assertThat(page.dropped()).isEmpty();
        assertThat(page.tools()).singleElement().satisfies(tool -> {
            assertThat(tool.name()).isEqualTo("read");
            assertThat(tool.description()).isEqualTo("Reads");
            assertThat(tool.json().text()).isEqualTo(entry);
            assertThat(tool.inputSchema().text()).isEqualTo("{\"type\":\"object\",\"$defs\":{}}");
            assertThat(tool.annotations()).isEqualTo(new ToolDefinition.Annotations(true, null, null, null));
        });
    }

    @Test
    void page_dropsInvalidEntriesWithAReason() {
        ToolPage page = read("{\"tools\":[5,{},{\"name\":\"\"},{\"name\":\"a\"},"
                        + "{\"name\":\"b\",\"inputSchema\":[]},{\"name\":\"c\",\"inputSchema\":{\"type\":\"array\"}},"
                        + "{\"name\":\"d\",\"inputSchema\":{}},{\"name\":7,\"inputSchema\":{}}]}")
                .orElseThrow();

        assertThat(page.tools()).extracting(ToolDefinition::name).containsExactly("d");
        assertThat(page.dropped()).hasSize(7);
        assertThat(page.dropped())
                .contains(
                        new DroppedTool("a", "no inputSchema"),
                        new DroppedTool("c", "the root of inputSchema is not an object"));
        assertThat(page.nextCursor()).isNull();
    }

    @Test
    void read_ofWhatIsNoList_isEmpty() {
        assertThat(read("{}")).isEmpty();
        assertThat(read("{\"tools\":{}}")).isEmpty();
        assertThat(read("{\"tools\":[")).isEmpty();
    }
}
