package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsDifferenceTest {
    private static final ServerSetup SETUP = setup("http://localhost:1/mcp", "s3cret", Map.of());

    @Test
    void equalSettings_doNotDiffer() {
        assertThat(SettingsDifference.between(SETUP, setup("http://localhost:1/mcp", "s3cret", Map.of())))
                .isEmpty();
    }

    @Test
    void whatDiffers_isNamed_andItsValueIsNot() {
        ServerSetup other = setup("http://localhost:2/mcp", "an0ther", Map.of("read", Effect.READ));

        assertThat(SettingsDifference.between(SETUP, other))
                .containsExactly("entry.urls", "entry.headers.Authorization", "policy.effects.read");
    }

    @Test
    void keysOfTheTree_areNamedAsInTheFile() {
        ToolstreamSettings defaults = ToolstreamSettings.defaults();

        assertThat(SettingsDifference.between(new Pair(defaults.worker(), 1), new Pair(defaults.topics(), 2)))
                .containsExactly("one", "number");
    }

    @Test
    void serverOfAnotherKind_isAnotherEntry() {
        ServerEntry child = new ServerEntry.Stdio("fs", List.of("cat"), Map.of(), null);
        ServerSetup other = new ServerSetup(child, SETUP.mcp(), SETUP.policy(), SETUP.isTrusted());

        assertThat(SettingsDifference.between(SETUP, other)).containsExactly("entry");
    }

    record Pair(Object one, int number) {}

    private static ServerSetup setup(String url, String token, Map<String, Effect> effects) {
        ServerEntry entry = new ServerEntry.Http("fs", URI.create(url), Map.of("Authorization", token));
        return new ServerSetup(
                entry, ToolstreamSettings.defaults().mcp(), new ServerPolicy(true, null, null, effects), true);
    }
}
