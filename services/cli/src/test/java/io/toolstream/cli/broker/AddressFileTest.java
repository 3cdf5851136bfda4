package io.toolstream.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AddressFileTest {
    private static final long MYSELF = ProcessHandle.current().pid();
    private static final long NOBODY = 999_999_999;

    @TempDir
    Path folder;

    private AddressFile file;

    @BeforeEach
    void create() {
        file = AddressFile.of(Map.of("XDG_RUNTIME_DIR", folder.toString()));
    }

    @Test
    void read_ofALivingProcess_givesItsAddress() throws IOException {
        DevAddress address = new DevAddress("127.0.0.1:4242", MYSELF);

        file.write(address);

        assertThat(file.read()).contains(address);
    }

    @Test
    void read_ofADeadProcess_givesNothing() throws IOException {
        file.write(new DevAddress("127.0.0.1:4242", NOBODY));

        assertThat(file.read()).isEmpty();
    }

    @Test
    void read_ofNothingOrNonsense_givesNothing() throws IOException {
        assertThat(file.read()).isEmpty();
        Files.createDirectories(folder.resolve("toolstream"));
        Files.writeString(folder.resolve("toolstream/dev"), "bootstrap=\npid=x\n\u0000");

        assertThat(file.read()).isEmpty();
    }

    @Test
    void remove_afterAnotherProcessTookOver_leavesItsAddress() throws IOException {
        DevAddress first = new DevAddress("127.0.0.1:1", MYSELF);
        DevAddress second = new DevAddress("127.0.0.1:2", MYSELF);
        file.write(first);
        file.write(second);

        file.remove(first);
        assertThat(file.read()).contains(second);

        file.remove(second);
        assertThat(file.read()).isEmpty();
    }
}
