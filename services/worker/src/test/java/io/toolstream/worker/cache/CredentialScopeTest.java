package io.toolstream.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.servers.OAuthEntry;
import io.toolstream.settings.servers.ServerEntry;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CredentialScopeTest {
    private static final URI URL = URI.create("http://tools.example/mcp");

    @Test
    void scope_differs_whereTheWorldMayLookDifferent() {
        OAuthEntry oauth =
                new OAuthEntry("id", new OAuthEntry.Proof.Secret("s1"), URI.create("http://issuer"), List.of());
        OAuthEntry other =
                new OAuthEntry("id", new OAuthEntry.Proof.Secret("s2"), URI.create("http://issuer"), List.of());
        List<String> scopes = Stream.<ServerEntry>of(
                        new ServerEntry.Http("a", URL, Map.of()),
                        new ServerEntry.Http("a", URL, Map.of("Authorization", "Bearer 1")),
                        new ServerEntry.Http("a", URL, Map.of("Authorization", "Bearer 2")),
                        new ServerEntry.Http("a", URL, Map.of("AuthorizationBearer", " 2")),
                        new ServerEntry.Http("a", List.of(URL), Map.of(), ServerEntry.Http2.AUTO, oauth),
                        new ServerEntry.Http("a", List.of(URL), Map.of(), ServerEntry.Http2.AUTO, other),
                        new ServerEntry.WebSocket("a", URI.create("ws://tools.example/mcp"), Map.of()),
                        new ServerEntry.Stdio("a", List.of("server", "--all"), Map.of(), null),
                        new ServerEntry.Stdio("a", List.of("server", "--all"), Map.of(), Path.of("/tmp")),
                        new ServerEntry.Stdio("a", List.of("server", "--all"), Map.of("TOKEN", "1"), null),
                        new ServerEntry.Stdio("a", List.of("server", "--al", "l"), Map.of(), null))
                .map(CredentialScope::of)
                .toList();

        assertThat(scopes).doesNotHaveDuplicates().noneMatch(scope -> scope.contains("Bearer"));
    }

    @Test
    void scope_isTheSame_forWhatIsTheSame() {
        ServerEntry one = new ServerEntry.Http("a", URL, Map.of("a", "1", "b", "2"));
        ServerEntry same = new ServerEntry.Http("other name", URL, Map.of("b", "2", "a", "1"));

        assertThat(CredentialScope.of(one)).isEqualTo(CredentialScope.of(same));
    }
}
