package io.toolstream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyStoresTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    @Test
    void load_storeThatOpens_isFine() throws Exception {
        assertThat(load(store("good", "-startdate", "-1d", "-validity", "30"), PASSWORD)
                        .warnings())
                .isEmpty();
    }

    @Test
    void load_storeThatIsNotThere_isAProblemWithItsPlace() throws IOException {
        assertThat(problems(folder.resolve("none"), PASSWORD))
                .singleElement()
                .asString()
                .contains("toolstream.yaml:4:", "/kafka/client/ssl.keystore.location", "not a file that can be read");
    }

    @Test
    void load_storeOfAnotherPassword_isAProblemThatTellsNothing() throws Exception {
        assertThat(problems(store("locked", "-validity", "30"), "not-" + PASSWORD))
                .singleElement()
                .asString()
                .contains("cannot be opened", "ssl.keystore.password")
                .doesNotContain("not-" + PASSWORD);
    }

    @Test
    void load_fileThatIsNoStore_isAProblem() throws IOException {
        assertThat(problems(Files.writeString(folder.resolve("text"), "no store"), PASSWORD))
                .singleElement()
                .asString()
                .contains("no JKS or PKCS12 store");
    }

    @Test
    void load_certificateThatHasEnded_isWarnedOf() throws Exception {
        assertThat(load(store("ended", "-startdate", "-10d", "-validity", "1"), PASSWORD)
                        .warnings())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("has ended on", "CN=ended");
    }

    private static List<Problem> problems(Path store, String password) {
        return catchThrowableOfType(SettingsException.class, () -> load(store, password))
                .problems();
    }

    private static LoadedSettings load(Path store, String password) throws IOException {
        Path file = Files.writeString(folder.resolve("toolstream.yaml"), """
                kafka:
                  client:
                    security.protocol: SSL
                    ssl.keystore.location: %s
                    ssl.keystore.password: ${env:STORE_PASSWORD}
                """.formatted(store));
        return SettingsLoader.load(new SettingsSources(file, Map.of("STORE_PASSWORD", password), List.of()));
    }

    private static Path store(String name, String... validity) throws Exception {
        Path file = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString()));
        command.addAll(List.of(validity));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        return file;
    }
}
