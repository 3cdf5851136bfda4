package io.toolstream.it.ops;

import static io.toolstream.it.ops.OpsFiles.HOME;
import static io.toolstream.it.ops.OpsFiles.interpolated;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.LoadedSettings;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.settings.servers.ServerEntry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tests {@code docker-compose.yml} as far as that goes without Docker; its syntax is checked by ops/check/compose.sh. */
final class ComposeTest {
    private static final Pattern IMAGE_VARIABLE =
            Pattern.compile("(?:ENV|^) *(TOOLSTREAM_\\w+)=(\\S+)", Pattern.MULTILINE);
    private static final String MOUNT = "/etc/toolstream/";
    private static final String DOCKERFILE = OpsFiles.text(OpsFiles.OPS.resolve("image/Dockerfile"));

    @TempDir
    private Path folder;

    private final JsonNode file = OpsFiles.yaml(HOME.resolve("docker-compose.yml"));
    private final JsonNode services = file.path("services");

    @Test
    void worker_isGivenSettingsThatHold() {
        LoadedSettings loaded = load("worker");

        assertThat(loaded.warnings())
                .as("nothing but that others than this machine may scrape it")
                .singleElement()
                .asString()
                .contains("/admin/host");
        assertThat(loaded.settings().kafka().bootstrapServers()).isEqualTo("kafka:19092");
        assertThat(loaded.settings().topics().create())
                .as("topics are made by one service")
                .isFalse();
        assertThat(loaded.settings().admin().host()).isEqualTo("0.0.0.0");
        assertThat(loaded.settings().admin().port()).isEqualTo(9464);
        assertThat(loaded.settings().redis().url()).contains("valkey:6379");
        assertThat(loaded.servers()).extracting(ServerEntry::name).contains("demo");
    }

    @Test
    void worker_isStoppedOnlyAfterItsDrain() {
        String grace = services.path("worker").path("stop_grace_period").asString();
        long drainSeconds = load("worker").settings().worker().drainTimeout().toSeconds();

        assertThat(grace).endsWith("s");
        assertThat(Long.parseLong(grace.replace("s", ""))).isGreaterThan(drainSeconds + 10);
    }

    @Test
    void everyService_isBoundedWatchedAndPinned() {
        for (Map.Entry<String, JsonNode> entry : services.properties()) {
            JsonNode service = entry.getValue();
            for (String key : List.of("mem_limit", "image", "security_opt", "cap_drop", "logging")) {
                assertThat(service.has(key)).as("%s of %s", key, entry.getKey()).isTrue();
            }
            assertThat(service.has("healthcheck") || isOfOurImage(service))
                    .as("%s is watched", entry.getKey())
                    .isTrue();
            assertThat(interpolated(service.path("image").asString()))
                    .as("image of %s", entry.getKey())
                    .matches("[\\w./-]+:[\\w.-]*(\\d|local)[\\w.-]*");
        }
    }

    @Test
    void everyPort_isOfThisMachineAlone() {
        assertThat(services.valueStream()
                        .flatMap(service -> service.path("ports").valueStream()))
                .isNotEmpty()
                .allSatisfy(port -> assertThat(port.asString()).startsWith("127.0.0.1:"));
    }

    @Test
    void everyServiceAndVolumeThatIsNamed_isThere() {
        for (JsonNode service : services) {
            for (String needed : service.path("depends_on").propertyNames()) {
                assertThat(services.has(needed)).as(needed).isTrue();
            }
            for (JsonNode volume : service.path("volumes")) {
                String source = interpolated(volume.asString()).split(":", 2)[0];
                if (source.startsWith(".")) {
                    assertThat(HOME.resolve(source).normalize()).exists();
                } else {
                    assertThat(file.path("volumes").has(source)).as(source).isTrue();
                }
            }
        }
    }

    @Test
    void everyVariableOfOurs_isASetting() {
        List<String> ours = services.valueStream()
                .flatMap(service -> environment(service).keySet().stream())
                .filter(name -> name.startsWith("TOOLSTREAM_"))
                .toList();

        assertThat(ours).allMatch(name -> name.contains("__"));
        assertThat(imageVariables()).containsKeys("TOOLSTREAM_ADMIN__PORT", "TOOLSTREAM_ADMIN__HOST");
    }

    /** Which has a health check of its own. */
    private static boolean isOfOurImage(JsonNode service) {
        return service.path("image").asString().startsWith("toolstream:") && DOCKERFILE.contains("HEALTHCHECK");
    }

    /** As the process of this service would: the image's variables, those of the service, and the files it is given. */
    private LoadedSettings load(String name) {
        JsonNode service = services.path(name);
        Map<String, String> variables = imageVariables();
        variables.put("PATH", folderWithTheCommand().toString());
        variables.put("JAVA_HOME", "/opt/java");
        variables.putAll(environment(service));
        return SettingsLoader.load(new SettingsSources(config(service), variables, List.of()));
    }

    /** In the image the command is on the PATH. */
    private Path folderWithTheCommand() {
        File command = folder.resolve("toolstream").toFile();
        try {
            assertThat(command.createNewFile() && command.setExecutable(true)).isTrue();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return folder;
    }

    /** The file behind {@code --config} of the service's command, on this machine. */
    private static Path config(JsonNode service) {
        List<String> command =
                service.path("command").valueStream().map(JsonNode::asString).toList();
        String inside = command.get(command.indexOf("--config") + 1);
        assertThat(inside).startsWith(MOUNT);
        return service.path("volumes")
                .valueStream()
                .map(volume -> List.of(interpolated(volume.asString()).split(":", 3)))
                .filter(parts -> parts.get(1).equals(inside))
                .map(parts -> HOME.resolve(parts.get(0)).normalize())
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> environment(JsonNode service) {
        Map<String, String> all = new LinkedHashMap<>();
        service.path("environment")
                .properties()
                .forEach(variable -> all.put(
                        variable.getKey(), interpolated(variable.getValue().asString())));
        return all;
    }

    private static Map<String, String> imageVariables() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Matcher found = IMAGE_VARIABLE.matcher(DOCKERFILE); found.find(); ) {
            all.put(found.group(1), found.group(2));
        }
        return all;
    }
}
