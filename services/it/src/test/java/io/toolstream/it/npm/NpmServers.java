package io.toolstream.it.npm;

import io.toolstream.it.interop.Missing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The pinned MCP servers of {@code services/it/npm/package.json}, installed once below {@code target}. Where Node or the
 * packages cannot be had, the tests are skipped with the reason; with {@code TOOLSTREAM_REQUIRE_ALL=true} they fail.
 */
final class NpmServers {
    private static final Path MODULE = Path.of(System.getProperty("toolstream.basedir", "../.."), "services", "it");
    private static final Path HOME =
            MODULE.resolve("target").resolve("npm").toAbsolutePath().normalize();

    private static final Path SDK = HOME.resolve("node_modules/@modelcontextprotocol/server/package.json");

    private static final int TRIES = 4;

    private NpmServers() {}

    /** The entry script of one package, or a skipped test. */
    static Path script(String server) {
        if (!Files.exists(entry(server))) {
            install();
        }
        return entry(server);
    }

    /** A server of 2026-07-28, ours on the SDK's packages: over stdio, and over HTTP with the argument {@code http}. */
    static Path modern() throws IOException {
        if (!Files.exists(SDK)) {
            install();
        }
        Path script = HOME.resolve("modern-server.mjs");
        Files.copy(MODULE.resolve("npm/modern-server.mjs"), script, StandardCopyOption.REPLACE_EXISTING);
        return script;
    }

    static String node() {
        return "node";
    }

    private static Path entry(String server) {
        return HOME.resolve("node_modules/@modelcontextprotocol/server-" + server + "/dist/index.js");
    }

    private static synchronized void install() {
        try {
            Files.createDirectories(HOME);
            try (FileChannel channel = FileChannel.open(
                            HOME.resolve("install.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !(Files.exists(entry("everything")) && Files.exists(SDK))) {
                    copyAndInstall();
                }
            }
        } catch (IOException e) {
            skip("npm cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            skip("interrupted");
        }
    }

    private static void copyAndInstall() throws IOException, InterruptedException {
        for (String file : List.of("package.json", "package-lock.json", ".npmrc")) {
            Files.copy(MODULE.resolve("npm").resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path log = HOME.resolve("install.log");
        for (int tries = 1; !isInstalled(log); tries++) {
            if (tries == TRIES) {
                skip("npm ci failed " + TRIES + " times, at last with\n" + Files.readString(log));
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5));
        }
    }

    /** Tries it once. The registry may be away for a moment, or slow. */
    private static boolean isInstalled(Path log) throws IOException, InterruptedException {
        Process npm = new ProcessBuilder(
                        "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=5")
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (npm.waitFor(5, TimeUnit.MINUTES)) {
            return npm.exitValue() == 0;
        }
        npm.destroyForcibly().waitFor();
        return false;
    }

    private static void skip(String why) {
        Missing.skip("servers from npm", why);
    }
}
