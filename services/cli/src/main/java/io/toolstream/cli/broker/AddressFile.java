package io.toolstream.cli.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * The file by which a running {@code toolstream dev} tells the other commands of its user where its broker is. It lies in
 * the user's runtime folder, or the cache folder where there is none; the last one started wins.
 */
public final class AddressFile {
    private final Path file;

    private AddressFile(Path file) {
        this.file = file;
    }

    public static AddressFile of(Map<String, String> environment) {
        return new AddressFile(folder(environment).resolve("toolstream").resolve("dev"));
    }

    private static Path folder(Map<String, String> environment) {
        for (String variable : new String[] {"XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"}) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty() && Files.isDirectory(Path.of(value))) {
                return Path.of(value);
            }
        }
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache");
    }

    /** The address of a process that still lives; empty otherwise. */
    public Optional<DevAddress> read() {
        try {
            return DevAddress.parse(Files.readString(file)).filter(AddressFile::isAlive);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static boolean isAlive(DevAddress address) {
        return ProcessHandle.of(address.processId())
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    /** Puts the address in place, whole or not at all. */
    public void write(DevAddress address) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = Files.createTempFile(file.getParent(), "dev", ".draft");
        Files.writeString(draft, address.text());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes the address away, unless another process has put its own there since. */
    public void remove(DevAddress address) throws IOException {
        if (Files.exists(file)
                && DevAddress.parse(Files.readString(file))
                        .filter(address::equals)
                        .isPresent()) {
            Files.deleteIfExists(file);
        }
    }
}
