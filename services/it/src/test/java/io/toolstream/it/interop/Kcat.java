package io.toolstream.it.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.Header;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * kcat, the Kafka client of the shell: a process for each use, and no Java between it and the broker. Bytes stand for
 * themselves in the texts it gives (Latin-1).
 */
public final class Kcat {
    private static final String FIELD = "\u001f";
    private static final String RECORD = "\u001e";

    private final String bootstrapServers;

    private Kcat(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** A record as kcat saw it. */
    public record Seen(int partition, String key, Map<String, String> headers, String value) {
        public String text() {
            return new String(value.getBytes(ISO_8859_1), UTF_8);
        }
    }

    /** Skips the test where there is no kcat. */
    public static Kcat on(String bootstrapServers) throws InterruptedException {
        try {
            Process version = new ProcessBuilder("kcat", "-V")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(version.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (IOException e) {
            Missing.skip("kcat", "kcat cannot be run: " + e.getMessage());
        }
        return new Kcat(bootstrapServers);
    }

    /** Sends one record; neither the key nor a header may hold a zero byte, which no argument of a process can. */
    public void send(String topic, byte[] key, byte[] value, Header... headers) throws Exception {
        StringBuilder script = new StringBuilder("printf %s " + quoted(value) + " | kcat -b \"$B\" -P -t " + topic);
        if (key.length > 0) {
            script.append(" -k ").append(quoted(key));
        }
        for (Header header : headers) {
            script.append(" -H ").append(header.name()).append('=').append(quoted(header.value()));
        }
        shell(script.toString());
    }

    public void send(String topic, String value, Header... headers) throws Exception {
        send(topic, new byte[0], value.getBytes(UTF_8), headers);
    }

    /** All records that are on a topic now. */
    public List<Seen> read(String topic) throws Exception {
        String format = "'%p\\x1f%k\\x1f%h\\x1f%s\\x1e'";
        String printed =
                shell("kcat -b \"$B\" -C -t " + topic + " -o beginning -e -q -X fetch.wait.max.ms=10 -f " + format);
        List<Seen> seen = new ArrayList<>();
        for (String record : printed.split(RECORD, -1)) {
            if (!record.isEmpty()) {
                String[] fields = record.split(FIELD, -1);
                seen.add(new Seen(Integer.parseInt(fields[0]), fields[1], headers(fields[2]), fields[3]));
            }
        }
        return seen;
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header : text.split(",", -1)) {
            int equals = header.indexOf('=');
            if (equals > 0) {
                headers.put(header.substring(0, equals), header.substring(equals + 1));
            }
        }
        return headers;
    }

    /** Runs a line of bash, {@code $B} in it the broker's address, and returns what it printed. */
    String shell(String script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "set -o pipefail; " + script);
        builder.environment().put("B", bootstrapServers);
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s\n%s", script, printed).isZero();
        return printed;
    }

    /** Every byte by its number: what bash and nobody's character set decides about. */
    private static String quoted(byte[] bytes) {
        StringBuilder quoted = new StringBuilder("$'");
        for (byte b : bytes) {
            quoted.append(String.format("\\%03o", b & 0xff));
        }
        return quoted.append('\'').toString();
    }
}
