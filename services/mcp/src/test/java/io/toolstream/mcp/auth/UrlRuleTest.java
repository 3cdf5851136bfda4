package io.toolstream.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tool server outside must not make us ask. */
final class UrlRuleTest {
    private static final UrlRule FAR = new UrlRule(URI.create("https://tools.example/mcp"), null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "169.254.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "192.168.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "febf::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:192.168.1.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b::a00:1",
                "2002:7f00:1::",
                "2002:a00:1::",
                "2002:a9fe:a9fe::",
                "2002:c0a8:101::",
                "::7f00:1",
                "::a00:1",
                "2001:db8::1",
                "2001::1",
                "fec0::1"
            })
    void addressOfThisMachineOrOfAPrivateNetwork_isNotPublic(String literal) throws UnknownHostException {
        assertThat(PublicAddresses.contains(InetAddress.getByName(literal))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.32.0.1",
                "100.128.0.1",
                "192.0.1.1",
                "2606:4700::1111",
                "64:ff9b::808:808",
                "2002:808:808::"
            })
    void addressOfTheWorld_isPublic(String literal) throws UnknownHostException {
        assertThat(PublicAddresses.contains(InetAddress.getByName(literal))).isTrue();
    }

    /** However an address is written, the rule looks at what the name resolves to. */
    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "127.1", "localhost"})
    void namesThatLeadHome_areNotPublic(String host) throws UnknownHostException {
        assertThat(FAR.addresses(URI.create("https://issuer.example/")).test(InetAddress.getByName(host)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example/",
                "file:///etc/passwd",
                "ftp://issuer.example/",
                "javascript:alert(1)",
                "data:text/plain,x",
                "//issuer.example/",
                "/relative",
                "",
                "https://user:pw@issuer.example/",
                "https://issuer.example/#fragment",
                "https:///nohost",
                "gopher://x/",
                "https://a b/"
            })
    void urlThatIsNotPlainHttps_isRefused(String url) {
        assertThatThrownBy(() -> FAR.checked(url, "the issuer")).isInstanceOf(IOException.class);
    }

    @Test
    void urlThatIsNotThere_isRefused() {
        assertThatThrownBy(() -> FAR.checked(null, "the issuer")).isInstanceOf(IOException.class);
    }

    @Test
    void whatTheOperatorNamed_mayBeAnywhere() throws UnknownHostException {
        UrlRule inside = new UrlRule(URI.create("https://tools.internal/mcp"), URI.create("https://login.internal"));
        InetAddress home = InetAddress.getByName("10.0.0.1");

        assertThat(inside.addresses(URI.create("https://tools.internal/.well-known/x"))
                        .test(home))
                .isTrue();
        assertThat(inside.addresses(URI.create("https://login.internal/token")).test(home))
                .isTrue();
        assertThat(inside.addresses(URI.create("https://other.example/token")).test(home))
                .isFalse();
    }

    @Test
    void serverOnThisMachine_mayNameOthersHere() {
        UrlRule near = new UrlRule(URI.create("http://localhost:8080/mcp"), null);

        assertThat(near.addresses(URI.create("http://localhost:9090/")).test(InetAddress.getLoopbackAddress()))
                .isTrue();
    }

    @Test
    void challenge_isReadAsWritten() {
        Challenge challenge = Challenge.of(
                "Basic realm=\"x\", Bearer realm=\"a, b\", scope=\"one two\", resource_metadata=\"https://t/\\\"q\\\"\"");

        assertThat(challenge).isEqualTo(new Challenge("https://t/\"q\"", "one two", null));
        assertThat(Challenge.of("Basic realm=x")).isEqualTo(Challenge.NONE);
        assertThat(Challenge.of("Bearer " + "a=\"".repeat(10_000))).isEqualTo(Challenge.NONE);
        assertThat(Challenge.of(null)).isEqualTo(Challenge.NONE);
    }
}
