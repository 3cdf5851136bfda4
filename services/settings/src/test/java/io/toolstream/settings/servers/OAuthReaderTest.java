package io.toolstream.settings.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.toolstream.settings.source.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code oauth} of a server in {@code mcp.json}. */
final class OAuthReaderTest {
    @TempDir
    Path folder;

    private McpFile load(String oauth) throws IOException {
        Path file = Files.writeString(
                folder.resolve("mcp.json"),
                "{\"mcpServers\":{\"s\":{\"url\":\"https://tools.example/mcp\",\"oauth\":" + oauth + "}}}");
        return McpFile.load(file, Map.of("SECRET", "s3cret"));
    }

    private static OAuthEntry oauth(McpFile file) {
        return Objects.requireNonNull(((ServerEntry.Http) file.entries().get(0)).oauth());
    }

    @Test
    void secret_comesByReferenceAndIsNotShown() throws IOException {
        McpFile file = load("""
                {"clientId": "me", "clientSecret": "${env:SECRET}", "issuer": "https://login.example", "scopes": ["a", "b"]}
                """);

        assertThat(oauth(file))
                .isEqualTo(new OAuthEntry(
                        "me",
                        new OAuthEntry.Proof.Secret("s3cret"),
                        URI.create("https://login.example"),
                        List.of("a", "b")));
        assertThat(file + " " + oauth(file)).doesNotContain("s3cret");
    }

    @Test
    void signingKey_comesFromAFile() throws IOException {
        String pem = "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----";
        Path key = Files.writeString(folder.resolve("key.pem"), pem);

        McpFile file = load("{\"clientId\":\"me\",\"signingKey\":\"${file:" + key
                + "}\",\"algorithm\":\"RS256\",\"keyId\":\"k\",\"issuer\":\"https://login.example\"}");

        assertThat(oauth(file).proof()).isEqualTo(new OAuthEntry.Proof.SigningKey(pem, "RS256", "k"));
        assertThat(oauth(file).toString()).doesNotContain("AA==");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"clientSecret\":\"x\",\"issuer\":\"https://l\"}; has no clientId",
                "{\"clientId\":\"me\",\"issuer\":\"https://l\"}; neither",
                "{\"clientId\":\"me\",\"clientSecret\":\"x\",\"signingKey\":\"y\",\"issuer\":\"https://l\"}; both",
                "{\"clientId\":\"me\",\"clientSecret\":\"x\"}; has no issuer",
                "{\"clientId\":\"me\",\"clientSecret\":\"x\",\"issuer\":\"http://login.example\"}; expected an https URL",
                "{\"clientId\":\"me\",\"clientSecret\":\"x\",\"issuer\":\"https://l\",\"scopes\":[\"a b\"]}; without blanks",
                "{\"clientId\":\"me\",\"signingKey\":\"x\",\"issuer\":\"https://l\"}; a private key in PEM",
                "{\"clientId\":\"me\",\"signingKey\":\"x\",\"algorithm\":\"none\",\"issuer\":\"https://l\"}; ES256 or RS256",
                "\"me\"; expected an object"
            })
    void whatIsWrong_isToldWithItsPlace(String oauth, String expected) {
        SettingsException thrown = catchThrowableOfType(SettingsException.class, () -> load(oauth));

        assertThat(thrown.problems().toString()).contains("/mcpServers/s/oauth").contains(expected);
    }

    @Test
    void unknownMember_isAWarningWithAGuess() throws IOException {
        McpFile file =
                load("{\"clientId\":\"me\",\"clientSecret\":\"x\",\"issuer\":\"https://l.example\",\"scope\":\"a\"}");

        assertThat(file.warnings().toString()).contains("scope").contains("scopes");
    }

    @Test
    void fixedAuthorizationBesideIt_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("mcp.json"), """
                {"mcpServers":{"s":{"url":"https://tools.example/mcp","headers":{"authorization":"Bearer x"},
                 "oauth":{"clientId":"me","clientSecret":"x","issuer":"https://l.example"}}}}
                """);

        SettingsException thrown = catchThrowableOfType(SettingsException.class, () -> McpFile.load(file, Map.of()));

        assertThat(thrown.problems().toString()).contains("Authorization");
    }
}
